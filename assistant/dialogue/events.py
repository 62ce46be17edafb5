"""What happens (events, past tense) and what is to be done about it (actions, imperative).

Every action that is answered carries an id, and the answer returns it: an answer whose id is no
longer awaited came late, and is ignored on purpose.
"""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.timeline.entries import Cause, Device
from audio.frames import Frame
from audio.score import Mark, ScoreId
from intents.model import Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """A person said or typed something; a reading without intent was not understood."""

    reading: Reading
    began: Frame
    """When the words began: an answer begun before its question was asked is no answer to it."""
    until: Frame
    cause: Cause = "voice"


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """Somebody began to speak."""

    at: Frame
    suspected: bool = False
    """A barge-in is suspected: what they say may be "stop" or "pause"."""


@dataclass(frozen=True, slots=True)
class VoiceEnded:
    """They fell silent, and what they said has been heard, if it was anything."""

    at: Frame


@dataclass(frozen=True, slots=True)
class Ready:
    """The clips of a `Prepare` can be played."""

    id: ScoreId
    lengths: tuple[Frame, ...]
    """In the order of its sounds."""


@dataclass(frozen=True, slots=True)
class Played:
    """The mixer reached a cue of a score."""

    id: ScoreId
    offset: Frame
    """Of the cue in its score."""
    mark: Mark | None
    at: Frame


@dataclass(frozen=True, slots=True)
class Ended:
    """A score was played to its end."""

    id: ScoreId
    at: Frame


@dataclass(frozen=True, slots=True)
class Silenced:
    """A score was silenced, had ended before, or was never known."""

    id: ScoreId
    at: Frame
    """The first silent frame."""
    played: Frame
    """How far into the score it got; negative if it had not begun and what it was to replace was silenced."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A microphone or speaker is gone; time goes on without it."""

    device: Device
    at: Frame


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """It is there again."""

    device: Device
    at: Frame


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """A `Save` or `Record` could not be written."""

    problem: str
    """The file, what is wrong with it, and the remedy."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A `Save` or `Record` was written."""


Event: TypeAlias = (
    Heard | VoiceBegan | VoiceEnded | Ready | Played | Ended | Silenced | DeviceLost | DeviceBack | SaveFailed | Saved
)
