"""Two devices, two clocks: which frame left the speaker when a sample of the microphone was in the air.

What the devices tell of it is uneven, by milliseconds, while a canceller wants it smooth to a hundredth of that. So a
line is laid through a minute of it, and followed without a step.
"""

from collections import deque

import numpy as np

from audio.segmenter import FRAMES_PER_SAMPLE, RATE
from audio.timeline import FRAMES_PER_SECOND, Frame

POINTS = 600
"""How many the line is laid through ..."""
APART = RATE // 10
"""... and samples from one to the next."""
FITTED_EVERY = 5
"""Points."""
SURE = 20e-6
"""The standard error of the drift, as a share, from which on it is believed to be one."""
SMOOTHLY = 20 * RATE
"""Samples over which it comes back to the line ..."""
MOST = 3e-6
"""... but by no more than this share: to be beside it harms nothing, to change does."""
LOST = FRAMES_PER_SECOND // 20
"""Frames beside the line at which, if it stays so, some of the sound is missing."""
STAYS = 10
"""Blocks."""


class Clocks:
    """Follows both. Samples are counted from the first ever heard."""

    def __init__(self) -> None:
        self.ratio = float(FRAMES_PER_SAMPLE)
        """Frames from one sample to the next."""
        self._points: deque[tuple[int, float]] = deque(maxlen=POINTS)
        self._heard = 0
        self._since: list[tuple[int, Frame]] = []
        self._next: float | None = None
        self._taken = 0
        self._beside = 0

    def tell(self, samples: int, until: Frame) -> None:
        """So many more were heard; `until`: the frame that left the speaker when the last of them was in the air."""
        self._heard += samples
        if self._next is None:
            self._next = until - samples * self.ratio
        predicted = self._next + (self._heard - self._taken) * self.ratio
        self._beside = self._beside + 1 if abs(until - predicted) > LOST else 0
        if self._beside > STAYS:
            self._points.clear()
            self._since, self._beside = [], 0
            self._next += until - predicted
        self._since.append((self._heard, until))
        if self._heard - self._since[0][0] >= APART:
            at, frame = np.mean(self._since, axis=0)
            self._points.append((int(at), float(frame)))
            self._since = []
            if (len(self._points) > 2 and len(self._points) % FITTED_EVERY == 0) or len(self._points) == POINTS:
                self._fit()

    def take(self, samples: int) -> float:
        """The frame of the next sample that was not taken yet; so many more are taken."""
        at = self._next or 0.0
        self._next = at + samples * self.ratio
        self._taken += samples
        return at

    def _fit(self) -> None:
        at, frames = np.array(self._points).T
        centre, mean = at.mean(), frames.mean()
        spread = np.square(at - centre).sum()
        drift = ((at - centre) * (frames - mean)).sum() / spread - FRAMES_PER_SAMPLE
        off = frames - mean - (FRAMES_PER_SAMPLE + drift) * (at - centre)
        error = np.sqrt(np.square(off).sum() / (len(at) - 2) / spread)
        slope = FRAMES_PER_SAMPLE + (drift if error < SURE * FRAMES_PER_SAMPLE else 0.0)
        line = mean + slope * (self._taken - centre)
        back = (line - (self._next or 0.0)) / SMOOTHLY
        self.ratio = float(slope + np.clip(back, -MOST * FRAMES_PER_SAMPLE, MOST * FRAMES_PER_SAMPLE))
