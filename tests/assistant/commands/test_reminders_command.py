"""`main.py reminders`: a list, a calendar file out and in, and one clear line for what is bad."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main import limber

pytestmark = pytest.mark.unit

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
SUMMARY:Physio
DTSTART:20260105T100000
RRULE:FREQ=WEEKLY;BYDAY=MO
END:VEVENT
END:VCALENDAR
"""


def reminders(*arguments: str | Path) -> Result:
    return CliRunner().invoke(limber, ["reminders", *map(str, arguments)])


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "physio.ics"
    path.write_text(EVENT)
    return path


def test_where_there_are_none_it_says_so(tmp_path: Path) -> None:
    found = reminders("--profile", tmp_path / "new")
    assert (found.exit_code, found.stdout) == (0, "There are no reminders.\n")
    assert reminders("list", "--json", "--profile", tmp_path / "new").stdout == ""
    assert not (tmp_path / "new").exists()


def test_a_calendar_goes_in_and_out_and_in_again(tmp_path: Path, calendar: Path) -> None:
    home, other = tmp_path / "one", tmp_path / "two"
    assert reminders("import", calendar, "--profile", home).stdout == f"{calendar}: 1 added\n"
    assert reminders("import", calendar, "--profile", home).stdout == f"{calendar}: 0 added\n"
    listed = reminders("list", "--profile", home).stdout
    assert listed.startswith("1: On Mondays at ten in the morning, for Physio. Next: ")
    (told,) = [json.loads(line) for line in reminders("--json", "--profile", home).stdout.splitlines()]
    assert (told["id"], told["text"], told["rules"]) == (1, "for Physio", ["FREQ=WEEKLY;BYDAY=MO"])
    out = tmp_path / "out.ics"
    assert reminders("export", out, "--profile", home).exit_code == 0
    assert reminders("import", out, "--profile", other).stdout == f"{out}: 1 added\n"
    assert reminders("list", "--profile", other).stdout == listed


@pytest.mark.parametrize("content", [None, "garbage"])
def test_a_bad_calendar_is_one_line_and_changes_nothing(tmp_path: Path, content: str | None) -> None:
    bad = tmp_path / "bad.ics"
    if content is not None:
        bad.write_text(content)
    found = reminders("import", bad, "--profile", tmp_path / "home")
    assert found.exit_code == 1
    assert found.stdout == ""
    assert len(found.stderr.splitlines()) == 1
    assert found.stderr.startswith(f"{bad}: ")


def test_a_damaged_profile_is_one_line_after_what_can_be_read(tmp_path: Path, calendar: Path) -> None:
    reminders("import", calendar, "--profile", tmp_path)
    file = tmp_path / "reminders.json"
    content = json.loads(file.read_text())
    content["reminders"].append({"id": "two"})
    file.write_text(json.dumps(content))
    found = reminders("list", "--profile", tmp_path)
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == 1
    assert found.stderr.startswith(f"{file}: reminder 2: ")
    assert len(found.stderr.splitlines()) == 1
    before = file.read_text()
    for command in ("export", "import"):
        assert reminders(command, calendar, "--profile", tmp_path).exit_code == 1
    assert file.read_text() == before
    assert calendar.read_text() == EVENT


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    found = reminders("export", tmp_path / "gone" / "out.ics", "--profile", tmp_path / "home")
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr
