"""Periods of the calendar ("this week"), and what was done in one. Pure: the present is an argument."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from assistant.history.stretch_record import StretchRecord, worth_counting

DAYS_PER_WEEK = 7
"""Days in a week; a week begins on Monday."""


class Period(StrEnum):
    """A period that can be asked about. The values are those of the slot `period`."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """Since Monday."""
    LAST_WEEK = "last_week"
    MONTH = "month"
    """Since the first of the month."""
    LAST_MONTH = "last_month"
    ALL = "all"
    """As far back as anything is remembered."""


@dataclass(frozen=True, slots=True)
class Total:
    """What was done in some sessions."""

    sessions: int
    """Number of sessions in which something was done."""
    held: float
    """Time in holds, in seconds; an earlier version measured none, and sessions of its time add nothing."""
    length: float | None
    """Time from beginning to end of all sessions, in seconds; None: not known of every one."""
    movements: tuple[str, ...]
    """Keys of the movements that were done to their end, each once, in order."""
    partly: tuple[str, ...]
    """Keys of the movements of which only a part was done, each once, in order."""
    felt: Counter[str]
    """Number of sessions after which the person felt better, the same, worse."""


def days_of(period: Period, today: date) -> tuple[date, date] | None:
    """The first day of a period and the first day after it; None: no bounds."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    match period:
        case Period.TODAY:
            return today, today + timedelta(days=1)
        case Period.YESTERDAY:
            return today - timedelta(days=1), today
        case Period.WEEK:
            return monday, monday + timedelta(days=DAYS_PER_WEEK)
        case Period.LAST_WEEK:
            return monday - timedelta(days=DAYS_PER_WEEK), monday
        case Period.MONTH:
            return first, (first + timedelta(days=31)).replace(day=1)
        case Period.LAST_MONTH:
            return (first - timedelta(days=1)).replace(day=1), first
        case Period.ALL:
            return None


def within(past: Sequence[StretchRecord], period: Period, now: datetime | None) -> tuple[StretchRecord, ...]:
    """The sessions of a period; of one with bounds none where the present, or the day of a session, is not known."""
    days = None if now is None else days_of(period, now.date())
    if period is Period.ALL:
        return tuple(past)
    if days is None:
        return ()
    return tuple(record for record in past if record.day is not None and days[0] <= record.day < days[1])


def total(past: Sequence[StretchRecord]) -> Total:
    """What was done in some sessions, all told."""
    counted = worth_counting(past)
    lengths = [record.length for record in counted]
    whole = tuple(dict.fromkeys(key for record in counted for key in record.movements))
    partly = dict.fromkeys(record.partly for record in counted if record.partly is not None)
    return Total(
        len(counted),
        sum(record.held or 0.0 for record in counted),
        None if None in lengths else sum(length for length in lengths if length is not None),
        whole,
        tuple(key for key in partly if key not in whole),
        Counter(record.felt for record in counted if record.felt is not None),
    )
