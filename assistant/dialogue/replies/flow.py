"""Replies that steer the dialogue: begin, answer a question, pause, resume, stop, mute, wake, sleep, red flags."""

from typing import assert_never

from assistant import script
from assistant.coaching.session import DEFAULT_ROUTINE, movement_session, routine_session
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenLetGo, ThenPause, ThenRest, ThenResume, ThenStop, ThenWarn
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingNumber,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Offering,
    Paused,
    Screening,
    Topic,
    WantsHelp,
    WantsSession,
)
from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.navigation import gentler, go_to_next, skip_instructions
from assistant.dialogue.replies.talk.conditions import agreed, not_agreed
from assistant.dialogue.replies.topics import more
from assistant.dialogue.screening import after_screening, fulfil
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised, WokeUp
from intents.model import REQUEST


def start_routine(builder: StepBuilder, heard: Heard) -> None:
    """Begin a routine, the one that is named or DEFAULT_ROUTINE, after the screening question."""
    key = heard.reading.slots.get("routine", DEFAULT_ROUTINE)
    after_screening(builder, WantsSession(routine_session(builder.guidance, key)))


def start_movement(builder: StepBuilder, heard: Heard) -> None:
    """Begin a session of one movement after the screening question; where none is named, begin a routine."""
    key = heard.reading.slots.get("movement")
    if key is None:
        start_routine(builder, heard)
        return
    after_screening(builder, WantsSession(movement_session(builder.guidance, key)))


def yes(builder: StepBuilder, heard: Heard) -> None:
    """Answer "yes" to the open question; where none is open, say what can be said."""
    match builder.conversation.mode:
        case Screening():
            advice = builder.filled(*builder.guidance.screening.yes)
            builder.interrupt(ThenWarn(advice))
        case Offering(session=session):
            after_screening(builder, WantsSession(session))
        case AfterHurt():
            gentler(builder, heard)
        case Emergency(advice=advice):
            builder.say(*advice)
        case Topic():
            more(builder, heard)
        case AskingNumber() as asking:
            emergency_number.accept_number(builder, asking)
        case AskingAgreement():
            agreed(builder, heard)
        case _:
            builder.say(script.choices(builder.state))


def no(builder: StepBuilder, heard: Heard) -> None:
    """Answer "no" to the open question; where none is open, confirm that nothing happens."""
    match builder.conversation.mode:
        case Screening(wish=wish, clears=clears):
            builder.change(cleared=builder.conversation.cleared or clears)
            fulfil(builder, wish)
        case AfterHurt():
            builder.interrupt(ThenStop(heard.cause))
        case Emergency():
            builder.say(script.GLAD, mode=Idle())
        case AskingNumber() as asking:
            emergency_number.refuse_number(builder, asking)
        case AskingAgreement():
            not_agreed(builder, heard)
        case _:
            builder.say(script.ALL_RIGHT, mode=Idle())


def ready(builder: StepBuilder, heard: Heard) -> None:
    """Go on without waiting: skip the rest of the instructions or of a rest, resume, or answer "yes"."""
    match builder.conversation.mode:
        case Coaching():
            skip_instructions(builder, heard)
        case Paused():
            resume(builder, heard)
        case _:
            yes(builder, heard)


def wait(builder: StepBuilder, heard: Heard) -> None:
    """Pause until the person is ready."""
    if isinstance(builder.conversation.mode, Paused):
        builder.aside(script.TAKE_YOUR_TIME)
    else:
        builder.interrupt(ThenPause(heard.cause, script.TAKE_YOUR_TIME))


def pause(builder: StepBuilder, heard: Heard) -> None:
    """Pause: fall silent at once, to be resumed."""
    builder.interrupt(ThenPause(heard.cause, script.LET_GO))


