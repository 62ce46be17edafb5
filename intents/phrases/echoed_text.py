"""Whether a recognised text may be Limber's own words, heard as echo and misheard."""

from collections.abc import Collection

from rapidfuzz import fuzz

from intents.text.normalize import words_of

SELF_LIKENESS = 55.0
"""Least partial edit similarity, 0 to 100, at which a text counts as an echo: about half of an echo is misheard."""
FEW_WORDS, SELF_WORD_LIKENESS = 2, 75.0
"""Length in words up to which each word is compared by itself.

Then each must be like some word said, by SELF_WORD_LIKENESS (0 to 100): the letters of a word or two are found in every
sentence.
"""


def may_be_echo(text: str, lines: Collection[str]) -> bool:
    """Whether `text` is like a part of `lines`, which were said one after the other."""
    said, heard = [word for line in lines for word in words_of(line)], words_of(text)
    if len(heard) <= FEW_WORDS:
        return all(any(fuzz.ratio(word, other) >= SELF_WORD_LIKENESS for other in said) for word in heard)
    return fuzz.partial_ratio(" ".join(heard), " ".join(said)) >= SELF_LIKENESS
