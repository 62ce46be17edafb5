"""Times in words: "in an hour", "every forty-five minutes until six", "on weekdays at ten", as slots.

`assistant.reminders.wishes` tells what the slots mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intents.text.lengths import span_from
from intents.text.numerals import numbers_from

Slots = dict[str, str]
"""Slots by name."""

_UNITS = {"mondays": "mo", "tuesdays": "tu", "wednesdays": "we", "thursdays": "th", "fridays": "fr"} | {
    "saturdays": "sa",
    "sundays": "su",
}
"""To a day of the week that comes again and again, its name in slots."""
_DAY_NAMES = {name.removesuffix("s"): short for name, short in _UNITS.items()}
"""To a day of the week, its name in slots."""
_WEEKDAYS, _WEEKEND, _EVERY_DAY = "mo,tu,we,th,fr", "sa,su", "mo,tu,we,th,fr,sa,su"
_DAYS_ROW = _EVERY_DAY.split(",")
_HALVES = {"am": "morning", "pm": "evening", "a m": "morning", "p m": "evening"}
"""The halves of the day as they are written."""
_PARTS = {
    "in the morning": "morning",
    "of the morning": "morning",
    "this morning": "morning",
    "in the afternoon": "afternoon",
    "this afternoon": "afternoon",
    "in the evening": "evening",
    "this evening": "evening",
    "at night": "night",
    "in the night": "night",
    "tonight": "night",
}
"""To a part of the day as it is said after a time, its name in slots."""
_BARE_PARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}
_NAMED_TIMES = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0), "lunchtime": (12, 30), "lunch": (12, 30)} | {
    "bedtime": (22, 0)
}
"""To a time that has a name, its hour and minute."""
_ENDS = {
    "the evening": (18, 0),
    "evening": (18, 0),
    "tonight": (18, 0),
    "the afternoon": (14, 0),
    "the end of the day": (18, 0),
    "the end of work": (18, 0),
    "i go to bed": (22, 0),
    "i stop work": (18, 0),
    "dinner": (18, 0),
    "dinner time": (18, 0),
    "the night": (22, 0),
}
"""To what something may last until, the hour and minute that are meant."""
_FILLER = frozenset(
    "please then and just so okay thanks thank you limber too also about around roughly sharp exactly maybe from again "
    "now on well actually oh yes no um uh er hey dear love kindly only hi hello right sorry promptly precisely".split()
)
"""Words between times that tell nothing."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of the day as it was said."""

    end: int
    hour: int
    minute: int
    part: str | None
    plain: bool
    """Whether it is a mere number, which is a time only after "at" and the like."""

    def slots(self, name: str = "at", part: str = "part") -> Slots:
        """As slots: the hour of 24 where the half of the day is clear."""
        hour = self.hour
        if self.part is None:
            return {name: f"{hour:02}:{self.minute:02}"}
        if self.part in {"afternoon", "evening"} and hour < 12:
            hour += 12
        elif self.part == "morning" and hour == 12:
            hour = 0
        elif self.part == "night" and hour < 12:
            hour += 12 if hour > 5 else 0
        elif self.part == "night" and hour == 12:
            hour = 0
        return {name: f"{hour:02}:{self.minute:02}", part: self.part}


def times_in(words: Sequence[str], *, loose: bool = False) -> Slots | None:
    """The slots of words that are nothing but times; None where anything else is said.

    `loose`: whether a mere number is a time as well, as in the answer to "when?".
    """
    said = list(words)
    slots: Slots = {}
    at = 0
    while at < len(said):
        found = time_at(said, at, loose=loose)
        if found is not None:
            at, more = found
            slots = _merged(slots, more)
        elif said[at] in _FILLER:
            at += 1
        else:
            return None
    return settled(slots)


def settled(slots: Slots) -> Slots:
    """Slots in which "for so long" is what it is beside the rest: how long it goes on, or when it comes."""
    if "for" not in slots:
        return slots
    length = slots["for"]
    rest = {name: value for name, value in slots.items() if name != "for"}
    return rest | ({"within": length} if "every" in slots else {"in": length})


