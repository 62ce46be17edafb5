"""Mixes speech and noise by the rule of the published benchmark, which sets their loudest frames against each other."""

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from audio.files import read_recording
from audio.samples import SAMPLE_RATE

Signal: TypeAlias = NDArray[np.float32]
"""Mono samples at 16 kHz, shape (n,)."""

MIX_FRAME = 2048
"""Samples of a frame whose energy is compared."""
MIX_PEAK = 0.5
"""Peak amplitude of a mix, of 1."""
BABBLE_SPEAKERS = 4
"""How many people speak at once in babble."""


def loudest(sound: Signal) -> float:
    """Energy of the loudest frame; of the whole signal where it is shorter than a frame."""
    whole = len(sound) // MIX_FRAME
    frames = sound[: whole * MIX_FRAME].reshape(whole, MIX_FRAME) if whole else sound[np.newaxis]
    return float(np.square(frames, dtype=np.float64).sum(axis=1).max())


def mix(speech: Signal, noise: Signal, decibels: float) -> Signal:
    """Speech with noise of equal length, at `decibels` between their loudest frames, scaled to MIX_PEAK."""
    scale = np.sqrt(loudest(speech) / (loudest(noise) * 10 ** (decibels / 10)))
    mixed: Signal = speech + noise * np.float32(scale)
    mixed *= np.float32(MIX_PEAK / np.abs(mixed).max())
    return mixed


@lru_cache(maxsize=64)
def recording(path: Path) -> Signal:
    """A recording at 16 kHz. Raises AudioError."""
    return read_recording(path).at(SAMPLE_RATE)


def excerpt(noise: Signal, length: int, name: str) -> Signal:
    """`length` samples of a noise from a place that `name` decides; it goes round where it is too short."""
    begin = crc32(name.encode()) % len(noise)
    return np.resize(np.roll(noise, -begin), length)


def babble(others: Sequence[Path], length: int, name: str) -> Signal:
    """`length` samples of several people at once, equally loud, whom `name` decides.

    Each joins in the middle of a recording and goes on with others, silences included. Each of `others` is used at most
    once; where they do not suffice, the rest is quieter.
    """
    chance = random.Random(name)  # noqa: S311 - the same for a name every time
    shuffled = list(others)
    chance.shuffle(shuffled)
    mixed = np.zeros(length, np.float32)
    for _ in range(BABBLE_SPEAKERS):
        at, skipped = 0, chance.random()
        while at < length and shuffled:
            voice = recording(shuffled.pop())
            voice = voice / np.sqrt(np.mean(np.square(voice)))
            piece = voice[round(skipped * len(voice)) :][: length - at]
            mixed[at : at + len(piece)] += piece
            at, skipped = at + len(piece), 0.0
    return mixed
