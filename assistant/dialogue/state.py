"""The state of a conversation, as frozen data: the mode, the stretch session, the output, the settings."""

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


Talking: TypeAlias = Idle | Topic | Screening | Coaching | Offering | AfterHurt | AskingNumber
"""The modes that can be paused and resumed."""
Mode: TypeAlias = Talking | Paused | Emergency | Asleep | Muted
"""What goes on in a conversation. Each mode belongs to a `State`: `state_of`."""


@dataclass(frozen=True, slots=True)
class ThenPause:
    """Once the output is silent: pause, and keep what is left of the plan."""

    cause: Cause
    """What paused Limber."""
    words: str
    """Line that confirms the pause; empty: none."""


@dataclass(frozen=True, slots=True)
class ThenStop:
    """Once the output is silent: end whatever went on, on request."""

    cause: Cause
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class ThenFinish:
    """Once the output is silent: end the session, for there is no next movement."""


@dataclass(frozen=True, slots=True)
class ThenLetGo:
    """Once the output is silent: give up the hold that hurt, and ask how to go on."""

    words: tuple[str, ...]
    """Lines that ask."""


@dataclass(frozen=True, slots=True)
class ThenWarn:
    """Once the output is silent: end the session, and give the advice of a red flag."""

    advice: tuple[str, ...]
    """Lines of advice."""


@dataclass(frozen=True, slots=True)
class ThenCoach:
    """Once the output is silent: begin the place at which a session stands."""

    session: Session
    """The session, at that place."""
    instructions: bool = True
    """Whether the instructions are spoken; else the hold begins at once."""
    new_session: bool = False
    """Whether the session begins, and is not just at another place."""
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


@dataclass(frozen=True, slots=True)
class ThenGoOn:
    """Once the output is silent: say a line, then what was left of the plan."""

    words: str
    """The line."""


Transition: TypeAlias = (
    ThenGoOn | ThenPause | ThenStop | ThenFinish | ThenLetGo | ThenWarn | ThenCoach | ThenResume | ThenRest | ThenSay
)
"""What is to happen once the output is silent; `assistant.dialogue.transitions` carries it out."""


@dataclass(frozen=True, slots=True)
class Changeable:
    """What "undo" brings back."""

    settings: Settings
    """The settings before the last change."""
    session: Session | None
    """The session before the last change, for its doses."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The whole state of the dialogue; `step` turns one into the next."""

    mode: Mode = Idle()
    """What goes on."""
    question_began: Frame = 0
    """Frame at which the open question, or the current movement, began; words that began before are no answer to it."""
    output: Output = Output()
    """What is being said."""
    awaiting: Transition | None = None
    """What is to happen once the output is silent; None: silence is not awaited."""
    deferred: tuple[Heard, ...] = ()
    """Heard while silence was awaited, in order, to be answered after that."""
    session: Session | None = None
    """The stretch session that goes on, is interrupted, or was left and can be resumed."""
    cleared: bool = False
    """Whether the screening question was answered with a clear "no"."""
    settings: Settings = Settings()
    """The person's settings."""
    asks_number: bool = False
    """Whether Limber may ask for the emergency number unasked; only a live session does."""
    undoable: Changeable | None = None
    """What "undo" brings back; None: nothing."""
    last_lines: tuple[str, ...] = ()
    """The lines said last, for "repeat"."""
    to_confirm: Heard | None = None
    """What Limber has asked about ("did you say ...?"); None: nothing."""
    not_understood_in_a_row: int = 0
    """Number of utterances since the last that was understood."""
    duck_db: float = 0.0
    """Gain, in dB, by which the output is ducked while the person speaks; 0: not ducked."""
    lost_devices: frozenset[Device] = frozenset()
    """Devices that are lost at present."""
    saving_fails: bool = False
    """Whether the last attempt to save failed."""
    failure_untold: bool = False
    """Whether saving has begun to fail and Limber has not said so yet."""
    first_advice_given: bool = False
    """Whether `Guidance.careful` was said in this stretch session."""
    professional_advice_given: bool = False
    """Whether `Guidance.professional_once` was said in this run."""


def state_of(conversation: Conversation) -> State:
    """The state to which the mode belongs, as the timeline and the command line name it."""
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
    """The valid intents: those of the state, and yes and no while a confirmation is open."""
    valid = NUMBER_ASKED if isinstance(conversation.mode, AskingNumber) else VALID[state_of(conversation)]
    return valid if conversation.to_confirm is None else valid | ANSWERS


def is_quiet(conversation: Conversation) -> bool:
    """Whether nothing is being said, prepared or silenced, so that only an event from outside leads on."""
    return conversation.output.quiet and conversation.awaiting is None


def in_session(conversation: Conversation) -> bool:
    """Whether a stretch session goes on, paused or not; one that was left and can be resumed does not count."""
    match conversation.mode:
        case Coaching() | AfterHurt():
            return True
        case Paused(back=back) | Muted(back=back):
            return isinstance(back, Coaching | AfterHurt)
        case Idle() | Topic() | Screening() | Offering() | AskingNumber() | Emergency() | Asleep():
            return False
        case _:
            assert_never(conversation.mode)
