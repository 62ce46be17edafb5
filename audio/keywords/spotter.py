"""Spotting: a few words heard within a fraction of a second, in the midst of speech, by their sound alone.

A frozen network turns three quarters of a second of sound into a few numbers that tell words apart whoever speaks
(Lin et al., "Training Keyword Spotters with Limited and Synthesized Speech Data", 2020); a small network of Limber's
own, fitted to synthetic voices by `python -m benchmarks.training.spotting`, turns four of those in a row into
words. That is a cue to look closer, no more: it is tuned to miss little, and other words ring it too.
"""

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from audio.onnx import open_network
from audio.samples import Floats

Keyword: TypeAlias = Literal["stop", "pause", "hurts", "ow"]
KEYWORDS: tuple[Keyword, ...] = ("stop", "pause", "hurts", "ow")
SPOTTER_FOLDER = Path(__file__).parent / "data"
SPOTTER_REMEDY = "Install Limber again."
SPOTTER_WEIGHTS = SPOTTER_FOLDER / "words.npz"
SPOTTER_HOP = 1280
"""Samples between two scores of every word: 80 ms at 16 kHz."""
EMBEDDING_WINDOW = 12_512
"""Samples that one embedding is made of."""
EMBEDDINGS_JUDGED = 4
"""Embeddings that are judged together."""
SPOTTER_REACH = EMBEDDING_WINDOW + (EMBEDDINGS_JUDGED - 1) * SPOTTER_HOP
HIT_AT = 0.2
"""Probability from which a word is worth a closer look."""
SAME_WORD_SCORES = 8
"""Scores within which it is the same word still."""
MEL_BANDS = 32
MEL_FULL_SCALE = 32_767.0
"""The networks want 16-bit numbers."""


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A word that may just have been said."""

    word: Keyword
    at: int
    """The number of samples it took to know."""


class KeywordSpotter:
    """Scores the words every 80 ms while somebody speaks. Positions are samples from the first ever fed, at 16 kHz."""

    def __init__(self) -> None:
        self._recent = np.zeros(SPOTTER_REACH + SPOTTER_HOP, np.float32)
        self._taken = 0
        self._embedded: deque[Floats] = deque(maxlen=EMBEDDINGS_JUDGED)
        self._last: dict[Keyword, int] = {}
        self.best_scores: dict[Keyword, float] = {}
        """The highest probability of each word since somebody began to speak; kept until somebody does again."""

    def feed(self, samples: Floats, *, speaking: bool) -> list[KeywordHit]:
        """Take the next samples, shape (n,), any n; what was spotted in them, where somebody speaks."""
        spots: list[KeywordHit] = []
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
            spots += self._score()
        return spots

    def _score(self) -> list[KeywordHit]:
        # What was before somebody spoke is embedded only now.
        for back in range(0 if self._embedded else EMBEDDINGS_JUDGED - 1, -1, -1):
            until = len(self._recent) - back * SPOTTER_HOP
            self._embedded.append(self._embedding(self._recent[until - EMBEDDING_WINDOW : until]))
        probable = self._words(np.stack(self._embedded))
        spots = []
        for word, probability in zip(KEYWORDS, probable, strict=True):
            self.best_scores[word] = max(self.best_scores.get(word, 0.0), float(probability))
            if probability < HIT_AT:
                continue
            if self._taken - self._last.get(word, -SPOTTER_REACH) > SAME_WORD_SCORES * SPOTTER_HOP:
                spots.append(KeywordHit(word, self._taken))
            self._last[word] = self._taken
        return spots

    @cached_property
    def _embedding(self) -> "SpeechEmbedding":
        return SpeechEmbedding()

    @cached_property
    def _words(self) -> "KeywordNetwork":
        return KeywordNetwork.load(SPOTTER_WEIGHTS)


class SpeechEmbedding:
    """The frozen network, one thread. Raises AudioError when a file is missing."""

    def __init__(self) -> None:
        self._mel = open_network(SPOTTER_FOLDER / "melspectrogram.onnx", SPOTTER_REMEDY)
        self._embed = open_network(SPOTTER_FOLDER / "embedding_model.onnx", SPOTTER_REMEDY)

    def __call__(self, window: Floats) -> Floats:
        """Of WINDOW samples within -1 to 1: shape (96,)."""
        bands = self._mel.run(None, {"input": (window * MEL_FULL_SCALE)[np.newaxis]})[0].reshape(1, -1, MEL_BANDS, 1)
        # On the scale that the embedding was trained with.
        embedded: Floats = self._embed.run(None, {"input_1": bands / 10 + 2})[0].reshape(-1)
        return embedded


@dataclass(frozen=True, slots=True)
class KeywordNetwork:
    """The network on top, with hidden layers, rectified."""

    layers: tuple[tuple[Floats, Floats], ...]
    """Weights, shape (inputs, outputs), and biases of each layer. The last has an output for none and each word."""

    @classmethod
    def load(cls, path: Path) -> "KeywordNetwork":
        """From a file of arrays w0, b0, w1 and so on. Raises OSError."""
        with np.load(path) as stored:
            depth = len(stored.files) // 2
            return cls(tuple((stored[f"w{n}"].astype(np.float32), stored[f"b{n}"]) for n in range(depth)))

    def __call__(self, embedded: Floats) -> Floats:
        """The probability of each of WORDS in embeddings of shape (IN_A_ROW, 96)."""
        values = embedded.reshape(-1)
        for depth, (weights, biases) in enumerate(self.layers):
            values = (np.maximum(values, 0) if depth else values) @ weights + biases
        exponents = np.exp(values - values.max())
        probable: Floats = (exponents / exponents.sum())[1:]
        return probable
