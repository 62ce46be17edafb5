"""Lengths of time in words: "a minute and a half", "three quarters of a minute", "one minute thirty", in seconds."""

from fractions import Fraction

from intents.text.numerals import in_words, numbers_from

MOST_SECONDS = 3600
"""The longest length that is read, in seconds."""

MOST_SPAN_SECONDS = 31 * 86_400
"""The longest time until something that is read, in seconds."""

_HOUR = frozenset({"hour", "hours", "hr", "hrs", "h"})
"""Words for an hour."""
_SECOND = frozenset({"second", "seconds", "secs", "sec"})
"""Words for a second."""
_MINUTE = frozenset({"minute", "minutes"})
"""Words for a minute."""
_PARTS: tuple[tuple[tuple[str, ...], Fraction], ...] = (
    (("three", "quarters"), Fraction(3, 4)),
    (("three", "quarter"), Fraction(3, 4)),
    (("one", "half"), Fraction(1, 2)),
    (("a", "half"), Fraction(1, 2)),
    (("half",), Fraction(1, 2)),
    (("one", "quarter"), Fraction(1, 4)),
    (("a", "quarter"), Fraction(1, 4)),
    (("quarter",), Fraction(1, 4)),
    (("one", "third"), Fraction(1, 3)),
    (("a", "third"), Fraction(1, 3)),
    (("two", "thirds"), Fraction(2, 3)),
)
"""Words for a part of one, and the part; of two that begin alike the longer first."""
_SEVERAL: tuple[tuple[tuple[str, ...], int], ...] = (
    (("a", "couple", "of"), 2),
    (("a", "couple"), 2),
    (("couple", "of"), 2),
    (("half", "a", "dozen"), 6),
    (("a", "dozen"), 12),
    (("two", "dozen"), 24),
    (("a", "whole"), 1),
    (("a", "full"), 1),
    (("one", "whole"), 1),
    (("one", "full"), 1),
    (("a",), 1),
    (("another",), 1),
)
"""Words for a number that are no numerals."""
_SOUND_LIKE = {"fore": "four", "for": "four", "too": "two", "to": "two", "won": "one", "ate": "eight", "tree": "three"}
"""To a word, the number that it sounds like: a recogniser, or a hurried hand, writes one for the other."""
_ALWAYS_A_NUMBER = frozenset({"fore", "won", "ate"})
"""Those of `_SOUND_LIKE` that are a number wherever a unit follows; the others need a "for" before them."""
_NO_SECONDS_AFTER = frozenset("times more reps repetitions rounds of".split())
"""Words after a bare number that show that it is no number of seconds: "one minute two times"."""

_HUNDREDS = {"one": 1, "two": 2, "three": 3}
"""The hundreds of seconds that are said without the word: "one twenty"."""
_BEFORE_HUNDREDS = frozenset("for to it about".split())
"""Words after which two numbers in a row are hundreds and the rest, without the word "seconds" behind them."""
_BEFORE_A_THING = frozenset("each every this that next last first other".split())
"""Words after which "one" is a pronoun and no number: "hold each one twenty seconds"."""
_AFTER_HUNDREDS = frozenset("please instead this now".split())
"""Words that may come after such a number."""


def length_from(words: list[str], start: int) -> tuple[int, int] | None:
    """The longest length of time that begins at `start`, as (end, seconds); None where none does."""
    found: tuple[int, int] | None = None
    for end, amount in _amounts(words, start):
        if words[end : end + 1] and words[end] in _SECOND:
            found = _longer(found, end + 1, amount)
        elif words[end : end + 1] and words[end] in _MINUTE:
            for after, more in _after_minutes(words, end + 1):
                found = _longer(found, after, 60 * amount + more)
    return found


def span_from(words: list[str], start: int) -> tuple[int, int] | None:
    """The longest time in hours, minutes or seconds that begins at `start`, as (end, seconds); None where none does.

    "Hour" alone is one hour, as after "every".
    """
    words = ["a" if word == "an" else word for word in words]
    found: tuple[int, int] | None = None
    alone = words[start : start + 1]
    units = [(start, Fraction(1))] if alone and (alone[0] in {"hour", "minute"}) else []
    few = [(start + 2, Fraction(5))] if _follow(words, start, ("a", "few")) else []
    for end, amount in [*units, *few, *_amounts(words, start)]:
        unit = words[end : end + 1]
        if unit and unit[0] in _HOUR:
            for after, more in _after_hours(words, end + 1):
                found = _longer(found, after, 3600 * amount + more, MOST_SPAN_SECONDS)
        elif unit and unit[0] in _MINUTE:
            found = _longer(found, end + 1, 60 * amount, MOST_SPAN_SECONDS)
            for after, part in _parts_after(words, end + 1):
                found = _longer(found, after, 60 * (amount + part), MOST_SPAN_SECONDS)
        elif unit and unit[0] in _SECOND:
            found = _longer(found, end + 1, amount, MOST_SPAN_SECONDS)
    return found


