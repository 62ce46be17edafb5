"""Frames: positions and lengths in playback time, counted at 48 kHz.

Whatever the devices run at, positions are whole numbers of frames; seconds appear only where a person or a clock gives
or reads them, so that nothing is rounded twice.
"""

from typing import TypeAlias

Frame: TypeAlias = int
"""A position or a length in 1/48,000 s of speaker time; frame 0 is the start of the session."""

FRAMES_PER_SECOND = 48_000
"""Sample rate of everything that is played, in Hz."""

BLOCK_FRAMES = 960
"""Length of the block that a rehearsal renders at a time, in frames (20 ms)."""


def frames(seconds: float) -> Frame:
    """Convert seconds to frames, rounded to the nearest."""
    return round(seconds * FRAMES_PER_SECOND)


def seconds(length: Frame) -> float:
    """Convert frames to seconds."""
    return length / FRAMES_PER_SECOND
