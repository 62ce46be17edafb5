"""How much later than it was far_end a sound is near_end: where the two are most alike.

Generalised cross-correlation with phase transform (Knapp and Carter, 1976): every frequency counts the same, so that a
room's echoes blur the place less than they do that of loudness alone.
"""

import numpy as np

from audio.samples import SAMPLE_RATE, Clip

CORRELATION_WINDOW = SAMPLE_RATE
"""Samples that are compared."""
CORRELATION_EVERY = SAMPLE_RATE // 4
"""Samples between two looks."""
EARLIEST_DELAY, LATEST_DELAY = -SAMPLE_RATE // 10, SAMPLE_RATE // 2
"""Samples by which it may be later than it was given."""
DELAY_PEAK_SIGMAS = 9.0
"""How far the likeness at a lag stands out from that at all others, in standard deviations, for it to be one."""
DELAY_TOLERANCE = 2
"""Samples within which two looks agree."""


class DelayEstimator:
    """Compares what is near_end with what was far_end, given in step."""

    def __init__(self) -> None:
        self.searches = 0
        """How often it has looked."""
        self.forget()

    def forget(self) -> None:
        """What comes now was far_end at another time."""
        self._near_end = np.zeros(CORRELATION_WINDOW, np.float32)
        self._far_end = np.zeros(CORRELATION_WINDOW, np.float32)
        self._since = 0
        self._before: int | None = None
        self.delay: int | None = None
        """By how many samples it was later at the last look, where the one before agrees; None: not found."""

    def observe(self, near_end: Clip, far_end: Clip) -> bool:
        """The next samples of both, at 16 kHz, as many of the one as of the other; whether that made it look."""
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


def _delay_of(near_end: Clip, far_end: Clip) -> int | None:
    size = 2 * CORRELATION_WINDOW
    cross = np.fft.rfft(near_end, size) * np.conj(np.fft.rfft(far_end, size))
    strength = np.abs(cross)
    if not strength.max(initial=0.0):
        return None
    likeness = np.fft.irfft(cross / (strength + 0.01 * strength.mean()), size)
    likeness = np.concatenate([likeness[EARLIEST_DELAY:], likeness[:LATEST_DELAY]])
    best = int(np.argmax(likeness))
    return best + EARLIEST_DELAY if likeness[best] > DELAY_PEAK_SIGMAS * likeness.std() else None
