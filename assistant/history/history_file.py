"""The history in its SQLite file: the sessions, and the place to resume, in tables of the present schema.

`pragma user_version` tells the schema of a file. A file of an earlier schema is brought to the present one when it is
opened, in one transaction: either all of it is, or the file stays as it was.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.errors import LimberError
from assistant.history.stretch_record import Felt, Past, StretchRecord
from assistant.whole_file import not_written

HISTORY_FILE_NAME = "history.sqlite3"
"""Name of the file in a profile."""
SCHEMA_VERSION = 2
"""The present schema. 1: without `partly`. 0: the first versions, which kept no movements, holds or beginning."""
BUSY_SECONDS = 0.1
"""Longest wait, in seconds, for a file that another process has locked; a live session's loop waits, too."""

SCHEMA = """
create table session (id integer primary key, began text, ended text, routine text, movements text not null,
                      held real, completed integer not null, felt text, partly text);
create table if not exists resume (id integer primary key check (id = 1), routine text, movement text,
                                   step integer not null, repetition integer not null, part integer not null);
"""
"""One row in `session` for each that ended, times in ISO 8601 with their zone; at most one row in `resume`."""


class HistoryFile:
    """The file of a profile's history; every method opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file, in the present schema, for one transaction. What is deleted is overwritten, too."""
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
            # Alone for so short a time, it needs no shared memory, which is a file that a full disk has no room for.
            database.execute("pragma locking_mode = exclusive")
            database.execute("pragma journal_mode = wal")
            database.execute("pragma secure_delete = on")
            database.execute("begin immediate")
            try:
                _migrate(database)
                yield database
            except BaseException:
                database.execute("rollback")
                raise
            database.execute("commit")

    def add(self, record: StretchRecord) -> None:
        """Add a session. Raises LimberError when that cannot be written."""
        row = (
            _iso(record.began),
            _iso(record.ended),
            record.routine,
            " ".join(record.movements),
            record.held,
            record.completed,
            record.felt,
            record.partly,
        )
        with self._written() as database:
            database.execute(
                "insert into session (began, ended, routine, movements, held, completed, felt, partly) "
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def add_felt(self, felt: Felt) -> None:
        """Add to the last session how the person felt. Raises LimberError when that cannot be written."""
        with self._written() as database:
            database.execute("update session set felt = ? where id = (select max(id) from session)", (felt,))

    def forget(self, day: date | None) -> None:
        """Delete the sessions of a day, or (None) all of them. Raises LimberError when that cannot be written."""
        with self._written() as database:
            if day is None:
                database.execute("delete from session")
            else:
                database.execute("delete from session where substr(ended, 1, 10) = ?", (day.isoformat(),))

    def read(self) -> Past:
        """Every session in order. Raises LimberError where the file cannot be read."""
        try:
            with self.opened() as database:
                rows = database.execute(
                    "select began, ended, routine, movements, held, completed, felt, partly from session order by id"
                ).fetchall()
        except sqlite3.Error as error:
            raise self.unusable(error) from error
        return tuple(
            StretchRecord(_time(began), _time(ended), routine, tuple(keys.split()), held, bool(completed), felt, partly)
            for began, ended, routine, keys, held, completed, felt, partly in rows
        )

    def unusable(self, error: Exception) -> LimberError:
        """The error to raise where the file cannot be used."""
        return LimberError(f"{self.path}: cannot be used ({error}); move it away or name another")

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        try:
            with self.opened() as database:
                yield database
        except sqlite3.Error as error:
            raise not_written(self.path, error) from error


def _migrate(database: sqlite3.Connection) -> None:
    """Bring the tables to the present schema, within the transaction that is open."""
    (version,) = database.execute("pragma user_version").fetchone()
    if version == SCHEMA_VERSION:
        return
    if version > SCHEMA_VERSION:
        raise sqlite3.DatabaseError(f"a later version of Limber, schema {version}, has written it")
    if version == 1:
        database.execute("alter table session add column partly text")
        database.execute(f"pragma user_version = {SCHEMA_VERSION}")
        return
    columns = [row[1] for row in database.execute("pragma table_info(session)")]
    if columns:
        database.execute("alter table session rename to session_0")
    for statement in SCHEMA.split(";")[:-1]:
        database.execute(statement)
    if columns:
        if "felt" not in columns:  # the very first version did not ask
            database.execute("alter table session_0 add column felt text")
        database.execute(
            "insert into session (ended, routine, movements, held, completed, felt) "
            "select ended, routine, '', null, coalesce(completed, 0), felt from session_0 order by rowid"
        )
        database.execute("drop table session_0")
    database.execute(f"pragma user_version = {SCHEMA_VERSION}")


def _iso(civil: datetime | None) -> str | None:
    return None if civil is None else civil.isoformat()


def _time(text: str | None) -> datetime | None:
    """A time as it is stored; the first versions stored it in UTC, without the zone. None: it cannot be read."""
    try:
        civil = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return civil if civil.tzinfo is not None else civil.replace(tzinfo=UTC)
