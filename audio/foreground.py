"""Whoever speaks loudest: in the gaps before and after, a television is heard that the person drowned out."""

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
STEP = RATE // 20
"""Samples of one measurement of the level."""
SMOOTH = 8
"""Measurements over which the level is taken: longer than a word's softest sound."""
DROP = 12.0
"""dB under the loudest moment at which the person has not begun yet, or has ended."""
AROUND = 8
"""Measurements kept on each side."""


def foreground(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The stretch from the first to the last loud moment: mono, 16 kHz, shape (n,); a view of a part of `samples`."""
    count = len(samples) // STEP
    if count <= SMOOTH:
        return samples
    power = np.square(samples[: count * STEP].reshape(count, STEP), dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(np.convolve(power, np.full(SMOOTH, 1 / SMOOTH), "same") + 1e-12)
    loud = np.flatnonzero(level > level.max() - DROP)
    return samples[max(0, loud[0] - AROUND) * STEP : (loud[-1] + AROUND) * STEP]
