"""Whoever speaks loudest: in the gaps before and after, a television is heard that the person drowned out."""

import numpy as np
from numpy.typing import NDArray

from audio.samples import SAMPLE_RATE

TRIM_STEP = SAMPLE_RATE // 20
"""Samples of one measurement of the level."""
TRIM_SMOOTHING = 8
"""Measurements over which the level is taken: longer than a word's softest sound."""
TRIM_DROP_DB = 12.0
"""dB under the loudest moment at which the person has not begun yet, or has ended."""
TRIM_MARGIN = 8
"""Measurements kept on each side."""


def trim_to_speech(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The stretch from the first to the last loud moment: mono, 16 kHz, shape (n,); a view of a part of `samples`."""
    count = len(samples) // TRIM_STEP
    if count <= TRIM_SMOOTHING:
        return samples
    power = np.square(samples[: count * TRIM_STEP].reshape(count, TRIM_STEP), dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(np.convolve(power, np.full(TRIM_SMOOTHING, 1 / TRIM_SMOOTHING), "same") + 1e-12)
    loud = np.flatnonzero(level > level.max() - TRIM_DROP_DB)
    return samples[max(0, loud[0] - TRIM_MARGIN) * TRIM_STEP : (loud[-1] + TRIM_MARGIN) * TRIM_STEP]