def _merged(slots: Slots, more: Mapping[str, str]) -> Slots:
    """Slots with more of them; a half of the day that comes alone settles the time before it."""
    if more.get("part") and "at" not in more and "at" in slots and "part" not in slots:
        hour, minute = (int(number) for number in slots["at"].split(":"))
        return slots | dict(more) | _Clock(0, hour, minute, more["part"], plain=False).slots()
    if "at" in more and "part" not in more and slots.get("part") in _BARE_PARTS and "at" not in slots:
        hour, minute = (int(number) for number in more["at"].split(":"))
        return slots | dict(more) | _Clock(0, hour, minute, slots["part"], plain=False).slots()
    return slots | dict(more)


def time_at(words: list[str], at: int, *, loose: bool = False) -> tuple[int, Slots] | None:
    """The longest time that begins at a position, as (end, slots); None where none does."""
    found = [each for read in _READINGS if (each := read(words, at)) is not None]
    if loose:
        found += [each for each in (_bare(words, at),) if each is not None]
    return max(found, key=lambda each: each[0], default=None)


def _bare(words: list[str], at: int) -> tuple[int, Slots] | None:
    """A time without the word that leads to it, as in an answer: "seven", "the evening", "an hour"."""
    begin = at + 1 if words[at] in {"the", "a"} else at
    part = _BARE_PARTS.get(words[begin]) if begin < len(words) else None
    if part is not None:
        return begin + 1, {"part": part}
    if words[at] in _HALVES:
        return at + 1, {"part": _HALVES[words[at]]}
    span = span_from(words, at) or _more(words, at)
    clock = _clock(words, at)
    if span is not None and (clock is None or span[0] > clock.end):
        return span[0], {"for": str(span[1])}
    return (clock.end, clock.slots()) if clock is not None else None


def _after(words: list[str], at: int, *phrases: str) -> int | None:
    """The position after the longest of some phrases that begins at a position; None where none does."""
    ends = [at + len(row) for phrase in phrases if words[at : at + len(row := phrase.split())] == row]
    return max(ends, default=None)


# -- the time of the day -----------------------------------------------------------------------------------


def _clock(words: list[str], at: int) -> _Clock | None:
    """The longest time of the day that begins at a position, with the part of the day after it."""
    found = _numbers_of_clock(words, at)
    if found is None:
        return None
    end, hour, minute, plain = found
    part = None
    if hour > 12 or hour == 0 or (words[end - 1] in _NAMED_TIMES):
        part = "day"
    named = _part(words, end)
    if named is not None and part is None:
        return _Clock(named[0], hour, minute, named[1], plain=False)
    return _Clock(end, hour % 24, minute, part, plain)


def _part(words: list[str], at: int) -> tuple[int, str] | None:
    """The part of the day that is named at a position."""
    for row, part in (_PARTS | _HALVES).items():
        if (end := _after(words, at, row)) is not None:
            return end, part
    return None


def _numbers_of_clock(words: list[str], at: int) -> tuple[int, int, int, bool] | None:
    """A time of the day without its part, as (end, hour, minute, whether it is a mere number)."""
    if at >= len(words):
        return None
    if words[at] in _NAMED_TIMES:
        return at + 1, *_NAMED_TIMES[words[at]], False
    for read in (_half, _past_or_to, _hour_and_minutes):
        if (found := read(words, at)) is not None:
            return found
    return None


def _hour_at(words: list[str], at: int) -> tuple[int, int] | None:
    """An hour at a position, as (end, hour)."""
    if words[at : at + 1] and words[at] in {"noon", "midday"}:
        return at + 1, 12
    if words[at : at + 1] == ["midnight"]:
        return at + 1, 0
    # "Seven thirty" is an hour and minutes: the shortest number is the hour, but for twenty-one to twenty-three.
    numbers = [(end, value) for end, value in numbers_from(words, at) if value <= 24]
    return numbers[-1] if numbers else None


def _half(words: list[str], at: int) -> tuple[int, int, int, bool] | None:
    begin = _after(words, at, "half past", "half")
    hour = None if begin is None else _hour_at(words, begin)
    if hour is None or words[hour[0] : hour[0] + 1] in (["hours"], ["minutes"]):
        return None
    return _whole(words, hour[0]), hour[1], 30, False


def _past_or_to(words: list[str], at: int) -> tuple[int, int, int, bool] | None:
    quarter = _after(words, at, "a quarter", "quarter")
    amounts = [(quarter, 15)] if quarter is not None else numbers_from(words, at)[::-1]
    for end, minutes in amounts:
        link = end + 1 if words[end : end + 1] == ["minutes"] else end
        if words[link : link + 1] not in (["past"], ["to"], ["after"], ["before"]) or minutes >= 60:
            continue
        hour = _hour_at(words, link + 1)
        if hour is None or (minutes % 5 and words[link] == "to"):
            continue
        after = words[link] in {"past", "after"}
        late = hour[1] if after else (hour[1] - 1) % (12 if hour[1] <= 12 else 24)
        return (
            _whole(words, hour[0]),
            (late or 12 if hour[1] <= 12 else late),
            minutes if after else 60 - minutes,
            False,
        )
    return None


