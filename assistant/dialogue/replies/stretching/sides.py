"""Replies about the sides of a movement: to the other one, on one alone, and with which one it begins."""

from dataclasses import replace

from assistant import script
from assistant.coaching.route import begun_on, on_one_side, on_other_side, one_sided
from assistant.coaching.session import Session
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import AskingAgreement, Offering, Screening, WantsSession
from assistant.dialogue.replies.navigation import FIRST, side_named
from assistant.dialogue.replies.stretching.starting import beside
from assistant.dialogue.replies.topics import reminder
from assistant.dialogue.state import present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import Side
from assistant.script import stretching as lines


def other_side(builder: StepBuilder, heard: Heard) -> None:
    """Go to the other side of the movement, in the same repetition."""
    session = present_session(builder.conversation)
    if session is None:
        builder.aside(builder.hint(script.where_in))
        return
    moved = on_other_side(session)
    if moved is None or _too_stiff(builder, session, moved.part.side):
        builder.aside(lines.NO_SIDES if moved is None else lines.NOT_THAT_SIDE)
    else:
        builder.interrupt(ThenCoach(moved, cause=heard.cause))


def only_side(builder: StepBuilder, heard: Heard) -> None:
    """Do one side alone from now on, the named one, else the present one; or begin with the one that is named."""
    session, side = present_session(builder.conversation), side_named(heard)
    if FIRST in heard.reading.slots and side is not None:
        _begin_on(builder, heard, side)
    elif session is not None:
        _narrow(builder, heard, session, side or session.part.side)
    elif side is not None and (wanted := _wanted(builder)) is not None:
        _narrow_wish(builder, wanted, side)
    else:
        builder.aside(builder.hint(script.where_in))


def _begin_on(builder: StepBuilder, heard: Heard, side: Side) -> None:
    """Begin with a side from now on; the present repetition too, if it has only begun."""
    conversation, session = builder.conversation, present_session(builder.conversation)
    builder.change(body=replace(conversation.body, first_side=side))
    words = lines.side_first(side)
    if session is None:
        beside(builder, words)
        return
    changed = begun_on(session, side)
    if changed.place == session.place or _too_stiff(builder, session, changed.part.side):
        builder.change(session=changed)
        builder.aside(words)
    else:
        builder.interrupt(ThenCoach(changed, words=words, cause=heard.cause))


def _narrow(builder: StepBuilder, heard: Heard, session: Session, side: Side | None) -> None:
    narrowed = on_one_side(session, side) if side is not None else None
    if side is None or narrowed is None:
        builder.aside(lines.NO_SIDES)
    elif _too_stiff(builder, session, side):
        builder.aside(lines.NOT_THAT_SIDE)
    elif narrowed.place == session.place:
        builder.change(session=narrowed)
        builder.aside(lines.side_only(side))
    else:
        builder.interrupt(ThenCoach(narrowed, words=lines.side_only(side), cause=heard.cause))


def _wanted(builder: StepBuilder) -> Session | None:
    """The session that is to begin after the open question; None: none is."""
    match builder.conversation.mode:
        case Screening(wish=WantsSession(session=session)) | AskingAgreement(wish=WantsSession(session=session)):
            return session
        case Offering(session=session):
            return session
        case _:
            return None


def _narrow_wish(builder: StepBuilder, session: Session, side: Side) -> None:
    """Do one side alone of the session that is to begin after the open question, which stays open."""
    narrowed, mode = one_sided(session, side), builder.conversation.mode
    if narrowed is None or _too_stiff(builder, narrowed, side):
        beside(builder, lines.NO_SIDES if narrowed is None else lines.NOT_THAT_SIDE)
        return
    match mode:
        case Screening() | AskingAgreement():
            mode = replace(mode, wish=WantsSession(narrowed))
        case Offering():
            mode = replace(mode, session=narrowed)
        case _:
            return
    builder.say(lines.side_only(side), reminder(builder), mode=mode)


def _too_stiff(builder: StepBuilder, session: Session, side: Side | None) -> bool:
    return "neck" in session.dose.movement.needs and side in builder.conversation.body.stiff_sides
