"""A profile in which files are damaged: Limber starts, keeps what can be read, and says in a sentence what it lost."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assistant.dialogue.actions import Kept
from assistant.errors import LimberError
from assistant.history.history_file import PLACE_COLUMNS, RECORD_COLUMNS
from assistant.history.stretch_record import StretchRecord
from assistant.reminders.book import ReminderBook
from assistant.reminders.recurrence import Reminder
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.start import Options

pytestmark = pytest.mark.unit

FILES = ("settings.yaml", "history.sqlite3", "reminders.json")
SOME_DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
SESSIONS = tuple(
    StretchRecord(SOME_DAY.replace(day=day), SOME_DAY.replace(day=day, hour=10), "quick", ("neck_tilt",), 45.0, True)
    for day in range(1, 21)
)
KEPT = Settings(
    words_per_minute=170, emergency_number="000", conditions=("disc", "pregnant"), quiet_hours="23:00-06:30"
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with all files in it, to be copied."""
    folder = tmp_path_factory.mktemp("full")
    profile = Profile(folder)
    profile.save(Kept(KEPT, None, ()))
    for each in SESSIONS:
        profile.history.add(each)
    profile.reminders.write(ReminderBook(tuple(Reminder(n, f"stretch {n}", SOME_DAY, SOME_DAY) for n in range(1, 9))))
    return folder


def opened(folder: Path) -> Profile:
    """The profile as a session opens it, which must be able to start."""
    options = Options(folder, asleep=False, engine="moonshine", timeline=None, limit=None, start_at=SOME_DAY)
    profile = options.open_profile()
    assert profile is not None
    conversation = options.conversation(profile)
    assert bool(conversation.notice) == bool(profile.unread)
    return profile


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("words_per_minute: fast\nvolume: 6\n", "words_per_minute", Settings(volume=6.0)),
        ("volume: 100\nemergency_number: '112'\n", "volume", Settings(emergency_number="112")),
        ("loudness: 3\n", "loudness", Settings()),
        ("emergency_number: call me\nwords_per_minute: 130\n", "emergency_number", Settings(words_per_minute=130)),
        ("emergency_number: '999'\na: [\nvolume: -6\n", "a: [", Settings(emergency_number="999", volume=-6.0)),
        ("crisis_line: '116123'\n\x00\x01garbage", "garbage", Settings(crisis_line="116123")),
        ("conditions:\n- disc\n- pregnant\nvolume: {\n", "volume", Settings(conditions=("disc", "pregnant"))),
    ],
)
def test_a_setting_that_is_wrong_costs_no_other(tmp_path: Path, text: str, names: str, kept: Settings) -> None:
    (tmp_path / "settings.yaml").write_text(text)
    profile = opened(tmp_path)
    assert names in profile.unread["settings"]
    assert str(tmp_path / "settings.yaml") in profile.unread["settings"]
    assert profile.settings() == kept
    assert (tmp_path / "settings.damaged.yaml").read_text() == text, "what was written by hand is lost"
    assert not opened(tmp_path).unread, "it is told again at the next start"


@pytest.mark.parametrize("number", ["000", "112"])
def test_a_number_without_quotation_marks_keeps_its_zeros(tmp_path: Path, number: str) -> None:
    (tmp_path / "settings.yaml").write_text(f"emergency_number: {number}  # ours\n")
    assert opened(tmp_path).settings() == Settings(emergency_number=number)


def test_of_a_history_with_a_page_of_noise_the_other_sessions_are_kept(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    for _ in range(20):
        for each in SESSIONS:
            profile.history.add(each)
    file = tmp_path / "history.sqlite3"
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    profile = opened(tmp_path)
    assert "history.damaged.sqlite3" in profile.unread["sessions"]
    assert 200 < len(profile.history.read()) < 400
    assert not opened(tmp_path).unread


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be taken for a header" * 9])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "history.sqlite3").write_bytes(content)
    profile = opened(tmp_path)
    assert bool(profile.unread) == bool(content)
    profile.history.add(SESSIONS[0])
    assert profile.history.read() == SESSIONS[:1]


def test_the_file_of_a_later_version_is_set_aside_and_its_sessions_are_read(full: Path, tmp_path: Path) -> None:
    copytree(full, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        database.execute("alter table session add column weather text")
        database.execute("pragma user_version = 77")
    profile = opened(tmp_path)
    assert "schema 77" in profile.unread["sessions"]
    assert profile.history.read() == SESSIONS


def test_a_schema_that_is_no_text_is_told(full: Path, tmp_path: Path) -> None:
    copytree(full, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "history.sqlite3"
    content = file.read_bytes()
    assert b"TABLE resume" in content
    file.write_bytes(content.replace(b"TABLE resume", b"TABLE\xb3resume", 1))
    with pytest.raises(LimberError, match=r"history\.sqlite3"):
        Profile(tmp_path)
    assert "history.damaged.sqlite3" in opened(tmp_path).unread["sessions"]


@pytest.mark.parametrize("column", [*RECORD_COLUMNS.split(", "), *PLACE_COLUMNS.split(", ")])
def test_a_column_whose_name_is_damaged_is_told(full: Path, tmp_path: Path, column: str) -> None:
    copytree(full, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "history.sqlite3"
    named = re.compile(rb"\b%s (?=text|real|integer)" % column.encode())
    damaged, count = named.subn(column[:-1].encode() + b"q ", file.read_bytes())
    assert count
    file.write_bytes(damaged)
    assert "history.damaged.sqlite3" in opened(tmp_path).unread["sessions"]
    assert not opened(tmp_path).unread


def test_a_history_that_another_process_uses_is_not_set_aside(full: Path, tmp_path: Path) -> None:
    copytree(full, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        database.execute("begin exclusive")
        with pytest.raises(LimberError, match=r"history\.sqlite3"):
            opened(tmp_path)
    assert opened(tmp_path).history.read() == SESSIONS


def test_nothing_that_was_set_aside_is_overwritten(tmp_path: Path) -> None:
    for text in ("volume: 100\n", "volume: 200\n"):
        (tmp_path / "settings.yaml").write_text(text)
        opened(tmp_path)
    assert [(tmp_path / f"settings.damaged{n}.yaml").read_text() for n in ("", "2")] == [
        "volume: 100\n",
        "volume: 200\n",
    ]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("cut", [False, True])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=some.integers(0, 100_000), byte=some.integers(1, 255))
def test_it_starts_whatever_is_damaged(full: Path, tmp_path: Path, name: str, at: int, byte: int, *, cut: bool) -> None:
    folder = tmp_path / f"{at}-{byte}"
    rmtree(folder, ignore_errors=True)
    copytree(full, folder)
    content = (folder / name).read_bytes()
    at %= len(content)
    (folder / name).write_bytes(content[:at] + (b"" if cut else bytes([content[at] ^ byte]) + content[at + 1 :]))
    profile = opened(folder)
    if name != "settings.yaml":
        assert profile.settings() == KEPT
    if name != "history.sqlite3":
        assert profile.history.read() == SESSIONS
    if name != "reminders.json":
        assert len(profile.reminders.read().reminders) == 8
    assert not opened(folder).unread, "it is told again at the next start"
