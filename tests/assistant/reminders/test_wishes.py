"""Slots become reminders, in civil time and in time as it passes."""

from datetime import UTC, datetime
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from assistant.reminders.day_times import SaidTime
from assistant.reminders.recurrence import Reminder
from assistant.reminders.wishes import AskHalf, AskWhen, TooOften, wished
from assistant.script.reminder_lines import in_words

pytestmark = pytest.mark.unit

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY_NINE = datetime(2026, 11, 26, 9, 0, tzinfo=BERLIN)


def slots(row: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in row.split())


@pytest.mark.parametrize(
    ("row", "words", "rules"),
    [
        ("every=2700 until=06:00", "Every forty-five minutes until six in the evening.", 1),
        ("every=3600", "Every hour.", 1),
        ("every=900 within=7200", "Every fifteen minutes for two hours.", 1),
        ("in=3600 text=move", "At ten in the morning, to move.", 0),
        ("days=mo,tu,we,th,fr at=10:00", "On weekdays at ten in the morning.", 1),
        ("days=mo,tu,we,th,fr,sa,su part=morning", "Every day at nine in the morning.", 1),
        ("days=mo,th at=18:00 part=evening", "On Mondays and Thursdays at six in the evening.", 1),
        ("each=2 at=08:00 part=morning", "Every other day at eight in the morning.", 1),
        ("every=604800", "Every week at nine in the morning.", 1),
        ("at=10:00", "At ten in the morning.", 0),
        ("at=03:00", "At three in the afternoon.", 0),
        ("at=12:00", "At noon.", 0),
        ("at=08:00 part=morning", "Tomorrow at eight in the morning.", 0),
        ("at=19:30 part=evening", "At half past seven in the evening.", 0),
        ("at=15:00 part=afternoon day=1", "Tomorrow at three in the afternoon.", 0),
        ("day=1", "Tomorrow at nine in the morning.", 0),
        ("day=mo at=10:00", "On Monday at ten in the morning.", 0),
        ("day=th at=08:00 part=morning", "On the third of December at eight in the morning.", 0),
        (
            "every=1800 from=09:00 until=05:00 days=mo,tu,we,th,fr",
            "Every half hour from nine in the morning to five in the afternoon, on weekdays.",
            2,
        ),
        (
            "every=3600 from=02:00 until=06:00 day=0",
            "Every hour from two in the afternoon until six in the evening.",
            1,
        ),
    ],
)
def test_a_wish_becomes_a_reminder(row: str, words: str, rules: int) -> None:
    found = wished(slots(row), THURSDAY_NINE)
    assert isinstance(found, Reminder)
    assert in_words(found, THURSDAY_NINE, BERLIN) == words
    assert len(found.rules) == rules
    following = next(found.occurrences(found.done, BERLIN))
    assert following > THURSDAY_NINE


@pytest.mark.parametrize("at", ["07:30", "08:00", "09:15", "06:00", "05:00"])
def test_a_time_that_may_be_either_is_asked_about(at: str) -> None:
    hour, minute = map(int, at.split(":"))
    assert wished({"at": at}, THURSDAY_NINE) == AskHalf(SaidTime(hour, minute, sure=False))
    nearest = wished({"at": at}, THURSDAY_NINE, asks=False)
    assert isinstance(nearest, Reminder)
    assert (
        THURSDAY_NINE < next(nearest.occurrences(nearest.done, BERLIN)) <= datetime(2026, 11, 27, 9, 0, tzinfo=BERLIN)
    )


def test_ten_is_asked_about_once_ten_in_the_morning_is_over() -> None:
    assert isinstance(wished({"at": "10:00"}, THURSDAY_NINE.replace(hour=11)), AskHalf)


def test_what_is_not_said_is_asked() -> None:
    assert wished({}, THURSDAY_NINE) == AskWhen()
    assert wished({"text": "drink"}, THURSDAY_NINE) == AskWhen()
    assert wished({"days": "mo"}, THURSDAY_NINE) == AskWhen()
    assert wished({"day": "0"}, THURSDAY_NINE) == AskWhen()
    assert wished({"every": "5"}, THURSDAY_NINE) == TooOften()


def test_until_six_includes_six() -> None:
    found = wished(slots("every=2700 until=06:00"), THURSDAY_NINE)
    assert isinstance(found, Reminder)
    times = [each.astimezone(BERLIN).strftime("%H:%M") for each in found.occurrences(found.done, BERLIN)]
    assert (times[0], times[-1], len(times)) == ("09:45", "18:00", 12)


def test_ten_stays_ten_when_the_clocks_change_and_an_hour_stays_an_hour() -> None:
    saturday = datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)
    daily = wished(slots("days=mo,tu,we,th,fr,sa,su at=10:00 part=morning"), saturday)
    hourly = wished({"every": "3600"}, saturday)
    assert isinstance(daily, Reminder)
    assert isinstance(hourly, Reminder)
    assert next(daily.occurrences(daily.done, BERLIN)) == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)
    moments = list(islice(hourly.occurrences(hourly.done, BERLIN), 8))
    assert {(b - a).total_seconds() for a, b in pairwise(moments)} == {3600.0}
