"""The vectors of the taught sentences, kept in a folder that git ignores, because encoding takes most of the time."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.encoder.sentence_encoder import ENCODED_WIDTH, ENCODER_FILE, SentenceEncoder

VECTOR_FOLDER = Path(__file__).parents[1] / ".vectors"
"""The folder; it may be deleted at any time."""


def vectors_of(texts: Iterable[Sequence[str]]) -> NDArray[np.float32]:
    """The vectors of texts, given as words: shape (texts, ENCODED_WIDTH)."""
    wanted = [" ".join(words) for words in texts]
    path = VECTOR_FOLDER / f"{hashlib.sha256(ENCODER_FILE.read_bytes()).hexdigest()[:16]}.npz"
    known: dict[str, NDArray[np.float32]] = {}
    if path.is_file():
        with np.load(path) as stored:
            known = dict(zip(bytes(stored["texts"]).decode().split("\n"), stored["vectors"], strict=True))
    missing = sorted(set(wanted) - known.keys())
    if missing:
        encoder = SentenceEncoder.load()
        known |= {text: encoder.encode(text.split()) for text in missing}
        VECTOR_FOLDER.mkdir(exist_ok=True)
        names = np.frombuffer("\n".join(known).encode(), np.uint8)
        np.savez(path, texts=names, vectors=np.array(list(known.values()), np.float32))
    return np.array([known[text] for text in wanted], np.float32).reshape(-1, ENCODED_WIDTH)
