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
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised, WokeUp
from intents.model import REQUEST


def start_routine(builder: StepBuilder, heard: Heard) -> None:
    """Lead a routine; the quick one when none is named."""
    key = heard.reading.slots.get("routine", DEFAULT_ROUTINE)
    builder.screened(WantsSession(routine_session(builder.guidance, key)))


def start_movement(builder: StepBuilder, heard: Heard) -> None:
    """Lead one movement; without a name, a routine."""
    key = heard.reading.slots.get("movement")
    if key is None:
        start_routine(builder, heard)
        return
    builder.screened(WantsSession(movement_session(builder.guidance, key)))


def yes(builder: StepBuilder, heard: Heard) -> None:
    """Yes to whatever question is open."""
    match builder.conversation.mode:
        case Screening():
            advice = builder.filled(*builder.guidance.screening.yes)
            builder.interrupt(ThenWarn(advice))
        case Offering(session=session):
            builder.screened(WantsSession(session))
        case AfterHurt():
            gentler(builder, heard)
        case Emergency(advice=advice):
            builder.say(*advice)
        case Topic():
            more(builder, heard)
        case AskingNumber() as asking:
            emergency_number.accept_number(builder, asking)
        case _:
            builder.say(script.choices(builder.state))


def no(builder: StepBuilder, heard: Heard) -> None:
    """No to whatever question is open."""
    match builder.conversation.mode:
        case Screening(wish=wish, clears=clears):
            builder.change(cleared=builder.conversation.cleared or clears)
            builder.grant(wish)
        case AfterHurt():
            builder.interrupt(ThenStop(heard.cause))
        case Emergency():
            builder.say(script.GLAD, mode=Idle())
        case AskingNumber() as asking:
            emergency_number.refuse_number(builder, asking)
        case _:
            builder.say(script.ALL_RIGHT, mode=Idle())


def ready(builder: StepBuilder, heard: Heard) -> None:
    """Go on without waiting: skip the rest of the instructions, or of a rest."""
    match builder.conversation.mode:
        case Coaching():
            skip_instructions(builder, heard)
        case Paused():
            resume(builder, heard)
        case _:
            yes(builder, heard)


def wait(builder: StepBuilder, heard: Heard) -> None:
    """Give time."""
    if isinstance(builder.conversation.mode, Paused):
        builder.aside(script.TAKE_YOUR_TIME)
    else:
        builder.interrupt(ThenPause(heard.cause, script.TAKE_YOUR_TIME))


def pause(builder: StepBuilder, heard: Heard) -> None:
    """Fall silent at once, to be resumed."""
    builder.interrupt(ThenPause(heard.cause, script.LET_GO))


def resume(builder: StepBuilder, heard: Heard) -> None:
    """Go on."""
    session = builder.conversation.session
    match builder.conversation.mode:
        case Paused():
            builder.interrupt(ThenResume(heard.cause))
        case Coaching():
            builder.aside(script.ALREADY_GOING)
        case Idle() | AskingNumber() if session is not None:
            builder.screened(WantsSession(session))
        case Emergency():
            builder.say(script.GLAD, mode=Idle())
        case Idle() | AskingNumber():
            builder.say(script.NOTHING_TO_RESUME)
        case _:
            yes(builder, heard)


def stop(builder: StepBuilder, heard: Heard) -> None:
    """End whatever is going on, at once."""
    builder.interrupt(ThenStop(heard.cause))


def never_mind(builder: StepBuilder, heard: Heard) -> None:
    """Drop the question that is open."""
    match builder.conversation.mode:
        case Coaching():
            builder.aside(script.CARRYING_ON)
        case Paused():
            builder.aside(script.choices(State.PAUSED))
        case AfterHurt():
            builder.interrupt(ThenStop(heard.cause))
        case Emergency():
            builder.say(script.GLAD, mode=Idle())
        case AskingNumber():
            emergency_number.skip_number(builder)
        case _:
            builder.say(script.ALL_RIGHT, mode=Idle())


def skip(builder: StepBuilder, heard: Heard) -> None:
    """Leave out the movement, or the question for the emergency number."""
    if isinstance(builder.conversation.mode, AskingNumber):
        emergency_number.skip_number(builder)
    else:
        go_to_next(builder, heard)


def that_hurts(builder: StepBuilder, heard: Heard) -> None:
    """In a session the hold is over at once; outside of one it is the complaint that asks for help."""
    match builder.conversation.mode:
        case Coaching() | Paused(back=Coaching()) | AfterHurt():
            builder.interrupt(ThenLetGo((script.HURT,)))
        case Emergency(advice=advice):
            builder.say(*advice)
        case _:
            builder.screened(WantsHelp())


def red_flag(builder: StepBuilder, heard: Heard) -> None:
    """A warning sign: its own advice, before anything else."""
    flag = heard.reading.slots["flag"]
    builder.note(RedFlagRaised(flag, heard.reading.text))
    advice = builder.filled(*builder.guidance.red_flags[flag].lines)
    in_session = isinstance(builder.conversation.mode, Coaching | AfterHurt) or builder.state is State.PAUSED
    if flag == "stretch_warning" and in_session:
        builder.interrupt(ThenLetGo((*advice, script.HURT_CHOICES)))
    else:
        builder.interrupt(ThenWarn(advice))


def mute(builder: StepBuilder, heard: Heard) -> None:
    """Listen for nothing but being called back."""
    mode = builder.conversation.mode
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
    builder.signal("muted")
    builder.interrupt(ThenRest(Muted(back), builder.filled(script.NOT_LISTENING)[0], heard.cause))


def wake(builder: StepBuilder, heard: Heard) -> None:
    """Listen again; a session that waits is still there. A request of the same breath is the next that is heard."""
    mode = builder.conversation.mode
    back = Paused(mode.back, ()) if isinstance(mode, Muted) and isinstance(mode.back, Coaching) else Idle()
    builder.signal("listening")
    builder.note(WokeUp(heard.cause))
    if REQUEST in heard.reading.slots:
        builder.change(mode=back)
        builder.change(since=heard.began)
    elif isinstance(back, Paused):
        builder.say(script.LISTENING, script.choices(State.PAUSED), mode=back)
    elif builder.conversation.asks_number and builder.conversation.settings.number_wanted:
        emergency_number.ask_number(builder, script.LISTENING)
    else:
        builder.say(script.LISTENING, mode=back)


def goodbye(builder: StepBuilder, heard: Heard) -> None:
    """Say goodbye and fall asleep."""
    builder.interrupt(ThenRest(Asleep(), builder.filled(script.GOODBYE)[0], heard.cause))
