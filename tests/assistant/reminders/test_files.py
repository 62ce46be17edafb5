"""The reminders on disk: written in one step, read whole or with what of it can be read, and as a calendar file."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import LimberError
from assistant.reminders.book import Place, ReminderBook
from assistant.reminders.calendar_file import read_calendar, written
from assistant.reminders.civil import QuietHours
from assistant.reminders.local_zone import local_zone, with_zone
from assistant.reminders.recurrence import Reminder
from assistant.reminders.reminder_file import ReminderFile
from assistant.reminders.wishes import wished

pytestmark = pytest.mark.unit

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=BERLIN)
PLACE = Place(BERLIN, QuietHours.read("22:00-07:00"))
WISHES = (
    {"every": "2700", "until": "06:00", "text": "stand up"},
    {"days": "mo,tu,we,th,fr", "at": "10:00"},
    {"day": "1", "at": "20:00", "part": "evening", "text": "for my tablets"},
    {"every": "2700", "from": "09:00", "until": "05:00", "days": "mo,tu,we,th,fr"},
    {"each": "2", "at": "08:00", "part": "morning"},
)


def a_book() -> ReminderBook:
    book = ReminderBook()
    for wish in WISHES:
        reminder = wished(wish, NOW)
        assert isinstance(reminder, Reminder)
        book = book.with_new(reminder, PLACE)
    return book


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = ReminderFile(tmp_path / "reminders.json")
    assert file.read().reminders == ()
    file.write(a_book())
    found = file.read()
    assert found.problem is None
    assert found.reminders == a_book().kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reminders.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 2}', '{"version": 1}', "\x00\xff", "9" * 5000])
def test_a_bad_file_is_one_line(tmp_path: Path, content: str) -> None:
    file = ReminderFile(tmp_path / "reminders.json")
    file.path.write_text(content)
    found = file.read()
    assert found.reminders == ()
    assert found.problem is not None
    assert found.problem.startswith(str(file.path))
    assert "\n" not in found.problem


def test_what_is_readable_is_kept(tmp_path: Path) -> None:
    file = ReminderFile(tmp_path / "reminders.json")
    file.write(a_book())
    content = json.loads(file.path.read_text())
    content["reminders"][1]["rules"] = ["FREQ=NEVER"]
    content["reminders"][2]["start"] = "soon"
    file.path.write_text(json.dumps(content))
    found = file.read()
    assert [each.id for each in found.reminders] == [1, 4, 5]
    assert found.problem is not None
    assert "reminder 2" in found.problem
    file.set_aside()
    assert [path.name for path in tmp_path.iterdir()] == ["reminders.damaged.json"]


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 1_500), byte=st.integers(0, 255), cut=st.booleans())
def test_no_damage_is_more_than_a_line(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, cut: bool) -> None:
    file = ReminderFile(tmp_path_factory.mktemp("profile") / "reminders.json")
    file.write(a_book())
    content = bytearray(file.path.read_bytes())
    content[at % len(content)] = byte
    file.path.write_bytes(bytes(content[: at % len(content)] if cut else content))
    found = file.read()
    ReminderBook().with_kept(found.reminders, PLACE)


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(LimberError, match="cannot be written"):
        ReminderFile(tmp_path / "gone" / "reminders.json").write(a_book())


def test_a_calendar_file_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "reminders.ics"
    path.write_bytes(written(a_book().kept, NOW))
    found = read_calendar(path, NOW)
    assert found.problems == ()
    assert len(found.reminders) == len(WISHES)
    for before, after in zip(a_book().kept, found.reminders, strict=True):
        assert (after.text, after.phrase) == (before.text, before.phrase)
        ways = (zip(each.occurrences(each.done, BERLIN), range(40), strict=False) for each in (before, after))
        first, second = ([moment for moment, _ in way] for way in ways)
        assert first == second


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//EN
{events}END:VCALENDAR
"""
EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260101T000000Z
SUMMARY:Physio  appointment
{lines}
END:VEVENT
"""


@pytest.mark.parametrize(
    ("lines", "first", "phrase"),
    [
        ("DTSTART:20261201T100000", "2026-12-01T10:00+01:00", ""),
        ("DTSTART;VALUE=DATE:20261201", "2026-12-01T09:00+01:00", ""),
        ("DTSTART:20261201T090000Z", "2026-12-01T10:00+01:00", ""),
        ("DTSTART;TZID=America/New_York:20261201T040000", "2026-12-01T10:00+01:00", ""),
        ("DTSTART:20260105T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR", "2026-11-27T10:00+01:00", "on Mondays and Fridays"),
        ("DTSTART:20260105T100000\nRRULE:FREQ=DAILY;UNTIL=20261231", "2026-11-26T10:00+01:00", "every day at ten"),
        ("DTSTART:20260105T100000Z\nRRULE:FREQ=MONTHLY", "2026-12-05T11:00+01:00", "every month"),
        ("DTSTART:20261126T080000Z\nRRULE:FREQ=HOURLY;INTERVAL=2", "2026-11-26T11:00+01:00", "every two hours"),
    ],
)
def test_events_of_other_calendars_are_read(tmp_path: Path, lines: str, first: str, phrase: str) -> None:
    path = tmp_path / "other.ics"
    path.write_text(CALENDAR.format(events=EVENT.format(uid=1, lines=lines)))
    found = read_calendar(path, NOW)
    assert found.problems == ()
    (reminder,) = found.reminders
    assert reminder.text == "for Physio appointment"
    assert next(reminder.occurrences(reminder.done, BERLIN)) == datetime.fromisoformat(first)
    assert reminder.phrase.startswith(phrase)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "DTSTART:20261201T100000\nRRULE:FREQ=SECONDLY",
        "DTSTART:20261201T100000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:20261201T100000\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY",
    ],
)
def test_an_event_that_is_none_is_one_line(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "bad.ics"
    good = EVENT.format(uid=1, lines="DTSTART:20261201T100000")
    path.write_text(CALENDAR.format(events=good + EVENT.format(uid=2, lines=lines or "COMMENT:none")))
    found = read_calendar(path, NOW)
    assert len(found.reminders) == 1
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"{path}: event 2: ")
    assert "\n" not in found.problems[0]


@pytest.mark.parametrize("content", ["", "garbage", "BEGIN:VCALENDAR\n", "\x00"])
def test_a_file_that_is_no_calendar_adds_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.ics"
    path.write_text(content)
    with pytest.raises(LimberError, match=r"bad\.ics: is no iCalendar file"):
        read_calendar(path, NOW)


def test_what_is_over_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "old.ics"
    path.write_text(CALENDAR.format(events=EVENT.format(uid=1, lines="DTSTART:20200101T100000")))
    found = read_calendar(path, NOW)
    assert (found.reminders, found.problems, found.over) == ((), (), 1)


def test_the_zone_of_the_computer_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    zone = local_zone()
    assert with_zone(datetime.fromisoformat("2026-07-01T12:00+02:00"), zone).tzinfo is zone
    other = datetime.fromisoformat("2026-07-01T12:00+05:00")
    assert with_zone(other, zone).tzinfo is other.tzinfo
    monkeypatch.setenv("TZ", "no/zone")
    assert local_zone() is UTC
