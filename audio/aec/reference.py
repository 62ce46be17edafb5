"""The far-end reference: what the speaker played, resampled and aligned to the sample times of the microphone.

Where the devices' clocks leave the echo outside the reach of a canceller's filter, the measured delay moves it back in.
"""

from queue import Empty, SimpleQueue
from typing import Literal, TypeAlias

import numpy as np

from audio.aec.clock_drift import ClockDrift
from audio.aec.delay import DelayEstimator
from audio.filters import LowPass
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE, Clip, Samples

KEPT_FRAMES = 2 * FRAMES_PER_SECOND
"""Frames of the far end that are kept (2 s): more than any device takes from being given a frame to its echo."""
STORE_FRAMES = 4 * KEPT_FRAMES
"""Size of the buffer that holds them, in frames: what is kept is moved to its start when the buffer is full."""
DELAY_MARGIN = FRAMES_PER_SECOND // 100
"""Delay of the echo behind the reference after a realignment, in frames (10 ms): room for a delay that shrinks."""
DELAY_REACH = FRAMES_PER_SECOND * 3 // 50
"""Longest delay, in frames (60 ms), that is left as it is: the canceller needs the rest of its filter for the room."""
SLIPPED_SAMPLES = 3
"""Change of the delay between two searches, in samples, that clock drift explains; more means that sound was lost."""

DelayChange: TypeAlias = Literal["not", "back", "anew"]
"""Whether the reference was moved: not at all, back to the delay that it had before, or to a new one."""


class FarEndReference:
    """The far end by the microphone's clock: for the next samples of the near end, what was played at their time.

    Threads: `play` puts blocks into a queue, and may be called by any one thread; the queue is the whole hand-over.
    Everything else, with all other attributes, belongs to the thread that takes the reference.
    """

    def __init__(self) -> None:
        """Begin with nothing played and an unknown delay."""
        self._queue: SimpleQueue[Clip] = SimpleQueue()
        """Blocks that were played and not yet stored."""
        self._low_pass = LowPass()
        self._store = np.zeros(STORE_FRAMES, np.float32)
        """The far end, filtered for 16 kHz but still at 48 kHz; its last KEPT_FRAMES count."""
        self._filled = KEPT_FRAMES
        """Where the far end stops in the store."""
        self._played: Frame = 0
        """Frames that were played so far."""
        self._clocks = ClockDrift()
        self._late = 0.0
        """Frames by which the echo is later than the clocks say, less a margin."""
        self._delay = DelayEstimator()
        self._learnt: int | None = None
        """The delay that a canceller has adapted to, in samples; None: no echo was found yet."""

    def play(self, far_end: Clip) -> None:
        """Take the next frames that the speaker is given; the array may be written over afterwards."""
        self._queue.put(far_end.copy())

    def observe(self, samples: int, until: Frame) -> None:
        """Note that so many more samples of the near end were heard.

        `until`: the frame that left the speaker when the last of them was in the air.
        """
        self._store_played()
        if samples:  # without samples, `until` is the time of none of them
            self._clocks.observe(samples, until)

    def take(self, count: int) -> Samples:
        """The far end for the next `count` samples of the near end, in their order: shape (count,)."""
        self._store_played()
        ratio, clock = self._clocks.ratio, self._clocks.take(count)
        kept, end = self._store[self._filled - KEPT_FRAMES : self._filled], self._played
        # What is yet to be played has no echo: at the earliest, the echo is of the frames that were played last.
        at = max(min(clock - self._late, end - count * ratio), end - KEPT_FRAMES)
        places = at - (end - KEPT_FRAMES) + ratio * np.arange(count)
        before = np.minimum(places.astype(np.int64), KEPT_FRAMES - 2)
        share = (places - before).astype(np.float32)
        far_end: Samples = kept[before] * (1 - share) + kept[before + 1] * share
        return far_end

    def align(self, near_end: Samples, far_end: Samples) -> DelayChange:
        """Compare the near end with what was taken for it, and move the reference where the echo is out of reach.

        Both at 16 kHz and of one length. Whether what `take` gives from now on was moved.
        """
        delay = self._delay.delay if self._delay.observe(near_end, far_end) else None
        if delay is None:
            return "not"
        late = delay * FRAMES_PER_SAMPLE
        if self._learnt is None or not 0 <= late <= DELAY_REACH:
            self._learnt = delay if 0 <= late <= DELAY_REACH else None
        if self._learnt is None:
            self._move(delay - DELAY_MARGIN // FRAMES_PER_SAMPLE)
            self._clocks.forget()
            return "anew"
        if abs(delay - self._learnt) > SLIPPED_SAMPLES:
            self._move(delay - self._learnt)
            return "back"
        self._learnt = delay
        self._clocks.correct(late)
        return "not"

    def _store_played(self) -> None:
        """Filter and store the blocks that were played since the last call."""
        while True:
            try:
                block = self._queue.get_nowait()
            except Empty:
                return
            if self._filled + len(block) > len(self._store):
                self._store[:KEPT_FRAMES] = self._store[self._filled - KEPT_FRAMES : self._filled]
                self._filled = KEPT_FRAMES
            until = self._filled + len(block)
            self._store[self._filled : until] = self._low_pass.smooth(block)
            self._filled = until
            self._played += len(block)

    def _move(self, samples: int) -> None:
        """Take the far end so many samples earlier from now on."""
        self._late += samples * FRAMES_PER_SAMPLE
        self._delay.forget()

    @property
    def searches(self) -> int:
        """How often the echo was searched for so far."""
        return self._delay.searches

    @property
    def echo_found(self) -> bool:
        """Whether the echo was found by both of the last two searches: a single one may be mistaken."""
        return self._delay.delay is not None
