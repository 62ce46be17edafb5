"""Replies about the progress and the doses of a stretch session, "repeat", and help."""

from collections.abc import Callable
from dataclasses import replace

from assistant import script
from assistant.coaching.duration import plan_seconds, seconds_after, seconds_ahead
from assistant.coaching.holds import held_anew, hold_left, recounted
from assistant.coaching.session import (
    HOLD_STEP_SECONDS,
    Session,
    movements_left,
    next_movement_place,
    next_place,
    session_at,
    with_dose,
)
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import AskingNumber, Coaching, Idle, Offering, Screening, Topic
from assistant.dialogue.parts.said_last import STILL_MEANT
from assistant.dialogue.parts.telling import ANSWER, CAN_DO
from assistant.dialogue.replies.stretching.starting import beside, length_line, session_in_question
from assistant.dialogue.replies.topics import say_beside, tell
from assistant.dialogue.state import Changeable, left_to_play, present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import stretching as lines
from assistant.states import State
from audio.frames import Frame
from intents.model import Intent
from intents.text.normalize import words_of

OF_ALL = frozenset({"take", "whole", "all", "everything", "total", "session", "routine"})
"""Words that ask about all of a session, even in a hold."""
OF_THE_END = frozenset({"nearly", "almost", "over", "done", "finished", "finish", "end", "longer", "left", "through"})
"""Words that ask about its end where no hold is on."""
_ASKS_TO_DO = frozenset({"what", "do", "i", "should"})
"""Words of "what should I do now?"."""
MEANWHILE = "meantime"
"""Key of the answer on what may be done until a doctor was asked."""
EXACTLY = frozenset(
    {"only", "just", "most", "maximum", "max", "enough", "plenty", "limit", "manage", "instead", "to", "once"}
    | {"twice", "thrice", "times", "reps", "repetitions", "rounds"}
)
"""Words beside a number of repetitions that there are to be in all."""
DONE = frozenset("done did finished completed".split())
"""Words that ask for what is done."""
TAKEN_OFF = frozenset("fewer less lesser by off out away".split())
"""Words beside a number of repetitions that are to be left out."""


