"""How loud Limber's own voice is in the microphone, and so whether somebody else speaks: what levels alone can tell.

Where its voice cannot be taken away, or not yet, that is enough to make it softer for whoever speaks over it: the two
are seldom loud in the same bands of frequency at the same moment.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from audio.aec.speex import AEC_FRAME
from audio.samples import SAMPLE_RATE, Clip

BANDS, LOWEST_HZ, HIGHEST_HZ = 16, 150, 6000
"""Bands, and the Hz from the lowest to the highest, each as much wider than the one below."""
FAR_END_LOUD_DB = -65.0
"""dB of full scale in a band from which there is a voice of its own to compare with."""
ECHO_FADE_DB = 1.2
"""dB by which its echo fades within a frame, at least: a room with much of it takes 0.8 s for 60."""
LEVEL_QUANTILE, LEVEL_STEP_DB, FIRST_LEVEL_STEP_DB = 0.95, 0.5, 3.0
"""The share of its frames that are no louder than what is taken for its level; the dB by which that is corrected."""
LEVEL_KNOWN_FRAMES = 2 * SAMPLE_RATE // AEC_FRAME
"""Frames of its own voice after which its level is known: two seconds."""
EXCESS_DB = 5.0
"""dB above that which are somebody else ..."""
NEAR_END_LOUD_DB, NOISE_MARGIN_DB, NOISE_RISE_DB = -60.0, 10.0, 0.03
"""... from so many dB of full scale on, and above the room's noise, which may rise by so many in a frame ..."""
EXCEEDING_BANDS = 2
"""... in so many bands ..."""
DECISION_FRAMES, EXCEEDING_FRAMES = 4, 3
"""... in so many of the last frames."""
BAND_EDGES = np.round(np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) / SAMPLE_RATE * 2 * AEC_FRAME).astype(np.int64)
BAND_WINDOW = np.hanning(2 * AEC_FRAME).astype(np.float32)


class DoubleTalkDetector:
    """Compares what is near_end with what was far_end, frame by frame, in step to a hundredth of a second."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """What comes now was far_end at another time."""
        self._near_end = self._far_end = np.zeros(AEC_FRAME, np.float32)
        self._expected = np.full(BANDS, -200.0)
        self._above = np.zeros(BANDS)
        self._room = np.zeros(BANDS)
        self._known = 0
        self._over: deque[bool] = deque(maxlen=DECISION_FRAMES)

    def observe(self, near_end: Clip, far_end: Clip) -> None:
        """The next FRAME samples of both, at 16 kHz: 16 ms."""
        near_end_bands, far_end_bands = _bands(self._near_end, near_end), _bands(self._far_end, far_end)
        self._near_end, self._far_end = near_end, far_end
        self._expected = np.maximum(far_end_bands, self._expected - ECHO_FADE_DB)
        above = near_end_bands - self._expected
        own = far_end_bands > FAR_END_LOUD_DB
        step = FIRST_LEVEL_STEP_DB if self._known < LEVEL_KNOWN_FRAMES else LEVEL_STEP_DB
        self._above[own] += step * np.where(above > self._above, LEVEL_QUANTILE, LEVEL_QUANTILE - 1)[own]
        self._known += bool(own.any())
        self._room = np.minimum(near_end_bands, self._room + NOISE_RISE_DB)
        loud = (near_end_bands > NEAR_END_LOUD_DB) & (near_end_bands > self._room + NOISE_MARGIN_DB)
        self._over.append(int(np.sum(loud & (above > self._above + EXCESS_DB))) >= EXCEEDING_BANDS)

    @property
    def detected(self) -> bool:
        """Whether somebody speaks besides itself."""
        return self._known >= LEVEL_KNOWN_FRAMES and sum(self._over) >= EXCEEDING_FRAMES


def _bands(before: Clip, samples: Clip) -> NDArray[np.float64]:
    """Decibels of full scale in each band, shape (BANDS,)."""
    power = np.square(np.abs(np.fft.rfft(np.concatenate([before, samples]) * BAND_WINDOW)), dtype=np.float64)
    return 10 * np.log10(np.add.reduceat(power, BAND_EDGES)[:BANDS] / AEC_FRAME**2 + 1e-20)
