"""How much is said in a session: what the setting asks for, and what the person knows already."""

from collections import Counter
from dataclasses import replace

from assistant.coaching.session import Session
from assistant.history.stretch_record import Past
from assistant.settings import Verbosity

KNOWN_AFTER = 3
"""Number of sessions in which a movement was done to its end, from which on one line introduces that movement."""


def worded(session: Session, verbosity: Verbosity, past: Past) -> Session:
    """The session with as much said as `verbosity` asks for. `past`: the sessions that are remembered."""
    movements = frozenset(dose.movement.key for dose in session.doses)
    match verbosity:
        case "usual":
            return replace(session, counts_only=False, brief=movements & _known(past))
        case "full":
            return replace(session, counts_only=False, brief=frozenset())
        case "brief":
            return replace(session, counts_only=False, brief=movements)
        case "counts only":
            return replace(session, counts_only=True, brief=movements)


def _known(past: Past) -> frozenset[str]:
    """Keys of the movements that the person knows."""
    done = Counter(key for record in past for key in set(record.movements))
    return frozenset(key for key, times in done.items() if times >= KNOWN_AFTER)
