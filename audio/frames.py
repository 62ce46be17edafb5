"""Frames: the time of everything that is played, in 1/48,000 s of speaker time."""

from typing import TypeAlias

Frame: TypeAlias = int
"""A moment or a length in 1/48,000 s of speaker time; frame 0 is the start of the session."""


FRAMES_PER_SECOND = 48_000


BLOCK_FRAMES = 960
"""What a rehearsal renders at a time, in frames (20 ms)."""


def frames(seconds: float) -> Frame:
    """Seconds as frames, rounded to the nearest."""
    return round(seconds * FRAMES_PER_SECOND)


def seconds(length: Frame) -> float:
    """Frames as seconds."""
    return length / FRAMES_PER_SECOND
