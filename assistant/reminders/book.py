"""All reminders of a person, and when the next is due. Frozen data: every change gives another book."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from assistant.reminders.civil import QuietHours, is_set, moment_of
from assistant.reminders.recurrence import Reminder

MOST_REMINDERS = 50
"""Number of reminders that are kept at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where reminders are counted: the zone, and the quiet hours there."""

    zone: tzinfo
    """The zone of the clock."""
    quiet: QuietHours
    """When nobody wants to be spoken to unasked."""


@dataclass(frozen=True, slots=True)
class ReminderBook:
    """The reminders of a person."""

    kept: tuple[Reminder, ...] = ()
    """Those that come due again, in the order in which they were made."""
    due: datetime | None = None
    """The moment, in UTC, at which the next is due; None: none is."""
    told: tuple[Reminder, ...] = ()
    """Those that were said last, as they were before: what "snooze" puts off."""
    last_id: int = 0
    """The last number given to one."""

    def with_kept(self, kept: Iterable[Reminder], place: Place) -> "ReminderBook":
        """The book with these reminders in place of those it has; those that are over are left out."""
        going = tuple(each for each in kept if not each.over(place.zone))
        dues = [due for each in going if (due := each.next_due(place.zone, place.quiet)) is not None]
        last = max((self.last_id, *(each.id for each in going)))
        return replace(self, kept=going, due=min(dues, default=None), last_id=last)

    def with_new(self, reminder: Reminder, place: Place) -> "ReminderBook":
        """The book with a new reminder, which gets its number here; one that is just the same is replaced."""
        new = replace(reminder, id=self.last_id + 1)
        others = [
            each for each in self.kept if (each.text, each.phrase or each.start) != (new.text, new.phrase or new.start)
        ]
        return self.with_kept((*others, new), place)

    def without(self, gone: Iterable[Reminder], place: Place) -> "ReminderBook":
        """The book without some reminders."""
        ids = {each.id for each in gone}
        told = tuple(each for each in self.told if each.id not in ids)
        return replace(self, told=told).with_kept((each for each in self.kept if each.id not in ids), place)

    def taken(self, now: datetime, place: Place) -> tuple["ReminderBook", tuple[tuple[Reminder, datetime], ...]]:
        """The book once all that is due by now was said, and what is to be said, each with the moment it was due at."""
        due = [(each, each.missed(now, place.zone, place.quiet)) for each in self.kept]
        told = tuple((each, at) for each, at in due if at is not None)
        said = [each.said(now, place.zone) for each in self.kept]
        book = replace(self, told=tuple(each for each, _ in told) or self.told)
        return book.with_kept(said, place), told

    def snoozed(self, until: datetime, place: Place) -> "ReminderBook":
        """The book with what was said last put off until a moment, in UTC."""
        by_id = {each.id: each for each in self.kept}
        for each in self.told:
            # One that was due once has left the book when it was said.
            there = by_id.get(each.id, replace(each, done=until))
            by_id[each.id] = replace(there, again=until)
        return replace(self, told=()).with_kept(by_id.values(), place)

    def not_today(self, now: datetime, place: Place, only: Iterable[Reminder] | None = None) -> "ReminderBook":
        """The book without what would be due on the rest of the day. `only`: of these reminders; None: of all."""
        tomorrow = datetime.combine(now.astimezone(place.zone).date() + timedelta(days=1), time())
        midnight = moment_of(tomorrow, place.zone) - timedelta(microseconds=1)
        ids = {each.id for each in (self.kept if only is None else only)}
        kept = (
            replace(each, done=max(each.done, midnight), again=None) if each.id in ids else each for each in self.kept
        )
        return replace(self, told=()).with_kept(kept, place)

    def after_clock_change(self, before: datetime, now: datetime, place: Place) -> "ReminderBook":
        """The book once the clock, which showed `before`, shows `now`, both in UTC.

        A clock that goes forward has slept, and what was due meanwhile is due now. One that is set back, or for the
        first time, has not: what counts time as it passes goes on counting.
        """
        by = now - before
        set_anew = by < timedelta() or not is_set(before)
        return self.with_kept((each.moved(by) for each in self.kept) if set_anew else self.kept, place)
