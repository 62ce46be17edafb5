"""Times in words: "in an hour", "every forty-five minutes until six", "on weekdays at ten", as slots.

`assistant.reminders.wishes` tells what the slots mean.
"""

from collections.abc import Mapping, Sequence

from intents.reminding.day_clock import HALVES_OF_DAY, SaidClock, Slots, after_phrase, clock_at, part_at
from intents.text.lengths import span_from
from intents.text.numerals import numbers_from

_DAYS_AGAIN = {"mondays": "mo", "tuesdays": "tu", "wednesdays": "we", "thursdays": "th", "fridays": "fr"} | {
    "saturdays": "sa",
    "sundays": "su",
}
"""To a day of the week that comes again and again, its name in slots."""
_DAY_NAMES = {name.removesuffix("s"): short for name, short in _DAYS_AGAIN.items()}
"""To a day of the week, its name in slots."""
WEEKDAYS, _WEEKEND, EVERY_DAY = "mo,tu,we,th,fr", "sa,su", "mo,tu,we,th,fr,sa,su"
"""Several days of the week, as slots name them."""
DAYS_IN_ORDER = tuple(EVERY_DAY.split(","))
"""The days of the week, as slots name them, from Monday on."""
_BARE_PARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}
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


def times_anywhere(words: Sequence[str]) -> Slots:
    """The slots of all times in words, whatever else is said."""
    said, slots, at = list(words), Slots(), 0
    while at < len(said):
        found = time_at(said, at)
        if found is None:
            at += 1
        else:
            at, more = found
            slots = _merged(slots, more)
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
        return slots | dict(more) | SaidClock(0, hour, minute, more["part"], plain=False).slots()
    if "at" in more and "part" not in more and slots.get("part") in _BARE_PARTS and "at" not in slots:
        hour, minute = (int(number) for number in more["at"].split(":"))
        return slots | dict(more) | SaidClock(0, hour, minute, slots["part"], plain=False).slots()
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
    if words[at] in HALVES_OF_DAY:
        return at + 1, {"part": HALVES_OF_DAY[words[at]]}
    span = span_from(words, at) or _more(words, at)
    clock = clock_at(words, at)
    if span is not None and (clock is None or span[0] > clock.end):
        return span[0], {"for": str(span[1])}
    return (clock.end, clock.slots()) if clock is not None else None


def _at(words: list[str], at: int) -> tuple[int, Slots] | None:
    """At a time: "at ten", "around half past seven", and a time that is one without such a word: "ten o'clock"."""
    lead = after_phrase(
        words, at, "at about", "at around", "at", "around", "by", "for about", "for", "about", "for around"
    )
    clock = clock_at(words, at if lead is None else lead)
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
    """After how long: "in an hour", "an hour from now"; and for how long: "for ten minutes", "for the next hour"."""
    for row, seconds in _VAGUE.items():
        if (end := after_phrase(words, at, row)) is not None:
            return end, {"in": str(seconds)}
    longer = after_phrase(
        words, at, "for the next", "for the coming", "over the next", "during the next", "within the next"
    )
    if longer is not None and (span := span_from(words, longer)) is not None:
        return span[0], {"within": str(span[1])}
    lead = after_phrase(
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
    later = after_phrase(words, end, "from now", "later", "time", "from then", "more")
    if later is not None:
        return later, {"in": str(seconds)}
    if lead is None:
        return None
    return end, {"for" if words[at] == "for" else "in": str(seconds)}


def _more(words: list[str], at: int) -> tuple[int, int] | None:
    """A time as in "ten more minutes", as (end, seconds)."""
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
        if (end := after_phrase(words, at, row)) is not None:
            return end, dict(slots)
    lead = after_phrase(words, at, "every single", "every", "each", "once every", "once each", "once a", "once an")
    if lead is None or lead >= len(words):
        return None
    other = after_phrase(words, lead, "other", "second")
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
    "daily": {"days": EVERY_DAY},
    "every day": {"days": EVERY_DAY},
    "each day": {"days": EVERY_DAY},
    "every single day": {"days": EVERY_DAY},
    "once a day": {"days": EVERY_DAY},
    "twice a day": {"every": "28800", "from": "09:00", "from_part": "day", "until": "17:00", "until_part": "day"},
    "three times a day": {"every": "14400", "from": "09:00", "from_part": "day", "until": "17:00", "until_part": "day"},
    "weekly": {"every": "604800"},
    "every week": {"every": "604800"},
    "once a week": {"every": "604800"},
    "every morning": {"days": EVERY_DAY, "part": "morning"},
    "each morning": {"days": EVERY_DAY, "part": "morning"},
    "every afternoon": {"days": EVERY_DAY, "part": "afternoon"},
    "every evening": {"days": EVERY_DAY, "part": "evening"},
    "each evening": {"days": EVERY_DAY, "part": "evening"},
    "every night": {"days": EVERY_DAY, "part": "night"},
    "every lunchtime": {"days": EVERY_DAY, "at": "12:30", "part": "day"},
    "every weekday": {"days": WEEKDAYS},
    "each weekday": {"days": WEEKDAYS},
    "every working day": {"days": WEEKDAYS},
    "every work day": {"days": WEEKDAYS},
    "every workday": {"days": WEEKDAYS},
    "on every weekday": {"days": WEEKDAYS},
    "every weekend": {"days": _WEEKEND},
}
"""To how often something comes in a fixed wording, its slots."""


