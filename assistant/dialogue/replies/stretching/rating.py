"""Replies about how the back is as a number, nought to ten: asked for only where the person wants it, kept when told.

Before a session it is that session's "before"; after one, its "after", and an answer to how it feels. In a session that
goes on a high number is a complaint.
"""

from dataclasses import replace

from assistant.dialogue.actions import RecordFelt
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingFelt,
    AskingRating,
    AskingSign,
    Coaching,
    Idle,
    Offering,
    Paused,
    Screening,
    Wish,
)
from assistant.dialogue.replies.navigation import let_go_of_pain
from assistant.dialogue.replies.stretching import feeling
from assistant.dialogue.replies.stretching.starting import beside
from assistant.dialogue.screening import after_screening, fulfil
from assistant.dialogue.state import Changeable, in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.history.stretch_record import WORST_RATING, StretchRecord, with_after
from assistant.script import rating_lines as lines
from assistant.states import State
from audio.frames import frames
from intents.text.ratings import RATING

HURTS_FROM = 7
"""Number from which on a stretch that goes on hurts."""
ONLY_BEGUN = frames(60)
"""Time, in frames (a minute), in which a session has only begun, so that a number tells how it was before."""
STILL_AFTER = frames(600)
"""Time, in frames (ten minutes), after a session in which a number tells how it is after it."""


def ask_or_fulfil(builder: StepBuilder, wish: Wish) -> None:
    """After a clear "no" to the screening question: ask how the back is, where that is wanted; else fulfil the wish."""
    conversation = builder.conversation
    asks = conversation.settings.rating and conversation.number.may_be_asked(builder.now)
    if asks and conversation.sitting.no_exercise is None:
        builder.change(number=replace(conversation.number, asked_at=builder.now))
        builder.say(lines.HOW_IS_IT, mode=AskingRating(wish))
    else:
        fulfil(builder, wish)


def rating(builder: StepBuilder, heard: Heard) -> None:
    """Keep a number that tells how the back is, and say it back; out of range it is refused with the range."""
    number = int(heard.reading.slots.get(RATING, -1))
    mode = builder.conversation.mode
    if in_session(builder.conversation) and not isinstance(mode, AskingSign):
        _in_session(builder, number)
    elif not 0 <= number <= WORST_RATING:
        beside(builder, lines.OUT_OF_RANGE_RATING)
    elif isinstance(mode, AskingSign):
        beside(builder, lines.said_back(number))  # the sign comes first
    elif isinstance(mode, AskingRating):
        _keep_before(builder, number)
        _first(builder, lines.said_back(number))
        after_screening(builder, mode.wish)
    elif (last := _just_ended(builder)) is not None:
        _keep_after(builder, heard, last, number)
    else:
        _keep_before(builder, number)
        beside(builder, lines.kept(number))


def _in_session(builder: StepBuilder, number: int) -> None:
    if 0 <= number <= WORST_RATING and _only_begun(builder):
        _keep_before(builder, number)
        builder.aside(lines.kept(number))
    elif number >= HURTS_FROM:
        let_go_of_pain(builder)
    elif number < 0:
        beside(builder, lines.OUT_OF_RANGE_RATING)
    elif isinstance(builder.conversation.mode, AfterHurt):
        beside(builder, lines.said_back(number))
    else:
        builder.aside(lines.in_midst(number))


def _only_begun(builder: StepBuilder) -> bool:
    """Whether the session that goes on has only begun: nothing was held yet, nor is."""
    conversation = builder.conversation
    session = conversation.session
    if session is None or not isinstance(conversation.mode, Coaching | Paused):
        return False
    unheld = session.held == 0 and session.phase is State.INSTRUCTING and len(session.done) == session.done_before
    return unheld and builder.now - conversation.session_began < ONLY_BEGUN


def _just_ended(builder: StepBuilder) -> StretchRecord | None:
    """The session after which a number is told now; None: it is told before one."""
    conversation = builder.conversation
    past, history = conversation.past, conversation.history
    if past is None or not history:
        return None
    match conversation.mode:
        case AskingFelt():
            return history[-1]
        case Screening() | Offering() | AskingAgreement():
            return None  # another one is about to begin
        case _:
            lately = history[-1].counts and builder.now - past.ended <= STILL_AFTER
            return history[-1] if lately else None


def _keep_before(builder: StepBuilder, number: int) -> None:
    """Keep a number as that before the session; "undo" takes it back."""
    conversation = builder.conversation
    undoable = Changeable(conversation.settings, conversation.session, number=conversation.number)
    told = replace(conversation.number, before=number, told_at=builder.now)
    builder.change(number=told, undoable=undoable)


def _keep_after(builder: StepBuilder, heard: Heard, last: StretchRecord, number: int) -> None:
    """Keep a number as that after the session that ended last; compared with the one before, it tells how it feels."""
    conversation = builder.conversation
    undoable = Changeable(conversation.settings, conversation.session, last=last)
    builder.change(history=with_after(conversation.history, number), undoable=undoable)
    by_word = last.felt is not None and last.after is None
    if last.before is None or by_word or conversation.sitting.no_exercise is not None:
        builder.actions.append(RecordFelt(last.felt, number))
        if isinstance(conversation.mode, AskingFelt):
            builder.say(lines.kept(number), mode=Idle())
        else:
            beside(builder, lines.kept(number))
        return
    _first(builder, lines.from_to(last.before, number))
    if number < last.before:
        feeling.better(builder, heard)
    elif number == last.before:
        feeling.same(builder, heard)
    else:
        feeling.worse(builder, heard)


def _first(builder: StepBuilder, line: str) -> None:
    """Have a line said before what answers the number."""
    builder.change(carried=(*builder.conversation.carried, line))
    builder.follows = True
