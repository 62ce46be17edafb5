"""What the dialogue asks of the stage: actions, in the imperative."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.coaching.session import Session
from assistant.settings import Settings
from assistant.timeline.entries import Entry
from audio.frames import Frame
from audio.score import Score, ScoreId, Sound


@dataclass(frozen=True, slots=True)
class Prepare:
    """Have these sounds at hand; answered by `Ready`."""

    id: ScoreId
    sounds: tuple[Sound, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Play a score; answered by `Played` for each cue and by `Ended`."""

    score: Score
    at: Frame | None = None
    """None: now. A moment already past: now, and the score slides whole."""
    replaces: ScoreId | None = None
    """The score that falls silent at the very frame at which this one begins."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Fall silent at once; answered by `Silenced`, exactly once, whatever became of the score."""

    id: ScoreId


@dataclass(frozen=True, slots=True)
class Signal:
    """Play an earcon over whatever else sounds."""

    id: ScoreId
    name: str


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Speak louder or more quietly from now on."""

    decibels: float


@dataclass(frozen=True, slots=True)
class Note:
    """Write a line into the timeline."""

    at: Frame
    entry: Entry


@dataclass(frozen=True, slots=True)
class Kept:
    """What is worth keeping beyond this session."""

    settings: Settings
    session: Session | None
    """Where to resume."""


@dataclass(frozen=True, slots=True)
class Save:
    """Keep this in the profile; answered by `Saved` or `SaveFailed`."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class Record:
    """Add a session that has ended to the history; answered by `Saved` or `SaveFailed`."""

    routine: str | None
    completed: bool


Action: TypeAlias = Prepare | Schedule | Silence | Signal | SetVolume | Note | Save | Record
