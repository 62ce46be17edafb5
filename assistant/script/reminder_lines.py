"""The lines about reminders: what is confirmed in a few words, and what is said when one is due."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo

from assistant.reminders.civil import QuietHours
from assistant.reminders.day_times import SaidTime, halves
from assistant.reminders.phrases import (
    bare_clock_words,
    clock_words,
    length_words,
    moment_words,
    number_words,
    part_words,
)
from assistant.reminders.recurrence import Reminder

WHEN = "When? In an hour, say, or every day at ten in the morning."
SAY_WHEN = "Say when as well, as in remind me in an hour."
NONE_SET = "There are no reminders."
NO_SUCH = "There is no such reminder."
NO_MORE_REMINDERS = "No more reminders."
NOTHING_TO_SNOOZE = "There is nothing to put off. Nothing was due."
NOT_TODAY = "Not again today."
TOO_OFTEN = "Once a minute is the most I can do."
TOO_MANY = "That is as many reminders as I can keep. Cancel one first."
CLOCK_UNSET = "I don't know what time it is. Say in an hour, or every hour."
REMIND_ANY_TIME = "No reminder, then. Say remind me when you want one."
LISTED = 3
"""Number of reminders that are told at once."""
LATE_AFTER = timedelta(minutes=10)
"""Time after which a reminder that comes late tells when it was due."""

_YOURS = {
    "my": "your",
    "me": "you",
    "i": "you",
    "myself": "yourself",
    "mine": "yours",
    "our": "your",
    "us": "you",
    "we": "you",
    "am": "are",
}
"""To a word of the person about themselves, Limber's word to them."""


def to_you(text: str) -> str:
    """What somebody wants to be reminded of, as it is said to them; empty: to move."""
    return " ".join(_YOURS.get(word, word) for word in text.split()) or "move"


def _to_do(text: str) -> str:
    """What it reminds of, as the end of a sentence; empty where nothing was named."""
    if not text:
        return ""
    return f", {to_you(text)}" if text.startswith("for ") else f", to {to_you(text)}"


def due(texts: Sequence[str]) -> tuple[str, ...]:
    """What is said when reminders are due: one sentence each, without a repetition."""
    first, *others = [f"Time {text}" if text.startswith("for ") else f"Time to {text}" for text in map(to_you, texts)]
    return (f"{first}.", *(f"And {other[0].lower()}{other[1:]}." for other in others))


def was_due(at: datetime, now: datetime) -> str:
    """Tell when a reminder was due that comes late; both in local time."""
    return f"That was due {moment_words(at, now)}."


def in_words(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    """When a reminder is due and what it reminds of: "Every hour until six in the evening, to move."."""
    if reminder.again is not None:
        when = moment_words(reminder.again.astimezone(zone), now)
    elif reminder.rules:
        when = reminder.phrase
    else:
        start = reminder.start if reminder.start.tzinfo is None else reminder.start.astimezone(zone)
        when = moment_words(start.replace(tzinfo=None), now.replace(tzinfo=None))
    return _sentence(f"{when}{_to_do(reminder.text)}")


def set_in(seconds: int, text: str) -> str:
    """Confirm a reminder that comes once, after so many seconds."""
    return _sentence(f"in {length_words(seconds)}{_to_do(text)}")


def not_before(at: time) -> str:
    """Tell that a reminder leaves out the quiet hours, which are over at a time."""
    return f"Not before {clock_words(at)}."


def quiet_hours_set(hours: QuietHours) -> str:
    """Confirm in which hours nobody is reminded."""
    if hours.begin == hours.end:
        return "No quiet hours, then. Reminders come at any hour."
    return f"Quiet from {clock_words(hours.begin)} to {clock_words(hours.end)}."


def quiet_hours_are(hours: QuietHours) -> str:
    """Answer when the quiet hours are."""
    if hours.begin == hours.end:
        return "You have no quiet hours. Say quiet hours from ten to seven to set them."
    return f"Quiet hours are from {clock_words(hours.begin)} to {clock_words(hours.end)}."


def which_half(said: SaidTime) -> str:
    """Ask which half of the day is meant."""
    early, late = halves(said)
    return f"{_capital(bare_clock_words(early))} {part_words(early)}, or {part_words(late)}?"


def again_in(seconds: int) -> str:
    """Confirm that a reminder was put off for so many seconds."""
    return f"Again in {length_words(seconds)}."


def again_at(at: datetime, now: datetime) -> str:
    """Confirm that a reminder was put off until a time, both local."""
    return f"Again {moment_words(at, now)}."


def listed(reminders: Sequence[Reminder], now: datetime, zone: tzinfo) -> str:
    """Tell which reminders there are, the first of them in words."""
    if not reminders:
        return NONE_SET
    said = [in_words(each, now, zone) for each in reminders[:LISTED]]
    more = len(reminders) - len(said)
    return " ".join([*said, *([f"And {number_words(more)} more."] if more else [])])


def cancelled(reminders: Sequence[Reminder], now: datetime, zone: tzinfo) -> str:
    """Confirm which reminders are gone."""
    if len(reminders) == 1:
        words = in_words(reminders[0], now, zone)
        return f"No longer {words[0].lower()}{words[1:]}"
    return f"Those {number_words(len(reminders))} are gone."


def _sentence(words: str) -> str:
    return f"{_capital(words)}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
