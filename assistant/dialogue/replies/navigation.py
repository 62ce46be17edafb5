"""Replies that move about in a stretch session: next, back, start over, skip the instructions, gentler."""

from dataclasses import replace

from assistant import script
from assistant.coaching.body import fitted
from assistant.coaching.plan import Say
from assistant.coaching.session import (
    Session,
    begun_anew,
    is_first,
    next_movement_place,
    next_place,
    previous_movement_place,
    routine_session,
    session_at,
    softened,
)
from assistant.coaching.wording import worded
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import Telling, ThenCoach, ThenFinish, ThenLetGo
from assistant.dialogue.parts.modes import AfterHurt, Topic, WantsSession
from assistant.dialogue.replies.topics import more
from assistant.dialogue.screening import after_screening
from assistant.dialogue.state import Changeable, body_now, left_to_play, present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.dialogue.transitions import hush
from assistant.guidance.schema import Side
from assistant.script import stretching as lines
from assistant.states import State

GENTLE_ROUTINE = "gentle"
"""Key of the routine that "gentler" begins outside a session."""


def go_to_next(builder: StepBuilder, heard: Heard) -> None:
    """Begin the next movement, or end the session after the last; while a topic is told, say more of that."""
    session = builder.conversation.session
    if session is None or isinstance(builder.conversation.mode, Topic):
        more(builder, heard)
        return
    onward(builder, heard, replace(session, skipped=True))


def onward(builder: StepBuilder, heard: Heard, session: Session, words: str | None = None) -> None:
    """Begin the next movement that the person can do, or end the session. `words`: said first; None: nothing is."""
    place = next_movement_place(session)
    if place is None:
        builder.change(session=session)
        builder.interrupt(ThenFinish())
        return
    following = fitted(session_at(session, place), builder.guidance, body_now(builder.conversation)).session
    builder.interrupt(ThenCoach(following, words=words, cause=heard.cause))


def warned(builder: StepBuilder) -> bool:
    """Whether the current movement is not to be done again in this session, after a warning sign."""
    session = builder.conversation.session
    return session is not None and session.dose.movement.key in builder.conversation.sitting.left_out


def go_back(builder: StepBuilder, heard: Heard) -> None:
    """Go back to the beginning of the movement, or, if the movement has only begun, to the one before."""
    session = builder.conversation.session
    if session is not None:
        builder.interrupt(ThenCoach(session_at(session, previous_movement_place(session)), cause=heard.cause))


def start_over(builder: StepBuilder, heard: Heard) -> None:
    """Begin again with the first movement."""
    session = builder.conversation.session
    conversation = builder.conversation
    if session is not None:
        anew = worded(begun_anew(session), conversation.settings.verbosity, conversation.history)
        builder.interrupt(ThenCoach(anew, cause=heard.cause))


FIRST = "first"
"""Slot of a side that is to be done first, and not alone."""


def side_named(heard: Heard) -> Side | None:
    """The side that a slot names; None: none."""
    match heard.reading.slots.get("side"):
        case "left":
            return "left"
        case "right":
            return "right"
        case _:
            return None


def skip_instructions(builder: StepBuilder, heard: Heard) -> None:
    """Begin the hold after one short line in place of the instructions; in a rest, begin the next place at once."""
    session = builder.conversation.session
    if session is None:
        return
    place = next_place(session) if builder.state is State.RESTING else session.place
    if place is None:
        builder.aside(script.ALREADY_GOING)
    else:
        telling: Telling = "instructions" if builder.state is State.RESTING else "one line"
        builder.interrupt(ThenCoach(session_at(session, place), telling, cause=heard.cause))


def take_place(builder: StepBuilder, heard: Heard) -> None:
    """Go on at once with somebody who is ready: told how to be, they hear what to do; else the rest is skipped."""
    session = builder.conversation.session
    if session is None or builder.state is not State.INSTRUCTING or not is_first(session):
        skip_instructions(builder, heard)
        return
    left = {item.text for item in left_to_play(builder.conversation, builder.now) if isinstance(item, Say)}
    if session.part.begin in left and session.dose.intro not in left:
        builder.interrupt(ThenCoach(session, "what to do", cause=heard.cause))
    else:
        skip_instructions(builder, heard)


def go_on_after_hurt(builder: StepBuilder, heard: Heard) -> None:
    """After pain or a sign: go on more gently, or, if this movement is not to be done again, with the rest."""
    if warned(builder):
        something_else(builder, heard)
    else:
        gentler(builder, heard)


def count_only(builder: StepBuilder, heard: Heard) -> None:
    """Only count from now on: what is being held goes on, and of the rest no more is said than where to be."""
    session = present_session(builder.conversation)
    if session is None:
        builder.signal("understood")
        return
    fewer = replace(session, counts_only=True)
    builder.change(session=fewer)
    if builder.state is State.INSTRUCTING:
        builder.interrupt(ThenCoach(session_at(fewer, fewer.place), "one line", cause=heard.cause))
    else:
        hush(builder)


def gentler(builder: StepBuilder, heard: Heard) -> None:
    """Halve the holds of the movement, now and the next time, and say how to do the movement more gently.

    What is held is let go of first. After a warning sign begin another movement instead. Outside a session, begin the
    gentle routine.
    """
    session = builder.conversation.session
    if session is None:
        after_screening(builder, WantsSession(routine_session(builder.guidance, GENTLE_ROUTINE)))
        return
    if warned(builder):
        something_else(builder, heard)
        return
    conversation, words = builder.conversation, session.dose.movement.gentler
    eased = ease(builder, session)
    builder.change(undoable=Changeable(conversation.settings, session, body=conversation.body))
    holds = builder.state is State.HOLDING and bool(session.dose.movement.hold_word)
    if isinstance(conversation.mode, AfterHurt):
        builder.interrupt(ThenCoach(session_at(eased, eased.place), words=words, cause=heard.cause))
    elif holds:
        # Whoever holds too much lets go first, and then holds less.
        words = f"{script.LET_GO_NOW} {words}"
        builder.interrupt(ThenCoach(session_at(eased, eased.place), "where to be", words=words, cause=heard.cause))
    else:
        builder.aside(words)


def ease(builder: StepBuilder, session: Session) -> Session:
    """Make the present movement a step gentler, in this session and from the next one on; the session so changed."""
    eased = softened(session)
    builder.change(session=eased, body=builder.conversation.body.easing(session.dose.movement))
    return eased


def let_go_of_pain(builder: StepBuilder) -> None:
    """End a hold that hurts at once, make the movement gentler, and ask how to go on."""
    session = builder.conversation.session
    if session is not None:
        ease(builder, session)  # gentler now and the next time, whatever is chosen
    builder.interrupt(ThenLetGo((script.HURT,)))


def something_else(builder: StepBuilder, heard: Heard) -> None:
    """After a warning sign, go on with the rest, without the movement that it came with."""
    session = builder.conversation.session
    if session is None:
        return
    fit = fitted(replace(session, skipped=True), builder.guidance, body_now(builder.conversation)).session
    builder.interrupt(ThenCoach(fit, words=lines.MOVING_ON, cause=heard.cause))
