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
from assistant.dialogue.turn import StepBuilder
from assistant.states import State


def go_to_next(turn: StepBuilder, heard: Heard) -> None:
    """On to the next movement."""
    session = turn.conversation.session
    if session is None or isinstance(turn.conversation.mode, Topic):
        more(turn, heard)
        return
    place = next_movement_place(session)
    if place is None:
        turn.interrupt(ThenFinish())
    else:
        turn.interrupt(ThenCoach(session_at(session, place), cause=heard.cause))


def go_back(turn: StepBuilder, heard: Heard) -> None:
    """Back to the beginning of the movement, or to the one before."""
    session = turn.conversation.session
    if session is not None:
        turn.interrupt(ThenCoach(session_at(session, previous_movement_place(session)), cause=heard.cause))


def start_over(turn: StepBuilder, heard: Heard) -> None:
    """From the first movement again."""
    session = turn.conversation.session
    if session is not None:
        turn.interrupt(ThenCoach(session_at(session, SessionPlace()), cause=heard.cause))


def skip_instructions(turn: StepBuilder, heard: Heard) -> None:
    """Straight to the hold: of this place before it, of the next one in a rest."""
    session = turn.conversation.session
    if session is None:
        return
    place = next_place(session) if turn.state is State.RESTING else session.place
    if place is None:
        turn.aside(script.ALREADY_GOING)
    else:
        instructions = turn.state is State.RESTING
        turn.interrupt(ThenCoach(session_at(session, place), instructions, cause=heard.cause))


def gentler(turn: StepBuilder, heard: Heard) -> None:
    """Shorter holds, and how to do it more gently."""
    session = turn.conversation.session
    if session is None:
        start_gentle = routine_session(turn.guidance, "gentle")
        turn.screened(WantsSession(start_gentle))
        return
    eased = with_dose(session, seconds=session.dose.seconds // 2)
    words = session.dose.movement.gentler
    turn.change(session=eased)
    if isinstance(turn.conversation.mode, AfterHurt):
        turn.interrupt(ThenCoach(session_at(eased, eased.place), words=words, cause=heard.cause))
    else:
        turn.aside(words)
