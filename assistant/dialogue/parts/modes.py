"""The modes of a conversation: what goes on, and which question is open. Frozen data."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.coaching.plan import Plan
from assistant.coaching.session import Session
from assistant.timeline.entries import Cause


@dataclass(frozen=True, slots=True)
class WantsHelp:
    """The person wants help: the first advice, and the offer of a routine."""


@dataclass(frozen=True, slots=True)
class WantsSession:
    """The person wants to begin a stretch session, or to resume one."""

    session: Session
    """That session, at its place."""


Wish: TypeAlias = WantsHelp | WantsSession
"""What the person wants that must wait for the answer to the screening question."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Limber is awake and nothing goes on."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Limber tells a topic of the guidance, a bite at a time."""

    key: str
    """Key of the topic."""
    said: int
    """Number of bites said so far."""


@dataclass(frozen=True, slots=True)
class Screening:
    """A screening question for warning signs is open; only a clear "no" leads on to stretching."""

    wish: Wish
    """What the person gets after a clear "no"."""
    question: str
    """The question as it was asked."""
    clears: bool = True
    """Whether that "no" clears the person for a session. False for the question about pain that spreads."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """A stretch session goes on; `Session.phase` tells which part of it."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Limber is paused, to be resumed."""

    back: "Talking"
    """The mode that resumes."""
    rest: Plan
    """What is left to be said; empty for a session, which keeps its own remainder."""
    cause: Cause = "voice"
    """What paused Limber; after a lost device Limber resumes by itself."""


@dataclass(frozen=True, slots=True)
class Offering:
    """The offer of a stretch session is open ("begin with neck turns?")."""

    session: Session
    """The session on offer."""


@dataclass(frozen=True, slots=True)
class AfterHurt:
    """A stretch hurt, and Limber has asked how to go on: gentler, skip, or finish."""


@dataclass(frozen=True, slots=True)
class AskingAgreement:
    """Limber advised against exercises because of what the person has, and asked whether a professional agreed."""

    wish: Wish
    """What the person gets, after the screening question, if one did."""


@dataclass(frozen=True, slots=True)
class AskingNumber:
    """Limber has asked for the emergency number, or has read one back and asked whether it is right."""

    number: str | None = None
    """The number that was read back; None: none yet."""
    typed: bool = False
    """Whether the number is being typed digit by digit, so that the next digit belongs to the same number."""
    again: bool = False
    """Whether a number was refused once; after a second refusal Limber drops the question."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """The person named a red flag; no stretching until the person says that it was a mistake."""

    advice: tuple[str, ...]
    """The lines of advice, for "repeat"."""


@dataclass(frozen=True, slots=True)
class Asleep:
    """Limber sleeps: only the wake phrase and red flags are valid."""


@dataclass(frozen=True, slots=True)
class Muted:
    """Limber was told to stop listening: only the wake phrase, stop, pause, help and red flags are valid."""

    back: "Talking"
    """The mode before; a stretch session waits, interrupted."""


Talking: TypeAlias = Idle | Topic | Screening | Coaching | Offering | AfterHurt | AskingNumber | AskingAgreement
"""The modes that can be paused and resumed."""
Mode: TypeAlias = Talking | Paused | Emergency | Asleep | Muted
"""What goes on in a conversation. Each mode belongs to a `State`: `state_of`."""
