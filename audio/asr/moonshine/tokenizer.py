"""Moonshine's tokenizer: byte-pair encoding in which the rank of a merge is the id of the token that it makes.

The file holds one record for each token, in the order of ids: a length, then so many bytes. A length of 128 or more
takes a second byte. Ids 3 to 258 are the single bytes, for characters without a token of their own.
"""

import itertools
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from audio.errors import AudioError

BEGIN_TOKEN, END_TOKEN = 1, 2
"""Ids of the tokens before and after every text."""
_FIRST_BYTE = 3
"""Id of the token of byte 0."""
_FIRST_PIECE = _FIRST_BYTE + 256
"""Id of the first token that is not a single byte."""
_WORD_BEGINS = "\u2581"
"""The character that stands for the space before a word."""
_LONG_RECORD = 128
"""Length of a record, in bytes, from which it takes a second byte to write."""


class Tokenizer:
    """Converts text to token ids and back."""

    def __init__(self, path: Path) -> None:
        """`path`: the tokenizer's file. Raises AudioError when it is missing or damaged."""
        try:
            self._pieces = _records(path.read_bytes())
        except (OSError, IndexError) as error:
            raise AudioError(f"{path} can't be used. Install moonshine-voice again, at most 0.0.73.") from error
        self._ids = {piece: id_ for id_, piece in reversed(list(enumerate(self._pieces))) if id_ >= _FIRST_PIECE}
        self.begin_words = np.array(
            [id_ for id_, piece in enumerate(self._pieces) if piece.startswith(_WORD_BEGINS.encode())]
        )
        """The tokens that begin a word: shape (n,)."""
        self._words: dict[str, tuple[int, ...]] = {}

    def word(self, word: str, joined: bool = False) -> tuple[int, ...]:
        """The ids of one word, as after a space or, `joined`, as after a hyphen."""
        text = word if joined else _WORD_BEGINS + word
        if text not in self._words:
            self._words[text] = tuple(self._merge(text))
        return self._words[text]

    def mark(self, mark: str) -> int:
        """The id of a punctuation mark, as after a word."""
        return self._ids[mark.encode()]

    def text(self, ids: Iterable[int]) -> str:
        """The text of token ids; bytes that are not UTF-8 become replacement characters."""
        raw = b"".join(self._pieces[id_] for id_ in ids if id_ not in (BEGIN_TOKEN, END_TOKEN))
        return raw.decode("utf-8", "replace").replace(_WORD_BEGINS, " ").strip()

    def _merge(self, text: str) -> list[int]:
        """Encode a text: merge the neighbours whose token has the lowest id, until none do."""
        pieces = [character.encode() for character in text]
        while pairs := [
            (self._ids[left + right], at)
            for at, (left, right) in enumerate(itertools.pairwise(pieces))
            if left + right in self._ids
        ]:
            _, at = min(pairs)
            pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
        return [
            id_
            for piece in pieces
            for id_ in ([self._ids[piece]] if piece in self._ids else [_FIRST_BYTE + byte for byte in piece])
        ]


def _records(content: bytes) -> list[bytes]:
    """Split the file into its records. Raises IndexError where it is cut off."""
    records: list[bytes] = []
    at = 0
    while at < len(content):
        length = content[at]
        at += 1
        if length >= _LONG_RECORD:
            length += _LONG_RECORD * content[at] - _LONG_RECORD
            at += 1
        records.append(content[at : at + length])
        at += length
    return records
