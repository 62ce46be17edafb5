"""The sentence encoder: a text as a vector that tells what it means, so that texts of one meaning are near each other.

all-MiniLM-L6-v2 with weights in eight bits; `python -m benchmarks.training.encoder` makes it. A vector has two halves:
what a sentence means, from the network's last layer, and how it is worded, from a lower one. The second tells apart
what the first takes for alike: "next" and "next thursday". They are means over the word pieces of the text; the vectors
of the pieces themselves tell what stands where.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from intents.encoder.wordpiece import WordPiece
from intents.errors import IntentsError
from intents.language import EN

ENCODER_FILE = EN / "encoder" / "model.onnx"
"""The network."""
ENCODED_WIDTH = 768
"""How many numbers a vector has."""
MEANING_WIDTH = 384
"""How many of them, the first, tell what the text means."""
MOST_PIECES_READ = 80
"""Length in word pieces beyond which the rest of a text is not read: about sixty words."""
PIECE_WIDTH = 768
"""How many numbers the vector of a piece has: those of the last layer, then those of the lower one."""
_KEPT_TEXTS = 64
"""How many recent texts are not computed again. One takes some 40 kB."""

Vector: TypeAlias = NDArray[np.float32]
"""A text's vector: shape (ENCODED_WIDTH,). Each half of it is of length one."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the network sees it. The arrays are not to be changed."""

    text: Vector
    """The vector of the whole."""
    pieces: NDArray[np.float32]
    """The vectors of its word pieces, with those of its begin and end: shape (pieces, PIECE_WIDTH)."""


class SentenceEncoder:
    """The network, which computes in one thread, and its word pieces."""

    def __init__(self, network: Path, pieces: WordPiece) -> None:
        """`network`: its file. Raises IntentsError where it is missing."""
        if not network.is_file():
            raise IntentsError(f"{network} is missing. Get Limber's files again.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The memory of a long text is given back, and the weights are not held twice.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self._pieces = pieces
        self._recent = lru_cache(_KEPT_TEXTS)(self._encoded)

    @classmethod
    def load(cls) -> "SentenceEncoder":
        """The encoder that ships. Raises IntentsError where its file is missing."""
        return cls(ENCODER_FILE, WordPiece.load())

    def encode(self, words: Sequence[str]) -> Encoded:
        """The vectors of a text, given as the words that `words_of` finds in it."""
        return self._recent(tuple(words))

    def _encoded(self, words: tuple[str, ...]) -> Encoded:
        """The vectors of a text."""
        numbers = self._pieces.numbers(words, MOST_PIECES_READ)
        text, pieces = self._session.run(["sentence", "states"], {"pieces": np.array([numbers])})
        for array in (text, pieces):
            array.flags.writeable = False
        return Encoded(text[0], pieces[0])


@cache
def shared_encoder() -> SentenceEncoder:
    """The one encoder of a process, loaded on first use, so that a text is encoded once for all who ask."""
    encoder = SentenceEncoder.load()
    _give_back_memory()
    return encoder


def _give_back_memory() -> None:
    """Return what loading left free to the system, else 7 MB stay with the process. Only glibc has a call for it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
