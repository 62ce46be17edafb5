"""Times in words, for the ear: "half past seven in the evening", "every forty-five minutes", "on weekdays"."""

from datetime import date, datetime, time, timedelta

from intents.text.numerals import in_words

_NAMES = {
    "mo": "Monday",
    "tu": "Tuesday",
    "we": "Wednesday",
    "th": "Thursday",
    "fr": "Friday",
    "sa": "Saturday",
    "su": "Sunday",
}
"""To a day of the week as slots name it, its name."""
_SETS = {"mo,tu,we,th,fr": "on weekdays", "sa,su": "at weekends", "mo,tu,we,th,fr,sa,su": "every day"}
"""To several days of the week, what they are called."""
_MONTHS = "January February March April May June July August September October November December".split()
"""The names of the months."""
_MINUTE, _HOUR = 60, 3600
"""Seconds in a minute and in an hour."""


def number_words(value: int) -> str:
    """A number in words, with hyphens as they are written."""
    words = in_words(value).split()
    tens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
    said: list[str] = []
    for word in words:
        if said and said[-1] in tens and word not in tens and word not in {"hundred", "thousand"}:
            said[-1] += f"-{word}"
        else:
            said.append(word)
    return " ".join(said)


def clock_words(at: time) -> str:
    """A time of the day: "ten in the morning", "half past seven in the evening", "noon"."""
    if at.minute == 0 and at.hour % 12 == 0:
        return "noon" if at.hour else "midnight"
    return f"{bare_clock_words(at)} {part_words(at)}"


def bare_clock_words(at: time) -> str:
    """A time of the day without the half of the day: "half past seven"."""
    hour, following = _hour(at.hour), _hour(at.hour + 1)
    match at.minute:
        case 0:
            return hour
        case 15:
            return f"quarter past {hour}"
        case 30:
            return f"half past {hour}"
        case 45:
            return f"quarter to {following}"
        case minute if minute % 5 == 0:
            return (
                f"{number_words(minute)} past {hour}" if minute < 30 else f"{number_words(60 - minute)} to {following}"
            )
        case minute:
            return f"{hour} {'oh ' if minute < 10 else ''}{number_words(minute)}"


def part_words(at: time) -> str:
    """In which part of the day a time is."""
    # "Quarter to six in the evening" is named after six.
    hour = at.hour + (1 if at.minute > 30 and at.minute % 5 == 0 else 0)
    for until, part in ((5, "at night"), (12, "in the morning"), (18, "in the afternoon"), (22, "in the evening")):
        if hour < until:
            return part
    return "at night"


def _hour(hour: int) -> str:
    return in_words(hour % 12 or 12)


def length_words(seconds: int) -> str:
    """A length of time: "an hour and a half", "forty-five minutes"."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    match hours, minutes, left:
        case 0, 30, 0:
            return "half an hour"
        case 1, 0, 0:
            return "an hour"
        case 1, 30, 0:
            return "an hour and a half"
        case _, 30, 0:
            return f"{number_words(hours)} and a half hours"
        case _:
            parts = [_count(hours, "hour"), _count(minutes, "minute"), _count(left, "second")]
            return " and ".join(part for part in parts if part)


def every_words(seconds: int) -> str:
    """How often: "every hour", "every half hour", "every forty-five minutes"."""
    short = {1800: "half hour", 3600: "hour", 5400: "hour and a half", 60: "minute"}
    return f"every {short.get(seconds) or length_words(seconds)}"


def days_words(of_week: str, each: int) -> str:
    """On which days: "every day", "on weekdays", "on Monday and Friday", "every three days"."""
    if each == 7:
        return "every week"
    if each % 7 == 0:
        return f"every {number_words(each // 7)} weeks"
    if each > 1:
        return "every other day" if each == 2 else f"every {number_words(each)} days"
    if of_week in _SETS:
        return _SETS[of_week]
    *others, last = [f"{_NAMES[day]}s" for day in of_week.split(",")]
    return f"on {', '.join(others)} and {last}" if others else f"on {last}"


def moment_words(at: datetime, now: datetime) -> str:
    """When something is that comes once, both in local time: "at seven in the evening", "tomorrow at ten"."""
    clock = clock_words(at.time())
    days = (at.date() - now.date()) // timedelta(days=1)
    if days == 0:
        return f"at {clock}"
    if days == 1:
        return f"tomorrow at {clock}"
    return f"{_day_words(at.date(), now.date())} at {clock}"


def _day_words(day: date, today: date) -> str:
    if timedelta() < day - today < timedelta(days=7):
        return f"on {list(_NAMES.values())[day.weekday()]}"
    if day - today == timedelta(days=-1):
        return "yesterday"
    return f"on the {_ordinal(day.day)} of {_MONTHS[day.month - 1]}"


def _ordinal(day: int) -> str:
    """A day of the month in words."""
    irregular = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
    if day in irregular:
        return irregular[day]
    if day < 20:
        return f"{in_words(day)}th"
    tens, unit = divmod(day, 10)
    words = in_words(10 * tens)
    return f"{words}-{_ordinal(unit)}" if unit else f"{words[:-1]}ieth"


def _count(number: int, unit: str) -> str:
    if not number:
        return ""
    return f"one {unit}" if number == 1 else f"{number_words(number)} {unit}s"