def _hour_and_minutes(words: list[str], at: int) -> tuple[int, int, int, bool] | None:
    joined = [(end, value) for end, value in numbers_from(words, at) if 100 <= value <= 2400 and value % 100 < 60]
    if joined and "hundred" in words[at : joined[-1][0]]:
        end, value = joined[-1]
        return _whole(words, end), value // 100 % 24, value % 100, False
    hour = _hour_at(words, at)
    if hour is None:
        return None
    end, value = hour
    if words[end : end + 1] in (["oclock"], ["o'clock"]) or words[end : end + 2] == ["o", "clock"]:
        return _whole(words, end), value, 0, False
    # "7:30" has been spelled out as "seven minutes thirty seconds" by then.
    unit = words[end : end + 1]
    begin = end + 1 if unit in (["minutes"], ["minute"], ["point"], ["oh"], ["o"]) else end
    if words[begin : begin + 2] == ["zero", "zero"]:
        after = begin + 2 + (words[begin + 2 : begin + 3] == ["seconds"])
        return after, value, 0, False
    numbers = [(after, minute) for after, minute in numbers_from(words, begin) if minute < 60]
    if numbers:
        after, minute = numbers[-1]
        timed = words[after : after + 1] in (["seconds"], ["second"])
        if (unit in (["minutes"], ["minute"])) == timed and (minute >= 10 or begin > end):
            return after + timed, value, minute, False
    if unit and unit[0] in {"minutes", "minute", "hours", "hour", "seconds", "second", "days", "times", "more"}:
        return None
    return end, value, 0, True


def _whole(words: list[str], end: int) -> int:
    """The position after "o'clock" and "hours", where they follow."""
    return _after(words, end, "oclock", "o'clock", "o clock", "hours") or end


# -- what leads to a time ------------------------------------------------------------------------------------


def _at(words: list[str], at: int) -> tuple[int, Slots] | None:
    """ "At ten", "around half past seven", and a time that is one without such a word: "ten o'clock"."""
    lead = _after(words, at, "at about", "at around", "at", "around", "by", "for about", "for", "about", "for around")
    clock = _clock(words, at if lead is None else lead)
    if clock is None:
        return None
    follows = words[clock.end : clock.end + 1]
    goes_on = not follows or follows[0] in _FILLER or time_at(words, clock.end) is not None or follows[0] == "to"
    if lead is not None and words[lead - 1] in {"for", "about"} and clock.plain and not goes_on:
        return None  # "about ten exercises"
    if lead is None and clock.plain:
        return None
    return clock.end, clock.slots()


def _in(words: list[str], at: int) -> tuple[int, Slots] | None:
    """ "In an hour", "an hour from now", "in a bit", and for how long: "for ten minutes", "for the next hour"."""
    for row, seconds in _VAGUE.items():
        if (end := _after(words, at, row)) is not None:
            return end, {"in": str(seconds)}
    longer = _after(words, at, "for the next", "for the coming", "over the next", "during the next", "within the next")
    if longer is not None and (span := span_from(words, longer)) is not None:
        return span[0], {"within": str(span[1])}
    lead = _after(
        words, at, "in another", "in about", "in around", "in", "after", "for another", "for about", "for", "within"
    )
    begin = at if lead is None else lead
    if lead is None and begin < len(words) and words[begin] == "another":
        begin += 1
    span = span_from(words, begin) or _more(words, begin)
    if span is None:
        numbers = numbers_from(words, begin) if lead is not None and words[at] == "in" else []
        if not numbers or numbers[-1][0] != len(words):
            return None
        return numbers[-1][0], {"in": str(60 * numbers[-1][1])}  # "in ten"
    end, seconds = span
    later = _after(words, end, "from now", "later", "time", "from then", "more")
    if later is not None:
        return later, {"in": str(seconds)}
    if lead is None:
        return None
    return end, {"for" if words[at] == "for" else "in": str(seconds)}


