"""What the timeline records: one small type for each kind of line, and its JSON form.

Some entries ride in a score as the mark of a cue, so that their frame is the one at which the mixer
really got there. Nothing here decides anything.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from audio.timeline import FRAMES_PER_SECOND, Frame, Mark

Cause = Literal["voice", "key", "device"]
Side = Literal["left", "right"]
Device = Literal["microphone", "speaker"]


class Entry(Mark):
    """A line of the timeline, less its frame. The event's name is the class's, in snake case."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class State(Entry):
    """The conversation entered a state."""

    name: str


@dataclass(frozen=True, slots=True)
class Heard(Entry):
    """An intent took effect."""

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

    text: str
    began: float
    until: float
    reason: str


@dataclass(frozen=True, slots=True)
class Said(Entry):
    """A clip was played; the frame is its first, `until` its end in seconds."""

    text: str
    until: float
    cut: bool


@dataclass(frozen=True, slots=True)
class Ducked(Entry):
    """It speaks more softly from here on: somebody else speaks."""


@dataclass(frozen=True, slots=True)
class Unducked(Entry):
    """It speaks as before."""


@dataclass(frozen=True, slots=True)
class Earcon(Entry):
    """A short sound was played."""

    name: str


@dataclass(frozen=True, slots=True)
class SessionStarted(Entry):
    """A stretch session began; the routine is null for a single movement."""

    routine: str | None


@dataclass(frozen=True, slots=True)
class SessionEnded(Entry):
    """A stretch session ended, by itself or by request."""

    completed: bool


@dataclass(frozen=True, slots=True)
class Movement(Entry):
    """A repetition of a movement began."""

    name: str
    side: Side | None
    repetition: int
    of: int


@dataclass(frozen=True, slots=True)
class HoldStarted(Entry):
    """The first second of a hold began."""

    seconds: int


@dataclass(frozen=True, slots=True)
class HoldEnded(Entry):
    """A hold was completed or given up."""

    seconds: int
    """Planned, with whatever was changed on the way."""
    held: Frame
    """Really held, in frames, without the time in between if it was interrupted."""


@dataclass(frozen=True, slots=True)
class Count(Entry):
    """Second n of a hold began."""

    n: int
    of: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Paused(Entry):
    """Everything fell silent, to be resumed; the frame is the first silent one."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Resumed(Entry):
    """It sounds again; the frame is the first sounding one."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Stopped(Entry):
    """A person ended whatever was going on; the frame is the first silent one."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class RedFlag(Entry):
    """A warning sign was heard."""

    flag: str
    text: str


@dataclass(frozen=True, slots=True)
class Asleep(Entry):
    """Only the waking phrase is listened for."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Awake(Entry):
    """Listening again."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class DeviceLost(Entry):
    """A device is gone."""

    device: Device


@dataclass(frozen=True, slots=True)
class DeviceBack(Entry):
    """A device is there again."""

    device: Device


@dataclass(frozen=True, slots=True)
class Underrun(Entry):
    """The speaker wanted more than there was."""

    frames: int


@dataclass(frozen=True, slots=True)
class NotSaved(Entry):
    """Settings, the point to resume or the history could not be written."""

    problem: str


def as_json(at: Frame, entry: Entry) -> dict[str, Any]:
    """The line of the timeline for an entry at a frame."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(entry).__name__).lower()
    fields: dict[str, Any] = asdict(entry)  # type: ignore[call-overload]
    return {"event": name, "frame": at, "at": round(at / FRAMES_PER_SECOND, 6), **fields}
