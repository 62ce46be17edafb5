"""How loud Limber's own voice is in the microphone, and so whether somebody else speaks: what levels alone can tell.

Where its voice cannot be taken away, or not yet, that is enough to make it softer for whoever speaks over it: the two
are seldom loud in the same bands of frequency at the same moment.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from audio.clip import Clip
from audio.segmenter import RATE
from audio.speex import FRAME

BANDS, LOWEST, HIGHEST = 16, 150, 6000
"""Bands, and the Hz from the lowest to the highest, each as much wider than the one below."""
LOUD = -65.0
"""dB of full scale in a band from which there is a voice of its own to compare with."""
FADES = 1.2
"""dB by which its echo fades within a frame, at least: a room with much of it takes 0.8 s for 60."""
MOSTLY, STEP, FIRST_STEP = 0.95, 0.5, 3.0
"""The share of its frames that are no louder than what is taken for its level; the dB by which that is corrected."""
KNOWN = 2 * RATE // FRAME
"""Frames of its own voice after which its level is known: two seconds."""
OVER = 5.0
"""dB above that which are somebody else ..."""
HEARD, STANDS_OUT, RISES = -60.0, 10.0, 0.03
"""... from so many dB of full scale on, and above the room's noise, which may rise by so many in a frame ..."""
STEADY = 0.8
"""Share of the mean power in a band that each frame leaves; the lowest of these means is the room's noise. The lowest
single frame would not do: in bands as narrow as these a steady noise swings by 20 dB."""
MANY = 2
"""... in so many bands ..."""
AMONG, ENOUGH = 4, 3
"""... in so many of the last frames."""
EDGES = np.round(np.geomspace(LOWEST, HIGHEST, BANDS + 1) / RATE * 2 * FRAME).astype(np.int64)
WINDOW = np.hanning(2 * FRAME).astype(np.float32)


class OwnLevel:
    """Compares what is heard with what was played, frame by frame, in step to a hundredth of a second."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """What comes now was played at another time."""
        self._heard = self._played = np.zeros(FRAME, np.float32)
        self._expected = np.full(BANDS, -200.0)
        self._above = np.zeros(BANDS)
        self._room = np.zeros(BANDS)
        self._mean = np.ones(BANDS)
        self._known = 0
        self._over: deque[bool] = deque(maxlen=AMONG)

    def take(self, heard: Clip, played: Clip) -> None:
        """The next FRAME samples of both, at 16 kHz: 16 ms."""
        heard_in, played_in = _bands(self._heard, heard), _bands(self._played, played)
        self._heard, self._played = heard, played
        self._expected = np.maximum(played_in, self._expected - FADES)
        above = heard_in - self._expected
        own = played_in > LOUD
        step = FIRST_STEP if self._known < KNOWN else STEP
        self._above[own] += step * np.where(above > self._above, MOSTLY, MOSTLY - 1)[own]
        self._known += bool(own.any())
        self._mean = STEADY * self._mean + (1 - STEADY) * 10 ** (heard_in / 10)
        self._room = np.minimum(10 * np.log10(self._mean), self._room + RISES)
        loud = (heard_in > HEARD) & (heard_in > self._room + STANDS_OUT)
        self._over.append(int(np.sum(loud & (above > self._above + OVER))) >= MANY)

    @property
    def voice(self) -> bool:
        """Whether somebody speaks besides itself."""
        return self._known >= KNOWN and sum(self._over) >= ENOUGH


def _bands(before: Clip, samples: Clip) -> NDArray[np.float64]:
    """Decibels of full scale in each band, shape (BANDS,)."""
    power = np.square(np.abs(np.fft.rfft(np.concatenate([before, samples]) * WINDOW)), dtype=np.float64)
    return 10 * np.log10(np.add.reduceat(power, EDGES)[:BANDS] / FRAME**2 + 1e-20)
