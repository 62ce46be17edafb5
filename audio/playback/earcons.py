"""Short soft sounds for what would take longer to say, made of sines.

They differ in shape, not only in pitch: rising, falling, twice, low; a sound and its undoing mirror each other.
"""

from functools import cache

import numpy as np

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, frames
from audio.samples import Clip, raised_cosine

AMPLITUDE = 0.12
EDGE = frames(0.012)
"""The rise and the fall of each tone, in frames."""

EARCON_GAP = (0.0, 0.0, 0.030)
SHAPES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "listening": ((520.0, 780.0, 0.120),),
    "understood": ((880.0, 880.0, 0.060), EARCON_GAP, (880.0, 880.0, 0.060)),
    "not_understood": ((300.0, 220.0, 0.180),),
    "muted": ((660.0, 660.0, 0.070), EARCON_GAP, (440.0, 440.0, 0.070)),
    "unmuted": ((440.0, 440.0, 0.070), EARCON_GAP, (660.0, 660.0, 0.070)),
}
"""Tones of an earcon in turn: first and last pitch in Hz (0: none), length in seconds."""


@cache
def earcon(name: str) -> Clip:
    """The clip of an earcon. Raises AudioError for a name that is none."""
    if name not in SHAPES:
        raise AudioError(f"there is no earcon {name!r}: use one of {', '.join(SHAPES)}")
    clip = np.concatenate([_tone(*shape) for shape in SHAPES[name]])
    clip.flags.writeable = False
    return clip


def _tone(first: float, last: float, length: float) -> Clip:
    count = frames(length)
    pitch = np.linspace(first, last, count)
    tone = (AMPLITUDE * np.sin(2 * np.pi * np.cumsum(pitch) / FRAMES_PER_SECOND)).astype(np.float32)
    tone[:EDGE] *= raised_cosine(EDGE)
    tone[::-1][:EDGE] *= raised_cosine(EDGE)
    return tone
