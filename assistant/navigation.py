"""Replies that move about in a session: next, back, from the top, straight to the hold, more gently."""

from assistant import coach, script
from assistant.conversation import AfterHurt, ThenCoach, ThenFinish, Topic, WantsSession
from assistant.events import Heard
from assistant.telling import more
from assistant.turn import Turn
from assistant.validity import State


def next_movement(turn: Turn, heard: Heard) -> None:
    """On to the next movement."""
    session = turn.conversation.session
    if session is None or isinstance(turn.conversation.mode, Topic):
        more(turn, heard)
        return
    place = coach.next_movement(session)
    if place is None:
        turn.interrupt(ThenFinish())
    else:
        turn.interrupt(ThenCoach(coach.at(session, place), cause=heard.cause))


def back(turn: Turn, heard: Heard) -> None:
    """Back to the beginning of the movement, or to the one before."""
    session = turn.conversation.session
    if session is not None:
        turn.interrupt(ThenCoach(coach.at(session, coach.previous_movement(session)), cause=heard.cause))


def start_over(turn: Turn, heard: Heard) -> None:
    """From the first movement again."""
    session = turn.conversation.session
    if session is not None:
        turn.interrupt(ThenCoach(coach.at(session, coach.Place()), cause=heard.cause))


def skip_instructions(turn: Turn, heard: Heard) -> None:
    """Straight to the hold: of this place before it, of the next one in a rest."""
    session = turn.conversation.session
    if session is None:
        return
    place = coach.next_place(session) if turn.state is State.RESTING else session.place
    if place is None:
        turn.aside(script.ALREADY_GOING)
    else:
        instructions = turn.state is State.RESTING
        turn.interrupt(ThenCoach(coach.at(session, place), instructions, cause=heard.cause))


def gentler(turn: Turn, heard: Heard) -> None:
    """Shorter holds, and how to do it more gently."""
    session = turn.conversation.session
    if session is None:
        start_gentle = coach.routine(turn.guidance, "gentle")
        turn.screened(WantsSession(start_gentle))
        return
    eased = coach.dosed(session, seconds=session.dose.seconds // 2)
    words = session.dose.movement.gentler
    turn.change(session=eased)
    if isinstance(turn.conversation.mode, AfterHurt):
        turn.interrupt(ThenCoach(coach.at(eased, eased.place), words=words, cause=heard.cause))
    else:
        turn.aside(words)
