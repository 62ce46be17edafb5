"""Trimming to the loudest speaker: in the gaps before and after, a television is heard that the person drowned out."""

import numpy as np

from audio.samples import SAMPLE_RATE, SILENCE_POWER, Samples

TRIM_STEP = SAMPLE_RATE // 20
"""Length of one measurement of the level, in samples (50 ms)."""
TRIM_SMOOTHING = 8
"""Measurements that the level is averaged over (0.4 s): longer than a word's softest sound."""
TRIM_DROP_DB = 12.0
"""Drop of the level below the loudest moment, in dB, at which the person has not begun yet, or has ended."""
TRIM_MARGIN = 8
"""Measurements kept on each side of the loud stretch (0.4 s)."""


def trim_to_speech(samples: Samples) -> Samples:
    """Cut a sound down to the stretch from its first to its last loud moment; a view of a part of `samples`."""
    count = len(samples) // TRIM_STEP
    if count <= TRIM_SMOOTHING:
        return samples
    power = np.square(samples[: count * TRIM_STEP].reshape(count, TRIM_STEP), dtype=np.float64).mean(axis=1)
    smoothed = np.convolve(power, np.full(TRIM_SMOOTHING, 1 / TRIM_SMOOTHING), "same")
    level = 10 * np.log10(smoothed + SILENCE_POWER)
    loud = np.flatnonzero(level > level.max() - TRIM_DROP_DB)
    return samples[max(0, loud[0] - TRIM_MARGIN) * TRIM_STEP : (loud[-1] + TRIM_MARGIN) * TRIM_STEP]
