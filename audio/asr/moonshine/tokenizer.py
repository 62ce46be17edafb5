"""Moonshine's tokens: byte-pair encoding in which the rank of a merge is the id of what it makes.

The file holds one record a token, in the order of ids: a length and so many bytes. A length of 128 or
more takes a second byte. Ids 3 to 258 are the bytes themselves, for what has no token of its own.
"""

import itertools
from collections.abc import Iterable
from pathlib import Path

from audio.errors import AudioError

BEGIN_TOKEN = 1
END_TOKEN = 2
_BYTES = 3
_WORDS = _BYTES + 256
_SPACE = "\u2581"
"""Written before each word."""


class Tokenizer:
    """Text to token ids and back. Raises AudioError when the file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        try:
            self._pieces = _records(path.read_bytes())
        except (OSError, IndexError) as error:
            raise AudioError(f"{path} can't be used. Install moonshine-voice again, at most 0.0.73.") from error
        self._ids = {piece: id_ for id_, piece in reversed(list(enumerate(self._pieces))) if id_ >= _WORDS}
        self._words: dict[str, tuple[int, ...]] = {}

    def word(self, word: str, joined: bool = False) -> tuple[int, ...]:
        """The ids of one word, as after a space; joined: as after a hyphen."""
        text = word if joined else _SPACE + word
        if text not in self._words:
            self._words[text] = tuple(self._merge(text))
        return self._words[text]

    def mark(self, mark: str) -> int:
        """The id of a punctuation mark, as after a word."""
        return self._ids[mark.encode()]

    def text(self, ids: Iterable[int]) -> str:
        """The text of ids; bytes that are not UTF-8 become replacement characters."""
        raw = b"".join(self._pieces[id_] for id_ in ids if id_ not in (BEGIN_TOKEN, END_TOKEN))
        return raw.decode("utf-8", "replace").replace(_SPACE, " ").strip()

    def _merge(self, text: str) -> list[int]:
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
            for id_ in ([self._ids[piece]] if piece in self._ids else [_BYTES + byte for byte in piece])
        ]


def _records(content: bytes) -> list[bytes]:
    records: list[bytes] = []
    at = 0
    while at < len(content):
        length = content[at]
        at += 1
        if length >= 128:
            length += 128 * content[at] - 128
            at += 1
        records.append(content[at : at + length])
        at += length
    return records
