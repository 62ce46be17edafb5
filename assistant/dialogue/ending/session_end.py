"""The end of a stretch session: it is noted and recorded, and the person is asked how the back is then."""

from dataclasses import replace

from assistant.coaching.session import Session
from assistant.dialogue.actions import Record
from assistant.dialogue.parts.keeping import record_of
from assistant.dialogue.parts.modes import AskingFelt, Emergency, Mode, Practising, Welcoming
from assistant.dialogue.state import Conversation, PastSession, in_session, session_in
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import rating_lines, starting_lines, stretching
from assistant.timeline import entries
from audio.frames import Frame


def asked_at_the_end(conversation: Conversation) -> tuple[str, AskingFelt]:
    """The question after a session that has just ended, and its mode: for a number where one was told before it."""
    rated = bool(conversation.history) and conversation.history[-1].before is not None
    return rating_lines.AND_NOW if rated else stretching.BETTER_SAME_WORSE, AskingFelt(rated)


def end_session(builder: StepBuilder, *, completed: bool, at: Frame | None = None) -> None:
    """Record the end of the stretch session that goes on, if one does.

    `at`: the frame for the timeline; None: now.
    """
    if in_session(builder.conversation):
        builder.note(entries.SessionEnded(completed), at)
        session, began = builder.conversation.session, builder.conversation.session_began
        ended = builder.now if at is None else at
        if session is not None:
            _record(builder, session, ended, completed=completed)
        past = PastSession(session, completed, ended - began, ended) if session else None
        sitting = replace(builder.conversation.sitting, left_out=frozenset())
        builder.change(first_advice_given=False, past=past, sitting=sitting)


def _record(builder: StepBuilder, session: Session, ended: Frame, *, completed: bool) -> None:
    """Remember a session that ended at a frame, in this run and in the profile."""
    conversation = builder.conversation
    began, number, undoable = conversation.session_began, conversation.number, conversation.undoable
    before = number.known(began)
    record = record_of(session, conversation.civil_start, began, ended, completed=completed, before=before)
    builder.actions.append(Record(record))
    builder.change(history=(*conversation.history, record))
    if record.counts:
        builder.change(number=replace(number, before=None))  # it was told before this one
    if undoable is not None:
        builder.change(undoable=replace(undoable, number=None, last=None))  # of another session than the last one now


def abandon_session(builder: StepBuilder, emergency: Emergency) -> None:
    """Record the end of the stretch session that waited for a false alarm in an emergency, if one did."""
    if session_in(emergency.back):
        builder.note(entries.SessionEnded(False))
        if emergency.session is not None:
            _record(builder, emergency.session, builder.now, completed=False)
        builder.change(first_advice_given=False)


def tried_stop(mode: Mode) -> str:
    """The line for somebody who was asked to try "stop", and did; empty: it was not asked for."""
    match mode:
        case Welcoming(step="stop"):
            return starting_lines.STOP_WORKS
        case Practising(step="stop"):
            return starting_lines.LESSON_DONE
        case _:
            return ""
