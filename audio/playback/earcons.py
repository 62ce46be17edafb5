"""Earcons: short soft sounds, made of sines, for messages that would take longer to say.

They differ in shape, not only in pitch: rising, falling, twice, low.
"""

from functools import cache

import numpy as np

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, frames
from audio.samples import Block, Clip, raised_cosine

AMPLITUDE = 0.12
"""Amplitude of every tone (-18 dBFS at its peak)."""
EDGE_FRAMES = frames(0.012)
"""Length of the fade at the beginning and at the end of each tone, in frames (12 ms)."""
EARCON_GAP = (0.0, 0.0, 0.030)
"""Silence between two tones: 30 ms."""
SHAPES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "listening": ((520.0, 780.0, 0.120),),
    "understood": ((880.0, 880.0, 0.060), EARCON_GAP, (880.0, 880.0, 0.060)),
    "not_understood": ((300.0, 220.0, 0.180),),
    "count": ((1046.5, 1046.5, 0.080),),
    "muted": ((660.0, 660.0, 0.070), EARCON_GAP, (440.0, 440.0, 0.070)),
}
"""The tones of each earcon in turn: first and last pitch in Hz (0: silence), length in seconds."""


@cache
def earcon(name: str) -> Clip:
    """Synthesise an earcon by its name. Raises AudioError for a name that is none."""
    if name not in SHAPES:
        raise AudioError(f"there is no earcon {name!r}: use one of {', '.join(SHAPES)}")
    clip = np.concatenate([_tone(*shape) for shape in SHAPES[name]])
    clip.flags.writeable = False
    return clip


def _tone(first: float, last: float, length: float) -> Block:
    """Synthesise a tone that glides from one pitch to another, in Hz; `length` in seconds."""
    count = frames(length)
    pitch = np.linspace(first, last, count)
    tone = (AMPLITUDE * np.sin(2 * np.pi * np.cumsum(pitch) / FRAMES_PER_SECOND)).astype(np.float32)
    tone[:EDGE_FRAMES] *= raised_cosine(EDGE_FRAMES)
    tone[::-1][:EDGE_FRAMES] *= raised_cosine(EDGE_FRAMES)
    return tone
