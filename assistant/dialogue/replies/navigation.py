"""Replies that move about in a session: next, back, from the top, straight to the hold, more gently."""

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
from assistant.dialogue.replies.topics import more
from assistant.dialogue.state import AfterHurt, ThenCoach, ThenFinish, Topic, WantsSession
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State


def go_to_next(builder: StepBuilder, heard: Heard) -> None:
    """On to the next movement."""
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
    """Back to the beginning of the movement, or to the one before."""
    session = builder.conversation.session
    if session is not None:
        builder.interrupt(ThenCoach(session_at(session, previous_movement_place(session)), cause=heard.cause))


def start_over(builder: StepBuilder, heard: Heard) -> None:
    """From the first movement again."""
    session = builder.conversation.session
    if session is not None:
        builder.interrupt(ThenCoach(session_at(session, SessionPlace()), cause=heard.cause))


def skip_instructions(builder: StepBuilder, heard: Heard) -> None:
    """Straight to the hold: of this place before it, of the next one in a rest."""
    session = builder.conversation.session
    if session is None:
        return
    place = next_place(session) if builder.state is State.RESTING else session.place
    if place is None:
        builder.aside(script.ALREADY_GOING)
    else:
        instructions = builder.state is State.RESTING
        builder.interrupt(ThenCoach(session_at(session, place), instructions, cause=heard.cause))


def gentler(builder: StepBuilder, heard: Heard) -> None:
    """Shorter holds, and how to do it more gently."""
    session = builder.conversation.session
    if session is None:
        start_gentle = routine_session(builder.guidance, "gentle")
        builder.screened(WantsSession(start_gentle))
        return
    eased = with_dose(session, seconds=session.dose.seconds // 2)
    words = session.dose.movement.gentler
    builder.change(session=eased)
    if isinstance(builder.conversation.mode, AfterHurt):
        builder.interrupt(ThenCoach(session_at(eased, eased.place), words=words, cause=heard.cause))
    else:
        builder.aside(words)