def resume(builder: StepBuilder, heard: Heard) -> None:
    """Resume what is paused, or a session that was left; to an open question, answer "yes"."""
    session = builder.conversation.session
    match builder.conversation.mode:
        case Paused():
            builder.interrupt(ThenResume(heard.cause))
        case Coaching():
            builder.aside(script.ALREADY_GOING)
        case Idle() | AskingNumber() if session is not None:
            after_screening(builder, WantsSession(session))
        case Emergency():
            builder.say(script.GLAD, mode=Idle())
        case Idle() | AskingNumber():
            builder.say(script.NOTHING_TO_RESUME)
        case _:
            yes(builder, heard)


def stop(builder: StepBuilder, heard: Heard) -> None:
    """End whatever goes on, at once."""
    builder.interrupt(ThenStop(heard.cause))


def never_mind(builder: StepBuilder, heard: Heard) -> None:
    """Drop the open question."""
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
    """Skip the movement, or the question for the emergency number."""
    if isinstance(builder.conversation.mode, AskingNumber):
        emergency_number.skip_number(builder)
    else:
        go_to_next(builder, heard)


def that_hurts(builder: StepBuilder, heard: Heard) -> None:
    """In a session, end the hold at once and ask how to go on; outside, take the words as a request for help."""
    match builder.conversation.mode:
        case Coaching() | Paused(back=Coaching()) | AfterHurt():
            builder.interrupt(ThenLetGo((script.HURT,)))
        case Emergency(advice=advice):
            builder.say(*advice)
        case _:
            after_screening(builder, WantsHelp())


def red_flag(builder: StepBuilder, heard: Heard) -> None:
    """Give the advice of a red flag before anything else.

    The session ends, unless the flag only warns of the stretch itself: then Limber also asks how to go on.
    """
    flag = heard.reading.slots["flag"]
    builder.note(RedFlagRaised(flag, heard.reading.text))
    advice = builder.filled(*builder.guidance.red_flags[flag].lines)
    in_session = isinstance(builder.conversation.mode, Coaching | AfterHurt) or builder.state is State.PAUSED
    if flag == "stretch_warning" and in_session:
        builder.interrupt(ThenLetGo((*advice, script.HURT_CHOICES)))
    else:
        builder.interrupt(ThenWarn(advice))


def mute(builder: StepBuilder, heard: Heard) -> None:
    """Stop listening to anything but the few intents that are valid in Muted."""
    mode = builder.conversation.mode
    match mode:
        case Paused(back=back):
            pass
        case (
            Idle() | Topic() | Screening() | Coaching() | Offering() | AfterHurt() | AskingNumber() | AskingAgreement()
        ):
            back = mode
        case Muted(back=back):
            pass
        case Emergency() | Asleep():
            back = Idle()
        case _:
            assert_never(mode)
    builder.signal("muted")
    builder.interrupt(ThenRest(Muted(back), script.MICROPHONE_CLOSED, heard.cause))


def wake(builder: StepBuilder, heard: Heard) -> None:
    """Listen again, after being muted or asleep; a session that waits can be resumed.

    A request in the same breath comes as the next `Heard`, so that `wake` itself says nothing then.
    """
    mode = builder.conversation.mode
    back = Paused(mode.back, ()) if isinstance(mode, Muted) and isinstance(mode.back, Coaching) else Idle()
    builder.signal("listening")
    builder.note(WokeUp(heard.cause))
    if REQUEST in heard.reading.slots:
        builder.change(mode=back)
        builder.change(question_began=heard.began)  # else the request would have begun before its question
    elif isinstance(back, Paused):
        builder.say(script.LISTENING, script.choices(State.PAUSED), mode=back)
    elif builder.conversation.asks_number and builder.conversation.settings.number_wanted:
        emergency_number.ask_number(builder, script.LISTENING)
    else:
        builder.say(script.LISTENING, mode=back)


def goodbye(builder: StepBuilder, heard: Heard) -> None:
    """Say goodbye and fall asleep."""
    builder.interrupt(ThenRest(Asleep(), builder.filled(script.GOODBYE)[0], heard.cause))
