"""The second stage of red flags: a linear classifier for what no rule covers, and for rules that go wrong.

Its features are the concepts and rules that were found, alone and in pairs, beside words, pairs of words and parts of
words, each known by a hash. `python -m benchmarks.training.red_flag_model` trains it.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PART = 4
"""Length in letters of a part of a word: enough to know a word whose ending was misheard."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The evidence in a text."""

    words: tuple[str, ...]
    """The words, without figures of speech."""
    light: frozenset[str]
    """The words of the lexicon that carry little meaning."""
    standing: frozenset[str]
    """Concepts that are found and not negated."""
    taken_back: frozenset[str]
    """Concepts that are found only negated."""
    asks: bool
    """The text asks about a thing, or tells of the news."""
    over: bool
    """The text tells of something past and over."""
    ruled: tuple[str, ...]
    """Flags that a rule raises, the most urgent first."""

    telling: bool
    """A flag may be raised at all: a rule raises one, or a brief text names a body part, symptom, remedy or mishap."""

    def features(self) -> NDArray[np.uint32]:
        """The distinct features as CRC-32 hashes, in ascending order."""
        return np.array(sorted({zlib.crc32(feature.encode()) for feature in self._features()}), np.uint32)

    def _features(self) -> Iterator[str]:
        """The features as texts, some of them more than once."""
        heavy = [word for word in self.words if word not in self.light]
        yield from (f"w {word}" for word in self.words)
        yield from (f"b {first} {second}" for first, second in pairwise(["<", *self.words, ">"]))
        yield from (f"h {first} {second}" for first, second in pairwise(heavy))
        for word in heavy:
            padded = f"<{word}>"
            yield from (f"p {padded[at : at + _PART]}" for at in range(len(padded) - _PART + 1))
        yield from (f"c {name}" for name in self.standing)
        yield from (f"n {name}" for name in self.taken_back)
        yield from (f"cc {first} {second}" for first, second in combinations(sorted(self.standing), 2))
        yield from (f"r {flag}" for flag in self.ruled or ("",))
        yield from (mark for mark, seen in (("asks", self.asks), ("over", self.over)) if seen)


@dataclass(frozen=True, slots=True)
class RedFlagClassifier:
    """The trained weights, in eight bits."""

    flags: tuple[str, ...]
    """The classes, one a column; the empty string is no flag."""
    known: NDArray[np.uint32]
    """The features that training saw, in ascending order; any other counts for nothing."""
    weights: NDArray[np.int8]
    """Shape (known, flags)."""
    scale: float
    """What one unit of a weight is worth."""
    bias: NDArray[np.float32]
    """Shape (flags,)."""

    @classmethod
    def load(cls, path: Path) -> "RedFlagClassifier":
        """The weights in a file that `save` has written. Raises FileNotFoundError where there is none."""
        with np.load(path) as stored:
            flags = tuple(str(flag) for flag in stored["flags"])
            return cls(flags, stored["known"], stored["weights"], float(stored["scale"]), stored["bias"])

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        np.savez_compressed(
            path,
            flags=np.array(self.flags),
            known=self.known,
            weights=self.weights,
            scale=self.scale,
            bias=self.bias,
        )

    def likelihoods(self, signs: Signs) -> Mapping[str, float]:
        """To each of `flags` its probability, 0 to 1; together 1."""
        features = signs.features()
        rows = feature_rows(features, self.known)
        scores = self.weights[rows].sum(axis=0, dtype=np.float32) * (self.scale * feature_value(features)) + self.bias
        likely = np.exp(scores - scores.max())
        return dict(zip(self.flags, (likely / likely.sum()).tolist(), strict=True))


def feature_rows(features: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.intp]:
    """The rows in `known` of those `features` that are in it; both in ascending order."""
    at = np.minimum(np.searchsorted(known, features), max(len(known) - 1, 0))
    found: NDArray[np.intp] = at[known[at] == features]
    return found


def feature_value(features: NDArray[np.uint32]) -> float:
    """The value of each feature of a text: the more features, known or not, the less each weighs."""
    return float(1.0 / max(len(features), 1) ** 0.5)
