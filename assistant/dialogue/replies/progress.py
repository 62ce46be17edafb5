"""Replies about where a session stands and how much of it there is: how long, how many, longer, repeat."""

from collections.abc import Callable
from dataclasses import replace

from assistant import script
from assistant.coaching.holds import hold_left, recounted
from assistant.coaching.plan import Plan, rest_of
from assistant.coaching.session import HOLD_STEP_SECONDS, Session, next_movement_place, session_at, with_dose
from assistant.dialogue.events import Heard
from assistant.dialogue.output import Playing
from assistant.dialogue.state import AskingNumber, Changeable, Coaching, Paused, ThenCoach
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State
from audio.frames import Frame
from intents.model import Intent

Say = Callable[[Session], str]


def _session(builder: StepBuilder) -> Session | None:
    """The session that is going on or interrupted, not one that was left."""
    match builder.conversation.mode:
        case Coaching() | Paused(back=Coaching()):
            return builder.conversation.session
        case _:
            return None


def _rest(builder: StepBuilder) -> Plan:
    """What is left of the plan of the present place."""
    session, now = builder.conversation.session, builder.conversation.output.now
    if session is not None and session.remainder is not None:
        return session.remainder
    return rest_of(now.layout, now.played(builder.now)) if isinstance(now, Playing) else ()


def in_session(answer: Callable[[StepBuilder, Session], str]) -> Callable[[StepBuilder, Heard], None]:
    """A reply that is a line about the session; outside of one it says that nothing is running."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = _session(builder)
        builder.aside(answer(builder, session) if session is not None else builder.hint(script.where_in))

    return reply


def how_long(builder: StepBuilder, session: Session) -> str:
    """Seconds left in a hold; before one, how long it will be."""
    left: Frame = hold_left(_rest(builder))
    held = session.phase is State.HOLDING and left > 0
    return script.time_left(left) if held else script.how_long_hold(session.seconds)


def how_many(builder: StepBuilder, session: Session) -> str:
    """Repetitions left, with the present one."""
    return script.repetitions_left(session.dose.repetitions - session.place.repetition + 1)


def where_am_i(builder: StepBuilder, session: Session) -> str:
    """Movement, side, repetition, step."""
    dose, place = session.dose, session.place
    return script.where(
        dose.movement.title,
        session.part.side,
        place.repetition,
        dose.repetitions,
        place.step + 1,
        len(session.doses),
    )


def what_next(builder: StepBuilder, session: Session) -> str:
    """The name of the next movement."""
    place = next_movement_place(session)
    return script.what_next(session.doses[place.step].movement.title if place else None)


def repeat(builder: StepBuilder, heard: Heard) -> None:
    """The last line again; in a hold the position; before one the instructions from the start."""
    _repeat(builder, heard, slowly=False)


def repeat_slower(builder: StepBuilder, heard: Heard) -> None:
    """The last line again, slowly."""
    _repeat(builder, heard, slowly=True)


def _repeat(builder: StepBuilder, heard: Heard, *, slowly: bool) -> None:
    conversation = builder.conversation
    session = conversation.session
    if isinstance(conversation.mode, Coaching) and session is not None:
        if session.phase is State.INSTRUCTING:
            builder.interrupt(ThenCoach(session_at(session, session.place), slowly=slowly, cause=heard.cause))
        else:
            builder.aside(session.part.again)
        return
    lines = conversation.lines or (script.help_in(builder.state),)
    builder.say(*lines, slowly=slowly)


def _dose(builder: StepBuilder, session: Session, done: Callable[[Session], str]) -> None:
    builder.change(session=session, before=Changeable(builder.conversation.settings, builder.conversation.session))
    builder.aside(done(session))


def change_hold(seconds: Callable[[Session, Heard], int]) -> Callable[[StepBuilder, Heard], None]:
    """A reply that changes how long the holds of the present movement are, the one that is on with them."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = _session(builder)
        if session is None:
            builder.aside(script.where_in(builder.state))
            return
        changed = with_dose(session, seconds=seconds(session, heard))
        if session.remainder is not None:
            counted = recounted(session.remainder, changed, builder.conversation.settings.count_aloud)
            changed = replace(changed, remainder=counted)
        _dose(builder, changed, lambda new: script.hold_seconds(new.dose.seconds))

    return reply


def change_repetitions(sign: int) -> Callable[[StepBuilder, Heard], None]:
    """A reply that adds (1) or takes away (-1) repetitions of the present movement."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = _session(builder)
        if session is None:
            builder.aside(script.where_in(builder.state))
            return
        count = int(heard.reading.slots.get("count", "1"))
        changed = with_dose(session, repetitions=session.dose.repetitions + sign * count)
        _dose(builder, changed, lambda new: script.repetitions(new.dose.repetitions))

    return reply


def help_me(builder: StepBuilder, heard: Heard) -> None:
    """What can be said now, briefly."""
    if isinstance(builder.conversation.mode, AskingNumber):
        builder.say(
            builder.hint(script.choices), script.help_in(State.IDLE)
        )  # the question is not all that can be done
    else:
        builder.aside(builder.hint(script.help_in))


def what_can_i_say(builder: StepBuilder, heard: Heard) -> None:
    """What can be said now."""
    builder.aside(builder.hint(script.what_can_i_say))


def _asked(session: Session, heard: Heard) -> int:
    return int(heard.reading.slots.get("seconds", session.dose.seconds))


PROGRESS = {
    Intent.HOW_LONG: in_session(how_long),
    Intent.HOW_MANY: in_session(how_many),
    Intent.WHERE_AM_I: in_session(where_am_i),
    Intent.WHAT_NEXT: in_session(what_next),
    Intent.REPEAT: repeat,
    Intent.REPEAT_SLOWER: repeat_slower,
    Intent.LONGER: change_hold(lambda session, _: session.dose.seconds + HOLD_STEP_SECONDS),
    Intent.TOO_EASY: change_hold(lambda session, _: session.dose.seconds + HOLD_STEP_SECONDS),
    Intent.SHORTER: change_hold(lambda session, _: session.dose.seconds - HOLD_STEP_SECONDS),
    Intent.HOLD_FOR: change_hold(_asked),
    Intent.MORE_REPETITIONS: change_repetitions(1),
    Intent.FEWER_REPETITIONS: change_repetitions(-1),
    Intent.HOW_FAR: in_session(lambda builder, session: session.dose.movement.how_far),
    Intent.WHERE_TO_FEEL: in_session(lambda builder, session: session.dose.movement.where),
    Intent.CAN_I_SIT: in_session(lambda builder, session: session.dose.movement.sit),
    Intent.HELP: help_me,
    Intent.WHAT_CAN_I_SAY: what_can_i_say,
}
