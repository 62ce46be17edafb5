"""The vectors of the taught sentences, kept in a folder that git ignores, because encoding takes minutes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.encoder.sentence_encoder import ENCODER_FILE, Encoded, SentenceEncoder

VECTOR_FOLDER = Path(__file__).parents[1] / ".vectors"
"""The folder; it may be deleted at any time."""


@dataclass(frozen=True, slots=True)
class TaughtVectors:
    """What the encoder makes of many texts."""

    texts: NDArray[np.float32]
    """Their vectors, shape (texts, ENCODED_WIDTH)."""
    pieces: NDArray[np.float16]
    """The vectors of the pieces of all of them, one text after the other, shape (pieces, PIECE_WIDTH)."""
    begins: NDArray[np.int64]
    """Where the pieces of each begin, and where the last ends: shape (texts + 1,)."""

    def encoded(self, row: int) -> Encoded:
        """One text."""
        return Encoded(self.texts[row], self.pieces[self.begins[row] : self.begins[row + 1]].astype(np.float32))


def vectors_of(texts: Iterable[Sequence[str]], name: str) -> TaughtVectors:
    """The vectors of texts, given as words. `name`: of what is taught with them, under which they are kept."""
    wanted = [tuple(words) for words in texts]
    folder = VECTOR_FOLDER / hashlib.sha256(ENCODER_FILE.read_bytes()).hexdigest()[:16] / name
    known = _kept(folder)
    encoder = SentenceEncoder.load()
    for words in wanted:
        if words not in known:
            encoded = encoder.encode(words)
            known[words] = Encoded(encoded.text, encoded.pieces.astype(np.float16))  # half the memory
    return _gathered([known[words] for words in wanted], folder, wanted)


def _kept(folder: Path) -> dict[tuple[str, ...], Encoded]:
    """What was encoded before."""
    if not (folder / "words.txt").is_file():
        return {}
    lines = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    texts, begins = np.load(folder / "texts.npy"), np.load(folder / "begins.npy")
    pieces = np.load(folder / "pieces.npy")
    return {
        tuple(line.split()): Encoded(texts[row], pieces[begins[row] : begins[row + 1]])
        for row, line in enumerate(lines)
    }


def _gathered(encoded: Sequence[Encoded], folder: Path, words: Sequence[tuple[str, ...]]) -> TaughtVectors:
    """All of them side by side, kept for the next time."""
    found = TaughtVectors(
        np.stack([each.text for each in encoded]).astype(np.float32),
        np.concatenate([each.pieces for each in encoded]).astype(np.float16),
        np.cumsum([0, *(len(each.pieces) for each in encoded)]),
    )
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "texts.npy", found.texts)
    np.save(folder / "pieces.npy", found.pieces)
    np.save(folder / "begins.npy", found.begins)
    (folder / "words.txt").write_text("\n".join(" ".join(each) for each in words), encoding="utf-8")
    return found
