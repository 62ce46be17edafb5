"""What people say here, as pairs of words: which word has been said after which, in commands and symptoms.

Wider than any templates: for a recogniser, to hear what nobody foresaw as words that are said here.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from intents.language import EN

BIGRAM_FILE = "word_pairs.txt"
BIGRAM_START = "^"
"""Heads the words that begin what is said."""
BIGRAM_END = "."
"""Stands after a word that ends it."""


class Bigrams:
    """A grammar whose places are the word said last; a walk through it is any text of pairs that are known."""

    start = BIGRAM_START

    def __init__(self, following: Mapping[str, Iterable[str]]) -> None:
        """What comes after each word; see `START` and `END`."""
        self._following = {word: frozenset(after) for word, after in following.items()}

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Bigrams":
        """The pairs of some texts."""
        following: dict[str, set[str]] = {}
        for text in texts:
            words = [word.strip(',.?!;:"') for word in text.lower().split()]
            for word, after in zip([BIGRAM_START, *words], [*words, BIGRAM_END], strict=True):
                following.setdefault(word, set()).add(after)
        return cls(following)

    @classmethod
    def read(cls, text: str) -> "Bigrams":
        """As `str` writes them."""
        lines = (line.split() for line in text.splitlines())
        return cls({word: after for word, *after in lines})

    def __str__(self) -> str:
        """A line a word, with what comes after it."""
        return "".join(f"{word} {' '.join(sorted(after))}\n" for word, after in sorted(self._following.items()))

    def after(self, place: str) -> tuple[Mapping[str, tuple[str, str, int]], int]:
        """The words that may follow, and 1 where the text may end."""
        following = self._following.get(place, frozenset())
        return {word: (word, word, 1) for word in following - {BIGRAM_END}}, int(BIGRAM_END in following)


@cache
def built_in_bigrams() -> Bigrams:
    """The pairs that Limber comes with, made by `python -m benchmarks.word_pairs`."""
    return Bigrams.read((EN / BIGRAM_FILE).read_text(encoding="utf-8"))
