"""A time of the day in words: "seven", "half past seven in the evening", "quarter to six", "18:00"."""

from dataclasses import dataclass

from intents.text.numerals import numbers_from

Slots = dict[str, str]
"""Slots by name."""

HALVES_OF_DAY = {"am": "morning", "pm": "evening", "a m": "morning", "p m": "evening"}
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
_NAMED_TIMES = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0), "lunchtime": (12, 30), "lunch": (12, 30)} | {
    "bedtime": (22, 0)
}
"""To a time that has a name, its hour and minute."""


@dataclass(frozen=True, slots=True)
class SaidClock:
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


def after_phrase(words: list[str], at: int, *phrases: str) -> int | None:
    """The position after the longest of some phrases that begins at a position; None where none does."""
    ends = [at + len(row) for phrase in phrases if words[at : at + len(row := phrase.split())] == row]
    return max(ends, default=None)


def clock_at(words: list[str], at: int) -> SaidClock | None:
    """The longest time of the day that begins at a position, with the part of the day after it."""
    found = _numbers_of_clock(words, at)
    if found is None:
        return None
    end, hour, minute, plain = found
    part = None
    if hour > 12 or hour == 0 or (words[end - 1] in _NAMED_TIMES):
        part = "day"
    named = part_at(words, end)
    if named is not None and part is None:
        return SaidClock(named[0], hour, minute, named[1], plain=False)
    return SaidClock(end, hour % 24, minute, part, plain)


def part_at(words: list[str], at: int) -> tuple[int, str] | None:
    """The part of the day that is named at a position."""
    for row, part in (_PARTS | HALVES_OF_DAY).items():
        if (end := after_phrase(words, at, row)) is not None:
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
    begin = after_phrase(words, at, "half past", "half")
    hour = None if begin is None else _hour_at(words, begin)
    if hour is None or words[hour[0] : hour[0] + 1] in (["hours"], ["minutes"]):
        return None
    return _whole(words, hour[0]), hour[1], 30, False


def _past_or_to(words: list[str], at: int) -> tuple[int, int, int, bool] | None:
    quarter = after_phrase(words, at, "a quarter", "quarter")
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
    return after_phrase(words, end, "oclock", "o'clock", "o clock", "hours") or end
