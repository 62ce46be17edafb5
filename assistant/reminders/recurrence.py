"""A reminder, and when it is due: once, or by recurrence rules in the words of iCalendar (RFC 5545).

A start in UTC counts time as it passes ("in an hour", "every forty-five minutes"). A start without a zone is civil
time: ten o'clock stays ten o'clock when the clocks change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.reminders.civil import QuietHours, moment_of

if TYPE_CHECKING:
    from dateutil.rrule import rrule

STALE_AFTER = timedelta(hours=1)
"""Time after which an occurrence that could not be said is left out, where another follows it."""
_CLOCKS_CHANGE = timedelta(days=1)
"""Time before a moment from which on civil occurrences are looked through: the clocks go back by less."""
_MOST_SKIPPED = 2_000
"""Number of occurrences in a row that are looked through for one outside the quiet hours."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person wants to be reminded of, and when."""

    id: int
    """Its number, never used twice in a profile."""
    text: str
    """What it reminds of: "get up", or "for your tablets"; empty: to move."""
    start: datetime
    """The first occurrence, in UTC or, for civil time, without a zone."""
    done: datetime
    """In UTC: occurrences up to this moment are over, said or left out."""
    rules: tuple[str, ...] = ()
    """Recurrence rules of RFC 5545, each of which gives occurrences; empty: it is due once."""
    phrase: str = ""
    """How the rules are said: "every hour until six in the evening"; empty where there are none."""
    again: datetime | None = None
    """In UTC: when it comes again after being put off; None: it was not put off."""

    @property
    def periodic(self) -> bool:
        """Whether it comes after so much time each, rather than at times of the day."""
        return bool(self.rules) and self.start.tzinfo is not None

    @property
    def in_quiet_hours(self) -> bool:
        """Whether it comes in the quiet hours, too: at a time, or for a time, that the person has named."""
        return not self.periodic or all("UNTIL=" in rule or "COUNT=" in rule for rule in self.rules)

    def occurrences(self, after: datetime, zone: tzinfo) -> Iterator[datetime]:
        """Every occurrence after a moment, in UTC, in order."""
        if not self.rules:
            once = self._moment(self.start, zone)
            if once > after:
                yield once
            return
        while True:
            found = [each for rule in self.rules if (each := self._first(rule, after, zone)) is not None]
            if not found:
                return
            after = min(found)
            yield after

    def _first(self, rule: str, after: datetime, zone: tzinfo) -> datetime | None:
        """The first occurrence that a rule gives after a moment; None: there is none."""
        if self.start.tzinfo is not None:
            nearest = _parsed(rule, self.start).after(after)
            return None if nearest is None else nearest.astimezone(UTC)
        local = after.astimezone(zone).replace(tzinfo=None) - _CLOCKS_CHANGE
        moments = (self._moment(each, zone) for each in _parsed(rule, self.start).xafter(local))
        return next((moment for moment in moments if moment > after), None)

    @staticmethod
    def _moment(start: datetime, zone: tzinfo) -> datetime:
        return moment_of(start, zone) if start.tzinfo is None else start.astimezone(UTC)

    def next_due(self, zone: tzinfo, quiet: QuietHours) -> datetime | None:
        """The moment, in UTC, at which it is due next; None: never again.

        One that goes on for ever, and comes after so much time each, leaves out the quiet hours.
        """
        for at, moment in enumerate(self.occurrences(self.done, zone)):
            if at == _MOST_SKIPPED:
                break
            if not self.in_quiet_hours and quiet.holds(moment.astimezone(zone)):
                continue
            return moment if self.again is None else min(self.again, moment)
        return self.again

    def missed(self, now: datetime, zone: tzinfo, quiet: QuietHours) -> datetime | None:
        """The last occurrence that is due by now, in UTC; None: there is none, or it is stale."""
        if self.again is not None and self.again <= now:
            return self.again
        last = None
        for moment in self.occurrences(self.done, zone):
            if moment > now:
                break
            if self.in_quiet_hours or not quiet.holds(moment.astimezone(zone)):
                last = moment
        if last is None or not self.rules:
            return last
        fresh = now - last <= STALE_AFTER if self.periodic else _same_day(last, now, zone)
        return last if fresh else None

    def over(self, zone: tzinfo) -> bool:
        """Whether it is never due again."""
        return self.again is None and next(self.occurrences(self.done, zone), None) is None

    def said(self, now: datetime, zone: tzinfo) -> "Reminder":
        """The reminder once it was said, or left out, at a moment.

        Its rules are counted from the last occurrence on, so that a year of them need not be gone through again.
        """
        again = None if self.again is not None and self.again <= now else self.again
        start = self.start
        if self.rules and not any("COUNT=" in rule for rule in self.rules):
            for moment in self.occurrences(self.done, zone):
                if moment > now:
                    break
                start = moment if self.periodic else moment.astimezone(zone).replace(tzinfo=None, fold=0)
            if not self.periodic and start != self.start and len(self.rules) == 1 and "BYHOUR" not in self.rules[0]:
                # A time that the clocks skipped was moved: the rule keeps its own.
                start = datetime.combine(start.date(), self.start.time())
        return replace(self, start=start, done=max(now, self.done), again=again)

    def moved(self, by: timedelta) -> "Reminder":
        """The reminder after the clock was set to another time by so much, where it counts time as it passes."""
        if self.start.tzinfo is None:
            return self
        again = None if self.again is None else self.again + by
        return replace(self, start=self.start + by, done=self.done + by, again=again)


def _same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()


@lru_cache(maxsize=64)
def _parsed(rule: str, start: datetime) -> "rrule":
    """A rule from its start on. Raises ValueError for one that is none."""
    from dateutil.rrule import rrule, rrulestr

    parsed = rrulestr(rule, dtstart=start)
    if not isinstance(parsed, rrule):
        raise ValueError(f"{rule}: one rule a line")
    return parsed


def check_rule(rule: str, start: datetime) -> None:
    """Raise ValueError for a rule that is none, or that gives no occurrence."""
    if next(iter(_parsed(rule, start)), None) is None:
        raise ValueError("the rule never comes due")
