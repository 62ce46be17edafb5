"""What the timeline records: one small type for each kind of line, and its JSON form. Nothing reads an entry back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from audio.frames import FRAMES_PER_SECOND, Frame

Cause = Literal["voice", "key", "device"]
Side = Literal["left", "right"]
Device = Literal["microphone", "speaker"]


class Entry:
    """A line of the timeline, less its frame. `event` is its name there: outside checks rely on it."""

    __slots__ = ()
    event: ClassVar[str]


@dataclass(frozen=True, slots=True)
class StateEntered(Entry):
    """The conversation entered a state."""

    event: ClassVar[str] = "state"

    name: str


@dataclass(frozen=True, slots=True)
class IntentTaken(Entry):
    """An intent took effect."""

    event: ClassVar[str] = "heard"

    text: str
    intent: str
    slots: Mapping[str, str]
    confidence: float
    began: float
    """Seconds at which the speech began; `until` is its end."""
    until: float


@dataclass(frozen=True, slots=True)
class NotUnderstood(Entry):
    """Speech with no meaning for Limber."""

    event: ClassVar[str] = "not_understood"

    text: str
    began: float
    until: float
    reason: str


@dataclass(frozen=True, slots=True)
class Said(Entry):
    """A clip was played; the frame is its first, `until` its end in seconds."""

    event: ClassVar[str] = "said"

    text: str
    until: float
    cut: bool


@dataclass(frozen=True, slots=True)
class Ducked(Entry):
    """It speaks more softly from here on: somebody else speaks."""

    event: ClassVar[str] = "ducked"


@dataclass(frozen=True, slots=True)
class Unducked(Entry):
    """It speaks as before."""

    event: ClassVar[str] = "unducked"


@dataclass(frozen=True, slots=True)
class EarconPlayed(Entry):
    """A short sound was played."""

    event: ClassVar[str] = "earcon"

    name: str


@dataclass(frozen=True, slots=True)
class SessionStarted(Entry):
    """A stretch session began; the routine is null for a single movement."""

    event: ClassVar[str] = "session_started"

    routine: str | None


@dataclass(frozen=True, slots=True)
class SessionEnded(Entry):
    """A stretch session ended, by itself or by request."""

    event: ClassVar[str] = "session_ended"

    completed: bool


@dataclass(frozen=True, slots=True)
class MovementBegun(Entry):
    """A repetition of a movement began."""

    event: ClassVar[str] = "movement"

    name: str
    side: Side | None
    repetition: int
    of: int


@dataclass(frozen=True, slots=True)
class HoldStarted(Entry):
    """The first second of a hold began."""

    event: ClassVar[str] = "hold_started"

    seconds: int


@dataclass(frozen=True, slots=True)
class HoldEnded(Entry):
    """A hold was completed or given up."""

    event: ClassVar[str] = "hold_ended"

    seconds: int
    """Planned, with whatever was changed on the way."""
    held: Frame
    """Really held, in frames, without the time in between if it was interrupted."""


@dataclass(frozen=True, slots=True)
class Count(Entry):
    """Second n of a hold began."""

    event: ClassVar[str] = "count"

    n: int
    of: int
    silent: bool


@dataclass(frozen=True, slots=True)
class SessionPaused(Entry):
    """Everything fell silent, to be resumed; the frame is the first silent one."""

    event: ClassVar[str] = "paused"

    cause: Cause


@dataclass(frozen=True, slots=True)
class SessionResumed(Entry):
    """It sounds again; the frame is the first sounding one."""

    event: ClassVar[str] = "resumed"

    cause: Cause


@dataclass(frozen=True, slots=True)
class SessionStopped(Entry):
    """A person ended whatever was going on; the frame is the first silent one."""

    event: ClassVar[str] = "stopped"

    cause: Cause


@dataclass(frozen=True, slots=True)
class RedFlagRaised(Entry):
    """A warning sign was heard."""

    event: ClassVar[str] = "red_flag"

    flag: str
    text: str


@dataclass(frozen=True, slots=True)
class FellAsleep(Entry):
    """Only the waking phrase is listened for."""

    event: ClassVar[str] = "asleep"

    cause: Cause


@dataclass(frozen=True, slots=True)
class WokeUp(Entry):
    """Listening again."""

    event: ClassVar[str] = "awake"

    cause: Cause


@dataclass(frozen=True, slots=True)
class DeviceDropped(Entry):
    """A device is gone."""

    event: ClassVar[str] = "device_lost"

    device: Device


@dataclass(frozen=True, slots=True)
class DeviceReturned(Entry):
    """A device is there again."""

    event: ClassVar[str] = "device_back"

    device: Device


@dataclass(frozen=True, slots=True)
class SpeakerUnderrun(Entry):
    """The speaker wanted more than there was."""

    event: ClassVar[str] = "underrun"

    frames: int


@dataclass(frozen=True, slots=True)
class NotSaved(Entry):
    """Settings, the point to resume or the history could not be written."""

    event: ClassVar[str] = "not_saved"

    problem: str


def as_json(at: Frame, entry: Entry) -> dict[str, Any]:
    """The line of the timeline for an entry at a frame."""
    fields: dict[str, Any] = asdict(entry)  # type: ignore[call-overload]
    return {"event": entry.event, "frame": at, "at": round(at / FRAMES_PER_SECOND, 6), **fields}
