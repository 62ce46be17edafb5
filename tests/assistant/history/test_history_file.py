"""The history in its file: every schema that there ever was is brought to the present one, and nothing else is read."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.errors import LimberError
from assistant.history.history_file import SCHEMA_VERSION, HistoryFile
from assistant.history.salvage import mended
from assistant.history.stretch_record import StretchRecord, with_after, with_felt, without_day

pytestmark = pytest.mark.unit

RESUME = (
    "create table resume (id integer primary key check (id = 1), routine text, movement text, "
    "step integer not null, repetition integer not null, part integer not null)"
)
FIRST = (
    "create table session (ended text not null default current_timestamp, routine text, completed integer)",
    RESUME,
    "insert into session values ('2026-10-01 08:30:00', 'quick', 1)",
    "insert into session values ('2026-10-02 21:00:00', null, 0)",
    "insert into resume values (1, 'full', 'neck_tilt', 2, 1, 0)",
)
"""The tables of the very first version, with rows."""
SECOND = (
    "create table session (ended text not null default current_timestamp, routine text, completed integer, felt text)",
    RESUME,
    "insert into session values ('2026-10-01 08:30:00', 'quick', 1, 'better')",
    "insert into session values ('2026-10-02 21:00:00', null, 0, null)",
    "insert into resume values (1, 'full', 'neck_tilt', 2, 1, 0)",
)
"""Those of the version that asked how it felt."""
ALTERED = (*FIRST, "alter table session add column felt text", "update session set felt = 'better' where completed")
"""Those of the first version, as the second one altered them."""


THIRD = (
    (
        "create table session (id integer primary key, began text, ended text, routine text, movements text not null, "
        "held real, completed integer not null, felt text)"
    ),
    RESUME,
    "insert into session values (1, null, '2026-10-01T08:30:00+00:00', 'quick', 'neck_tilt', 9.5, 1, 'better')",
    "pragma user_version = 1",
)
"""Those of schema 1, which kept no movement of which a part was done."""
FOURTH = (
    *THIRD[:-1],
    "alter table session add column partly text",
    "insert into resume values (1, 'full', 'neck_tilt', 2, 1, 0)",
    "pragma user_version = 2",
)
"""Those of schema 2, which did not keep whether a session was going on."""
FIFTH = (
    *FOURTH[:-1],
    "alter table resume add column going text",
    "pragma user_version = 3",
)
"""Those of schema 3, which kept no number before and after a session."""


def written(path: Path, statements: tuple[str, ...]) -> HistoryFile:
    """A file of an earlier version."""
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return HistoryFile(path)


@pytest.mark.parametrize(("statements", "felt"), [(FIRST, None), (SECOND, "better"), (ALTERED, "better")])
def test_every_earlier_schema_keeps_what_it_held(tmp_path: Path, statements: tuple[str, ...], felt: str | None) -> None:
    file = written(tmp_path / "history.sqlite3", statements)
    for _ in range(2):  # what was brought to the present schema is read as that
        first, second = file.read()
        assert (first.ended, first.routine, first.completed, first.felt) == (
            datetime(2026, 10, 1, 8, 30, tzinfo=UTC),
            "quick",
            True,
            felt,
        )
        assert (second.routine, second.completed, second.felt) == (None, False, None)
        assert first.held is None, "what was not measured is not nothing"
        assert first.began is None
    with file.opened() as database:
        assert database.execute("select * from resume").fetchall() == [(1, "full", "neck_tilt", 2, 1, 0, None)]
        assert database.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
        tables = {row[0] for row in database.execute("select name from sqlite_master where type = 'table'")}
    assert tables == {"session", "resume"}


@pytest.mark.parametrize("statements", [THIRD, FOURTH, FIFTH])
def test_schemas_1_to_3_are_read_and_written_as_the_present_one(tmp_path: Path, statements: tuple[str, ...]) -> None:
    file = written(tmp_path / "history.sqlite3", statements)
    ended = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
    first = StretchRecord(None, ended, "quick", ("neck_tilt",), 9.5, True, "better")
    left = StretchRecord(ended, ended, None, (), 4.0, partly="neck_rotation", before=7, after=3)
    file.add(left)
    assert file.read() == (first, left)


@pytest.mark.parametrize("statements", [FIRST, SECOND, ALTERED, THIRD, FOURTH, FIFTH])
def test_an_earlier_schema_is_checked_whole_and_knows_no_number(tmp_path: Path, statements: tuple[str, ...]) -> None:
    file = written(tmp_path / "history.sqlite3", statements)
    file.check()
    assert {(each.before, each.after) for each in file.read()} == {(None, None)}
    file.add_felt("better", 2)
    assert file.read()[-1].after == 2


@pytest.mark.parametrize("number", ["11", "-1", "'six'", "4.5"])
def test_a_number_that_no_version_writes_is_damage_and_the_other_sessions_are_kept(tmp_path: Path, number: str) -> None:
    whole = StretchRecord(None, datetime(2026, 10, 1, 8, 30, tzinfo=UTC), "quick", before=6, after=4)
    file = HistoryFile(tmp_path / "history.sqlite3")
    file.add(whole, whole)
    with closing(sqlite3.connect(file.path)) as database, database:
        database.execute(f"update session set after = {number} where id = 2")  # noqa: S608
    with pytest.raises(sqlite3.DatabaseError):
        file.check()
    assert mended(file)
    assert file.read() == (whole,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    file = written(path, (*SECOND, "create table session_0 (anything text)"))
    with pytest.raises(LimberError, match=r"history\.sqlite3"):
        file.read()
    with closing(sqlite3.connect(path)) as database:
        assert len(database.execute("select felt from session").fetchall()) == 2
        assert database.execute("pragma user_version").fetchone() == (0,)


def test_a_file_of_a_later_version_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    file = written(path, (*SECOND, f"pragma user_version = {SCHEMA_VERSION + 1}"))
    with pytest.raises(LimberError, match="a later version of Limber"):
        file.read()
    with closing(sqlite3.connect(path)) as database:
        assert len(database.execute("select felt from session").fetchall()) == 2


def test_the_file_is_in_write_ahead_mode(tmp_path: Path) -> None:
    file = HistoryFile(tmp_path / "history.sqlite3")
    with file.opened() as database:
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)


ZONES = some.sampled_from([timezone(timedelta(minutes=each)) for each in (-720, -570, 0, 60, 345, 765, 840)])
TIMES = some.datetimes(datetime(2025, 2, 1), datetime(2032, 1, 1), timezones=ZONES).map(  # noqa: DTZ001 - bounds
    lambda civil: civil.replace(microsecond=0)
)
KEYS = some.sampled_from(["neck_rotation", "neck_tilt", "shoulder_rolls"])
RECORDS = some.builds(
    StretchRecord,
    began=some.none() | TIMES,
    ended=some.none() | TIMES,
    routine=some.none() | some.sampled_from(["quick", "desk break"]),
    movements=some.lists(KEYS, max_size=4).map(tuple),
    held=some.none() | some.integers(0, 2_000).map(float),
    completed=some.booleans(),
    felt=some.none() | some.sampled_from(["better", "same", "worse"]),
    before=some.none() | some.integers(0, 10),
    after=some.none() | some.integers(0, 10),
)


@settings(max_examples=25, deadline=None)
@given(past=some.lists(RECORDS, max_size=6).map(tuple), data=some.data())
def test_what_is_written_is_read_and_what_is_forgotten_is_not(
    tmp_path_factory: pytest.TempPathFactory, past: tuple[StretchRecord, ...], data: some.DataObject
) -> None:
    file = HistoryFile(tmp_path_factory.mktemp("profile") / "history.sqlite3")
    for record in past:
        file.add(record)
    assert file.read() == past
    file.add_felt("same", 4)
    past = with_after(past, 4)
    assert file.read() == with_felt(past, "same")
    days = [record.day for record in past if record.day is not None]
    day = data.draw(some.sampled_from(days) if days else some.just(date(2026, 1, 1)))
    file.forget(day)
    assert file.read() == without_day(with_felt(past, "same"), day)
    file.forget(None)
    assert file.read() == ()
