"""Arrays of sound and their names, their levels, and full scale: 16 kHz for what is heard, 48 kHz for what is played.

All are mono, float32, shape (n,), with full scale at -1 and 1. The names are aliases of one type: they tell a reader,
not the interpreter, at which rate an array is and who may write into it.
"""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.frames import FRAMES_PER_SECOND, Frame

SAMPLE_RATE = 16_000
"""Sample rate of everything that is heard, in Hz: voice activity, echo cancellation, recognition, keyword spotting."""

FRAMES_PER_SAMPLE = FRAMES_PER_SECOND // SAMPLE_RATE
"""Frames of playback time (48 kHz) to one sample of the microphone (16 kHz), where both clocks run alike."""

Samples: TypeAlias = NDArray[np.float32]
"""Sound that is heard: mono, 16 kHz (SAMPLE_RATE), shape (samples,)."""

Clip: TypeAlias = NDArray[np.float32]
"""Sound to be played: mono, 48 kHz, shape (frames,), read-only (the array's `writeable` flag is off)."""

Block: TypeAlias = NDArray[np.float32]
"""A buffer for sound to be played: mono, 48 kHz, shape (frames,), writable; the mixer renders into it."""

Waveform: TypeAlias = NDArray[np.float32]
"""Sound at a rate that is told beside it: mono, shape (n,); recordings, devices, and what a voice engine wrote."""

Floats: TypeAlias = NDArray[np.float32]
"""Numbers that go into a neural network or come out of it, of any shape; never sound as such."""

PCM_FULL_SCALE = 32_768
"""Full scale of 16-bit PCM: the magnitude of its lowest value, which stands for -1."""

PCM_MAX = PCM_FULL_SCALE - 1
"""The highest value of 16-bit PCM."""

SILENCE_DBFS = -120.0
"""Level of digital silence as `level_db` gives it, in dBFS; no sound is softer."""

SILENCE_POWER = 1e-12
"""Power that `level_db` adds to every sound, relative to full scale (-120 dB), so that silence has a logarithm."""

PEAK_WINDOW = SAMPLE_RATE // 10
"""Length of the windows whose levels `peak_level_db` compares, in samples at 16 kHz (100 ms)."""

FAINT_RMS = 0.01
"""Root mean square of faint noise, as an amplitude (-40 dBFS)."""

RMS_BLOCK_SECONDS = 0.010
"""Length of the windows in which `active_rms` looks for speech, in seconds."""

ACTIVE_SHARE = 0.1
"""RMS from which a window counts as speech, as a share of the loudest window's (-20 dB)."""


def level_db(chunk: Waveform) -> float:
    """Measure the level of a sound in dBFS, without its constant offset; -120 for digital silence."""
    return 10 * math.log10(float(np.var(chunk, dtype=np.float64)) + SILENCE_POWER)


def peak_level_db(speech: Samples) -> float:
    """Measure the level of the loudest 100 ms of speech, in dBFS; -120 for digital silence."""
    return max(level_db(chunk) for chunk in np.array_split(speech, max(1, len(speech) // PEAK_WINDOW)))


def active_rms(sound: Waveform, rate: int = FRAMES_PER_SECOND) -> float:
    """Measure the root mean square of speech while it sounds, its pauses left out: an amplitude, 0 to 1.

    `rate`: that of the sound, in Hz.
    """
    block = round(RMS_BLOCK_SECONDS * rate)
    padded = np.zeros(-(-len(sound) // block) * block)
    padded[: len(sound)] = sound
    powers = np.mean(padded.reshape(-1, block) ** 2, axis=1)
    return float(np.sqrt(np.mean(powers[powers > ACTIVE_SHARE**2 * powers.max()])))


def faint_noise(samples: int) -> Samples:
    """Make faint white noise, as in a room in which nobody speaks: so many samples, identical at each call."""
    return np.random.default_rng(1).normal(0, FAINT_RMS, samples).astype(np.float32)


def raised_cosine(length: int) -> Waveform:
    """Compute the gains of a smooth fade-in, from 0 towards 1: shape (length,)."""
    return ((1 - np.cos(np.pi * np.arange(length) / length)) / 2).astype(np.float32)


def silence(length: Frame) -> Block:
    """Make a writable block of digital silence, in frames at 48 kHz."""
    return np.zeros(length, np.float32)


def joined(*parts: Samples) -> Samples:
    """Sounds one after the other, each of shape (n,)."""
    return np.concatenate(parts)