def in_session(answer: Callable[[StepBuilder, Session], str]) -> Callable[[StepBuilder, Heard], None]:
    """Make a reply that says the line `answer` as an aside; outside a session it says where the dialogue stands."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = present_session(builder.conversation)
        builder.aside(answer(builder, session) if session is not None else builder.hint(script.where_in))

    return reply


def can_i_sit(builder: StepBuilder, heard: Heard) -> None:
    """Tell whether the movement can be done sitting; before a session, which can."""
    session = present_session(builder.conversation)
    builder.aside(script.SIT_FOR_MOST if session is None else session.dose.movement.sit)


def how_long(builder: StepBuilder, session: Session) -> str:
    """Tell the seconds left in a hold; before a hold, its length."""
    left: Frame = hold_left(left_to_play(builder.conversation, builder.now))
    held = session.phase is State.HOLDING and left > 0
    return script.time_left(left) if held else script.how_long_hold(session.seconds)


def how_long_now(builder: StepBuilder, heard: Heard) -> None:
    """Tell the length of the hold or what is left of it; before a session begins, how long that will take."""
    session = session_in_question(builder)
    if present_session(builder.conversation) is not None and _about_all(builder, heard):
        time_left_now(builder, heard)
    elif session is not None and isinstance(builder.conversation.mode, Screening | Offering):
        beside(builder, length_line(builder, session))
    else:
        in_session(how_long)(builder, heard)


def _about_all(builder: StepBuilder, heard: Heard) -> bool:
    """Whether "how long" asks about the end of all of it: "is it nearly over", outside a hold."""
    words = set(words_of(heard.reading.text))
    whole = not words.isdisjoint(OF_ALL)
    return whole or (builder.state is not State.HOLDING and not words.isdisjoint(OF_THE_END))


def time_left(builder: StepBuilder, session: Session) -> str:
    """Tell how long the rest of the session takes."""
    return lines.left_in_all(plan_seconds(left_to_play(builder.conversation, builder.now)) + seconds_after(session))


def time_left_now(builder: StepBuilder, heard: Heard) -> None:
    """Tell how long the rest of the session takes, or took when it was ended."""
    left = builder.conversation.session
    if left is not None and present_session(builder.conversation) is None:
        builder.say(lines.was_left(seconds_ahead(left)))
    else:
        in_session(time_left)(builder, heard)


def movements_after(builder: StepBuilder, session: Session) -> str:
    """Tell how many movements come after this one."""
    return lines.movements_left(movements_left(session) - 1)


def why_this(builder: StepBuilder, session: Session) -> str:
    """Tell what the movement is for."""
    return session.dose.movement.why or lines.EASES


def how_many(builder: StepBuilder, session: Session) -> str:
    """Tell how many repetitions are left, with the current one."""
    return script.repetitions_left(session.dose.repetitions - session.place.repetition + 1)


def how_many_now(builder: StepBuilder, heard: Heard) -> None:
    """Tell how many repetitions are left, or, where that is asked, how many are done."""
    words = words_of(heard.reading.text)
    asks_done = not DONE.isdisjoint(words) and {"left", "more", "still", "be"}.isdisjoint(words)
    in_session(how_many_done if asks_done else how_many)(builder, heard)


def how_many_done(builder: StepBuilder, session: Session) -> str:
    """Tell how many repetitions are done."""
    following, place = next_place(session), session.place
    over = following is None or (following.step, following.repetition) != (place.step, place.repetition)
    done = place.repetition - (0 if over and session.phase is State.RESTING else 1)
    return lines.repetitions_done(done, session.dose.repetitions)


def where_am_i(builder: StepBuilder, session: Session) -> str:
    """Tell the movement, the side, the repetition and the step."""
    dose, place = session.dose, session.place
    return script.where(
        dose.movement.title,
        session.part.side,
        place.repetition,
        dose.repetitions,
        place.step + 1,
        len(session.doses),
    )


def where_am_i_now(builder: StepBuilder, heard: Heard) -> None:
    """Tell where the session stands; of a movement without sides, asked for the side, that it has none."""
    session = present_session(builder.conversation)
    words = words_of(heard.reading.text)
    if session is not None and session.part.side is None and "side" in words and "which" in words:
        builder.aside(lines.NO_SIDES)
    else:
        in_session(where_am_i)(builder, heard)


def what_next(builder: StepBuilder, session: Session) -> str:
    """Tell the next movement."""
    place = next_movement_place(session)
    return script.what_next(session.doses[place.step].movement.title if place else None)


def repeat(builder: StepBuilder, heard: Heard) -> None:
    """Repeat the last lines; in a hold or a rest the position; before a hold the instructions from their beginning."""
    _repeat(builder, heard, slowly=False)


def repeat_slower(builder: StepBuilder, heard: Heard) -> None:
    """Repeat as `repeat` does, in the slow voice where lines or instructions are repeated."""
    _repeat(builder, heard, slowly=True)


def _repeat(builder: StepBuilder, heard: Heard, *, slowly: bool) -> None:
    conversation = builder.conversation
    session = conversation.session
    if isinstance(conversation.mode, Coaching) and session is not None:
        answered = conversation.answered
        if answered is not None and builder.now - answered[1] < STILL_MEANT and answered[2] is session.phase:
            builder.aside(answered[0])
        elif session.phase is State.INSTRUCTING:
            builder.interrupt(ThenCoach(session_at(session, session.place), slowly=slowly, cause=heard.cause))
        else:
            builder.aside(session.part.again)
        return
    lines = conversation.last_lines or (script.help_in(builder.state),)
    if isinstance(conversation.mode, Idle) and conversation.last_topic is not None:
        builder.say(*lines, mode=conversation.last_topic, slowly=slowly)  # it was cut off, and is asked for again
    elif isinstance(conversation.mode, Topic):
        builder.say(*lines, slowly=slowly)
    else:
        builder.say(*(line for line in lines if line != script.MORE), slowly=slowly)


def _dose(builder: StepBuilder, session: Session, done: Callable[[Session], str]) -> None:
    before = builder.conversation.session
    if before is not None and session.doses != before.doses:  # a dose at its bound is no change to take back
        builder.change(session=session, undoable=Changeable(builder.conversation.settings, before))
    builder.aside(done(session))


def change_hold(
    seconds: Callable[[Session, Heard], int], *, longer: bool = False
) -> Callable[[StepBuilder, Heard], None]:
    """Make a reply that changes the length of the movement's holds, the current hold included.

    `seconds`: gives the new length; the movement's bounds still apply. `longer`: whether it is a step, which is made
    only once in a session: what was too much is felt the day after.
    """

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = present_session(builder.conversation)
        if session is None:
            builder.aside(script.where_in(builder.state))
            return
        wanted, key = seconds(session, heard), session.dose.movement.key
        if longer and key in session.lengthened:
            builder.aside(lines.long_enough(session.dose.seconds))
            return
        changed = with_dose(session, seconds=wanted)
        lengthened = session.lengthened | {key} if longer else session.lengthened - {key}
        changed = replace(changed, lengthened=lengthened)
        if session.remainder is not None:
            aloud = builder.conversation.settings.counting
            counted = recounted(held_anew(session.remainder, changed, aloud), changed, aloud)
            changed = replace(changed, remainder=counted)
        _dose(builder, changed, lambda new: lines.hold_changed(wanted, new.dose.seconds))

    return reply


def change_repetitions(sign: int) -> Callable[[StepBuilder, Heard], None]:
    """Make a reply that adds (`sign` 1) or removes (`sign` -1) repetitions of the movement; one where none is named."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        session = present_session(builder.conversation)
        if session is None:
            builder.aside(script.where_in(builder.state))
            return
        words = words_of(heard.reading.text)
        count = int(heard.reading.slots.get("count", "1"))
        exactly = sign < 0 and not EXACTLY.isdisjoint(words) and TAKEN_OFF.isdisjoint(words)
        exactly = exactly and "count" in heard.reading.slots
        # "Just one more" begins with the repetition that is on.
        done = session.place.repetition if "more" in words else 0
        wanted = done + count if exactly else session.dose.repetitions + sign * count
        changed = with_dose(session, repetitions=wanted)
        _dose(builder, changed, lambda new: lines.repetitions_changed(wanted, new.dose.repetitions))

    return reply


