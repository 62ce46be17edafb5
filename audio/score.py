"""Scores: which sounds are to be played, and when. Sounds, cues and scores, all times in frames at 48 kHz."""

from dataclasses import dataclass
from typing import TypeAlias

from audio.frames import Frame

ScoreId: TypeAlias = int
"""Number of one score, from its scheduling to its last report; never used twice in a session."""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How a line is spoken. One synthesis process serves one of these."""

    name: str = "gmw/en-us"
    """Name of the espeak-ng voice, as pyttsx3 writes it."""
    words_per_minute: int = 150
    """Speaking rate, in words a minute; espeak-ng takes 80 to 450."""
    pitch: int = 50
    """Pitch of the voice on espeak-ng's own scale, 0 to 99."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A line of text in a voice."""

    text: str
    """The words to be spoken."""
    voice: VoiceSettings = VoiceSettings()
    """The voice that speaks the line."""
    fit: Frame | None = None
    """The longest that the clip may be, in frames: the line is spoken faster until it fits. None: no limit."""


@dataclass(frozen=True, slots=True)
class Earcon:
    """A short synthesised sound that stands for a message."""

    name: str
    """Which earcon: listening, understood, not_understood, count or muted."""


Sound: TypeAlias = Speech | Earcon
"""What a cue can play."""


class Mark:
    """What the start of a cue means to whoever scheduled it. The mixer carries a mark untouched; subclasses mean it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound, a mark or both, at an offset inside a score."""

    offset: Frame
    """When the cue begins, in frames from the start of its score."""
    sound: Sound | None = None
    """What is played. None: nothing sounds, the mark alone is reported."""
    mark: Mark | None = None
    """What the start of the cue means. None: its start matters to nobody."""


@dataclass(frozen=True, slots=True)
class Score:
    """Cues that belong together: a late score is delayed as a whole, so that no interval inside it changes."""

    id: ScoreId
    """The score's own number."""
    cues: tuple[Cue, ...]
    """The cues in order of their offsets."""
    length: Frame
    """When the score ends, in frames from its start; at least the end of its last cue."""
