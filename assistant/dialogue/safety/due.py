"""Reminders that are due: when they may be said, and how: once, softly, and never over what matters more."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from assistant.coaching.marks import ReminderMark
from assistant.coaching.plan import Say
from assistant.dialogue.ducking import apply_volume, speak_softly
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingGoOn,
    AskingSign,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Paused,
)
from assistant.dialogue.safety.sleeping import FOLLOW_UP, awake_for
from assistant.dialogue.state import Conversation, in_session, is_quiet
from assistant.dialogue.step_builder import StepBuilder
from assistant.reminders.book import Place
from assistant.reminders.civil import QuietHours, civil_at, frame_at
from assistant.script import reminder_lines
from assistant.timeline.entries import WokeUp
from audio.frames import Frame, frames, seconds

ABANDONED_AFTER = frames(3600)
"""Silence, in frames (an hour), after which a session that is interrupted counts as left by the person."""
_EXERCISE = frozenset("move stretch stretches stretching exercise exercises neck shoulders routine session".split())
"""Words of a reminder of exercise, which is not said where exercise is refused."""


def place_of(conversation: Conversation) -> Place:
    """The zone and the quiet hours by which reminders are counted."""
    start = conversation.civil_start
    zone = UTC if start is None or start.tzinfo is None else start.tzinfo
    return Place(zone, QuietHours.read(conversation.settings.quiet_hours))


def may_be_said(conversation: Conversation) -> bool:
    """Whether a reminder that is due by now may be said, as things stand."""
    if not is_quiet(conversation) or conversation.lost_devices:
        return False
    match conversation.mode:
        case Emergency() | Muted() | AskingSign() | Coaching():
            return False
        case _:
            return True


def reminder_frame(conversation: Conversation) -> Frame | None:
    """The frame at which a reminder is to be said, if it may be by then; None: none is due."""
    due, start = conversation.reminders.due, conversation.civil_start
    if due is None or start is None:
        return None
    if isinstance(conversation.mode, Asleep):
        place = place_of(conversation)
        local = max(due, civil_at(start, 0)).astimezone(place.zone)
        if place.quiet.holds(local):
            due = place.quiet.over_after(local)
    at = frame_at(start, due)
    if in_session(conversation):
        since = conversation.wait.since
        waits = isinstance(conversation.mode, Paused | AfterHurt | AskingGoOn)
        return max(at, since + ABANDONED_AFTER) if waits and since is not None else None
    return at


def say_reminders(builder: StepBuilder) -> None:
    """Say all reminders that are due by now, in one go."""
    conversation = builder.conversation
    if conversation.civil_start is None:
        return
    place, now = place_of(conversation), civil_at(conversation.civil_start, builder.now)
    book, told = conversation.reminders.taken(now.astimezone(UTC), place)
    changeable = conversation.undoable
    stale = changeable is not None and changeable.reminders is not None
    builder.change(reminders=book, undoable=None if stale else changeable)
    refused = conversation.sitting.no_exercise is not None
    said = [(each, at) for each, at in told if not (refused and _is_exercise(each.text))]
    texts = list(dict.fromkeys(each.text for each, _ in said))
    if not texts:
        return
    lines = reminder_lines.due(texts)
    marks = [ReminderMark(reminder_lines.to_you(text)) for text in texts]
    plan = [Say(line, mark=mark) for line, mark in zip(lines, marks, strict=True)]
    first = min(at for _, at in said)
    if len(texts) == 1 and now - first > reminder_lines.LATE_AFTER and not said[0][0].periodic:
        plan.append(Say(reminder_lines.was_due(first.astimezone(place.zone), now)))
    builder.change(last_lines=tuple(say.text for say in plan), just_reminded=True, just_set=None)
    builder.change(last_used=builder.now)
    if isinstance(conversation.mode, Asleep):
        _listen_for_a_while(builder)
    speak_softly(builder)
    builder.begin(tuple(plan))


def _listen_for_a_while(builder: StepBuilder) -> None:
    """Wake for what is answered to a reminder; unused, Limber falls asleep again."""
    builder.change(mode=Idle())
    builder.note(WokeUp("reminder"))
    length = awake_for(builder.conversation)
    if length is not None:
        builder.change(last_used=builder.now - length + min(length, FOLLOW_UP))


def _is_exercise(text: str) -> bool:
    words: Collection[str] = text.split()
    return not words or not _EXERCISE.isdisjoint(words)


def no_longer_reminded(builder: StepBuilder, before: Conversation) -> None:
    """After something was understood: what comes next is no answer to the reminder, or to the one just set."""
    now = builder.conversation
    if now.not_understood_in_a_row == 0 and (before.just_reminded or before.just_set is not None):
        set_anew = now.just_set if now.just_set != before.just_set else None
        builder.change(just_reminded=False, just_set=set_anew)


def end_softness(builder: StepBuilder) -> None:
    """Speak as loud as ever once what was said softly is over."""
    if builder.conversation.softly and is_quiet(builder.conversation):
        builder.change(softly=False)
        apply_volume(builder)


def set_clock(builder: StepBuilder, civil: datetime) -> None:
    """Count the civil time from what the clock shows now."""
    conversation = builder.conversation
    start = civil.astimezone(UTC) - timedelta(seconds=seconds(builder.now))
    before = civil if conversation.civil_start is None else civil_at(conversation.civil_start, builder.now)
    builder.change(civil_start=start.astimezone(civil.tzinfo))
    place = place_of(builder.conversation)
    book = conversation.reminders.after_clock_change(before.astimezone(UTC), civil.astimezone(UTC), place)
    builder.change(reminders=book)