def _more(words: list[str], at: int) -> tuple[int, int] | None:
    """ "Ten more minutes", as (end, seconds)."""
    for end, value in numbers_from(words, at)[::-1]:
        if words[end : end + 1] == ["more"] and words[end + 1 : end + 2] in (["minutes"], ["minute"]):
            return end + 2, 60 * value
    return None


_VAGUE = {
    "in a bit": 600,
    "in a little bit": 600,
    "in a little while": 600,
    "in a while": 1800,
    "in a moment": 300,
    "in a few": 300,
    "in a minute or two": 120,
}
"""To a time that is said vaguely, what is meant, in seconds."""


def _every(words: list[str], at: int) -> tuple[int, Slots] | None:
    """How often: "every hour", "each weekday", "every other day", "hourly", "once a day", "on the hour"."""
    for row, slots in _OFTEN.items():
        if (end := _after(words, at, row)) is not None:
            return end, dict(slots)
    lead = _after(words, at, "every single", "every", "each", "once every", "once each", "once a", "once an")
    if lead is None or lead >= len(words):
        return None
    other = _after(words, lead, "other", "second")
    if other is not None and other < len(words):
        if words[other] == "day":
            return other + 1, {"each": "2"}
        span = span_from(words, other) if words[other] in {"hour", "minute"} else None
        return None if span is None else (span[0], {"every": str(2 * span[1])})
    for end, value in numbers_from(words, lead)[::-1]:
        if words[end : end + 1] in (["days"], ["day"]):
            return end + 1, {"each": str(value)}
        if words[end : end + 1] in (["weeks"], ["week"]):
            return end + 1, {"every": str(value * 7 * 86_400)}
    span = span_from(words, lead)
    if span is not None:
        return span[0], {"every": str(span[1])}
    days = _day_row(words, lead, plural=False)
    if days is not None:
        return days
    numbers = numbers_from(words, lead)
    return (numbers[-1][0], {"every": str(60 * numbers[-1][1])}) if numbers and numbers[-1][0] == len(words) else None


_OFTEN: Mapping[str, Mapping[str, str]] = {
    "hourly": {"every": "3600"},
    "half hourly": {"every": "1800"},
    "on the hour": {"every": "3600"},
    "once an hour": {"every": "3600"},
    "twice an hour": {"every": "1800"},
    "every hour on the hour": {"every": "3600"},
    "daily": {"days": _EVERY_DAY},
    "every day": {"days": _EVERY_DAY},
    "each day": {"days": _EVERY_DAY},
    "every single day": {"days": _EVERY_DAY},
    "once a day": {"days": _EVERY_DAY},
    "twice a day": {"every": "28800", "from": "09:00", "from_part": "day", "until": "17:00", "until_part": "day"},
    "three times a day": {"every": "14400", "from": "09:00", "from_part": "day", "until": "17:00", "until_part": "day"},
    "weekly": {"every": "604800"},
    "every week": {"every": "604800"},
    "once a week": {"every": "604800"},
    "every morning": {"days": _EVERY_DAY, "part": "morning"},
    "each morning": {"days": _EVERY_DAY, "part": "morning"},
    "every afternoon": {"days": _EVERY_DAY, "part": "afternoon"},
    "every evening": {"days": _EVERY_DAY, "part": "evening"},
    "each evening": {"days": _EVERY_DAY, "part": "evening"},
    "every night": {"days": _EVERY_DAY, "part": "night"},
    "every lunchtime": {"days": _EVERY_DAY, "at": "12:30", "part": "day"},
    "every weekday": {"days": _WEEKDAYS},
    "each weekday": {"days": _WEEKDAYS},
    "every working day": {"days": _WEEKDAYS},
    "every work day": {"days": _WEEKDAYS},
    "every workday": {"days": _WEEKDAYS},
    "on every weekday": {"days": _WEEKDAYS},
    "every weekend": {"days": _WEEKEND},
}
"""To how often something comes in a fixed wording, its slots."""


def _days(words: list[str], at: int) -> tuple[int, Slots] | None:
    """On which days: "on weekdays", "on mondays and fridays", "monday to friday", "at weekends"."""
    for row, days in _DAY_SETS.items():
        if (end := _after(words, at, row, f"on {row}", f"during {row}")) is not None:
            return end, {"days": days}
    return _day_row(words, _after(words, at, "on") or at, plural=True)


