"""The whole state of a conversation, as frozen data: its mode, the session, the mouth, the settings."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from assistant.coaching.plan import Plan
from assistant.coaching.session import Session
from assistant.dialogue.events import Heard
from assistant.dialogue.output import Output
from assistant.settings import Settings
from assistant.states import ANSWERS, NUMBER_ASKED, VALID, State
from assistant.timeline.entries import Cause, Device
from audio.frames import Frame
from intents.model import Intent


@dataclass(frozen=True, slots=True)
class WantsHelp:
    """To hear the first thing that helps, and to be offered a routine."""


@dataclass(frozen=True, slots=True)
class WantsSession:
    """To begin a session, or to go on with one."""

    session: Session


Wish: TypeAlias = WantsHelp | WantsSession


@dataclass(frozen=True, slots=True)
class Idle:
    """Awake, nothing going on."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Telling the guidance, a bite at a time."""

    key: str
    said: int
    """Bites said so far."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The one question before the first stretch is open."""

    wish: Wish
    """What is done after a clear no."""
    question: str
    clears: bool = True
    """Whether that no is the go-ahead for a session; the question about spreading pain is none."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """A session is going on; its phase is the session's."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Silent on request, to be resumed."""

    back: "Talking"
    """What goes on then."""
    rest: Plan
    """What is left to be said; a session keeps its own remainder."""
    cause: Cause = "voice"


@dataclass(frozen=True, slots=True)
class Offering:
    """Shall we begin? is open."""

    session: Session


@dataclass(frozen=True, slots=True)
class AfterHurt:
    """Something hurt; gentler, skip or finish? is open."""


@dataclass(frozen=True, slots=True)
class AskingNumber:
    """The emergency number is asked for; with a number, whether that is the one."""

    number: str | None = None
    typed: bool = False
    """Digit by digit on the keyboard: the next digit belongs to it."""
    again: bool = False
    """It was wrong once; after a second time the question is dropped."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A warning sign was named; nothing is stretched until the person says it was a mistake."""

    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asleep:
    """Listens for the waking phrase alone."""


@dataclass(frozen=True, slots=True)
class Muted:
    """Listens for being unmuted, and for what must always be heard."""

    back: "Talking"
    """What was going on; a session waits, interrupted."""


Talking: TypeAlias = Idle | Topic | Screening | Coaching | Offering | AfterHurt | AskingNumber
Mode: TypeAlias = Talking | Paused | Emergency | Asleep | Muted


@dataclass(frozen=True, slots=True)
class ThenPause:
    """Once silent: keep what is left."""

    cause: Cause
    words: str


@dataclass(frozen=True, slots=True)
class ThenStop:
    """Once silent: the session is over."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class ThenFinish:
    """Once silent: there is no next movement, the session is over."""


@dataclass(frozen=True, slots=True)
class ThenLetGo:
    """Once silent: it hurt; the hold is over, and there is a choice."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThenWarn:
    """Once silent: give the advice of a red flag."""

    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThenCoach:
    """Once silent: begin the place at which this session stands."""

    session: Session
    instructions: bool = True
    """Whether they are given, or the hold begins at once."""
    fresh: bool = False
    """A new session, not another place of the one that is going on."""
    words: str | None = None
    """Said before it."""
    slowly: bool = False
    cause: Cause = "voice"


@dataclass(frozen=True, slots=True)
class ThenResume:
    """Once silent: go on with what was interrupted."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class ThenRest:
    """Once silent: mute, or fall asleep."""

    mode: "Muted | Asleep"
    words: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class ThenSay:
    """Once silent: say these lines in this mode."""

    lines: tuple[str, ...]
    mode: Mode
    slowly: bool = False


@dataclass(frozen=True, slots=True)
class ThenGoOn:
    """Once silent: say this, then what was left."""

    words: str


Then: TypeAlias = (
    ThenGoOn | ThenPause | ThenStop | ThenFinish | ThenLetGo | ThenWarn | ThenCoach | ThenResume | ThenRest | ThenSay
)


@dataclass(frozen=True, slots=True)
class Changeable:
    """What "undo" can bring back."""

    settings: Settings
    session: Session | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that is known; `step` turns one into the next."""

    mode: Mode = Idle()
    since: Frame = 0
    """When the question, or the movement, that now stands was begun: what was said before is no answer to it."""
    output: Output = Output()
    awaiting: Then | None = None
    """What is done when the silence that was asked for has come."""
    deferred: tuple[Heard, ...] = ()
    """Heard while waiting for silence, to be answered then."""
    session: Session | None = None
    """Going on, interrupted, or left and resumable."""
    cleared: bool = False
    """The screening question was answered with a clear no."""
    settings: Settings = Settings()
    asks_number: bool = False
    """Whether it may ask for the emergency number by itself, if that is still wanted."""
    before: Changeable | None = None
    lines: tuple[str, ...] = ()
    """What was said last, for "repeat"."""
    to_confirm: Heard | None = None
    """What it has asked about: "did you say that?"."""
    misses: int = 0
    """Utterances in a row that were not understood."""
    ducked: float = 0.0
    """dB by which it speaks more softly, for somebody else speaks."""
    lost: frozenset[Device] = frozenset()
    """Devices that are gone."""
    saving_fails: bool = False
    """The last attempt to save failed."""
    failure_untold: bool = False
    """Saving has begun to fail, and the person is still to be told."""
    careful_said: bool = False
    professional_said: bool = False


def state_of(conversation: Conversation) -> State:
    """The name of the state, as the timeline and the commands know it."""
    match conversation.mode:
        case Idle():
            return State.IDLE
        case Topic():
            return State.TOPIC
        case Screening():
            return State.SCREENING
        case Coaching():
            return conversation.session.phase if conversation.session else State.IDLE
        case Paused():
            return State.PAUSED
        case Offering() | AfterHurt() | AskingNumber():
            return State.CONFIRMING
        case Emergency():
            return State.EMERGENCY
        case Asleep():
            return State.ASLEEP
        case Muted():
            return State.MUTED
        case _:
            assert_never(conversation.mode)


def valid_now(conversation: Conversation) -> frozenset[Intent]:
    """The intents that are listened for."""
    valid = NUMBER_ASKED if isinstance(conversation.mode, AskingNumber) else VALID[state_of(conversation)]
    return valid if conversation.to_confirm is None else valid | ANSWERS


def is_quiet(conversation: Conversation) -> bool:
    """Nothing is being said, prepared or silenced: whatever comes next comes from outside."""
    return conversation.output.quiet and conversation.awaiting is None


def in_session(conversation: Conversation) -> bool:
    """Whether a session is going on, paused or not; one that was left is none."""
    match conversation.mode:
        case Coaching() | AfterHurt():
            return True
        case Paused(back=back) | Muted(back=back):
            return isinstance(back, Coaching | AfterHurt)
        case Idle() | Topic() | Screening() | Offering() | AskingNumber() | Emergency() | Asleep():
            return False
        case _:
            assert_never(conversation.mode)
