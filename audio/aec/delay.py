"""The delay of the echo: by how many samples the near end is later than the far end it came from.

Generalised cross-correlation with phase transform (GCC-PHAT; Knapp and Carter, 1976): every frequency counts alike, so
that a room's reverberation blurs the peak less than it blurs that of plain correlation.
"""

import numpy as np

from audio.samples import SAMPLE_RATE, Samples

CORRELATION_WINDOW = SAMPLE_RATE
"""Length of the sound that is correlated, in samples (1 s)."""
CORRELATION_EVERY = SAMPLE_RATE // 4
"""Interval between two searches, in samples (0.25 s)."""
EARLIEST_DELAY, LATEST_DELAY = -SAMPLE_RATE // 10, SAMPLE_RATE // 2
"""Range of delays that is searched, in samples: from 0.1 s early to 0.5 s late."""
DELAY_PEAK_SIGMAS = 9.0
"""Height of the correlation's peak, in standard deviations over all delays, from which it counts as an echo."""
DELAY_TOLERANCE = 2
"""Difference in samples up to which two searches agree."""
WHITENING_FLOOR = 0.01
"""Share of the mean spectral magnitude added before whitening, so that empty frequencies do not count in full."""


class DelayEstimator:
    """Searches the near end for the far end, a second of each, four times a second."""

    def __init__(self) -> None:
        """Begin with silence at both ends."""
        self.searches = 0
        """How many searches there were so far."""
        self.forget()

    def forget(self) -> None:
        """Drop what was compared so far: from now on the far end has another delay."""
        self._near_end = np.zeros(CORRELATION_WINDOW, np.float32)
        self._far_end = np.zeros(CORRELATION_WINDOW, np.float32)
        self._since = 0
        self._before: int | None = None
        self.delay: int | None = None
        """Delay found by the last search, in samples, where the search before agrees; None: no echo found."""

    def observe(self, near_end: Samples, far_end: Samples) -> bool:
        """Take the next samples of both ends, as many of the one as of the other; whether that led to a search."""
        self._near_end = np.concatenate([self._near_end[len(near_end) :], near_end])
        self._far_end = np.concatenate([self._far_end[len(far_end) :], far_end])
        self._since += len(near_end)
        if self._since < CORRELATION_EVERY:
            return False
        self._since = 0
        self.searches += 1
        before, self._before = self._before, _delay_of(self._near_end, self._far_end)
        same = before is not None and self._before is not None and abs(before - self._before) <= DELAY_TOLERANCE
        self.delay = self._before if same else None
        return True


def _delay_of(near_end: Samples, far_end: Samples) -> int | None:
    """Find the delay of the far end in the near end, in samples; None where no peak stands out."""
    size = 2 * CORRELATION_WINDOW
    cross = np.fft.rfft(near_end, size) * np.conj(np.fft.rfft(far_end, size))
    magnitude = np.abs(cross)
    if not magnitude.max(initial=0.0):
        return None
    correlation = np.fft.irfft(cross / (magnitude + WHITENING_FLOOR * magnitude.mean()), size)
    correlation = np.concatenate([correlation[EARLIEST_DELAY:], correlation[:LATEST_DELAY]])
    best = int(np.argmax(correlation))
    return best + EARLIEST_DELAY if correlation[best] > DELAY_PEAK_SIGMAS * correlation.std() else None
