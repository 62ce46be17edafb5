"""What each intent does: the replies that begin, answer and interrupt, and the table that names them all."""

from typing import assert_never

from assistant import script
from assistant.coaching.session import DEFAULT_ROUTINE, movement_session, routine_session
from assistant.dialogue.events import Heard
from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.navigation import gentler, go_to_next, skip_instructions
from assistant.dialogue.replies.topics import more
from assistant.dialogue.state import (
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
from assistant.dialogue.turn import StepBuilder
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised, WokeUp
from intents.model import REQUEST


def start_routine(turn: StepBuilder, heard: Heard) -> None:
    """Lead a routine; the quick one when none is named."""
    key = heard.reading.slots.get("routine", DEFAULT_ROUTINE)
    turn.screened(WantsSession(routine_session(turn.guidance, key)))


def start_movement(turn: StepBuilder, heard: Heard) -> None:
    """Lead one movement; without a name, a routine."""
    key = heard.reading.slots.get("movement")
    if key is None:
        start_routine(turn, heard)
        return
    turn.screened(WantsSession(movement_session(turn.guidance, key)))


def yes(turn: StepBuilder, heard: Heard) -> None:
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
            emergency_number.accept_number(turn, asking)
        case _:
            turn.say(script.choices(turn.state))


def no(turn: StepBuilder, heard: Heard) -> None:
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
            emergency_number.refuse_number(turn, asking)
        case _:
            turn.say(script.ALL_RIGHT, mode=Idle())


def ready(turn: StepBuilder, heard: Heard) -> None:
    """Go on without waiting: skip the rest of the instructions, or of a rest."""
    match turn.conversation.mode:
        case Coaching():
            skip_instructions(turn, heard)
        case Paused():
            resume(turn, heard)
        case _:
            yes(turn, heard)


def wait(turn: StepBuilder, heard: Heard) -> None:
    """Give time."""
    if isinstance(turn.conversation.mode, Paused):
        turn.aside(script.TAKE_YOUR_TIME)
    else:
        turn.interrupt(ThenPause(heard.cause, script.TAKE_YOUR_TIME))


def pause(turn: StepBuilder, heard: Heard) -> None:
    """Fall silent at once, to be resumed."""
    turn.interrupt(ThenPause(heard.cause, script.LET_GO))


def resume(turn: StepBuilder, heard: Heard) -> None:
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


def stop(turn: StepBuilder, heard: Heard) -> None:
    """End whatever is going on, at once."""
    turn.interrupt(ThenStop(heard.cause))


def never_mind(turn: StepBuilder, heard: Heard) -> None:
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
            emergency_number.skip_number(turn)
        case _:
            turn.say(script.ALL_RIGHT, mode=Idle())


def skip(turn: StepBuilder, heard: Heard) -> None:
    """Leave out the movement, or the question for the emergency number."""
    if isinstance(turn.conversation.mode, AskingNumber):
        emergency_number.skip_number(turn)
    else:
        go_to_next(turn, heard)


def that_hurts(turn: StepBuilder, heard: Heard) -> None:
    """In a session the hold is over at once; outside of one it is the complaint that asks for help."""
    match turn.conversation.mode:
        case Coaching() | Paused(back=Coaching()) | AfterHurt():
            turn.interrupt(ThenLetGo((script.HURT,)))
        case Emergency(advice=advice):
            turn.say(*advice)
        case _:
            turn.screened(WantsHelp())


def red_flag(turn: StepBuilder, heard: Heard) -> None:
    """A warning sign: its own advice, before anything else."""
    flag = heard.reading.slots["flag"]
    turn.note(RedFlagRaised(flag, heard.reading.text))
    advice = turn.filled(*turn.guidance.red_flags[flag].lines)
    in_session = isinstance(turn.conversation.mode, Coaching | AfterHurt) or turn.state is State.PAUSED
    if flag == "stretch_warning" and in_session:
        turn.interrupt(ThenLetGo((*advice, script.HURT_CHOICES)))
    else:
        turn.interrupt(ThenWarn(advice))


def mute(turn: StepBuilder, heard: Heard) -> None:
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


def wake(turn: StepBuilder, heard: Heard) -> None:
    """Listen again; a session that waits is still there. A request of the same breath is the next that is heard."""
    mode = turn.conversation.mode
    back = Paused(mode.back, ()) if isinstance(mode, Muted) and isinstance(mode.back, Coaching) else Idle()
    turn.signal("listening")
    turn.note(WokeUp(heard.cause))
    if REQUEST in heard.reading.slots:
        turn.change(mode=back)
        turn.change(since=heard.began)
    elif isinstance(back, Paused):
        turn.say(script.LISTENING, script.choices(State.PAUSED), mode=back)
    elif turn.conversation.asks_number and turn.conversation.settings.number_wanted:
        emergency_number.ask_number(turn, script.LISTENING)
    else:
        turn.say(script.LISTENING, mode=back)


def goodbye(turn: StepBuilder, heard: Heard) -> None:
    """Say goodbye and fall asleep."""
    turn.interrupt(ThenRest(Asleep(), turn.filled(script.GOODBYE)[0], heard.cause))
