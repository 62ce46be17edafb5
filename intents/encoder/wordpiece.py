"""Splits text into word pieces: the longest pieces of a vocabulary, from the left, as BERT's networks want them."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from intents.language import EN

VOCABULARY_FILE = EN / "encoder" / "vocabulary.txt"
"""The pieces, one a line; the number of the line, from 0, is that of the piece."""
UNKNOWN_PIECE, BEGIN_PIECE, END_PIECE = "[UNK]", "[CLS]", "[SEP]"
"""The pieces of a word that can't be spelled, of the begin of a text, and of its end."""
INSIDE = "##"
"""What a piece begins with that continues a word."""
_LONGEST_WORD = 40
"""Length in letters from which a word is unknown."""


class WordPiece:
    """A vocabulary of word pieces. Any text can be split."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """`pieces`: in the order of their numbers; with UNKNOWN_PIECE, BEGIN_PIECE and END_PIECE."""
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        self._longest = max(map(len, self._numbers))
        self._split_word = lru_cache(4096)(self._split)

    @classmethod
    def load(cls, path: Path = VOCABULARY_FILE) -> "WordPiece":
        """The vocabulary in a file."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def numbers(self, words: Iterable[str], most: int) -> list[int]:
        """The numbers of the pieces of a text, at most `most` of them, with those of its begin and end."""
        found = [number for word in words for number in self._split_word(word)]
        return [self._numbers[BEGIN_PIECE], *found[: most - 2], self._numbers[END_PIECE]]

    def _split(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word; that of UNKNOWN_PIECE where it can't be spelled."""
        letters = "".join(
            letter for letter in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(letter) != "Mn"
        )
        unknown = (self._numbers[UNKNOWN_PIECE],)
        if len(letters) >= _LONGEST_WORD:
            return unknown
        found: list[int] = []
        at = 0
        while at < len(letters):
            before = INSIDE if at else ""
            for end in range(min(len(letters), at + self._longest), at, -1):
                number = self._numbers.get(before + letters[at:end])
                if number is not None:
                    found.append(number)
                    at = end
                    break
            else:
                return unknown
        return tuple(found)
