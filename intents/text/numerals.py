"""English number words: digits to words, so that one spelling is matched, and words back to a value."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
"""The words of 0 to 19."""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
"""The words of 20 to 90."""
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
"""The numbers that are one word."""
NUMBER_WORDS = frozenset({*_SMALL, "a", "and", "hundred", "thousand"})
"""Every word that a number may hold."""
_TIMES = {"double": 2, "triple": 3, "treble": 3}
"""Words that repeat the digit after them."""
_OH = frozenset({"oh", "o"})
"""Words for a zero among digits."""
_MOST_SPELLED = 999_999
"""The largest number that is spelled out; larger ones are said digit by digit."""
_LONGEST_NUMBER = 10
"""Length in words of the longest number that is read."""

_SHORTEST_ECHO = 3
"""Digits from which a number said twice is one number: "nine one one, nine one one", but not "ten ten"."""


def in_words(value: int) -> str:
    """A number as it is spoken; above 999,999 digit by digit."""
    if value > _MOST_SPELLED:
        return " ".join(_UNITS[int(digit)] for digit in str(value))
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        return f"{in_words(thousands)} thousand" + (f" {in_words(rest)}" if rest else "")
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" {in_words(rest)}" if rest else "")
    if value >= 20:
        tens, rest = divmod(value, 10)
        return _TENS[tens - 2] + (f" {_UNITS[rest]}" if rest else "")
    return _UNITS[value]


def split_number(word: str) -> list[str]:
    """The words of a number that is written in one, as "twentyfive"; the word itself where it is none."""
    for tens in _TENS:
        if word.startswith(tens) and word.removeprefix(tens) in _UNITS[1:10]:
            return [tens, word.removeprefix(tens)]
    return [word]


def numbers_from(words: list[str], start: int) -> list[tuple[int, int]]:
    """Every number whose words begin at `start`, as (end, value), the shortest first."""
    found = []
    for end in range(start + 1, min(start + _LONGEST_NUMBER, len(words)) + 1):
        value = _value(words[start:end])
        if value is not None:
            found.append((end, value))
        elif words[end - 1] not in {"a", "and", "hundred", "thousand"}:
            break
    return found


def dictated(words: list[str]) -> str:
    """The digits that are said, as of a telephone number: "nine eleven", "triple zero", "one oh eight"; may be empty.

    An "oh" before any digit is a sigh, unless more of them follow.
    """
    digits, times, at = "", 1, 0
    while at < len(words):
        word, after = words[at], words[at + 1 : at + 2]
        numbers = numbers_from(words, at)
        at = numbers[-1][0] if numbers else at + 1
        if numbers:
            digits += times * str(numbers[-1][1])
        elif word in _OH and (digits or times > 1 or _OH.intersection(after)):
            digits += times * "0"
        times = _TIMES.get(word, 1)
    half = len(digits) // 2
    said_twice = half >= _SHORTEST_ECHO and digits == 2 * digits[:half]
    return digits[:half] if said_twice else digits


def _value(words: list[str]) -> int | None:
    """The number that exactly these words spell; None where they spell none."""
    if "thousand" in words:
        cut = words.index("thousand")
        thousands = 1 if words[:cut] in ([], ["a"]) else _value(words[:cut])
        rest = _value(words[cut + 1 :]) if words[cut + 1 :] else 0
        return None if thousands is None or rest is None or thousands >= 1000 else 1000 * thousands + rest
    if "hundred" in words:
        cut = words.index("hundred")
        tail = words[cut + 1 :]
        if tail[:1] == ["and"]:
            tail = tail[1:]
            if not tail:
                return None
        hundreds = 1 if words[:cut] in ([], ["a"]) else _value(words[:cut])
        rest = _value(tail) if tail else 0
        return (
            None
            if hundreds is None or rest is None or not (0 < hundreds < 10 and rest < 100)
            else 100 * hundreds + rest
        )
    match words:
        case [word]:
            return _SMALL.get(word)
        case [tens, unit] if tens in _TENS and 0 < _SMALL.get(unit, 0) < 10:
            return _SMALL[tens] + _SMALL[unit]
        case _:
            return None
