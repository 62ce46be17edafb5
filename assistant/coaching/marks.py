"""Marks: what the start of a cue means to the coach, reported by the mixer at the frame where the cue really began."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from assistant.states import State
from assistant.timeline import entries
from audio.score import Mark


@dataclass(frozen=True, slots=True)
class PhaseMark(Mark):
    """From here on the session is in another phase."""

    state: State


@dataclass(frozen=True, slots=True)
class RepetitionMark(Mark):
    """A repetition of a movement begins."""

    movement: str
    side: entries.Side | None
    repetition: int
    """From 1."""
    of: int


@dataclass(frozen=True, slots=True)
class HoldStartMark(Mark):
    """A hold begins."""

    seconds: int
    """Planned."""


@dataclass(frozen=True, slots=True)
class HoldEndMark(Mark):
    """A hold is over."""

    seconds: int
    """Planned."""
    held: int
    """Really held, in frames."""


@dataclass(frozen=True, slots=True)
class CountMark(Mark):
    """A second of a hold begins."""

    n: int
    """From 1."""
    of: int
    silent: bool
    """Whether its number is not spoken."""


@dataclass(frozen=True, slots=True)
class ResumeMark(Mark):
    """What was paused goes on."""

    cause: entries.Cause


CoachMark: TypeAlias = PhaseMark | RepetitionMark | HoldStartMark | HoldEndMark | CountMark | ResumeMark


def entry_of(mark: CoachMark) -> entries.Entry | None:
    """What the timeline records of a mark; None: nothing."""
    match mark:
        case RepetitionMark(movement=movement, side=side, repetition=repetition, of=of):
            return entries.MovementBegun(movement, side, repetition, of)
        case HoldStartMark(seconds=seconds):
            return entries.HoldStarted(seconds)
        case HoldEndMark(seconds=seconds, held=held):
            return entries.HoldEnded(seconds, held)
        case CountMark(n=n, of=of, silent=silent):
            return entries.Count(n, of, silent)
        case ResumeMark(cause=cause):
            return entries.SessionResumed(cause)
        case PhaseMark():
            return None
        case _:
            assert_never(mark)
