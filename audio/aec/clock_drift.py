"""Two devices, two clocks: which frame left the speaker when a sample of the microphone was in the air.

What the devices tell of it is uneven by milliseconds, and wanders for minutes, while a canceller wants it smooth to a
hundredth of that. So they tell where to begin and when much is lost; how fast the clocks drift apart is found in the
sound itself, by a line through the places where the one was found in the other.
"""

from collections import deque

import numpy as np

from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE

FIT_POINTS = 240
"""How many the line is laid through: a minute of speech."""
DRIFT_STANDARD_ERROR = 10e-6
"""The standard error of the drift, as a share, from which on it is believed."""
ROUNDING_VARIANCE = FRAMES_PER_SAMPLE**2 / 12
"""Variance of a place that is a whole number of samples, in frames."""
JUMP_FRAMES = FRAMES_PER_SECOND // 20
"""Frames beside what the devices tell at which, if it stays so, some of the sound is missing."""
JUMP_BLOCKS = 10
"""Blocks."""


class ClockDrift:
    """Follows both. Samples are counted from the first ever heard."""

    def __init__(self) -> None:
        self.ratio = float(FRAMES_PER_SAMPLE)
        """Frames from one sample to the next."""
        self._points: deque[tuple[int, float]] = deque(maxlen=FIT_POINTS)
        self._heard = 0
        self._next: float | None = None
        self._taken = 0
        self._beside = 0

    def observe(self, samples: int, until: Frame) -> None:
        """So many more were heard; `until`: the frame that left the speaker when the last of them was in the air."""
        self._heard += samples
        if self._next is None:
            self._next = until - samples * self.ratio
        predicted = self._next + (self._heard - self._taken) * self.ratio
        self._beside = self._beside + 1 if abs(until - predicted) > JUMP_FRAMES else 0
        if self._beside > JUMP_BLOCKS:
            self.forget()
            self._beside = 0
            self._next += until - predicted

    def take(self, samples: int) -> float:
        """The frame of the next sample that was not taken yet; so many more are taken."""
        at = self._next or 0.0
        self._next = at + samples * self.ratio
        self._taken += samples
        return at

    def correct(self, late: float) -> None:
        """What was taken last is really heard so many frames later."""
        self._points.append((self._taken, (self._next or 0.0) - late))
        if len(self._points) > 2:
            self._fit()

    def forget(self) -> None:
        """What is found from now on has nothing to do with what was found before."""
        self._points.clear()

    def _fit(self) -> None:
        at, frames = np.array(self._points).T
        centre, mean = at.mean(), frames.mean()
        spread = np.square(at - centre).sum()
        drift = ((at - centre) * (frames - mean)).sum() / spread - FRAMES_PER_SAMPLE
        off = frames - mean - (FRAMES_PER_SAMPLE + drift) * (at - centre)
        error = np.sqrt((np.square(off).sum() / (len(at) - 2) + ROUNDING_VARIANCE) / spread)
        if error < DRIFT_STANDARD_ERROR * FRAMES_PER_SAMPLE:
            self.ratio = float(FRAMES_PER_SAMPLE + drift)