def _after_hours(words: list[str], end: int) -> list[tuple[int, Fraction]]:
    """What may follow hours that end at `end`: nothing, a part of an hour, or minutes."""
    found = [(end, Fraction(0)), *((after, 3600 * part) for after, part in _parts_after(words, end))]
    start = end + 1 if words[end : end + 1] == ["and"] else end
    found += [(after + 1, 60 * value) for after, value in _amounts(words, start) if words[after] in _MINUTE]
    return found


def with_lengths(words: list[str]) -> list[str]:
    """`words` with each length of time said in seconds alone: "for a minute ten" becomes "for seventy seconds".

    Two numbers that only a hold can mean ("for one twenty") become one, and words that sound like a number become it.
    """
    words = _numbers_that_sound_alike(words)
    said: list[str] = []
    at = 0
    while at < len(words):
        length = length_from(words, at) or _hundreds(words, at)
        if length is None:
            said.append(words[at])
            at += 1
        else:
            at, seconds = length
            said += [*in_words(seconds).split(), "second" if seconds == 1 else "seconds"]
    return said


def _longer(
    found: tuple[int, int] | None, end: int, seconds: Fraction, most: int = MOST_SECONDS
) -> tuple[int, int] | None:
    """`found`, or a length that ends later, rounded to whole seconds; lengths of no use are left out.

    `most`: the longest one of use, in seconds.
    """
    whole = round(seconds)
    if not 0 < whole <= most or (found is not None and found[0] >= end):
        return found
    return end, whole


def _amounts(words: list[str], start: int) -> list[tuple[int, Fraction]]:
    """Every amount of minutes or seconds that begins at `start`, as (the position of its unit, amount)."""
    amounts: list[tuple[int, Fraction]] = []
    for said, part in _PARTS:
        end = start + len(said)
        if tuple(words[start:end]) == said:
            amounts.append((end, part))
            amounts += [
                (end + len(link), part) for link in (("of", "a"), ("of", "one"), ("a",)) if _follow(words, end, link)
            ]
    whole = [(end, Fraction(value)) for end, value in numbers_from(words, start)]
    whole += [
        (start + len(said), Fraction(value))
        for said, value in _SEVERAL
        if tuple(words[start : start + len(said)]) == said
    ]
    for end, value in whole:
        amounts.append((end, value))
        amounts += [(after, value + part) for after, part in _parts_after(words, end)]
        if words[end : end + 1] == ["point"]:
            digits = numbers_from(words, end + 1)
            amounts += [(after, value + Fraction(digit, 10 ** len(str(digit)))) for after, digit in digits]
    return [(end, value) for end, value in amounts if end < len(words)]


def _after_minutes(words: list[str], end: int) -> list[tuple[int, Fraction]]:
    """What may follow minutes that end at `end`: nothing, a part of a minute, or seconds, with or without the word."""
    found = [(end, Fraction(0)), *((after, 60 * part) for after, part in _parts_after(words, end))]
    start = end + 1 if words[end : end + 1] == ["and"] else end
    for after, value in _amounts(words, start):
        if words[after] in _SECOND:
            found.append((after + 1, value))
    for after, number in numbers_from(words, start):
        if number < 60 and not _NO_SECONDS_AFTER.intersection(words[after : after + 1]):
            found.append((after, Fraction(number)))
    return found


def _parts_after(words: list[str], end: int) -> list[tuple[int, Fraction]]:
    """The parts that may be added to a whole number that ends at `end`: "two AND A HALF"."""
    if words[end : end + 1] != ["and"]:
        return []
    return [(end + 1 + len(said), part) for said, part in _PARTS if tuple(words[end + 1 : end + 1 + len(said)]) == said]


def _follow(words: list[str], at: int, link: tuple[str, ...]) -> bool:
    """Whether the words of `link` stand at a position."""
    return tuple(words[at : at + len(link)]) == link


def _hundreds(words: list[str], start: int) -> tuple[int, int] | None:
    """A number of seconds said as its hundreds and the rest: "for one twenty", at the end of what is said."""
    before, first = words[max(0, start - 1) : start], words[start]
    if first not in _HUNDREDS or (before and before[0] in _BEFORE_A_THING):
        return None
    for end, rest in numbers_from(words, start + 1):
        unit = words[end : end + 1] != [] and words[end] in _SECOND
        closes = end == len(words) or words[end] in _AFTER_HUNDREDS
        if 10 <= rest < 100 and (unit or (closes and before and before[0] in _BEFORE_HUNDREDS)):
            return end + unit, 100 * _HUNDREDS[first] + rest
    return None


def _numbers_that_sound_alike(words: list[str]) -> list[str]:
    """`words` with each that only sounds like a number, and stands before a unit, replaced by it."""
    said = list(words)
    for at, word in enumerate(words[:-1]):
        before_unit = words[at + 1] in _SECOND | _MINUTE
        if before_unit and word in _SOUND_LIKE and (word in _ALWAYS_A_NUMBER or words[max(0, at - 1) : at] == ["for"]):
            said[at] = _SOUND_LIKE[word]
    return said
