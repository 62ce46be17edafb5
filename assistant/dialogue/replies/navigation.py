"""Replies that move about in a stretch session: next, back, start over, skip the instructions, gentler."""

from assistant import script
from assistant.coaching.session import (
    SessionPlace,
    next_movement_place,
    next_place,
    previous_movement_place,
    routine_session,
    session_at,
    with_dose,
)
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenCoach, ThenFinish
from assistant.dialogue.parts.modes import AfterHurt, Topic, WantsSession
from assistant.dialogue.replies.topics import more
from assistant.dialogue.screening import after_screening
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State

GENTLE_ROUTINE = "gentle"
"""Key of the routine that "gentler" begins outside a session."""


def go_to_next(builder: StepBuilder, heard: Heard) -> None:
    """Begin the next movement, or end the session after the last; while a topic is told, say more of that."""
    session = builder.conversation.session
    if session is None or isinstance(builder.conversation.mode, Topic):
        more(builder, heard)
        return
    place = next_movement_place(session)
    if place is None:
        builder.interrupt(ThenFinish())
    else:
        builder.interrupt(ThenCoach(session_at(session, place), cause=heard.cause))


def go_back(builder: StepBuilder, heard: Heard) -> None:
    """Go back to the beginning of the movement, or, if the movement has only begun, to the one before."""
    session = builder.conversation.session
    if session is not None:
        builder.interrupt(ThenCoach(session_at(session, previous_movement_place(session)), cause=heard.cause))


def start_over(builder: StepBuilder, heard: Heard) -> None:
    """Begin again with the first movement."""
    session = builder.conversation.session
    if session is not None:
        builder.interrupt(ThenCoach(session_at(session, SessionPlace()), cause=heard.cause))


def skip_instructions(builder: StepBuilder, heard: Heard) -> None:
    """Begin the hold without the rest of the instructions; in a rest, begin the next place at once."""
    session = builder.conversation.session
    if session is None:
        return
    place = next_place(session) if builder.state is State.RESTING else session.place
    if place is None:
        builder.aside(script.ALREADY_GOING)
    else:
        instructions = builder.state is State.RESTING
        builder.interrupt(ThenCoach(session_at(session, place), instructions, cause=heard.cause))


def go_on_after_hurt(builder: StepBuilder, heard: Heard) -> None:
    """After pain or a sign: go on more gently, or, if this movement is not to be done again, with the next one."""
    session, left_out = builder.conversation.session, builder.conversation.sitting.left_out
    if session is None or session.dose.movement.key not in left_out:
        gentler(builder, heard)
        return
    later = range(session.place.step + 1, len(session.doses))
    step = next((step for step in later if session.doses[step].movement.key not in left_out), None)
    if step is None:
        builder.interrupt(ThenFinish())
    else:
        builder.interrupt(ThenCoach(session_at(session, SessionPlace(step)), cause=heard.cause))


def gentler(builder: StepBuilder, heard: Heard) -> None:
    """Halve the holds of the movement, and say how to do the movement more gently.

    Outside a session, begin the gentle routine.
    """
    session = builder.conversation.session
    if session is None:
        after_screening(builder, WantsSession(routine_session(builder.guidance, GENTLE_ROUTINE)))
        return
    eased = with_dose(session, seconds=session.dose.seconds // 2)
    words = session.dose.movement.gentler
    builder.change(session=eased)
    if isinstance(builder.conversation.mode, AfterHurt):
        builder.interrupt(ThenCoach(session_at(eased, eased.place), words=words, cause=heard.cause))
    else:
        builder.aside(words)
