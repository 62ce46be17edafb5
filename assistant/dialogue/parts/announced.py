"""Transitions that were announced: what is to happen once the output is silent. Frozen data."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.coaching.plan import Plan
from assistant.coaching.session import Session
from assistant.dialogue.parts.modes import AfterHurt, AskingSign, Asleep, Emergency, Mode, Muted
from assistant.dialogue.parts.sitting import NoExercise
from assistant.timeline.entries import Cause

Telling = Literal["instructions", "where to be", "what to do", "one line"]
"""What is spoken before a hold: all; where to be, after a place that was begun just before; what to do, for somebody
who is in place; or the one short line that stands for skipped instructions."""


@dataclass(frozen=True, slots=True)
class ThenPause:
    """Once the output is silent: pause, and keep what is left of the plan."""

    cause: Cause
    """What paused Limber."""
    words: str
    """Line that confirms the pause; empty: none."""


@dataclass(frozen=True, slots=True)
class ThenStop:
    """Once the output is silent: end whatever went on, on request. In an emergency that only brings silence."""

    cause: Cause
    """Voice or key."""
    more: bool = False
    """Whether something else was asked in the same breath, so that little is said of the end."""


@dataclass(frozen=True, slots=True)
class ThenFinish:
    """Once the output is silent: end the session, for there is no next movement."""


@dataclass(frozen=True, slots=True)
class ThenLetGo:
    """Once the output is silent: give up the hold that hurt, and ask how to go on, or about the sign."""

    words: tuple[str, ...]
    """Lines that ask."""
    mode: AfterHurt | AskingSign = AfterHurt()
    """Which question is open then."""


@dataclass(frozen=True, slots=True)
class ThenWarn:
    """Once the output is silent: end the session, give the advice of a red flag, and rest."""

    advice: tuple[str, ...]
    """Lines of advice."""
    no_exercise: NoExercise | None
    """Why no exercise is begun in this sitting any more; None: it may be."""


@dataclass(frozen=True, slots=True)
class ThenAlarm:
    """Once the output is silent: give up the hold, and tell the number to call. The session waits for a false alarm."""

    emergency: Emergency
    """The emergency; `back` and `session` are filled in."""
    keeps_back: bool = False
    """Whether `emergency` has its `back` and `session` already, those of an emergency before it."""


@dataclass(frozen=True, slots=True)
class ThenCoach:
    """Once the output is silent: begin the place at which a session stands."""

    session: Session
    """The session, at that place."""
    telling: Telling = "instructions"
    """What is spoken before the hold."""
    new_session: bool = False
    """Whether the session begins, and is not just at another place."""
    plan: str | None = None
    """The plan of a session that begins; None: it was told."""
    words: str | None = None
    """Line spoken first; None: none."""
    slowly: bool = False
    """Whether the place is spoken in the slow voice."""
    cause: Cause = "voice"
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class ThenResume:
    """Once the output is silent: resume what was paused."""

    cause: Cause
    """Voice or key, or a device that is back."""


@dataclass(frozen=True, slots=True)
class ThenRest:
    """Once the output is silent: mute, or fall asleep."""

    mode: "Muted | Asleep"
    """Which of the two."""
    words: str
    """Line that confirms it."""
    cause: Cause
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class ThenSay:
    """Once the output is silent: enter a mode, and say some lines."""

    lines: tuple[str, ...]
    """The lines."""
    mode: Mode
    """The mode, entered before they are spoken."""
    slowly: bool = False
    """Whether they are spoken in the slow voice."""
    then: Plan = ()
    """What is played after them."""


@dataclass(frozen=True, slots=True)
class ThenGoOn:
    """Once the output is silent: say a line, then what was left of the plan."""

    words: str
    """The line."""


Transition: TypeAlias = (
    ThenGoOn
    | ThenPause
    | ThenStop
    | ThenFinish
    | ThenLetGo
    | ThenWarn
    | ThenAlarm
    | ThenCoach
    | ThenResume
    | ThenRest
    | ThenSay
)
"""What is to happen once the output is silent; `assistant.dialogue.transitions` carries it out."""
