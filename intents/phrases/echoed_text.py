"""Whether what was heard may be the words that were being said, misheard."""

from collections.abc import Collection

from rapidfuzz import fuzz

from intents.text.normalize import words_of

SELF_LIKENESS = 55.0
"""How like a part of the one the other is from which it may be: from 0 to 100; half of it is misheard."""
FEW_WORDS, SELF_WORD_LIKENESS = 2, 75.0
"""Of so few words each must be like one of the others: letters that some words share are in every sentence."""


def may_be_own(text: str, lines: Collection[str]) -> bool:
    """Whether a text is like a part of these lines, one after the other."""
    said, heard = [word for line in lines for word in words_of(line)], words_of(text)
    if len(heard) <= FEW_WORDS:
        return all(any(fuzz.ratio(word, other) >= SELF_WORD_LIKENESS for other in said) for word in heard)
    return fuzz.partial_ratio(" ".join(heard), " ".join(said)) >= SELF_LIKENESS
