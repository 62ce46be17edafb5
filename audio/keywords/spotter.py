"""Keyword spotting: a few words found within a fraction of a second, in the midst of speech, by their sound alone.

A frozen network embeds three quarters of a second of sound in numbers that tell words apart whoever speaks (Lin et al.,
"Training Keyword Spotters with Limited and Synthesized Speech Data", 2020). A small network of Limber's own, fitted to
synthetic voices by `python -m benchmarks.training.spotting`, classifies four embeddings in a row. A hit is a cue for a
recognition pass and no more: the networks are tuned to miss little, and have false accepts.
"""

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from audio.onnx import open_network
from audio.samples import PCM_MAX, SAMPLE_RATE, Floats, Samples

Keyword: TypeAlias = Literal["stop", "pause", "hurts", "ow"]
"""A word that the spotter knows."""
KEYWORDS: tuple[Keyword, ...] = ("stop", "pause", "hurts", "ow")
"""All keywords, in the order of the network's outputs."""
SPOTTER_FOLDER = Path(__file__).parent / "data"
"""Folder of the networks' files."""
SPOTTER_REMEDY = "Install Limber again."
"""What to do where one of those files is missing."""
SPOTTER_WEIGHTS = SPOTTER_FOLDER / "words.npz"
"""File of the weights of Limber's own network."""
SPOTTER_HOP = SAMPLE_RATE * 8 // 100
"""Interval from one score of every keyword to the next, in samples (80 ms)."""
EMBEDDING_WINDOW = 12_512
"""Length of the sound of one embedding, in samples (0.78 s)."""
EMBEDDINGS_JUDGED = 4
"""Number of successive embeddings that are classified together."""
SPOTTER_REACH = EMBEDDING_WINDOW + (EMBEDDINGS_JUDGED - 1) * SPOTTER_HOP
"""Length of the sound behind one score, in samples (1.02 s)."""
HIT_AT = 0.2
"""Probability, 0 to 1, from which a keyword counts as a hit."""
SAME_WORD_SCORES = 8
"""Number of scores (0.64 s) within which another hit of a keyword is the same word still."""
MEL_BANDS = 32
"""Number of bands of the mel spectrogram."""
MEL_DIVISOR, MEL_OFFSET = 10, 2
"""Divisor and offset from the mel spectrogram to the scale that the embedding was trained with."""


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A keyword that may just have been said."""

    word: Keyword
    """The keyword."""
    at: int
    """The number of samples that were fed when it was found."""


class KeywordSpotter:
    """Scores every keyword each 80 ms while somebody speaks. Positions are samples since the start.

    Threads: all of a spotter belongs to the thread that feeds it.
    """

    def __init__(self) -> None:
        """Begin at sample 0 of a stream; the networks are loaded when somebody first speaks."""
        self._recent = np.zeros(SPOTTER_REACH + SPOTTER_HOP, np.float32)
        self._taken = 0
        self._embedded: deque[Floats] = deque(maxlen=EMBEDDINGS_JUDGED)
        self._last: dict[Keyword, int] = {}
        self.best_scores: dict[Keyword, float] = {}
        """The highest probability of each keyword since somebody began to speak; kept until somebody does again."""

    def feed(self, samples: Samples, *, speaking: bool) -> list[KeywordHit]:
        """Take the next samples, any number; the hits in them. `speaking`: whether somebody speaks."""
        hits: list[KeywordHit] = []
        while len(samples):
            part = samples[: SPOTTER_HOP - self._taken % SPOTTER_HOP]
            samples = samples[len(part) :]
            self._recent = np.concatenate([self._recent[len(part) :], part])
            self._taken += len(part)
            if self._taken % SPOTTER_HOP:
                continue
            if not speaking:
                self._embedded.clear()
                continue
            if not self._embedded:
                self.best_scores = {}
            hits += self._score()
        return hits

    def _score(self) -> list[KeywordHit]:
        """Score every keyword; the new hits."""
        # When somebody begins to speak, the sound just before is embedded, too.
        for back in range(0 if self._embedded else EMBEDDINGS_JUDGED - 1, -1, -1):
            until = len(self._recent) - back * SPOTTER_HOP
            self._embedded.append(self._embedding(self._recent[until - EMBEDDING_WINDOW : until]))
        probable = self._words(np.stack(self._embedded))
        hits = []
        for word, probability in zip(KEYWORDS, probable, strict=True):
            self.best_scores[word] = max(self.best_scores.get(word, 0.0), float(probability))
            if probability < HIT_AT:
                continue
            if self._taken - self._last.get(word, -SPOTTER_REACH) > SAME_WORD_SCORES * SPOTTER_HOP:
                hits.append(KeywordHit(word, self._taken))
            self._last[word] = self._taken
        return hits

    @cached_property
    def _embedding(self) -> "SpeechEmbedding":
        """The frozen network, loaded when it is first asked for."""
        return SpeechEmbedding()

    @cached_property
    def _words(self) -> "KeywordNetwork":
        """Limber's own network, loaded when it is first asked for."""
        return KeywordNetwork.load(SPOTTER_WEIGHTS)


class SpeechEmbedding:
    """The frozen network: a mel spectrogram and an embedding of it, computed in one thread."""

    def __init__(self) -> None:
        """Load both parts. Raises AudioError when a file is missing."""
        self._mel = open_network(SPOTTER_FOLDER / "melspectrogram.onnx", SPOTTER_REMEDY)
        self._embed = open_network(SPOTTER_FOLDER / "embedding_model.onnx", SPOTTER_REMEDY)

    def __call__(self, window: Samples) -> Floats:
        """Embed EMBEDDING_WINDOW samples: shape (96,)."""
        # The network was trained with 16-bit numbers.
        bands = self._mel.run(None, {"input": (window * float(PCM_MAX))[np.newaxis]})[0].reshape(1, -1, MEL_BANDS, 1)
        embedded: Floats = self._embed.run(None, {"input_1": bands / MEL_DIVISOR + MEL_OFFSET})[0].reshape(-1)
        return embedded


@dataclass(frozen=True, slots=True)
class KeywordNetwork:
    """Limber's own network: a classifier of embeddings with rectified hidden layers."""

    layers: tuple[tuple[Floats, Floats], ...]
    """Weights, of shape (inputs, outputs), and biases of each layer. Outputs: no keyword, then each of KEYWORDS."""

    @classmethod
    def load(cls, path: Path) -> "KeywordNetwork":
        """Load the weights from a file of arrays w0, b0, w1 and so on. Raises OSError."""
        with np.load(path) as stored:
            depth = len(stored.files) // 2
            return cls(tuple((stored[f"w{n}"].astype(np.float32), stored[f"b{n}"]) for n in range(depth)))

    def __call__(self, embedded: Floats) -> Floats:
        """The probability of each of KEYWORDS in embeddings of shape (EMBEDDINGS_JUDGED, 96): shape (keywords,)."""
        values = embedded.reshape(-1)
        for depth, (weights, biases) in enumerate(self.layers):
            values = (np.maximum(values, 0) if depth else values) @ weights + biases
        exponents = np.exp(values - values.max())
        probable: Floats = (exponents / exponents.sum())[1:]
        return probable
