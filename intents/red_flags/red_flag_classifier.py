"""The second stage of red flags: a small linear classifier, for what no rule covers and for rules that go wrong.

Its features are what the lexicons and rules found, alone and in pairs, beside words, pairs of words and parts of words,
each known by a hash. `benchmarks/train_red_flags.py` makes that table from `training/red_flags.txt`.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PART = 4
"""Letters in a part of a word: enough to know it by when the recogniser got its ending wrong."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen in a text."""

    words: tuple[str, ...]
    """Without turns of speech."""
    light: frozenset[str]
    """Words that carry little."""
    standing: frozenset[str]
    """Concepts that are said and not taken back."""
    taken_back: frozenset[str]
    """Concepts that are only negated."""
    asks: bool
    """It asks about a thing or tells of the news."""
    over: bool
    """It is past and done with."""
    ruled: tuple[str, ...]
    """Flags that a rule raises, most urgent first."""

    telling: bool
    """A body, a symptom, a remedy or a mishap is in it, or a rule raises it; much talk of it is a tale."""

    def features(self) -> NDArray[np.uint32]:
        """The distinct features as numbers, in order."""
        return np.array(sorted({zlib.crc32(feature.encode()) for feature in self._features()}), np.uint32)

    def _features(self) -> Iterator[str]:
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
    """Weights as trained."""

    flags: tuple[str, ...]
    """One a column; the empty string is no flag."""
    known: NDArray[np.uint32]
    """The features that training saw, in order. Any other is no evidence: nothing is heard in words never met."""
    weights: NDArray[np.int8]
    """Shape (known, flags)."""
    scale: float
    """What one unit of a weight is worth."""
    bias: NDArray[np.float32]
    """One a flag."""

    @classmethod
    def load(cls, path: Path) -> "RedFlagClassifier":
        """Raises FileNotFoundError when there are no weights at `path`: train them."""
        with np.load(path) as stored:
            flags = tuple(str(flag) for flag in stored["flags"])
            return cls(flags, stored["known"], stored["weights"], float(stored["scale"]), stored["bias"])

    def save(self, path: Path) -> None:
        """Writes what `load` reads."""
        np.savez_compressed(
            path,
            flags=np.array(self.flags),
            known=self.known,
            weights=self.weights,
            scale=self.scale,
            bias=self.bias,
        )

    def likelihoods(self, signs: Signs) -> Mapping[str, float]:
        """How likely each of `flags` is, 0 to 1; together they make 1."""
        features = signs.features()
        rows = places(features, self.known)
        scores = self.weights[rows].sum(axis=0, dtype=np.float32) * (self.scale * value(features)) + self.bias
        likely = np.exp(scores - scores.max())
        return dict(zip(self.flags, (likely / likely.sum()).tolist(), strict=True))


def places(features: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where in `known` those of `features` stand that are in it; both in order."""
    at = np.minimum(np.searchsorted(known, features), max(len(known) - 1, 0))
    found: NDArray[np.intp] = at[known[at] == features]
    return found


def value(features: NDArray[np.uint32]) -> float:
    """The value of each feature, so that long phrases weigh no more than short ones; unknown ones count in it."""
    return float(1.0 / max(len(features), 1) ** 0.5)
