"""Two devices, two clocks: which frame left the speaker when a sample of the microphone was in the air.

The times that devices report are uneven by milliseconds and wander for minutes; a canceller needs a hundredth of that.
So the reported times tell where to begin, and when sound was lost. How fast the clocks drift apart is found in the
sound itself: by a line fitted through the places where the far end was found in the near end.
"""

from collections import deque

import numpy as np

from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE

FIT_POINTS = 240
"""Most points that the line is fitted through, one for each delay search: a minute of speech."""
DRIFT_STANDARD_ERROR = 10e-6
"""Standard error of the drift, as a share of the rate, below which the fitted drift is used."""
ROUNDING_VARIANCE = FRAMES_PER_SAMPLE**2 / 12
"""Variance of a place that is rounded to a whole sample, in squared frames."""
JUMP_FRAMES = FRAMES_PER_SECOND // 20
"""Difference from the reported times, in frames (50 ms), that is taken for lost sound where it lasts."""
JUMP_BLOCKS = 10
"""Microphone blocks in a row with that difference, more than which the place is set by the reported times anew."""


class ClockDrift:
    """Maps samples of the microphone to frames of the speaker. Samples are counted from the first ever heard."""

    def __init__(self) -> None:
        """Begin with two clocks that run alike."""
        self.ratio = float(FRAMES_PER_SAMPLE)
        """Frames from one sample to the next; FRAMES_PER_SAMPLE where the clocks do not drift."""
        self._points: deque[tuple[int, float]] = deque(maxlen=FIT_POINTS)
        """Where the echo was found: the sample's number, and the frame that it is an echo of."""
        self._observed = 0
        self._next: float | None = None
        """The frame of the next sample to be taken; None until something was heard."""
        self._taken = 0
        self._beside = 0
        """Blocks in a row that were JUMP_FRAMES beside their prediction."""

    def observe(self, samples: int, until: Frame) -> None:
        """Note that so many more samples of the near end were heard.

        `until`: the frame that left the speaker when the last of them was in the air, as the devices report it.
        """
        self._observed += samples
        if self._next is None:
            self._next = until - samples * self.ratio
        predicted = self._next + (self._observed - self._taken) * self.ratio
        self._beside = self._beside + 1 if abs(until - predicted) > JUMP_FRAMES else 0
        if self._beside > JUMP_BLOCKS:
            self.forget()
            self._beside = 0
            self._next += until - predicted

    def take(self, samples: int) -> float:
        """Take the next samples, in their order; the frame of the first of them."""
        at = self._next or 0.0
        self._next = at + samples * self.ratio
        self._taken += samples
        return at

    def correct(self, late: float) -> None:
        """Correct the drift by a measured delay: the echo of what `take` gave last is heard `late` frames later."""
        self._points.append((self._taken, (self._next or 0.0) - late))
        if len(self._points) > 2:
            self._fit()

    def forget(self) -> None:
        """Drop the measured points: delays measured from now on do not compare with those before."""
        self._points.clear()

    def _fit(self) -> None:
        """Fit a line through the points by least squares, and use its slope where its standard error is small."""
        at, frames = np.array(self._points).T
        centre, mean = at.mean(), frames.mean()
        spread = np.square(at - centre).sum()
        drift = ((at - centre) * (frames - mean)).sum() / spread - FRAMES_PER_SAMPLE
        off = frames - mean - (FRAMES_PER_SAMPLE + drift) * (at - centre)
        error = np.sqrt((np.square(off).sum() / (len(at) - 2) + ROUNDING_VARIANCE) / spread)
        if error < DRIFT_STANDARD_ERROR * FRAMES_PER_SAMPLE:
            self.ratio = float(FRAMES_PER_SAMPLE + drift)
