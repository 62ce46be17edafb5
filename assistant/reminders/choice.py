"""Which reminders a person means: "the ten o'clock one", "the hourly one", "the one to drink", "the last one"."""

from collections.abc import Mapping
from datetime import time, tzinfo

from assistant.reminders.book import ReminderBook
from assistant.reminders.day_times import said_time
from assistant.reminders.phrases import every_words
from assistant.reminders.recurrence import Reminder

_OF_NO_MEANING = frozenset("the a an my your to for some it that this".split())
"""Words that do not tell one activity from another."""


def fitting(book: ReminderBook, slots: Mapping[str, str], zone: tzinfo) -> tuple[Reminder, ...]:
    """The reminders that slots name; without slots all of them."""
    if slots.get("which") == "last":
        return book.kept[-1:]
    if slots.get("which") == "next":
        dues = [(due, each.id) for each in book.kept if (due := next(each.occurrences(each.done, zone), None))]
        soonest = min(dues, default=None)
        return tuple(each for each in book.kept if soonest is not None and each.id == soonest[1])
    return tuple(each for each in book.kept if _fits(each, slots, zone))


def _fits(reminder: Reminder, slots: Mapping[str, str], zone: tzinfo) -> bool:
    if "text" in slots:
        wanted = set(slots["text"].split()) - _OF_NO_MEANING
        if not wanted or not wanted <= set(reminder.text.split()):
            return False
    if "every" in slots and not reminder.phrase.startswith(every_words(int(slots["every"]))):
        return False
    said = said_time(slots)
    if said is not None and "at" in slots and not any(said.alike(at) for at in _times(reminder, zone)):
        return False
    if said is not None and "at" not in slots and slots["part"] not in reminder.phrase:
        return any(_part(at) == slots["part"] for at in _times(reminder, zone))
    return "days" not in slots or _has_days(reminder, slots["days"])


def _has_days(reminder: Reminder, days: str) -> bool:
    return any(f"BYDAY={days.upper()}" in rule.split(";") for rule in reminder.rules)


def _times(reminder: Reminder, zone: tzinfo) -> set[time]:
    """The times of the day at which a reminder comes, where it does not come after so much time each."""
    if reminder.periodic:
        return set()
    start = reminder.start if reminder.start.tzinfo is None else reminder.start.astimezone(zone)
    if len(reminder.rules) > 1 or any("BYHOUR" in rule for rule in reminder.rules):
        return set()
    return {start.time().replace(second=0)}


def _part(at: time) -> str:
    for until, part in ((12, "morning"), (18, "afternoon"), (22, "evening")):
        if at.hour < until:
            return part
    return "night"
