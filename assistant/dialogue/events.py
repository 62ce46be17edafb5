"""Events: what happens to the dialogue, named in the past tense. Positions and lengths are frames at 48 kHz.

The answer to an action carries that action's id. An answer whose id is no longer awaited came late; the dialogue
ignores it on purpose.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.schema import Routine
from assistant.timeline.entries import Cause, Device
from audio.frames import Frame
from audio.score import Mark, ScoreId
from intents.model import Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """The person said or typed something, or pressed a key."""

    reading: Reading
    """What was said and meant; without intent where that was not understood."""
    began: Frame
    """Frame at which the words began. An answer that began before its question is no answer to that question."""
    until: Frame
    """Frame at which the words ended."""
    cause: Cause = "voice"
    """Whether the words were spoken or came from the keyboard."""
    follows: bool = False
    """Whether this is a further part of a breath whose first part came before."""


def further_parts(heard: Heard) -> tuple[Heard, ...]:
    """What else was said in one breath, in order, each as heard by itself; last what Limber cannot do."""
    reading = heard.reading
    parts = [Reading(reading.text, meant.intent, meant.slots, reading.confidence) for meant in reading.also]
    if reading.unread:
        parts.append(Reading(reading.unread, None, asks=True))
    return tuple(Heard(part, heard.began, heard.until, heard.cause, follows=True) for part in parts)


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The frame has come at which Limber was to speak up, and nobody has spoken."""

    at: Frame
    """That frame, or a later one."""


@dataclass(frozen=True, slots=True)
class ClockSet:
    """The clock on the wall was set, or the computer has slept: it shows another time than was to be expected."""

    civil: datetime
    """What it shows now, with its zone."""


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """Near-end speech began: a VAD onset, double-talk, or a suspected barge-in."""

    at: Frame
    """Frame at which the speech began, or its detection."""
    suspected: bool = False
    """Whether a barge-in is suspected: the speech may be "stop" or "pause"."""


@dataclass(frozen=True, slots=True)
class VoiceEnded:
    """Near-end speech ended: an utterance has been interpreted (its `Heard` came before), or double-talk ended."""

    at: Frame
    """Frame at which the speech ended, or that was known."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The clips of a `Prepare` are ready to be played."""

    id: ScoreId
    """Id of that `Prepare`."""
    lengths: tuple[Frame, ...]
    """Lengths of the clips in frames, in the order of the sounds of that `Prepare`."""


@dataclass(frozen=True, slots=True)
class Played:
    """The mixer reached a cue of a score."""

    id: ScoreId
    """The score."""
    offset: Frame
    """Position of the cue in its score, in frames."""
    mark: Mark | None
    """The cue's mark; None: the cue has none."""
    at: Frame
    """Frame at which the cue really began."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A score was played to its end."""

    id: ScoreId
    """The score."""
    at: Frame
    """First frame after the score."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """Answer to `Silence`: the score was cut off, or had ended before, or never was."""

    id: ScoreId
    """The score."""
    at: Frame
    """First silent frame."""
    played: Frame
    """Frames of the score that were played. Negative where the score had not begun, and the one it was to replace was
    cut off so many frames before."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The microphone or the speaker stopped; session time goes on without the device."""

    device: Device
    """Which one."""
    at: Frame
    """Frame at which the loss was noticed."""


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """A lost microphone or speaker works again."""

    device: Device
    """Which one."""
    at: Frame
    """Frame from which on the device works."""


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """A `Save` or `Record` could not be written."""

    problem: str
    """One line: the file, the fault and the remedy."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A `Save` or `Record` was written."""


@dataclass(frozen=True, slots=True)
class RoutinesRead:
    """Files with routines were added, changed or removed, and have been read."""

    own: OwnRoutines
    """What the files hold now."""
    before: tuple[Routine, ...]
    """The routines made by voice as the files held them until then."""


Event: TypeAlias = (
    Heard
    | TimePassed
    | ClockSet
    | VoiceBegan
    | VoiceEnded
    | Ready
    | Played
    | Ended
    | Silenced
    | DeviceLost
    | DeviceBack
    | SaveFailed
    | Saved
    | RoutinesRead
)
"""Anything that `step` takes."""
