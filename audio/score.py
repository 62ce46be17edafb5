"""What is to be played, and when: sounds, cues and scores, counted in frames.

A frame is 1/48,000 s of speaker time, whatever the devices run at. Integers inside, seconds only at
the edges, so nothing is ever rounded twice.
"""

from dataclasses import dataclass
from typing import TypeAlias

from audio.frames import Frame

ScoreId: TypeAlias = int
"""Names one score from its scheduling to its last report; never used twice in a session."""


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
