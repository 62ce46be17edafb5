"""Whether what was heard may be the words that were being said, misheard."""

from collections.abc import Collection

from rapidfuzz import fuzz

from intents.text import words_of

ALIKE = 55.0
"""How like a part of the one the other is from which it may be: from 0 to 100; half of it is misheard."""


def may_be_own(text: str, lines: Collection[str]) -> bool:
    """Whether a text is like a part of these lines, one after the other."""
    said, heard = " ".join(word for line in lines for word in words_of(line)), " ".join(words_of(text))
    return fuzz.partial_ratio(heard, said) >= ALIKE
