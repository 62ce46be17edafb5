"""What each intent does: the replies that begin, answer and interrupt, and the table that names them all."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from assistant import coach, emergency_number, script
from assistant.conversation import (
    AfterHurt,
    AskingNumber,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Offering,
    Paused,
    Screening,
    ThenLetGo,
    ThenPause,
    ThenRest,
    ThenResume,
    ThenStop,
    ThenWarn,
    Topic,
    WantsHelp,
    WantsSession,
)
from assistant.entries import Awake, RedFlag
from assistant.events import Heard
from assistant.navigation import back, gentler, next_movement, skip_instructions, start_over
from assistant.preferences import count_aloud, count_silently, louder, quieter, speak_faster, speak_slower, undo
from assistant.progress import PROGRESS
from assistant.telling import Reply, about, about_slot, more, radiates, what_helps
from assistant.turn import Turn
from assistant.validity import State
from intents.model import REQUEST, Intent

DEFAULT_ROUTINE = "quick"


def start_routine(turn: Turn, heard: Heard) -> None:
    """Lead a routine; the quick one when none is named."""
    key = heard.reading.slots.get("routine", DEFAULT_ROUTINE)
    turn.screened(WantsSession(coach.routine(turn.guidance, key)))


def start_movement(turn: Turn, heard: Heard) -> None:
    """Lead one movement; without a name, a routine."""
    key = heard.reading.slots.get("movement")
    if key is None:
        start_routine(turn, heard)
        return
    turn.screened(WantsSession(coach.movement(turn.guidance, key)))


def yes(turn: Turn, heard: Heard) -> None:
    """Yes to whatever question is open."""
    match turn.conversation.mode:
        case Screening():
            advice = turn.filled(*turn.guidance.screening.yes)
            turn.interrupt(ThenWarn(advice))
        case Offering(session=session):
            turn.screened(WantsSession(session))
        case AfterHurt():
            gentler(turn, heard)
        case Emergency(advice=advice):
            turn.say(*advice)
        case Topic():
            more(turn, heard)
        case AskingNumber() as asking:
            emergency_number.accept(turn, asking)
        case _:
            turn.say(script.choices(turn.state))


def no(turn: Turn, heard: Heard) -> None:
    """No to whatever question is open."""
    match turn.conversation.mode:
        case Screening(wish=wish, clears=clears):
            turn.change(cleared=turn.conversation.cleared or clears)
            turn.grant(wish)
        case AfterHurt():
            turn.interrupt(ThenStop(heard.cause))
        case Emergency():
            turn.say(script.GLAD, mode=Idle())
        case AskingNumber() as asking:
            emergency_number.refuse(turn, asking)
        case _:
            turn.say(script.ALL_RIGHT, mode=Idle())


def ready(turn: Turn, heard: Heard) -> None:
    """Go on without waiting: skip the rest of the instructions, or of a rest."""
    match turn.conversation.mode:
        case Coaching():
            skip_instructions(turn, heard)
        case Paused():
            resume(turn, heard)
        case _:
            yes(turn, heard)


def wait(turn: Turn, heard: Heard) -> None:
    """Give time."""
    if isinstance(turn.conversation.mode, Paused):
        turn.aside(script.TAKE_YOUR_TIME)
    else:
        turn.interrupt(ThenPause(heard.cause, script.TAKE_YOUR_TIME))


def pause(turn: Turn, heard: Heard) -> None:
    """Fall silent at once, to be resumed."""
    turn.interrupt(ThenPause(heard.cause, script.LET_GO))


def resume(turn: Turn, heard: Heard) -> None:
    """Go on."""
    session = turn.conversation.session
    match turn.conversation.mode:
        case Paused():
            turn.interrupt(ThenResume(heard.cause))
        case Coaching():
            turn.aside(script.ALREADY_GOING)
        case Idle() | AskingNumber() if session is not None:
            turn.screened(WantsSession(session))
        case Emergency():
            turn.say(script.GLAD, mode=Idle())
        case Idle() | AskingNumber():
            turn.say(script.NOTHING_TO_RESUME)
        case _:
            yes(turn, heard)


def stop(turn: Turn, heard: Heard) -> None:
    """End whatever is going on, at once."""
    turn.interrupt(ThenStop(heard.cause))


def never_mind(turn: Turn, heard: Heard) -> None:
    """Drop the question that is open."""
    match turn.conversation.mode:
        case Coaching():
            turn.aside(script.CARRYING_ON)
        case Paused():
            turn.aside(script.choices(State.PAUSED))
        case AfterHurt():
            turn.interrupt(ThenStop(heard.cause))
        case Emergency():
            turn.say(script.GLAD, mode=Idle())
        case AskingNumber():
            emergency_number.skip(turn)
        case _:
            turn.say(script.ALL_RIGHT, mode=Idle())


def skip(turn: Turn, heard: Heard) -> None:
    """Leave out the movement, or the question for the emergency number."""
    if isinstance(turn.conversation.mode, AskingNumber):
        emergency_number.skip(turn)
    else:
        next_movement(turn, heard)


def that_hurts(turn: Turn, heard: Heard) -> None:
    """In a session the hold is over at once; outside of one it is the complaint that asks for help."""
    match turn.conversation.mode:
        case Coaching() | Paused(back=Coaching()) | AfterHurt():
            turn.interrupt(ThenLetGo((script.HURT,)))
        case Emergency(advice=advice):
            turn.say(*advice)
        case _:
            turn.screened(WantsHelp())


def red_flag(turn: Turn, heard: Heard) -> None:
    """A warning sign: its own advice, before anything else."""
    flag = heard.reading.slots["flag"]
    turn.note(RedFlag(flag, heard.reading.text))
    advice = turn.filled(*turn.guidance.red_flags[flag].lines)
    in_session = isinstance(turn.conversation.mode, Coaching | AfterHurt) or turn.state is State.PAUSED
    if flag == "stretch_warning" and in_session:
        turn.interrupt(ThenLetGo((*advice, script.HURT_CHOICES)))
    else:
        turn.interrupt(ThenWarn(advice))


def mute(turn: Turn, heard: Heard) -> None:
    """Listen for nothing but being called back."""
    mode = turn.conversation.mode
    match mode:
        case Paused(back=back):
            pass
        case Idle() | Topic() | Screening() | Coaching() | Offering() | AfterHurt() | AskingNumber():
            back = mode
        case Muted(back=back):
            pass
        case Emergency() | Asleep():
            back = Idle()
        case _:
            assert_never(mode)
    turn.signal("muted")
    turn.interrupt(ThenRest(Muted(back), turn.filled(script.NOT_LISTENING)[0], heard.cause))


def wake(turn: Turn, heard: Heard) -> None:
    """Listen again; a session that waits is still there. A request of the same breath is the next that is heard."""
    mode = turn.conversation.mode
    back = Paused(mode.back, ()) if isinstance(mode, Muted) and isinstance(mode.back, Coaching) else Idle()
    turn.signal("listening")
    turn.note(Awake(heard.cause))
    if REQUEST in heard.reading.slots:
        turn.change(mode=back)
        turn.change(since=heard.began)
    elif isinstance(back, Paused):
        turn.say(script.LISTENING, script.choices(State.PAUSED), mode=back)
    elif turn.conversation.asks_number and turn.conversation.settings.number_wanted:
        emergency_number.ask(turn, script.LISTENING)
    else:
        turn.say(script.LISTENING, mode=back)


def goodbye(turn: Turn, heard: Heard) -> None:
    """Say goodbye and fall asleep."""
    turn.interrupt(ThenRest(Asleep(), turn.filled(script.GOODBYE)[0], heard.cause))


REPLIES: Mapping[Intent, Reply] = MappingProxyType(
    {
        **PROGRESS,
        Intent.START_ROUTINE: start_routine,
        Intent.START_MOVEMENT: start_movement,
        Intent.YES: yes,
        Intent.NO: no,
        Intent.READY: ready,
        Intent.WAIT: wait,
        Intent.PAUSE: pause,
        Intent.RESUME: resume,
        Intent.NEXT: next_movement,
        Intent.SKIP: skip,
        Intent.BACK: back,
        Intent.STOP: stop,
        Intent.START_OVER: start_over,
        Intent.NEVER_MIND: never_mind,
        Intent.COUNT_ALOUD: count_aloud,
        Intent.COUNT_SILENTLY: count_silently,
        Intent.THAT_HURTS: that_hurts,
        Intent.GENTLER: gentler,
        Intent.SKIP_INSTRUCTIONS: skip_instructions,
        Intent.OVERVIEW: about("overview"),
        Intent.WHAT_HELPS: what_helps,
        Intent.MEASURE: about_slot("measure"),
        Intent.CAUSES: about("causes"),
        Intent.CAUSE: about_slot("cause"),
        Intent.PREVENTION: about("prevention"),
        Intent.STRATEGY: about_slot("strategy"),
        Intent.SEE_PROFESSIONAL: about("see_professional"),
        Intent.PAINKILLERS: about("painkillers"),
        Intent.MORE: more,
        Intent.RED_FLAG: red_flag,
        Intent.RADIATES: radiates,
        Intent.SPEAK_FASTER: speak_faster,
        Intent.SPEAK_SLOWER: speak_slower,
        Intent.LOUDER: louder,
        Intent.QUIETER: quieter,
        Intent.MUTE: mute,
        Intent.UNMUTE: wake,
        Intent.WAKE: wake,
        Intent.UNDO: undo,
        Intent.EMERGENCY_NUMBER: emergency_number.change_number,
        Intent.ASK_EMERGENCY_NUMBER: emergency_number.tell_number,
        Intent.DIGITS: emergency_number.digits,
        Intent.GOODBYE: goodbye,
    }
)
"""Every intent has its reply; a test holds that none is missing."""
