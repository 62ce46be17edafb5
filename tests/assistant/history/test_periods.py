"""Sums over days: whatever the zone, each session counts to the day that its own clock showed, and to no other."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from assistant.coaching.session import movement_session
from assistant.dialogue.parts.keeping import known_at, record_of
from assistant.history.periods import Period, days_of, total, within
from assistant.history.stretch_record import StretchRecord, without_day
from audio.frames import FRAMES_PER_SECOND, frames
from tests import loaded

pytestmark = pytest.mark.unit

ZONES = some.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]).map(
    ZoneInfo
)
NOW = datetime(2026, 11, 26, 9, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        (Period.TODAY, date(2026, 11, 26), date(2026, 11, 27)),
        (Period.YESTERDAY, date(2026, 11, 25), date(2026, 11, 26)),
        (Period.WEEK, date(2026, 11, 23), date(2026, 11, 30)),
        (Period.LAST_WEEK, date(2026, 11, 16), date(2026, 11, 23)),
        (Period.MONTH, date(2026, 11, 1), date(2026, 12, 1)),
        (Period.LAST_MONTH, date(2026, 10, 1), date(2026, 11, 1)),
    ],
)
def test_the_days_of_a_period(period: Period, first: date, after: date) -> None:
    assert days_of(period, NOW.date()) == (first, after)


@given(today=some.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_periods_meet_and_hold_today(today: date) -> None:
    for earlier, later in (
        (Period.YESTERDAY, Period.TODAY),
        (Period.LAST_WEEK, Period.WEEK),
        (Period.LAST_MONTH, Period.MONTH),
    ):
        before, now = days_of(earlier, today), days_of(later, today)
        assert before is not None
        assert now is not None
        assert before[0] < before[1] == now[0] <= today < now[1]


def at(zone: ZoneInfo) -> some.SearchStrategy[datetime]:
    """Civil times in a zone within a few weeks of a change to or from daylight saving."""
    return some.integers(0, 60 * 24 * 60).map(
        lambda minutes: (datetime(2026, 3, 1, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(zone)
    )


@given(zone=ZONES, data=some.data())
def test_the_days_add_up_to_all_and_none_counts_twice(zone: ZoneInfo, data: some.DataObject) -> None:
    ends = data.draw(some.lists(at(zone), max_size=12))
    past = tuple(StretchRecord(end - timedelta(minutes=4), end, "quick", held=60.0) for end in ends)
    days = sorted({end.date() for end in ends})
    sums = []
    for day in days:
        midday = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        of_day = within(past, Period.TODAY, midday)
        assert within(past, Period.YESTERDAY, midday + timedelta(days=1)) == of_day
        assert set(of_day) <= set(within(past, Period.WEEK, midday))
        assert without_day(past, day) == tuple(each for each in past if each not in of_day)
        sums.append(total(of_day))
    whole = total(within(past, Period.ALL, None))
    assert sum(each.sessions for each in sums) == whole.sessions == len(past)
    assert sum(each.held for each in sums) == pytest.approx(whole.held)


STARTS = ZONES.flatmap(at)
AN_HOUR_SKIPPED = datetime(2026, 3, 29, 1, 57, tzinfo=ZoneInfo("Europe/Berlin"))
AN_HOUR_TWICE = datetime(2026, 10, 25, 2, 57, tzinfo=ZoneInfo("Europe/Berlin"))


@given(start=STARTS, minutes=some.integers(0, 3_000))
@example(start=AN_HOUR_SKIPPED, minutes=1)
@example(start=AN_HOUR_TWICE, minutes=1)
def test_a_sessions_length_is_that_of_its_frames_across_any_change_of_the_clock(start: datetime, minutes: int) -> None:
    began = frames(60.0 * minutes)
    session = movement_session(loaded.guidance(), "neck_tilt")
    record = record_of(session, start, began, began + 240 * FRAMES_PER_SECOND, completed=True)
    assert record.length == 240
    assert record.ended is not None
    moment = start.timestamp() + 60 * minutes + 240
    assert record.day == datetime.fromtimestamp(moment, tz=start.tzinfo).date()
    now = known_at(start, began + 300 * FRAMES_PER_SECOND)
    assert within((record,), Period.TODAY, now) == (record,) or record.day != (now and now.date())


@pytest.mark.parametrize("start", [None, datetime(1970, 1, 1, 0, 1, tzinfo=ZoneInfo("UTC"))])
def test_a_clock_that_was_never_set_keeps_no_time(start: datetime | None) -> None:
    record = record_of(movement_session(loaded.guidance(), "neck_tilt"), start, 0, 48_000, completed=True)
    assert (record.began, record.ended, record.day) == (None, None, None)
    assert within((record,), Period.TODAY, NOW) == ()
    assert total((record,)).sessions == 1
