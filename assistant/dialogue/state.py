"""The state of a conversation, as frozen data: the mode, the stretch session, the output, the settings."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from assistant.coaching.body import Body
from assistant.coaching.plan import Plan, rest_of
from assistant.coaching.session import Session
from assistant.dialogue.events import Heard
from assistant.dialogue.output import Output, Playing
from assistant.dialogue.parts.announced import Transition
from assistant.dialogue.parts.keeping import TellsNumber
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingFelt,
    AskingForget,
    AskingGoOn,
    AskingHow,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingSign,
    AskingWhen,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Mode,
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
    Topic,
    Welcoming,
)
from assistant.dialogue.parts.person import KnownPerson
from assistant.dialogue.parts.sitting import Sitting, Wait
from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.schema import Routine
from assistant.history.stretch_record import Past, StretchRecord
from assistant.reminders.book import ReminderBook
from assistant.settings import Settings
from assistant.states import (
    ANSWERS,
    FELT_ASKED,
    FELT_RATED,
    FORGET_ASKED,
    HURT_ASKED,
    LESSON,
    MUTED_SESSION,
    NUMBER_ASKED,
    RATING_ASKED,
    REMINDED,
    ROUTINE_ASKED,
    SIGN_ASKED,
    VALID,
    WELCOME_ASKED,
    WHEN_ASKED,
    State,
)
from assistant.timeline.entries import Device
from audio.frames import Frame
from intents.model import Intent


@dataclass(frozen=True, slots=True)
class Changeable:
    """What "undo" brings back."""

    settings: Settings
    """The settings before the last change."""
    session: Session | None
    """The session before the last change, for its doses."""
    routines: tuple[Routine, ...] | None = None
    """The routines made by voice before the last change; None: that changed none."""
    reminders: ReminderBook | None = None
    """The reminders before the last change; None: it changed none."""
    body: Body | None = None
    """What was known of body and room before it; None: it changed nothing of that."""
    number: TellsNumber | None = None
    """What was told in numbers before it, before a session; None: it changed nothing of that."""
    last: StretchRecord | None = None
    """The session that ended last, as it was kept before its number was told; None: it changed nothing of that."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """The stretch session that ended last."""

    session: Session
    """The session as it stood at its end."""
    completed: bool
    """Whether all of it was done."""
    length: Frame
    """Time from its beginning to its end, in frames."""
    ended: Frame = 0
    """Frame of its end."""


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
    sitting: Sitting = Sitting()
    """What this sitting knows of the person's safety."""
    wait: Wait = Wait()
    """How long Limber has waited for the person."""
    carried: tuple[str, ...] = ()
    """Lines that answer the first part of what was said in one breath, said before what answers the next part."""
    session_began: Frame = 0
    """Frame at which that session began."""
    past: PastSession | None = None
    """The session that ended last; None: none did in this run."""
    body: Body = Body()
    """What the person has said of body and room in this sitting."""
    number: TellsNumber = TellsNumber()
    """How the back is before a session, in the person's own number."""
    settings: Settings = Settings()
    """The person's settings."""
    offers_rest: bool = False
    """Whether Limber offers at the start, unasked, to go on with `session`, which something interrupted."""
    notice: str = ""
    """What is said at the start; empty: nothing is."""
    asks_number: bool = False
    """Whether Limber may ask for the emergency number unasked; only a live session does."""
    keeps: bool = False
    """Whether a profile keeps settings and history beyond this run."""
    person: KnownPerson = KnownPerson()
    """What the person has told about themselves."""
    civil_start: datetime | None = None
    """Civil time, with its zone, at frame 0; None: unknown."""
    history: Past = ()
    """The stretch sessions that are remembered, those of this run too."""
    own: OwnRoutines = OwnRoutines()
    """The person's own routines."""
    reminders: ReminderBook = ReminderBook()
    """What the person wants to be reminded of."""
    just_reminded: bool = False
    """Whether a reminder was the last that was said or understood."""
    just_set: int | None = None
    """Number of the reminder that was set last, if nothing else was understood since: "no, every half hour"."""
    hears_room: bool = False
    """Whether Limber hears a room, where others talk too; False: all that comes is typed to it."""
    last_used: Frame = 0
    """Frame at which something was understood last, or a reminder said."""
    softly: bool = False
    """Whether what is said now is said softly, as it was not asked for."""
    undoable: Changeable | None = None
    """What "undo" brings back; None: nothing."""
    last_lines: tuple[str, ...] = ()
    """The lines said last, for "repeat"."""
    last_topic: Topic | None = None
    """The topic that those lines belong to; None: none."""
    answered: tuple[str, Frame, State] | None = None
    """The answer that was given last beside a session, when, and in which part of it; None: none was."""
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
    new_untold: tuple[str, ...] = ()
    """Keys of the routines that came by file in this run, and that Limber has not told of yet."""
    unusable_untold: tuple[str, ...] = ()
    """Names of the files that became unusable in this run, and that Limber has not told of yet."""
    first_advice_given: bool = False
    """Whether `Guidance.careful` was said in this stretch session."""


