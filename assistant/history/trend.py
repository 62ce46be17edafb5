"""What can honestly be said of how the sessions left a person: counts, and no trend from a few. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.history.stretch_record import Felt, StretchRecord

ENOUGH = 4
"""Answers from which they are counted for somebody who asks whether it gets better; fewer are too few to tell."""
LOOKED_AT = 10
"""Most answers that are counted, the last ones."""
ENOUGH_TO_COMPARE = 8
"""Answers from which the later half is compared with the earlier one."""
CLEAR_DIFFERENCE = 0.5
"""Least difference between the means of the halves, on the scale of `_VALUE`, that is told."""
ENOUGH_RATED = 3
"""Sessions with a number before and after from which their median change is told."""
LATELY, OFTEN_WORSE = 3, 2
"""So many "worse" among so many last answers lead to the advice to see a professional."""
_VALUE: dict[Felt, int] = {"better": 1, "same": 0, "worse": -1}
"""The answers as numbers."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the answers after the sessions come to."""

    answers: int
    """Number of answers looked at."""
    felt: Counter[str]
    """How many of each."""
    enough: bool
    """Whether they are enough to be counted for an answer."""
    change: int
    """1: better more often than before; -1: less often; 0: neither, or too few to compare."""
    worsening: bool
    """Whether it was often worse lately, so that a professional should look at it."""
    rated: int = 0
    """Number of sessions with a number before and after."""
    eased: float | None = None
    """The median of what those changed, below 0 for less pain; None: too few."""


def outlook(past: Sequence[StretchRecord]) -> Outlook:
    """What the last answers come to."""
    felts = [record.felt for record in past if record.felt is not None][-LOOKED_AT:]
    change = _change(felts)
    often_worse = felts[-LATELY:].count("worse") >= OFTEN_WORSE
    changes = [each.after - each.before for each in past if each.before is not None and each.after is not None]
    changes = changes[-LOOKED_AT:]
    eased = median(changes) if len(changes) >= ENOUGH_RATED else None
    return Outlook(len(felts), Counter(felts), len(felts) >= ENOUGH, change, often_worse, len(changes), eased)


def _change(felts: Sequence[Felt]) -> int:
    if len(felts) < ENOUGH_TO_COMPARE:
        return 0
    half = len(felts) // 2
    difference = _mean(felts[-half:]) - _mean(felts[:half])
    return 0 if abs(difference) < CLEAR_DIFFERENCE else 1 if difference > 0 else -1


def _mean(felts: Sequence[Felt]) -> float:
    return sum(_VALUE[felt] for felt in felts) / len(felts)
