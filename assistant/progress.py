"""Replies about where a session stands and how much of it there is: how long, how many, longer, repeat."""

from collections.abc import Callable
from dataclasses import replace

from assistant import coach, script
from assistant.channel import Playing
from assistant.coach import Session
from assistant.conversation import AskingNumber, Changeable, Coaching, Paused, ThenCoach
from assistant.events import Heard
from assistant.plan import Plan, rest_of
from assistant.turn import Turn
from assistant.validity import State
from audio.timeline import Frame
from intents.model import Intent

Say = Callable[[Session], str]


def _session(turn: Turn) -> Session | None:
    """The session that is going on or interrupted, not one that was left."""
    match turn.conversation.mode:
        case Coaching() | Paused(back=Coaching()):
            return turn.conversation.session
        case _:
            return None


def _rest(turn: Turn) -> Plan:
    """What is left of the plan of the present place."""
    session, now = turn.conversation.session, turn.conversation.channel.now
    if session is not None and session.remainder is not None:
        return session.remainder
    return rest_of(now.layout, now.played(turn.now)) if isinstance(now, Playing) else ()


def in_session(answer: Callable[[Turn, Session], str]) -> Callable[[Turn, Heard], None]:
    """A reply that is a line about the session; outside of one it says that nothing is running."""

    def reply(turn: Turn, heard: Heard) -> None:
        session = _session(turn)
        turn.aside(answer(turn, session) if session is not None else turn.hint(script.where_in))

    return reply


def how_long(turn: Turn, session: Session) -> str:
    """Seconds left in a hold; before one, how long it will be."""
    left: Frame = coach.hold_left(_rest(turn))
    held = session.phase is State.HOLDING and left > 0
    return script.time_left(left) if held else script.how_long_hold(session.seconds)


def how_many(turn: Turn, session: Session) -> str:
    """Repetitions left, with the present one."""
    return script.repetitions_left(session.dose.repetitions - session.place.repetition + 1)


def where_am_i(turn: Turn, session: Session) -> str:
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


def what_next(turn: Turn, session: Session) -> str:
    """The name of the next movement."""
    place = coach.next_movement(session)
    return script.what_next(session.doses[place.step].movement.title if place else None)


def repeat(turn: Turn, heard: Heard) -> None:
    """The last line again; in a hold the position; before one the instructions from the start."""
    _repeat(turn, heard, slowly=False)


def repeat_slower(turn: Turn, heard: Heard) -> None:
    """The last line again, slowly."""
    _repeat(turn, heard, slowly=True)


def _repeat(turn: Turn, heard: Heard, *, slowly: bool) -> None:
    conversation = turn.conversation
    session = conversation.session
    if isinstance(conversation.mode, Coaching) and session is not None:
        if session.phase is State.INSTRUCTING:
            turn.interrupt(ThenCoach(coach.at(session, session.place), slowly=slowly, cause=heard.cause))
        else:
            turn.aside(session.part.again)
        return
    lines = conversation.lines or (script.help_in(turn.state),)
    turn.say(*lines, slowly=slowly)


def _dose(turn: Turn, session: Session, done: Callable[[Session], str]) -> None:
    turn.change(session=session, before=Changeable(turn.conversation.settings, turn.conversation.session))
    turn.aside(done(session))


def change_hold(seconds: Callable[[Session, Heard], int]) -> Callable[[Turn, Heard], None]:
    """A reply that changes how long the holds of the present movement are, the one that is on with them."""

    def reply(turn: Turn, heard: Heard) -> None:
        session = _session(turn)
        if session is None:
            turn.aside(script.where_in(turn.state))
            return
        changed = coach.dosed(session, seconds=seconds(session, heard))
        if session.remainder is not None:
            counted = coach.recounted(session.remainder, changed, turn.conversation.settings.count_aloud)
            changed = replace(changed, remainder=counted)
        _dose(turn, changed, lambda new: script.hold_seconds(new.dose.seconds))

    return reply


def change_repetitions(sign: int) -> Callable[[Turn, Heard], None]:
    """A reply that adds (1) or takes away (-1) repetitions of the present movement."""

    def reply(turn: Turn, heard: Heard) -> None:
        session = _session(turn)
        if session is None:
            turn.aside(script.where_in(turn.state))
            return
        count = int(heard.reading.slots.get("count", "1"))
        changed = coach.dosed(session, repetitions=session.dose.repetitions + sign * count)
        _dose(turn, changed, lambda new: script.repetitions(new.dose.repetitions))

    return reply


def help_me(turn: Turn, heard: Heard) -> None:
    """What can be said now, briefly."""
    if isinstance(turn.conversation.mode, AskingNumber):
        turn.say(turn.hint(script.choices), script.help_in(State.IDLE))  # the question is not all that can be done
    else:
        turn.aside(turn.hint(script.help_in))


def what_can_i_say(turn: Turn, heard: Heard) -> None:
    """What can be said now."""
    turn.aside(turn.hint(script.what_can_i_say))


def _asked(session: Session, heard: Heard) -> int:
    return int(heard.reading.slots.get("seconds", session.dose.seconds))


PROGRESS = {
    Intent.HOW_LONG: in_session(how_long),
    Intent.HOW_MANY: in_session(how_many),
    Intent.WHERE_AM_I: in_session(where_am_i),
    Intent.WHAT_NEXT: in_session(what_next),
    Intent.REPEAT: repeat,
    Intent.REPEAT_SLOWER: repeat_slower,
    Intent.LONGER: change_hold(lambda session, _: session.dose.seconds + coach.STEP_SECONDS),
    Intent.TOO_EASY: change_hold(lambda session, _: session.dose.seconds + coach.STEP_SECONDS),
    Intent.SHORTER: change_hold(lambda session, _: session.dose.seconds - coach.STEP_SECONDS),
    Intent.HOLD_FOR: change_hold(_asked),
    Intent.MORE_REPETITIONS: change_repetitions(1),
    Intent.FEWER_REPETITIONS: change_repetitions(-1),
    Intent.HOW_FAR: in_session(lambda turn, session: session.dose.movement.how_far),
    Intent.WHERE_TO_FEEL: in_session(lambda turn, session: session.dose.movement.where),
    Intent.CAN_I_SIT: in_session(lambda turn, session: session.dose.movement.sit),
    Intent.HELP: help_me,
    Intent.WHAT_CAN_I_SAY: what_can_i_say,
}