_DAY_SETS = {
    "weekdays": _WEEKDAYS,
    "week days": _WEEKDAYS,
    "working days": _WEEKDAYS,
    "workdays": _WEEKDAYS,
    "work days": _WEEKDAYS,
    "the week": _WEEKDAYS,
    "monday to friday": _WEEKDAYS,
    "mondays to fridays": _WEEKDAYS,
    "monday through friday": _WEEKDAYS,
    "from monday to friday": _WEEKDAYS,
    "weekends": _WEEKEND,
    "at weekends": _WEEKEND,
    "at the weekends": _WEEKEND,
    "the weekends": _WEEKEND,
    "saturdays and sundays": _WEEKEND,
}
"""To several days, their names in slots."""


def _day_row(words: list[str], at: int, *, plural: bool) -> tuple[int, Slots] | None:
    """Days of the week in a row; `plural`: each must be one of the words for a day that comes again and again."""
    names = _UNITS if plural else _UNITS | _DAY_NAMES
    found: list[str] = []
    end = at
    while True:
        begin = end + 1 if found and words[end : end + 1] in (["and"], ["or"]) else end
        if begin < len(words) and words[begin] in names:
            found.append(names[words[begin]])
            end = begin + 1
        else:
            break
    return (end, {"days": ",".join(sorted(set(found), key=_DAYS_ROW.index))}) if found else None


def _day(words: list[str], at: int) -> tuple[int, Slots] | None:
    """Which day, and which part of it: "tomorrow morning", "tonight", "on Monday", "in the evening"."""
    for row, slots in _DAYS.items():
        if (end := _after(words, at, row)) is not None:
            part = _BARE_PARTS.get(words[end]) if end < len(words) else None
            return (end, dict(slots)) if part is None else (end + 1, dict(slots) | {"part": part})
    lead = _after(words, at, "on", "this", "next", "this coming", "on next", "for") or at
    if lead < len(words) and words[lead] in _DAY_NAMES:
        slots = {"day": _DAY_NAMES[words[lead]]}
        part = _BARE_PARTS.get(words[lead + 1]) if lead + 1 < len(words) else None
        return (lead + 1, slots) if part is None else (lead + 2, slots | {"part": part})
    named = _part(words, at)
    if named is None:
        return None
    today = {"day": "0"} if words[at] in {"this", "tonight"} else {}
    return named[0], {"part": named[1]} | today


_DAYS: Mapping[str, Mapping[str, str]] = {
    "today": {"day": "0"},
    "later today": {"day": "0"},
    "for today": {"day": "0"},
    "tomorrow": {"day": "1"},
    "for tomorrow": {"day": "1"},
    "the day after tomorrow": {"day": "2"},
}
"""To a day that is counted from today, its slots."""


def _until(words: list[str], at: int) -> tuple[int, Slots] | None:
    """When it ends: "until six", "till the evening", "for the rest of the day"."""
    rest = _after(words, at, "for the rest of the day", "all day long", "all day", "for the whole day", "for the day")
    if rest is not None:
        return rest, {"until": "22:00", "until_part": "night"}
    lead = _after(
        words, at, "until", "up to", "up until", "ending at", "and end at", "finishing at", "before", "until about"
    )
    if lead is None:
        return None
    for row, (hour, minute) in _ENDS.items():
        if (end := _after(words, lead, row)) is not None:
            return end, {"until": f"{hour:02}:{minute:02}", "until_part": "day"}
    clock = _clock(words, _after(words, lead, "about", "around", "at") or lead)
    return None if clock is None else (clock.end, clock.slots("until", "until_part"))


def _from(words: list[str], at: int) -> tuple[int, Slots] | None:
    """When it begins, and perhaps ends: "from nine to five", "between nine and five", "starting at two"."""
    during = _after(words, at, "during the day", "during working hours", "during office hours", "in working hours")
    if during is not None:
        return during, {"from": "09:00", "from_part": "morning", "until": "18:00", "until_part": "evening"}
    leads = ("from", "starting at", "starting from", "beginning at", "starting", "beginning", "between", "and start at")
    lead = _after(words, at, *leads, "from about")
    if lead is None:
        return None
    clock = _clock(words, lead)
    if clock is None:
        return None
    slots = clock.slots("from", "from_part")
    close = _after(words, clock.end, "to", "until", "and", "up to", "through to", "and until")
    last = _clock(words, close) if close is not None else None
    if last is None:
        return clock.end, slots
    return last.end, slots | last.slots("until", "until_part")


_READINGS = (_at, _in, _every, _days, _day, _until, _from)
"""What may begin at a position."""
