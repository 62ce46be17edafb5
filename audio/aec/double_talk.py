"""Double-talk detection by levels alone: how loud Limber's echo is in the microphone, and so whether somebody speaks.

Where the echo cannot be cancelled, or not yet, this is enough to duck Limber's voice under whoever speaks over it: two
voices are seldom loud in the same frequency bands at the same moment. `docs/barge_in.md` has the figures.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from audio.aec.speex import AEC_FRAME
from audio.samples import SAMPLE_RATE, Samples

BANDS = 16
"""Frequency bands that are compared, each wider than the one below by one factor."""
LOWEST_HZ, HIGHEST_HZ = 150, 6000
"""Edges of the lowest and of the highest band, in Hz."""
FAR_END_LOUD_DB = -65.0
"""Level of the far end in a band, in dBFS, from which its echo in that band is measured."""
ECHO_FADE_DB = 1.2
"""Least fall of the echo in an AEC frame (16 ms), in dB: a room with 0.8 s of reverberation to -60 dB."""
LEVEL_QUANTILE = 0.95
"""Share of the AEC frames whose echo is no louder than the level assumed for it."""
LEVEL_STEP_DB, FIRST_LEVEL_STEP_DB = 0.5, 3.0
"""Step by which the assumed level of the echo is corrected in an AEC frame, in dB: later, and in the first seconds."""
LEVEL_KNOWN_FRAMES = 2 * SAMPLE_RATE // AEC_FRAME
"""AEC frames of Limber's speech (two seconds) after which the level of its echo counts as known."""
EXCESS_DB = 5.0
"""Excess over the assumed echo from which a band holds another voice, in dB."""
NEAR_END_LOUD_DB = -60.0
"""Level of the near end from which a band can hold another voice, in dBFS."""
NOISE_MARGIN_DB = 10.0
"""Excess over the room's noise from which a band can hold another voice, in dB."""
NOISE_RISE_DB = 0.03
"""Most rise of the assumed noise in an AEC frame, in dB; it falls at once."""
NOISE_SMOOTHING = 0.8
"""Share of the mean power in a band that each AEC frame leaves; the lowest mean is the room's noise.

The lowest single frame would not do: in bands of one or two bins a steady noise swings by 20 dB from frame to frame.
"""
EXCEEDING_BANDS = 2
"""Bands with another voice from which an AEC frame holds one."""
DECISION_FRAMES, EXCEEDING_FRAMES = 4, 3
"""Double-talk is detected where, of the last DECISION_FRAMES AEC frames, EXCEEDING_FRAMES hold another voice."""
BAND_EDGES = np.round(np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) / SAMPLE_RATE * 2 * AEC_FRAME).astype(np.int64)
"""Edges of the bands, as indices into the spectrum of two AEC frames: shape (BANDS + 1,)."""
BAND_WINDOW = np.hanning(2 * AEC_FRAME).astype(np.float32)
"""Analysis window over two AEC frames: shape (2 * AEC_FRAME,)."""
NO_ECHO_DB = -200.0
"""Level of the far end before anything was played, in dBFS: below that of any sound."""
BAND_SILENCE_POWER = 1e-20
"""Power added to every band, so that silence has a logarithm (-200 dBFS)."""


class DoubleTalkDetector:
    """Detects double-talk: bands of the near end that exceed the predicted echo by EXCESS_DB, for a few AEC frames.

    Takes both ends frame by frame, aligned to a hundredth of a second.
    """

    def __init__(self) -> None:
        """Begin with an unknown level of the echo."""
        self.forget()

    def forget(self) -> None:
        """Drop the measured level of the echo: from now on the far end has another delay."""
        self._near_end = self._far_end = np.zeros(AEC_FRAME, np.float32)
        self._far_end_db = np.full(BANDS, NO_ECHO_DB)
        """Level of the far end with its reverberation, in each band."""
        self._echo_gain_db = np.zeros(BANDS)
        """Gain from the far end to its echo, in each band: the LEVEL_QUANTILE over the frames so far."""
        self._noise_db = np.zeros(BANDS)
        """Level of the room's noise, in each band: the lowest of the means since the echo's delay was known."""
        self._mean_power = np.ones(BANDS)
        """Mean power of the near end over the last frames, in each band."""
        self._known = 0
        """AEC frames in which the far end was loud enough to measure its echo."""
        self._exceeding: deque[bool] = deque(maxlen=DECISION_FRAMES)

    def observe(self, near_end: Samples, far_end: Samples) -> None:
        """Take the next AEC frame of both ends, each of shape (AEC_FRAME,)."""
        near_end_db, far_end_db = _bands(self._near_end, near_end), _bands(self._far_end, far_end)
        self._near_end, self._far_end = near_end, far_end
        self._far_end_db = np.maximum(far_end_db, self._far_end_db - ECHO_FADE_DB)
        gain_db = near_end_db - self._far_end_db
        measured = far_end_db > FAR_END_LOUD_DB
        step = FIRST_LEVEL_STEP_DB if self._known < LEVEL_KNOWN_FRAMES else LEVEL_STEP_DB
        # Steps of these two sizes, up and down, end where that share of the frames is below.
        self._echo_gain_db[measured] += (
            step * np.where(gain_db > self._echo_gain_db, LEVEL_QUANTILE, LEVEL_QUANTILE - 1)[measured]
        )
        self._known += bool(measured.any())
        self._mean_power = NOISE_SMOOTHING * self._mean_power + (1 - NOISE_SMOOTHING) * 10 ** (near_end_db / 10)
        self._noise_db = np.minimum(10 * np.log10(self._mean_power), self._noise_db + NOISE_RISE_DB)
        loud = (near_end_db > NEAR_END_LOUD_DB) & (near_end_db > self._noise_db + NOISE_MARGIN_DB)
        exceeding = loud & (gain_db > self._echo_gain_db + EXCESS_DB)
        self._exceeding.append(int(np.sum(exceeding)) >= EXCEEDING_BANDS)

    @property
    def detected(self) -> bool:
        """Whether somebody speaks over Limber's voice; False while the level of the echo is not known."""
        return self._known >= LEVEL_KNOWN_FRAMES and sum(self._exceeding) >= EXCEEDING_FRAMES


def _bands(before: Samples, samples: Samples) -> NDArray[np.float64]:
    """Measure the level of two successive AEC frames in each band, in dBFS: shape (BANDS,)."""
    power = np.square(np.abs(np.fft.rfft(np.concatenate([before, samples]) * BAND_WINDOW)), dtype=np.float64)
    return 10 * np.log10(np.add.reduceat(power, BAND_EDGES)[:BANDS] / AEC_FRAME**2 + BAND_SILENCE_POWER)
