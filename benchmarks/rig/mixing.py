"""Speech in noise, by the rule of the published benchmark: the loudest frames of both are set against each other."""

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

Sound: TypeAlias = NDArray[np.float32]
"""Mono, 16 kHz, shape (n,)."""

MIX_FRAME = 2048
"""Samples."""
MIX_PEAK = 0.5
BABBLE_SPEAKERS = 4
"""How many speak at once in babble."""


def loudest(sound: Sound) -> float:
    """Energy of the loudest frame; of all there is where that is less than a frame."""
    whole = len(sound) // MIX_FRAME
    frames = sound[: whole * MIX_FRAME].reshape(whole, MIX_FRAME) if whole else sound[np.newaxis]
    return float(np.square(frames, dtype=np.float64).sum(axis=1).max())


def mix(speech: Sound, noise: Sound, decibels: float) -> Sound:
    """Speech and as much noise as gives this ratio between their loudest frames; peak 0.5. Both of one length."""
    scale = np.sqrt(loudest(speech) / (loudest(noise) * 10 ** (decibels / 10)))
    mixed: Sound = speech + noise * np.float32(scale)
    mixed *= np.float32(MIX_PEAK / np.abs(mixed).max())
    return mixed


@lru_cache(maxsize=64)
def recording(path: Path) -> Sound:
    """A recording at 16 kHz. Raises AudioError."""
    return read_recording(path).at(SAMPLE_RATE)


def excerpt(noise: Sound, length: int, name: str) -> Sound:
    """So many samples of a noise, from a place that the name alone decides; it goes round where it is too short."""
    begin = crc32(name.encode()) % len(noise)
    return np.resize(np.roll(noise, -begin), length)


def babble(others: Sequence[Path], length: int, name: str) -> Sound:
    """So many samples of several people at once, equally loud, whom the name alone decides.

    Each joins in the middle of a recording and goes on with others, silences and all; each of `others` is heard at
    most once, and where they don't suffice, the rest is more quiet.
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
