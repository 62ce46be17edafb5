"""The entries of the timeline: one type for each kind of line, and its JSON form.

Entries are for people and benchmarks; no decision of Limber's reads one. Field names are those of the JSON lines.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from audio.frames import FRAMES_PER_SECOND, Frame

Cause = Literal["voice", "key", "device", "unused", "reminder"]
"""What brought a change about: spoken words, the keyboard, or a lost device."""
Side = Literal["left", "right"]
"""Side of the body."""
Device = Literal["microphone", "speaker"]
"""One of the two devices of a live session."""


class Entry:
    """A line of the timeline without its frame. `event` names the kind of line; benchmarks and tests rely on it."""

    __slots__ = ()
    event: ClassVar[str]


@dataclass(frozen=True, slots=True)
class StateEntered(Entry):
    """The dialogue entered a state."""

    event: ClassVar[str] = "state"

    name: str
    """Value of the `State`."""


@dataclass(frozen=True, slots=True)
class IntentTaken(Entry):
    """An intent was accepted and answered."""

    event: ClassVar[str] = "heard"

    text: str
    """The words, as they were recognised or typed."""
    intent: str
    """Name of the intent."""
    slots: Mapping[str, str]
    """Values of the intent's slots, by name."""
    confidence: float
    """Confidence of the reading, 0 to 1."""
    began: float
    """When the speech began, in seconds of session time."""
    until: float
    """When the speech ended, in seconds of session time."""


@dataclass(frozen=True, slots=True)
class NotUnderstood(Entry):
    """Speech or text that was not acted on."""

    event: ClassVar[str] = "not_understood"

    text: str
    """The words, as they were recognised or typed; may be empty."""
    began: float
    """When the speech began, in seconds of session time."""
    until: float
    """When the speech ended, in seconds of session time."""
    reason: str
    """Why: no words, no intent, unsure, late, not valid now, or own voice."""


@dataclass(frozen=True, slots=True)
class Said(Entry):
    """A line was spoken; the entry's frame is the first of its clip."""

    event: ClassVar[str] = "said"

    text: str
    """The line."""
    until: float
    """When the clip ended, in seconds of session time."""
    cut: bool
    """Whether the clip was cut off before its end."""


@dataclass(frozen=True, slots=True)
class Ducked(Entry):
    """Limber ducked its output, because somebody else speaks."""

    event: ClassVar[str] = "ducked"


@dataclass(frozen=True, slots=True)
class Unducked(Entry):
    """Limber ended the ducking."""

    event: ClassVar[str] = "unducked"


@dataclass(frozen=True, slots=True)
class EarconPlayed(Entry):
    """An earcon was played."""

    event: ClassVar[str] = "earcon"

    name: str
    """Name of the earcon."""


@dataclass(frozen=True, slots=True)
class SessionStarted(Entry):
    """A stretch session began."""

    event: ClassVar[str] = "session_started"

    routine: str | None
    """Key of the routine; None: a single movement."""


@dataclass(frozen=True, slots=True)
class SessionEnded(Entry):
    """A stretch session ended."""

    event: ClassVar[str] = "session_ended"

    completed: bool
    """Whether the session came to its end; False: it was stopped or left."""


@dataclass(frozen=True, slots=True)
class MovementBegun(Entry):
    """A repetition of a movement began."""

    event: ClassVar[str] = "movement"

    name: str
    """Key of the movement."""
    side: Side | None
    """Side of the body; None where the movement has no sides."""
    repetition: int
    """Number of the repetition, from 1."""
    of: int
    """Number of repetitions in all."""


@dataclass(frozen=True, slots=True)
class HoldStarted(Entry):
    """The first second of a hold began."""

    event: ClassVar[str] = "hold_started"

    seconds: int
    """Planned length, in seconds."""


@dataclass(frozen=True, slots=True)
class HoldEnded(Entry):
    """A hold was completed or given up."""

    event: ClassVar[str] = "hold_ended"

    seconds: int
    """Planned length, in seconds, as last changed."""
    held: Frame
    """Time really held, in frames, interruptions left out."""


@dataclass(frozen=True, slots=True)
class Count(Entry):
    """A second of a hold began."""

    event: ClassVar[str] = "count"

    n: int
    """Number of the second, from 1."""
    of: int
    """Length of the hold, in seconds."""
    silent: bool
    """Whether the count was not spoken."""


@dataclass(frozen=True, slots=True)
class SessionPaused(Entry):
    """Limber paused; the entry's frame is the first silent one."""

    event: ClassVar[str] = "paused"

    cause: Cause
    """What brought the pause about."""


@dataclass(frozen=True, slots=True)
class SessionResumed(Entry):
    """Limber resumed; the entry's frame is the first that sounded again."""

    event: ClassVar[str] = "resumed"

    cause: Cause
    """What ended the pause."""


@dataclass(frozen=True, slots=True)
class SessionStopped(Entry):
    """The person stopped whatever went on; the entry's frame is the first silent one."""

    event: ClassVar[str] = "stopped"

    cause: Cause
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class RedFlagRaised(Entry):
    """The person named a red flag."""

    event: ClassVar[str] = "red_flag"

    flag: str
    """Key of the red flag."""
    text: str
    """The words."""


@dataclass(frozen=True, slots=True)
class ReminderSaid(Entry):
    """A reminder began to be said."""

    event: ClassVar[str] = "reminder"

    text: str
    """What it reminds of."""


@dataclass(frozen=True, slots=True)
class FellAsleep(Entry):
    """Limber fell asleep."""

    event: ClassVar[str] = "asleep"

    cause: Cause
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class WokeUp(Entry):
    """Limber woke up, or was unmuted."""

    event: ClassVar[str] = "awake"

    cause: Cause
    """Voice or key."""


@dataclass(frozen=True, slots=True)
class DeviceDropped(Entry):
    """A device stopped working."""

    event: ClassVar[str] = "device_lost"

    device: Device
    """Which one."""


@dataclass(frozen=True, slots=True)
class DeviceReturned(Entry):
    """A lost device works again."""

    event: ClassVar[str] = "device_back"

    device: Device
    """Which one."""


@dataclass(frozen=True, slots=True)
class SpeakerUnderrun(Entry):
    """The speaker's buffer ran empty."""

    event: ClassVar[str] = "underrun"

    frames: int
    """Number of frames that the speaker missed."""


@dataclass(frozen=True, slots=True)
class NotSaved(Entry):
    """Settings, the point to resume or the history could not be written."""

    event: ClassVar[str] = "not_saved"

    problem: str
    """One line: the file, the fault and the remedy."""


def as_json(at: Frame, entry: Entry) -> dict[str, Any]:
    """The JSON object of an entry: its kind, its frame and its time in seconds, then its own fields."""
    fields: dict[str, Any] = asdict(entry)  # type: ignore[call-overload]
    return {"event": entry.event, "frame": at, "at": round(at / FRAMES_PER_SECOND, 6), **fields}
