"""A simulated year, with two changes of the clocks, in three zones, with sleep and lost power in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reminders.book import Place, ReminderBook
from assistant.reminders.civil import QuietHours
from assistant.reminders.recurrence import STALE_AFTER, Reminder
from assistant.reminders.wishes import wished

pytestmark = pytest.mark.unit

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
"""The clocks of the last change by half an hour."""
QUIET = QuietHours.read("22:00-07:00")
NEVER_QUIET = QuietHours.read("00:00-00:00")
BEGIN = datetime.fromisoformat("2026-01-05T08:00")
GAPS = st.lists(st.tuples(st.integers(0, 365 * 24), st.integers(1, 60)), max_size=12)
"""When Limber slept or had no power: hours after the beginning, and length in hours."""

Told = list[tuple[datetime, list[tuple[int, datetime]]]]
"""When reminders were said, and which, with the moment each was due at."""


def place(zone: ZoneInfo, quiet: QuietHours = QUIET) -> Place:
    return Place(zone, quiet)


def book_of(wishes: list[dict[str, str]], at: Place) -> ReminderBook:
    now = BEGIN.replace(tzinfo=at.zone)
    book = ReminderBook()
    for wish in wishes:
        reminder = wished(wish, now)
        assert isinstance(reminder, Reminder)
        book = book.with_new(reminder, at)
    return book


def run(book: ReminderBook, at: Place, days: int, gaps: list[tuple[int, int]]) -> Told:
    """Everything that is said in so many days. In a gap nothing is; what was due in one comes at its end."""
    now = BEGIN.replace(tzinfo=at.zone).astimezone(UTC)
    end = now + timedelta(days=days)
    off = sorted((now + timedelta(hours=begin), now + timedelta(hours=begin + length)) for begin, length in gaps)
    told: Told = []
    while book.due is not None and book.due < end:
        now = max(now, book.due)
        for begins, ends in off:
            if begins <= now < ends:
                now = ends
        book, said = book.taken(now, at)
        assert book.due is None or book.due > now, "what was said is not due again at once"
        if said:
            told.append((now, [(each.id, due) for each, due in said]))
    return told


def times(told: Told, id: int) -> Iterator[tuple[datetime, datetime]]:
    """When one reminder was said, and was due."""
    for now, said in told:
        yield from ((now, due) for number, due in said if number == id)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("at", ["10:00", "02:30", "01:15"])
def test_a_daily_reminder_comes_on_each_day_once_at_its_time(zone: ZoneInfo, at: str) -> None:
    here = place(zone)
    book = book_of([{"days": "mo,tu,we,th,fr,sa,su", "at": at, "part": "day"}], here)
    told = [now.astimezone(zone) for now, _ in times(run(book, here, 365, []), 1)]
    days = [now.date() for now in told]
    assert len(days) == len(set(days))
    first = date(2026, 1, 5) if at == "10:00" else date(2026, 1, 6)
    assert days == [first + timedelta(days=n) for n in range(len(days))]
    assert len(days) >= 364
    # A time that the clocks skip comes as much later; every other day it is the very time.
    odd = [now for now in told if now.time() != time.fromisoformat(at)]
    assert len(odd) <= 1
    assert all(
        timedelta()
        < now.replace(tzinfo=None) - datetime.combine(now.date(), time.fromisoformat(at))
        <= timedelta(hours=1)
        for now in odd
    )


@settings(max_examples=60, deadline=None)
@given(zone=st.sampled_from(ZONES), gaps=GAPS)
def test_after_a_gap_each_is_said_once_and_none_too_late(zone: ZoneInfo, gaps: list[tuple[int, int]]) -> None:
    here = place(zone)
    book = book_of(
        [
            {"days": "mo,tu,we,th,fr", "at": "10:00", "part": "day"},
            {"at": "15:00", "part": "day", "day": "3"},
        ],
        here,
    )
    told = run(book, here, 365, gaps)
    daily = list(times(told, 1))
    dues = [due for _, due in daily]
    assert dues == sorted(set(dues)), "each once, in order"
    for now, due in daily:
        assert now >= due
        assert now.astimezone(zone).date() == due.astimezone(zone).date(), "none of a day that is over"
        assert due.astimezone(zone).weekday() < 5
    assert len(list(times(told, 2))) == 1, "what comes once is said, however late"
    start = BEGIN.replace(tzinfo=zone).astimezone(UTC)
    lost = sum(length for _, length in gaps)
    workdays = 261
    assert len(daily) >= workdays - 2 - len(gaps) - lost / 24, "only a gap loses one"
    for now, _ in daily:
        into = [(now - start - timedelta(hours=begin), timedelta(hours=length)) for begin, length in gaps]
        inside = [after for after, length in into if timedelta() <= after < length]
        assert not inside, "nothing is said in a gap"


@settings(max_examples=40, deadline=None)
@given(zone=st.sampled_from(ZONES), seconds=st.sampled_from([2700, 3600, 7200]), gaps=GAPS, spring=st.booleans())
def test_what_comes_every_so_often_keeps_its_pace_and_the_night_quiet(
    zone: ZoneInfo, seconds: int, gaps: list[tuple[int, int]], spring: bool
) -> None:
    here = place(zone)
    day = "2026-03-27" if zone.key == "Europe/Berlin" else "2026-03-06" if spring else "2026-10-30"
    begin = datetime.fromisoformat(f"{day}T08:00")
    wish = wished({"every": str(seconds)}, begin.replace(tzinfo=zone))
    assert isinstance(wish, Reminder)
    book, now = ReminderBook().with_new(wish, here), begin.replace(tzinfo=zone).astimezone(UTC)
    start, end = now, now + timedelta(days=10)
    off = [(start + timedelta(hours=b % 240), start + timedelta(hours=b % 240 + length)) for b, length in gaps]
    said: list[datetime] = []
    while book.due is not None and book.due < end:
        now = max(now, book.due)
        for begins, ends in sorted(off):
            if begins <= now < ends:
                now = ends
        book, told = book.taken(now, here)
        assert len(told) <= 1, "no burst"
        for _, due in told:
            assert (due - start).total_seconds() % seconds == 0, "its pace is that of time as it passes"
            assert now - due <= STALE_AFTER
            assert not QUIET.holds(due.astimezone(zone))
            said.append(due)
    assert said == sorted(set(said))


def test_a_clock_that_was_never_set_is_set() -> None:
    here = place(ZONES[0])
    before = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    hourly = wished({"every": "3600"}, before)
    assert isinstance(hourly, Reminder)
    book = ReminderBook().with_new(hourly, place(ZONES[0], NEVER_QUIET))
    now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    book = book.after_clock_change(before, now, place(ZONES[0], NEVER_QUIET))
    assert book.due == now + timedelta(hours=1)
    assert here.zone is ZONES[0]


def test_a_clock_that_is_set_back_repeats_nothing() -> None:
    here = place(ZONES[0], NEVER_QUIET)
    book = book_of([{"days": "mo,tu,we,th,fr,sa,su", "at": "10:00", "part": "day"}], here)
    at_ten = datetime(2026, 1, 5, 10, 0, tzinfo=ZONES[0]).astimezone(UTC)
    book, told = book.taken(at_ten, here)
    assert len(told) == 1
    book = book.after_clock_change(at_ten, at_ten - timedelta(minutes=30), here)
    assert book.due == at_ten + timedelta(days=1)


def test_what_was_put_off_comes_again_once() -> None:
    here = place(ZONES[0], NEVER_QUIET)
    book = book_of([{"in": "600"}], here)
    assert book.due is not None
    first = book.due
    book, told = book.taken(first, here)
    assert (len(told), book.kept) == (1, ())
    book = book.snoozed(first + timedelta(minutes=10), here)
    assert book.due == first + timedelta(minutes=10)
    book, told = book.taken(book.due, here)
    assert (len(told), book.due) == (1, None)


def test_not_today_leaves_tomorrow() -> None:
    here = place(ZONES[0])
    book = book_of([{"days": "mo,tu,we,th,fr,sa,su", "at": "10:00", "part": "day"}], here)
    quiet = book.not_today(BEGIN.replace(tzinfo=ZONES[0]).astimezone(UTC), here)
    assert quiet.due == datetime(2026, 1, 6, 10, 0, tzinfo=ZONES[0]).astimezone(UTC)
