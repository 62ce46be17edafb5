"""What is kept of one stretch session, and of all. Frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal, TypeAlias

from assistant.reminders.civil import is_set

Felt = Literal["better", "same", "worse"]
"""How a person feels after a stretch session."""
FIRST_WORDS_SECONDS = 30.0
"""Length, in seconds, of what is said before the first movement begins; a session left earlier was none."""

WORST_RATING = 10
"""The worst pain, as a number; none at all is 0."""


@dataclass(frozen=True, slots=True)
class StretchRecord:
    """One stretch session that has ended."""

    began: datetime | None
    """Civil time, with its zone, at its beginning; None: not known."""
    ended: datetime | None
    """Civil time, with its zone, at its end; None: not known."""
    routine: str | None
    """Key of its routine; None: a single movement."""
    movements: tuple[str, ...] = ()
    """Keys of the movements that were done to their end in it, in order."""
    held: float | None = 0.0
    """Time in holds, in seconds; None: kept by an earlier version, which did not measure it."""
    completed: bool = False
    """Whether the session was stretched to its end."""
    felt: Felt | None = None
    """How the person felt after it; None: not told."""
    partly: str | None = None
    """Key of the movement of which only a part was done when it ended; None: none, or not known."""
    before: int | None = None
    """How the back was before it, 0 (no pain) to WORST_RATING (the worst); None: not told."""
    after: int | None = None
    """How it was after it, on the same scale; None: not told."""

    @property
    def day(self) -> date | None:
        """The day to which it counts: the one that the person's own clock showed at its end."""
        return None if self.ended is None else self.ended.date()

    @property
    def counts(self) -> bool:
        """Whether it counts: something was held, or done to its end, or it went on for longer than the first words."""
        done = self.held is None or self.held > 0 or self.completed or bool(self.movements)
        return done or (self.length or 0.0) >= FIRST_WORDS_SECONDS

    @property
    def length(self) -> float | None:
        """From its beginning to its end, in seconds; None: not known."""
        if self.began is None or self.ended is None:
            return None
        return max(0.0, (self.ended - self.began).total_seconds())


Past: TypeAlias = tuple[StretchRecord, ...]
"""All sessions that are remembered, the first one first."""


def known_time(civil: datetime) -> datetime | None:
    """A civil time, to the second, with its distance from UTC; None where the clock that showed it was never set.

    That distance takes the place of the zone, whose clocks may be set back between two such times.
    """
    if not is_set(civil):
        return None
    return civil.replace(microsecond=0, tzinfo=timezone(civil.utcoffset() or timedelta()))


def with_felt(past: Past, felt: Felt) -> Past:
    """The sessions, the last one with how the person felt after it."""
    return (*past[:-1], replace(past[-1], felt=felt)) if past else past


def with_after(past: Past, after: int | None) -> Past:
    """The sessions, the last one with how the back was after it, as a number."""
    return (*past[:-1], replace(past[-1], after=after)) if past else past


def without_day(past: Past, day: date) -> Past:
    """The sessions but those of one day."""
    return tuple(record for record in past if record.day != day)


def worth_counting(past: Sequence[StretchRecord]) -> Past:
    """The sessions in which something was done."""
    return tuple(record for record in past if record.counts)
