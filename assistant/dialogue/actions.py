"""Actions: what the dialogue asks of the stage, named in the imperative. The answers are events."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from assistant.coaching.session import Session
from assistant.guidance.schema import Routine
from assistant.history.stretch_record import Felt, StretchRecord
from assistant.reminders.book import ReminderBook
from assistant.settings import Settings
from assistant.timeline.entries import Entry
from audio.frames import Frame
from audio.score import Score, ScoreId, Sound


@dataclass(frozen=True, slots=True)
class Prepare:
    """Make the clips of some sounds ready; answered by `Ready`."""

    id: ScoreId
    """The score that will play the clips."""
    sounds: tuple[Sound, ...]
    """The sounds, each once."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Play a score; answered by `Played` for each cue and by `Ended`."""

    score: Score
    """The cues, and their offsets."""
    at: Frame | None = None
    """Frame at which the score begins; None: now. If that frame has passed, the whole score begins now instead."""
    replaces: ScoreId | None = None
    """The score that is cut off at the very frame at which the new one begins; None: none."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Cut a score off at once; answered by exactly one `Silenced`, even if the score has ended or never was."""

    id: ScoreId
    """The score to be cut off."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Play an earcon now, mixed over whatever else plays."""

    id: ScoreId
    """Number of the earcon's own score."""
    name: str
    """Which earcon, as in `audio.score.Earcon`."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the mixer's output gain from now on."""

    decibels: float
    """Gain in dB; 0: clips as they are rendered."""


@dataclass(frozen=True, slots=True)
class Note:
    """Add an entry to the timeline."""

    at: Frame
    """Frame at which the entry happened."""
    entry: Entry
    """What happened."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the profile keeps between two runs of Limber."""

    settings: Settings
    """The person's settings."""
    session: Session | None
    """The stretch session that can be resumed, at its place; None: none."""
    routines: tuple[Routine, ...] = ()
    """The routines that were made by voice."""
    interrupted: bool = False
    """Whether that session goes on, or is offered again: what ends Limber now interrupts it."""


@dataclass(frozen=True, slots=True)
class Save:
    """Write settings and the place to resume to the profile; answered by `Saved` or `SaveFailed`."""

    kept: Kept
    """What is written."""
    at: datetime | None = None
    """Civil time, with its zone, of this moment; None: unknown."""


@dataclass(frozen=True, slots=True)
class Record:
    """Add a stretch session that has ended to the profile's history; answered by `Saved` or `SaveFailed`."""

    record: StretchRecord
    """What is kept of it."""


@dataclass(frozen=True, slots=True)
class RecordFelt:
    """Set how the person felt after the stretch session recorded last; answered by `Saved` or `SaveFailed`."""

    felt: Felt | None
    """What the person said; None: nothing, or it was taken back."""
    after: int | None = None
    """The same as a number, 0 to WORST_RATING; None: as for `felt`."""


@dataclass(frozen=True, slots=True)
class SaveReminders:
    """Write the reminders to the profile; answered by `Saved` or `SaveFailed`."""

    book: ReminderBook
    """All of them."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete stretch sessions from the profile's history; answered by `Saved` or `SaveFailed`."""

    day: date | None
    """The day whose sessions go; None: all go."""


Action: TypeAlias = (
    Prepare | Schedule | Silence | Signal | SetVolume | Note | Save | SaveReminders | Record | RecordFelt | Forget
)
"""Anything that the dialogue can ask for."""
