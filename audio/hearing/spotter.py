"""Spotting: a few words heard within a fraction of a second, in the midst of speech, by their sound alone.

A frozen network turns three quarters of a second of sound into a few numbers that tell words apart whoever speaks
(Lin et al., "Training Keyword Spotters with Limited and Synthesized Speech Data", 2020); a small network of Limber's
own, fitted to synthetic voices by `python -m benchmarks.spotting`, turns four of those in a row into words. That is a
cue to look closer, no more: it is tuned to miss little, and other words ring it too.
"""

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from audio.hearing.network import Floats, session

Word: TypeAlias = Literal["stop", "pause", "hurts", "ow"]
WORDS: tuple[Word, ...] = ("stop", "pause", "hurts", "ow")
FOLDER = Path(__file__).parent / "spotting"
INSTALL = "Install Limber again."
WEIGHTS = FOLDER / "words.npz"
HOP = 1280
"""Samples between two scores of every word: 80 ms at 16 kHz."""
WINDOW = 12_512
"""Samples that one embedding is made of."""
IN_A_ROW = 4
"""Embeddings that are judged together."""
REACH = WINDOW + (IN_A_ROW - 1) * HOP
CUE = 0.2
"""Probability from which a word is worth a closer look."""
SAME = 8
"""Scores within which it is the same word still."""
BANDS = 32
FULL_SCALE = 32_767.0
"""The networks want 16-bit numbers."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word that may just have been said."""

    word: Word
    at: int
    """The number of samples it took to know."""


class Spotter:
    """Scores the words every 80 ms while somebody speaks. Positions are samples from the first ever fed, at 16 kHz."""

    def __init__(self) -> None:
        self._recent = np.zeros(REACH + HOP, np.float32)
        self._taken = 0
        self._embedded: deque[Floats] = deque(maxlen=IN_A_ROW)
        self._last: dict[Word, int] = {}
        self.most: dict[Word, float] = {}
        """The highest probability of each word since somebody began to speak; kept until somebody does again."""

    def feed(self, samples: Floats, *, speaking: bool) -> list[Spot]:
        """Take the next samples, shape (n,), any n; what was spotted in them, where somebody speaks."""
        spots: list[Spot] = []
        while len(samples):
            part = samples[: HOP - self._taken % HOP]
            samples = samples[len(part) :]
            self._recent = np.concatenate([self._recent[len(part) :], part])
            self._taken += len(part)
            if self._taken % HOP:
                continue
            if not speaking:
                self._embedded.clear()
                continue
            if not self._embedded:
                self.most = {}
            spots += self._score()
        return spots

    def _score(self) -> list[Spot]:
        # What was before somebody spoke is embedded only now.
        for back in range(0 if self._embedded else IN_A_ROW - 1, -1, -1):
            until = len(self._recent) - back * HOP
            self._embedded.append(self._embedding(self._recent[until - WINDOW : until]))
        probable = self._words(np.stack(self._embedded))
        spots = []
        for word, probability in zip(WORDS, probable, strict=True):
            self.most[word] = max(self.most.get(word, 0.0), float(probability))
            if probability < CUE:
                continue
            if self._taken - self._last.get(word, -REACH) > SAME * HOP:
                spots.append(Spot(word, self._taken))
            self._last[word] = self._taken
        return spots

    @cached_property
    def _embedding(self) -> "Embedding":
        return Embedding()

    @cached_property
    def _words(self) -> "Words":
        return Words.load(WEIGHTS)


class Embedding:
    """The frozen network, one thread. Raises AudioError when a file is missing."""

    def __init__(self) -> None:
        self._mel = session(FOLDER / "melspectrogram.onnx", INSTALL)
        self._embed = session(FOLDER / "embedding_model.onnx", INSTALL)

    def __call__(self, window: Floats) -> Floats:
        """Of WINDOW samples within -1 to 1: shape (96,)."""
        bands = self._mel.run(None, {"input": (window * FULL_SCALE)[np.newaxis]})[0].reshape(1, -1, BANDS, 1)
        # On the scale that the embedding was trained with.
        embedded: Floats = self._embed.run(None, {"input_1": bands / 10 + 2})[0].reshape(-1)
        return embedded


@dataclass(frozen=True, slots=True)
class Words:
    """The network on top, with hidden layers, rectified."""

    layers: tuple[tuple[Floats, Floats], ...]
    """Weights, shape (inputs, outputs), and biases of each layer. The last has an output for none and each word."""

    @classmethod
    def load(cls, path: Path) -> "Words":
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
