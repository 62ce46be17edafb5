"""What is to be played, and when: sounds, cues and scores, counted in frames.

A frame is 1/48,000 s of speaker time, whatever the devices run at. Integers inside, seconds only at
the edges, so nothing is ever rounded twice.
"""

from dataclasses import dataclass
from typing import TypeAlias

Frame: TypeAlias = int
"""A moment or a length in 1/48,000 s of speaker time; frame 0 is the start of the session."""

ScoreId: TypeAlias = int
"""Names one score from its scheduling to its last report; never used twice in a session."""

FRAMES_PER_SECOND = 48_000
BLOCK_FRAMES = 960
"""What a rehearsal renders at a time, in frames (20 ms)."""


def frames(seconds: float) -> Frame:
    """Seconds as frames, rounded to the nearest."""
    return round(seconds * FRAMES_PER_SECOND)


def seconds(length: Frame) -> float:
    """Frames as seconds."""
    return length / FRAMES_PER_SECOND


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How a line is spoken: one synthesis process serves one of these."""

    name: str = "gmw/en-us"
    """The espeak-ng voice, as pyttsx3 names it."""
    words_per_minute: int = 150
    pitch: int = 50
    """0 to 99, espeak-ng's own scale."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A line of text in a voice."""

    text: str
    voice: VoiceSettings = VoiceSettings()
    fit: Frame | None = None
    """The longest the clip may be, in frames; it is spoken faster until it fits. None: as long as it is."""


@dataclass(frozen=True, slots=True)
class Earcon:
    """A short synthesised sound: listening, understood, not_understood or muted."""

    name: str


Sound: TypeAlias = Speech | Earcon


class Mark:
    """What the start of a cue means to whoever scheduled it; the mixer carries it untouched."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound, a mark or both, at an offset inside a score."""

    offset: Frame
    """From the start of the score, in frames."""
    sound: Sound | None = None
    """None: nothing is heard, the mark alone is reported."""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Cues that belong together: a late score slides whole, so nothing inside it is ever short."""

    id: ScoreId
    cues: tuple[Cue, ...]
    """In order of offset."""
    length: Frame
    """When the score has ended, in frames from its start; at least the end of its last cue."""
