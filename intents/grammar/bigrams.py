"""Which word follows which in commands and symptoms: the fallback grammar of speech.

Wider than the templates, so that what nobody foresaw is recognised as words that are said here. `python -m
benchmarks.training.word_pairs` writes the built-in pairs.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from intents.language import EN

BIGRAM_FILE = "word_pairs.txt"
"""The name of the file of pairs in a language's folder."""
BIGRAM_START = "^"
"""Stands for the beginning of a text: the words after it are those that begin one."""
BIGRAM_END = "."
"""Stands for the end of a text, after each word that ends one."""


class Bigrams:
    """A grammar of word pairs: its places are the last word said, and any text of known pairs is a sentence of it."""

    start = BIGRAM_START
    """The place before the first word."""

    def __init__(self, following: Mapping[str, Iterable[str]]) -> None:
        """`following`: to each word the words that may follow.

        `BIGRAM_START` leads to those that begin a text, `BIGRAM_END` follows where one may end.
        """
        self._following = {word: frozenset(after) for word, after in following.items()}

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Bigrams":
        """The pairs of `texts`, in lower case and without punctuation at the edges of words."""
        following: dict[str, set[str]] = {}
        for text in texts:
            words = [word.strip(',.?!;:"') for word in text.lower().split()]
            for word, after in zip([BIGRAM_START, *words], [*words, BIGRAM_END], strict=True):
                following.setdefault(word, set()).add(after)
        return cls(following)

    @classmethod
    def read(cls, text: str) -> "Bigrams":
        """The pairs in a text that `__str__` has written."""
        lines = (line.split() for line in text.splitlines())
        return cls({word: after for word, *after in lines})

    def __str__(self) -> str:
        """One line a word: the word, then what may follow, apart by spaces."""
        return "".join(f"{word} {' '.join(sorted(after))}\n" for word, after in sorted(self._following.items()))

    def after(self, place: str) -> tuple[Mapping[str, tuple[str, str, int]], int]:
        """The words that may follow at `place`, each with its step, and 1 where a text may end there, else 0."""
        following = self._following.get(place, frozenset())
        return {word: (word, word, 1) for word in following - {BIGRAM_END}}, int(BIGRAM_END in following)


@cache
def built_in_bigrams() -> Bigrams:
    """The pairs that Limber comes with."""
    return Bigrams.read((EN / BIGRAM_FILE).read_text(encoding="utf-8"))