def _days(words: list[str], at: int) -> tuple[int, Slots] | None:
    """On which days: "on weekdays", "on mondays and fridays", "monday to friday", "at weekends"."""
    for row, days in _DAY_SETS.items():
        if (end := after_phrase(words, at, row, f"on {row}", f"during {row}")) is not None:
            return end, {"days": days}
    return _day_row(words, after_phrase(words, at, "on") or at, plural=True)


_DAY_SETS = {
    "weekdays": WEEKDAYS,
    "week days": WEEKDAYS,
    "working days": WEEKDAYS,
    "workdays": WEEKDAYS,
    "work days": WEEKDAYS,
    "the week": WEEKDAYS,
    "monday to friday": WEEKDAYS,
    "mondays to fridays": WEEKDAYS,
    "monday through friday": WEEKDAYS,
    "from monday to friday": WEEKDAYS,
    "weekends": _WEEKEND,
    "at weekends": _WEEKEND,
    "at the weekends": _WEEKEND,
    "the weekends": _WEEKEND,
    "saturdays and sundays": _WEEKEND,
}
"""To several days, their names in slots."""


def _day_row(words: list[str], at: int, *, plural: bool) -> tuple[int, Slots] | None:
    """Days of the week in a row; `plural`: each must be one of the words for a day that comes again and again."""
    names = _DAYS_AGAIN if plural else _DAYS_AGAIN | _DAY_NAMES
    found: list[str] = []
    end = at
    while True:
        begin = end + 1 if found and words[end : end + 1] in (["and"], ["or"]) else end
        if begin < len(words) and words[begin] in names:
            found.append(names[words[begin]])
            end = begin + 1
        else:
            break
    return (end, {"days": ",".join(sorted(set(found), key=DAYS_IN_ORDER.index))}) if found else None


def _day(words: list[str], at: int) -> tuple[int, Slots] | None:
    """Which day, and which part of it: "tomorrow morning", "tonight", "on Monday", "in the evening"."""
    for row, slots in _DAYS.items():
        if (end := after_phrase(words, at, row)) is not None:
            part = _BARE_PARTS.get(words[end]) if end < len(words) else None
            return (end, dict(slots)) if part is None else (end + 1, dict(slots) | {"part": part})
    lead = after_phrase(words, at, "on", "this", "next", "this coming", "on next", "for") or at
    if lead < len(words) and words[lead] in _DAY_NAMES:
        slots = {"day": _DAY_NAMES[words[lead]]}
        part = _BARE_PARTS.get(words[lead + 1]) if lead + 1 < len(words) else None
        return (lead + 1, slots) if part is None else (lead + 2, slots | {"part": part})
    named = part_at(words, at)
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
    "after breakfast": {"at": "09:00", "part": "day"},
    "after lunch": {"at": "13:30", "part": "day"},
    "after dinner": {"at": "19:30", "part": "day"},
    "at teatime": {"at": "17:00", "part": "day"},
    "before bed": {"at": "22:00", "part": "day"},
    "at bedtime": {"at": "22:00", "part": "day"},
}
"""To a day that is counted from today, or a part of one, its slots."""


def _until(words: list[str], at: int) -> tuple[int, Slots] | None:
    """When it ends: "until six", "till the evening", "for the rest of the day"."""
    rest = after_phrase(
        words, at, "for the rest of the day", "all day long", "all day", "for the whole day", "for the day"
    )
    if rest is not None:
        return rest, {"until": "22:00", "until_part": "night"}
    lead = after_phrase(
        words, at, "until", "up to", "up until", "ending at", "and end at", "finishing at", "before", "until about"
    )
    if lead is None:
        return None
    for row, (hour, minute) in _ENDS.items():
        if (end := after_phrase(words, lead, row)) is not None:
            return end, {"until": f"{hour:02}:{minute:02}", "until_part": "day"}
    clock = clock_at(words, after_phrase(words, lead, "about", "around", "at") or lead)
    return None if clock is None else (clock.end, clock.slots("until", "until_part"))


def _from(words: list[str], at: int) -> tuple[int, Slots] | None:
    """When it begins, and perhaps ends: "from nine to five", "between nine and five", "starting at two"."""
    during = after_phrase(
        words, at, "during the day", "during working hours", "during office hours", "in working hours"
    )
    if during is not None:
        return during, {"from": "09:00", "from_part": "morning", "until": "18:00", "until_part": "evening"}
    leads = ("from", "starting at", "starting from", "beginning at", "starting", "beginning", "between", "and start at")
    lead = after_phrase(words, at, *leads, "from about")
    if lead is None:
        return None
    clock = clock_at(words, lead)
    if clock is None:
        return None
    hour = {"five": 5, "ten": 10}.get(words[lead]) if words[lead - 1] == "from" else None
    closes = ("to", "until", "and", "up to", "through to", "and until")
    if hour is not None and words[lead + 1 : lead + 2] == ["to"] and after_phrase(words, clock.end, *closes) is None:
        clock = SaidClock(lead + 1, hour, 0, None, plain=True)  # "from ten to four" is six hours, not 3:50
    slots = clock.slots("from", "from_part")
    close = after_phrase(words, clock.end, *closes)
    last = clock_at(words, close) if close is not None else None
    if last is None:
        return clock.end, slots
    return last.end, slots | last.slots("until", "until_part")


_READINGS = (_at, _in, _every, _days, _day, _until, _from)
"""What may begin at a position."""
