"""What sounded when the microphone took its samples.

Where the devices' clocks leave the echo out of a canceller's reach, `Lag` tells how much later it is heard.
"""

from typing import Literal, TypeAlias

import numpy as np

from audio.aec.clock_drift import ClockDrift
from audio.aec.delay import DelayEstimator
from audio.filters import LowPass
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE, Clip

KEPT_FRAMES = 2 * FRAMES_PER_SECOND
"""Frames of what was played that are kept: more than any device takes to make it heard."""
DELAY_MARGIN = FRAMES_PER_SECOND // 100
"""Frames by which the echo is later than what it is compared with, where that had to be moved."""
DELAY_REACH = FRAMES_PER_SECOND * 3 // 50
"""The most frames by which it may be later before that is moved: a canceller has need of its taps for the room."""
SLIPPED_SAMPLES = 3
"""Samples by which the lag may change from look to look, for clocks drift; by more, some of the sound was lost."""

DelayChange: TypeAlias = Literal["not", "back", "anew"]
"""Whether what follows was moved: back to the lag that it had before, or to a new one."""


class FarEndReference:
    """What was played, by what was heard. `play` may be called from another thread."""

    def __init__(self) -> None:
        self._low_pass = LowPass(FRAMES_PER_SAMPLE)
        self._played: tuple[Clip, Frame] = np.zeros(KEPT_FRAMES, np.float32), 0
        """The last frames, and the one after them: both at once, for another thread changes them."""
        self._room = np.zeros(4 * KEPT_FRAMES, np.float32)
        self._filled = KEPT_FRAMES
        self._clocks = ClockDrift()
        self._late = 0.0
        """Frames by which the echo is later than the clocks say, less a margin."""
        self._delay = DelayEstimator()
        self._learnt: int | None = None
        """The lag that a canceller has learnt."""

    def play(self, samples: Clip) -> None:
        """The next frames that the speaker is given, at 48 kHz."""
        if self._filled + len(samples) > len(self._room):
            kept = self._room[self._filled - KEPT_FRAMES : self._filled]
            self._room, self._filled = np.concatenate([kept, np.zeros(3 * KEPT_FRAMES, np.float32)]), KEPT_FRAMES
        until = self._filled + len(samples)
        self._room[self._filled : until] = self._low_pass.smooth(samples)
        self._filled = until
        self._played = self._room[until - KEPT_FRAMES : until], self._played[1] + len(samples)

    def observe(self, samples: int, until: Frame) -> None:
        """So many more samples were heard; `until`: the frame that left the speaker when the last was in the air."""
        if samples:  # else it tells of another moment
            self._clocks.observe(samples, until)

    def take(self, count: int) -> Clip:
        """What was played when the next samples were near_end: as many, at their rate."""
        ratio, clock = self._clocks.ratio, self._clocks.take(count)
        sound, end = self._played
        # What is yet to be played can't be near_end: the echo of what is played last is as early as any.
        at = max(min(clock - self._late, end - count * ratio), end - KEPT_FRAMES)
        places = at - (end - KEPT_FRAMES) + ratio * np.arange(count)
        before = np.minimum(places.astype(np.int64), KEPT_FRAMES - 2)
        share = (places - before).astype(np.float32)
        played: Clip = sound[before] * (1 - share) + sound[before + 1] * share
        return played

    def align(self, near_end: Clip, far_end: Clip) -> DelayChange:
        """Compare what was heard with what was taken for it, and move what follows if that helps."""
        lag = self._delay.delay if self._delay.observe(near_end, far_end) else None
        if lag is None:
            return "not"
        late = lag * FRAMES_PER_SAMPLE
        if self._learnt is None or not 0 <= late <= DELAY_REACH:
            self._learnt = lag if 0 <= late <= DELAY_REACH else None
        if self._learnt is None:
            self._move(lag - DELAY_MARGIN // FRAMES_PER_SAMPLE)
            self._clocks.forget()
            return "anew"
        if abs(lag - self._learnt) > SLIPPED_SAMPLES:
            self._move(lag - self._learnt)
            return "back"
        self._learnt = lag
        self._clocks.correct(late)
        return "not"

    def _move(self, samples: int) -> None:
        self._late += samples * FRAMES_PER_SAMPLE
        self._delay.forget()

    @property
    def searches(self) -> int:
        """How often they were compared."""
        return self._delay.searches

    @property
    def echo_found(self) -> bool:
        """Whether the one was found in the other, at the last two looks: a single one may be mistaken."""
        return self._delay.delay is not None
