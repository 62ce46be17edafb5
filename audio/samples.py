"""Sound as arrays: 16 kHz samples for recognition, 48 kHz clips for playback, and their levels."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.frames import FRAMES_PER_SECOND, Frame

SAMPLE_RATE = 16_000
"""Samples a second of everything here."""


FRAMES_PER_SAMPLE = FRAMES_PER_SECOND // SAMPLE_RATE


PEAK_WINDOW = SAMPLE_RATE // 10
"""Samples over which the loudest speech is measured."""


SILENCE_DBFS = -120.0
"""dBFS."""


def peak_level_db(speech: NDArray[np.float32]) -> float:
    """The level of the loudest moment, in dBFS."""
    return max(level_db(chunk) for chunk in np.array_split(speech, max(1, len(speech) // PEAK_WINDOW)))


def level_db(chunk: NDArray[np.float32]) -> float:
    """dBFS, of the part that swings; -120 for digital silence."""
    return 10 * math.log10(float(np.var(chunk, dtype=np.float64)) + 1e-12)


Clip = NDArray[np.float32]
"""Mono, 48 kHz, shape (frames,), read-only."""


FAINT_RMS = 0.01
"""Root mean square of faint noise."""


RMS_BLOCK_SECONDS = 0.010


ACTIVE_SHARE = 0.1
"""A block counts as speech when its RMS is more than this part of the loudest block's."""


def faint_noise(samples: int) -> NDArray[np.float32]:
    """Faint noise, as of a room in which nobody speaks: at any rate, the same each time."""
    return np.random.default_rng(1).normal(0, FAINT_RMS, samples).astype(np.float32)


def raised_cosine(length: int) -> NDArray[np.float32]:
    """A smooth rise from 0 towards 1, shape (length,)."""
    return ((1 - np.cos(np.pi * np.arange(length) / length)) / 2).astype(np.float32)


def active_rms(clip: NDArray[np.float32], rate: int = FRAMES_PER_SECOND) -> float:
    """The RMS of mono speech while it sounds."""
    block = round(RMS_BLOCK_SECONDS * rate)
    padded = np.zeros(-(-len(clip) // block) * block)
    padded[: len(clip)] = clip
    powers = np.mean(padded.reshape(-1, block) ** 2, axis=1)
    return float(np.sqrt(np.mean(powers[powers > ACTIVE_SHARE**2 * powers.max()])))


def silence(length: Frame) -> Clip:
    """Silence, writable."""
    return np.zeros(length, np.float32)


Floats: TypeAlias = NDArray[np.float32]
