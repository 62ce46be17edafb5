"""The probability that sound begins with, or is, a sequence of labels, by connectionist temporal classification (CTC).

A sequence is extended label by label, so that a beam search can ask about the beginnings of texts. Source: Graves and
others 2006, "Connectionist temporal classification", section 4.1; for prefixes: Watanabe and others 2017, "Hybrid
CTC/attention architecture for end-to-end speech recognition", section II-C.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IMPOSSIBLE = -1e30
"""Log-probability of what cannot be; finite, so that sums of it stay numbers."""

LogProbabilities = NDArray[np.float64]
"""Logarithms of probabilities."""


@dataclass(frozen=True, slots=True, eq=False)
class Prefix:
    """A sequence of labels, and when it may have ended."""

    labels: tuple[int, ...]
    """The labels, without blanks."""
    in_label: LogProbabilities
    """For each frame: the sequence ends at it, in its last label; shape (frames,)."""
    in_blank: LogProbabilities
    """For each frame: the sequence has ended before it, in blank; shape (frames,)."""
    begins: float
    """Log-probability that the sound begins with the sequence, whatever follows."""

    @property
    def whole(self) -> float:
        """Log-probability that the sound is the sequence, with nothing after it."""
        return float(np.logaddexp(self.in_label[-1], self.in_blank[-1]))


class CtcFrames:
    """The label probabilities of a sound, frame by frame."""

    def __init__(self, posteriors: LogProbabilities, blank: int) -> None:
        """`posteriors`: log-probability of each label in each frame, shape (frames, labels), at least one frame."""
        self._posteriors, self._blank = posteriors, blank
        self._sums: dict[int, LogProbabilities] = {}

    @property
    def likeliest(self) -> float:
        """Log-probability of the likeliest label of every frame, all of them together: no sequence has more."""
        return float(self._posteriors.max(axis=1).sum())

    def nothing(self) -> Prefix:
        """The empty sequence, with which every sound begins."""
        return Prefix((), np.full(len(self._posteriors), IMPOSSIBLE), self._posteriors[:, self._blank].cumsum(), 0.0)

    def extended(self, prefix: Prefix, label: int) -> Prefix:
        """The sequence with one more label."""
        # A label that repeats the last one needs a blank between.
        repeats = prefix.labels[-1:] == (label,)
        ended = prefix.in_blank if repeats else np.logaddexp(prefix.in_label, prefix.in_blank)
        entered = _delayed(ended, IMPOSSIBLE if prefix.labels else 0.0)
        begins = float(np.logaddexp.reduce(entered + self._posteriors[:, label]))
        in_label = self._stayed(entered, label)
        return Prefix(
            (*prefix.labels, label), in_label, self._stayed(_delayed(in_label, IMPOSSIBLE), self._blank), begins
        )

    def _stayed(self, entered: LogProbabilities, label: int) -> LogProbabilities:
        """For each frame: a label was entered at this frame or before, as `entered` tells, and has lasted until it."""
        if label not in self._sums:
            self._sums[label] = self._posteriors[:, label].cumsum()
        sums = self._sums[label]
        return sums + np.logaddexp.accumulate(entered - _delayed(sums, 0.0))


def _delayed(values: LogProbabilities, first: float) -> LogProbabilities:
    """The values one frame later."""
    return np.concatenate(([first], values[:-1]))