def state_of(conversation: Conversation) -> State:
    """The state to which the mode belongs, as the timeline and the command line name it."""
    match conversation.mode:
        case Idle():
            return State.IDLE
        case Topic():
            return State.TOPIC
        case Screening() | AskingSign():
            return State.SCREENING
        case Coaching():
            return conversation.session.phase if conversation.session else State.IDLE
        case Paused():
            return State.PAUSED
        case Offering() | AfterHurt() | AskingAgreement() | AskingFelt() | AskingNumber() | AskingHow() | AskingGoOn():
            return State.CONFIRMING
        case AskingRoutine() | AskingWhen() | AskingForget() | AskingRating() | Welcoming() | Practising():
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
    """The valid intents: those of the state and the question, and yes and no while a confirmation is open."""
    match conversation.mode:
        case AskingNumber():
            valid = NUMBER_ASKED
        case Welcoming():
            valid = WELCOME_ASKED
        case Practising():
            valid = LESSON
        case Paused(back=Practising()):
            valid = VALID[State.PAUSED] | ANSWERS
        case AskingRoutine():
            valid = ROUTINE_ASKED
        case AskingForget():
            valid = FORGET_ASKED
        case AskingFelt(as_number=as_number):
            valid = FELT_RATED if as_number else FELT_ASKED
        case AskingRating():
            valid = RATING_ASKED
        case AskingSign() | AskingHow():
            valid = SIGN_ASKED
        case AfterHurt():
            valid = HURT_ASKED
        case Muted(back=back) if session_in(back):
            valid = MUTED_SESSION
        case AskingGoOn():
            valid = VALID[State.CONFIRMING] | {Intent.START_OVER}
        case AskingWhen():
            valid = WHEN_ASKED
        case Idle() if conversation.just_reminded or conversation.just_set is not None:
            valid = REMINDED
        case _:
            valid = VALID[state_of(conversation)]
    return valid if conversation.to_confirm is None else valid | ANSWERS


def is_quiet(conversation: Conversation) -> bool:
    """Whether nothing is being said, prepared or silenced, so that only an event from outside leads on."""
    return conversation.output.quiet and conversation.awaiting is None


def is_idle(conversation: Conversation) -> bool:
    """Whether Limber waits for the person: quiet, or only speaking up because time has passed."""
    return is_quiet(conversation) or (conversation.awaiting is None and conversation.wait.since is not None)


def body_now(conversation: Conversation) -> Body:
    """What body and room allow, with the movements that a warning sign has left out in this session."""
    body = conversation.body
    return replace(body, avoided=body.avoided | conversation.sitting.left_out)


def present_session(conversation: Conversation) -> Session | None:
    """The stretch session that goes on, is paused, or waits while Limber is muted; None: none, or one that was left."""
    match conversation.mode:
        case Coaching() | Paused(back=Coaching()) | Muted(back=Coaching()):
            return conversation.session
        case _:
            return None


def left_to_play(conversation: Conversation, now: Frame) -> Plan:
    """What is left of the plan of the current place at a frame; empty where nothing of it plays or is kept."""
    session, playing = conversation.session, conversation.output.now
    if session is not None and session.remainder is not None:
        return session.remainder
    return rest_of(playing.layout, playing.played(now)) if isinstance(playing, Playing) else ()


def in_session(conversation: Conversation) -> bool:
    """Whether a stretch session goes on, paused or not; one that was left and can be resumed does not count."""
    return session_in(conversation.mode)


def session_in(mode: Mode) -> bool:
    """Whether a stretch session goes on in a mode, or waits in it."""
    match mode:
        case Coaching() | AfterHurt():
            return True
        case Paused(back=back) | Muted(back=back) | AskingSign(back=back) | AskingGoOn(paused=back):
            return session_in(back)
        case Idle() | Topic() | Screening() | Offering():
            return False
        case AskingAgreement() | AskingFelt() | AskingNumber() | AskingRoutine() | AskingHow():
            return False
        case AskingWhen() | AskingForget() | AskingRating() | Welcoming() | Practising():
            return False
        case Emergency() | Asleep():
            return False
        case _:
            assert_never(mode)