def help_me(builder: StepBuilder, heard: Heard) -> None:
    """Tell briefly what can be said now; after `KEYS_KEY`, the keys that are pressed most."""
    if heard.cause == "key" and heard.reading.text == script.KEYS_KEY:
        say_beside(builder, script.KEYS_TOLD)
    elif isinstance(builder.conversation.mode, AskingNumber):
        # The person need not answer the question: help tells what else Limber can do.
        builder.say(builder.hint(script.choices), script.help_in(State.IDLE))
    else:
        say_beside(builder, builder.hint(script.help_in))


def what_can_i_say(builder: StepBuilder, heard: Heard) -> None:
    """Tell at more length what can be said now; at rest, or in a topic, more of it can be asked for."""
    sitting = builder.conversation.sitting
    at_rest = isinstance(builder.conversation.mode, Idle | Topic) and sitting.no_exercise is None
    if (
        at_rest
        and sitting.signs
        and not sitting.cleared(builder.now)
        and set(words_of(heard.reading.text)) >= _ASKS_TO_DO
    ):
        tell(builder, f"{ANSWER}{MEANWHILE}")  # "what should I do now?", when it is worse
        return
    if at_rest:
        tell(builder, CAN_DO)
        return
    say_beside(builder, builder.hint(script.what_can_i_say))


def _step(heard: Heard) -> int:
    return int(heard.reading.slots.get("seconds", HOLD_STEP_SECONDS))


def _seconds_named(session: Session, heard: Heard) -> int:
    return int(heard.reading.slots.get("seconds", session.dose.seconds))


PROGRESS = {
    Intent.HOW_LONG: how_long_now,
    Intent.TIME_LEFT: time_left_now,
    Intent.MOVEMENTS_LEFT: in_session(movements_after),
    Intent.WHY_THIS: in_session(why_this),
    Intent.HOW_MANY: how_many_now,
    Intent.WHERE_AM_I: where_am_i_now,
    Intent.WHAT_NEXT: in_session(what_next),
    Intent.REPEAT: repeat,
    Intent.REPEAT_SLOWER: repeat_slower,
    Intent.LONGER: change_hold(lambda session, heard: session.dose.seconds + _step(heard), longer=True),
    Intent.TOO_EASY: change_hold(lambda session, _: session.dose.seconds + HOLD_STEP_SECONDS, longer=True),
    Intent.SHORTER: change_hold(lambda session, heard: session.dose.seconds - _step(heard)),
    Intent.HOLD_FOR: change_hold(_seconds_named),
    Intent.MORE_REPETITIONS: change_repetitions(1),
    Intent.FEWER_REPETITIONS: change_repetitions(-1),
    Intent.HOW_FAR: in_session(lambda builder, session: session.dose.movement.how_far),
    Intent.WHERE_TO_FEEL: in_session(lambda builder, session: session.dose.movement.where),
    Intent.CAN_I_SIT: can_i_sit,
    Intent.HELP: help_me,
    Intent.WHAT_CAN_I_SAY: what_can_i_say,
}
"""The replies of this module by intent."""
