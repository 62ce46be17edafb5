"""Marks of the coach: what the start of a cue means in a stretch session.

The mixer reports a mark at the frame at which its cue really began.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame
from audio.score import Mark


@dataclass(frozen=True, slots=True)
class PhaseMark(Mark):
    """Another phase of the session begins."""

    state: State
    """Instructing, Holding or Resting."""


@dataclass(frozen=True, slots=True)
class RepetitionMark(Mark):
    """A repetition of a movement begins."""

    movement: str
    """Key of the movement."""
    side: entries.Side | None
    """Side of the body; None where the movement has no sides."""
    repetition: int
    """Number of the repetition, from 1."""
    of: int
    """Number of repetitions in all."""


@dataclass(frozen=True, slots=True)
class HoldStartMark(Mark):
    """A hold begins."""

    seconds: int
    """Planned length, in seconds."""


@dataclass(frozen=True, slots=True)
class HoldEndMark(Mark):
    """A hold is over."""

    seconds: int
    """Planned length, in seconds."""
    held: Frame
    """Time really held, in frames."""


@dataclass(frozen=True, slots=True)
class CountMark(Mark):
    """A second of a hold begins."""

    n: int
    """Number of the second, from 1."""
    of: int
    """Length of the hold, in seconds."""
    silent: bool
    """Whether the count is not spoken."""


@dataclass(frozen=True, slots=True)
class ResumeMark(Mark):
    """What was paused resumes."""

    cause: entries.Cause
    """What resumed it."""


@dataclass(frozen=True, slots=True)
class ReminderMark(Mark):
    """A reminder is said."""

    text: str
    """What it reminds of."""


CoachMark: TypeAlias = PhaseMark | RepetitionMark | HoldStartMark | HoldEndMark | CountMark | ResumeMark | ReminderMark
"""Any mark of the coach."""


def entry_of(mark: CoachMark) -> entries.Entry | None:
    """The timeline's entry for a mark; None: a phase has none of its own."""
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
        case ReminderMark(text=text):
            return entries.ReminderSaid(text)
        case PhaseMark():
            return None
        case _:
            assert_never(mark)
