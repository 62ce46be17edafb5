"""Replies about reminders: to set one, tell them, end them, put one off, or have none today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AskingWhen, Idle, Offering, Topic
from assistant.dialogue.replies.navigation import count_only
from assistant.dialogue.replies.topics import say_beside
from assistant.dialogue.safety.due import place_of
from assistant.dialogue.state import Changeable, in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.reminders.book import MOST_REMINDERS, ReminderBook
from assistant.reminders.choice import fitting
from assistant.reminders.civil import civil_at, is_set
from assistant.reminders.recurrence import Reminder
from assistant.reminders.wishes import AskHalf, AskWhen, TooOften, wished
from assistant.script import reminder_lines as lines
from intents.reminding.time_words import EVERY_DAY
from intents.text.normalize import words_of

SNOOZE_SECONDS = 600
"""Time, in seconds (ten minutes), for which a reminder is put off where none is said."""
_ANOTHER_DAY = frozenset({"day", "days", "in", "every"})
"""Slots with which a reminder is set anew for other days, or for none."""
_BY_THE_CLOCK = frozenset({"at", "day", "days", "each", "from", "until"})
"""Slots that need a clock which was set."""


def _now(builder: StepBuilder) -> datetime:
    """The civil time now, with its zone."""
    start = builder.conversation.civil_start
    return civil_at(datetime.fromtimestamp(0, UTC) if start is None else start, builder.now)


def remind_of(builder: StepBuilder, heard: Heard) -> None:
    """Set a reminder, or ask what is missing for it."""
    _wish(builder, heard.reading.slots)


def answer_when(builder: StepBuilder, heard: Heard) -> None:
    """Take a time for the answer to "when?"; right after a reminder, for the time until which it is put off."""
    match builder.conversation.mode:
        case AskingWhen(slots=asked):
            before = dict(asked)
            told = dict(heard.reading.slots)
            if "part" in told and "at" not in told and "at" in before and "part" not in before:
                told["at"] = _on_half(before["at"], told["part"])
            elif "at" in told or "in" in told or "every" in told:
                before = {name: value for name, value in before.items() if name not in {"at", "part", "in", "every"}}
            _wish(builder, before | told)
        case _ if builder.conversation.just_set is not None:
            _correct(builder, builder.conversation.just_set, dict(heard.reading.slots))
        case _:
            snooze(builder, heard)


def _correct(builder: StepBuilder, id: int, slots: dict[str, str]) -> None:
    """Set the reminder that was set last for another time."""
    book = builder.conversation.reminders
    gone = tuple(each for each in book.kept if each.id == id)
    if gone and gone[0].text:
        slots.setdefault("text", gone[0].text)
    if gone and "part" in slots and "at" not in slots and not gone[0].periodic:
        # "No, in the evening": the time stays.
        slots["at"] = _on_half(f"{gone[0].start:%H:%M}", slots["part"])
    if gone and gone[0].rules and not gone[0].periodic and _ANOTHER_DAY.isdisjoint(slots):
        # "No, at eleven": the days stay.
        slots.setdefault("days", gone[0].rules[0].rpartition("BYDAY=")[2].lower() or EVERY_DAY)
    builder.change(reminders=book.without(gone, place_of(builder.conversation)))
    _wish(builder, slots)


def _on_half(at: str, part: str) -> str:
    """A time on a clock of 12 hours, on one of 24, by the part of the day."""
    hour, minute = (int(number) for number in at.split(":"))
    late = part in {"afternoon", "evening"} or (part == "night" and hour % 12 > 5)
    return f"{hour % 12 + (12 if late else 0):02}:{minute:02}"


def _wish(builder: StepBuilder, slots: Mapping[str, str]) -> None:
    conversation, now = builder.conversation, _now(builder)
    may_ask = isinstance(conversation.mode, Idle | Topic | Offering | AskingWhen)
    if not is_set(now) and not _BY_THE_CLOCK.isdisjoint(slots):
        _answer(builder, lines.CLOCK_UNSET)
        return
    match wished(slots, now, asks=may_ask):
        case AskWhen() if may_ask:
            _ask(builder, slots, lines.WHEN)
        case AskWhen():
            _answer(builder, lines.SAY_WHEN)
        case AskHalf(said=said):
            _ask(builder, slots, lines.which_half(said))
        case TooOften():
            _answer(builder, lines.TOO_OFTEN)
        case Reminder() as reminder:
            _set(builder, reminder, slots, now)


def _ask(builder: StepBuilder, slots: Mapping[str, str], question: str) -> None:
    builder.say(question, mode=AskingWhen(tuple(sorted(slots.items())), question))


def _answer(builder: StepBuilder, line: str) -> None:
    """Say a line; the question when to remind, if it is open, is settled by it."""
    if isinstance(builder.conversation.mode, AskingWhen):
        builder.say(line, mode=Idle())
    else:
        say_beside(builder, line)


def _set(builder: StepBuilder, reminder: Reminder, slots: Mapping[str, str], now: datetime) -> None:
    conversation, place = builder.conversation, place_of(builder.conversation)
    if len(conversation.reminders.kept) >= MOST_REMINDERS:
        _answer(builder, lines.TOO_MANY)
        return
    _keep(builder, conversation.reminders.with_new(reminder, place))
    builder.change(just_set=builder.conversation.reminders.last_id)
    once = not reminder.rules and "in" in slots
    line = lines.set_in(int(slots["in"]), reminder.text) if once else lines.in_words(reminder, now, place.zone)
    if not reminder.in_quiet_hours and place.quiet.holds(now + timedelta(seconds=1)):
        line = f"{line} {lines.not_before(place.quiet.end)}"
    _answer(builder, line)


def _keep(builder: StepBuilder, book: ReminderBook) -> None:
    """Keep changed reminders; "undo" brings back those before."""
    conversation = builder.conversation
    before = replace(conversation.reminders, last_id=book.last_id)
    builder.change(reminders=book, undoable=Changeable(conversation.settings, conversation.session, reminders=before))


def list_reminders(builder: StepBuilder, heard: Heard) -> None:
    """Tell which reminders there are."""
    zone = place_of(builder.conversation).zone
    _answer(builder, lines.listed(builder.conversation.reminders.kept, _now(builder), zone))


def stop_reminding(builder: StepBuilder, heard: Heard) -> None:
    """End all reminders, or those that are named."""
    conversation, place, slots = builder.conversation, place_of(builder.conversation), heard.reading.slots
    book = conversation.reminders
    gone = fitting(book, slots, place.zone)
    if not gone and "text" in slots and in_session(conversation):
        # "Stop reminding me to breathe" is about the words of the session.
        count_only(builder, heard)
        return
    if not gone:
        _answer(builder, lines.NO_SUCH if book.kept else lines.NONE_SET)
        return
    _keep(builder, book.without(gone, place))
    named = bool(slots) and len(gone) < len(book.kept)
    _answer(builder, lines.cancelled(gone, _now(builder), place.zone) if named else lines.NO_MORE_REMINDERS)


def snooze(builder: StepBuilder, heard: Heard) -> None:
    """Put off what was said last."""
    conversation, slots, now = builder.conversation, heard.reading.slots, _now(builder)
    place = place_of(conversation)
    if not conversation.reminders.told:
        if "remind" in words_of(heard.reading.text):
            remind_of(builder, heard)  # "remind me later", of what was never due, sets one
        else:
            _answer(builder, lines.NOTHING_TO_SNOOZE)
        return
    seconds = int(slots.get("in", slots.get("every", SNOOZE_SECONDS)))
    line, until = lines.again_in(seconds), now.astimezone(UTC) + timedelta(seconds=seconds)
    if "at" in slots or "part" in slots or "day" in slots:
        found = wished({name: value for name, value in slots.items() if name != "in"}, now, asks=False)
        if isinstance(found, Reminder) and (at := next(found.occurrences(now.astimezone(UTC), place.zone), None)):
            line, until = lines.again_at(at.astimezone(place.zone), now), at
    _keep(builder, conversation.reminders.snoozed(until, place))
    _answer(builder, line)


def not_today(builder: StepBuilder, heard: Heard) -> None:
    """Have no reminders on the rest of the day; right after one, not that one."""
    conversation = builder.conversation
    if not conversation.reminders.kept:
        _answer(builder, lines.NOT_TODAY if conversation.just_reminded else lines.NONE_SET)
        return
    only = conversation.reminders.told if conversation.just_reminded else None
    now, place = _now(builder).astimezone(UTC), place_of(conversation)
    _keep(builder, conversation.reminders.not_today(now, place, only))
    _answer(builder, lines.NOT_TODAY)
