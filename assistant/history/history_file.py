"""The history in its SQLite file: the sessions, and the place to resume, in tables of the present schema.

`pragma user_version` tells the schema of a file. A file of an earlier schema is brought to the present one when it is
opened, in one transaction: either all of it is, or the file stays as it was.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from typing import Any, TypeAlias, get_args

from assistant.errors import LimberError
from assistant.history.stretch_record import WORST_RATING, Felt, Past, StretchRecord
from assistant.whole_file import flush_file, not_written

HISTORY_FILE_NAME = "history.sqlite3"
"""Name of the file in a profile."""
SCHEMA_VERSION = 4
"""The present schema. 3: without `before` and `after`. 2: without `going`. 1: without `partly`. 0: the first versions,
which kept no movements, holds or beginning."""
BUSY_SECONDS = 0.1
"""Longest wait, in seconds, for a file that another process has locked; a live session's loop waits, too."""

SCHEMA = """
create table session (id integer primary key, began text, ended text, routine text, movements text not null,
                      held real, completed integer not null, felt text, partly text,
                      before integer, after integer);
create table if not exists resume (id integer primary key check (id = 1), routine text, movement text,
                                   step integer not null, repetition integer not null, part integer not null);
alter table resume add column going text;
"""
"""One row in `session` for each that ended, times in ISO 8601 with their zone; at most one row in `resume`, with the
last time at which that session was going on, where something interrupted it."""
RECORD_COLUMNS = "began, ended, routine, movements, held, completed, felt, partly, before, after"
"""The columns of `session` that a `StretchRecord` is made of, in this order."""
PLACE_COLUMNS = "routine, movement, step, repetition, part, going"
"""The columns of `resume`; all are read, so that `check` finds damage in any."""
PlaceRow: TypeAlias = tuple[Any, ...]
"""The place to resume: the values of PLACE_COLUMNS."""


class HistoryFile:
    """The file of a profile's history; every method opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file, in the present schema, for one transaction. What is deleted is overwritten, too."""
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
                # Alone for so short a time, it needs no shared memory, a file that a full disk has no room for.
                database.execute("pragma locking_mode = exclusive")
                # Closing writes the log to the disk, then the file: no commit need wait for the disk besides.
                database.execute("pragma synchronous = normal")
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
        except UnicodeDecodeError as error:
            raise sqlite3.DatabaseError("its schema is damaged") from error  # SQLite quotes the damage in its message
        flush_file(self.path.with_name(self.path.name + "-wal"))  # still there: closing could not write the file

    def add(self, *records: StretchRecord) -> None:
        """Add sessions, all or none. Raises LimberError when that cannot be written."""
        with self._written() as database:
            _insert(database, records)

    def place(self) -> PlaceRow | None:
        """The place to resume; None: none. Raises LimberError where the file cannot be read."""
        try:
            with self.opened() as database:
                row: PlaceRow | None = database.execute(f"select {PLACE_COLUMNS} from resume").fetchone()  # noqa: S608
        except sqlite3.Error as error:
            raise self.unusable(error) from error
        return row

    def keep(self, place: PlaceRow | None, ended: Sequence[StretchRecord]) -> None:
        """Replace the place to resume (None: by none), and add sessions: both or nothing.

        Raises LimberError when that cannot be written.
        """
        with self._written() as database:
            database.execute("delete from resume")
            if place is not None:
                database.execute(f"insert into resume (id, {PLACE_COLUMNS}) values (1, ?, ?, ?, ?, ?, ?)", place)  # noqa: S608
            _insert(database, ended)

    def add_felt(self, felt: Felt | None, after: int | None = None) -> None:
        """Set how the person felt after the last session. Raises LimberError when that cannot be written."""
        with self._written() as database:
            last = "where id = (select max(id) from session)"
            database.execute(f"update session set felt = ?, after = ? {last}", (felt, after))  # noqa: S608

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
                rows = database.execute(f"select {RECORD_COLUMNS} from session order by id").fetchall()  # noqa: S608
        except sqlite3.Error as error:
            raise self.unusable(error) from error
        try:
            return tuple(map(record_of, rows))
        except ValueError as error:
            raise self.unusable(error) from error

    def check(self) -> None:
        """Read all of the file. Raises sqlite3.Error where a part cannot be read, or holds what was never written."""
        with self.opened() as database:
            (found,) = database.execute("pragma quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            try:
                for row in database.execute(f"select {RECORD_COLUMNS} from session"):  # noqa: S608 - the names stand above
                    record_of(row)
            except ValueError as error:
                raise sqlite3.DatabaseError(str(error)) from error
            for row in database.execute(f"select {PLACE_COLUMNS} from resume"):  # noqa: S608
                if not is_place(row):
                    raise sqlite3.DatabaseError("the place to resume is no place")

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


def _insert(database: sqlite3.Connection, records: Sequence[StretchRecord]) -> None:
    """Add sessions, within the transaction that is open."""
    rows = [
        (
            _iso(record.began),
            _iso(record.ended),
            record.routine,
            " ".join(record.movements),
            record.held,
            record.completed,
            record.felt,
            record.partly,
            record.before,
            record.after,
        )
        for record in records
    ]
    database.executemany(
        f"insert into session ({RECORD_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        rows,
    )


def _migrate(database: sqlite3.Connection) -> None:
    """Bring the tables to the present schema, within the transaction that is open."""
    (version,) = database.execute("pragma user_version").fetchone()
    if version == SCHEMA_VERSION:
        return
    if not 0 <= version <= SCHEMA_VERSION:
        raise sqlite3.DatabaseError(f"a later version of Limber, schema {version}, has written it")
    if version > 0:
        if version == 1:
            database.execute("alter table session add column partly text")
        if version < 3:
            database.execute("alter table resume add column going text")
        database.execute("alter table session add column before integer")
        database.execute("alter table session add column after integer")
        database.execute(f"pragma user_version = {SCHEMA_VERSION}")
        return
    columns = [row[1] for row in database.execute("pragma table_info(session)")]
    if "movements" in columns:
        raise sqlite3.DatabaseError("its schema is not the one that it names")
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


def is_place(row: PlaceRow) -> bool:
    """Whether a row of the table `resume` holds what Limber writes."""
    _, _, *numbers, going = row
    return all(isinstance(number, int) and number >= 0 for number in numbers) and isinstance(going, str | None)


def record_of(row: Sequence[Any]) -> StretchRecord:
    """The session of a row with the values of RECORD_COLUMNS. Raises ValueError where one was never written so."""
    began, ended, routine, movements, held, completed, felt, partly, before, after = row
    texts = [text for text in (began, ended, routine, felt, partly) if text is not None]
    measured = held is None or (isinstance(held, float | int) and isfinite(held) and held >= 0)
    if not (isinstance(movements, str) and measured and completed in {0, 1} and felt in {None, *get_args(Felt)}):
        raise ValueError("a session holds what no version of Limber writes")
    if not all(each is None or (isinstance(each, int) and 0 <= each <= WORST_RATING) for each in (before, after)):
        raise ValueError("a session holds a number that is none of nought to ten")
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("a session holds bytes instead of words")
    keys = tuple(movements.split())
    return StretchRecord(
        time_of(began), time_of(ended), routine, keys, held, bool(completed), felt, partly, before, after
    )


def _iso(civil: datetime | None) -> str | None:
    return None if civil is None else civil.isoformat()


def time_of(text: str | None) -> datetime | None:
    """A time as it is stored; the first versions stored it in UTC, without the zone. None: it cannot be read."""
    try:
        civil = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return civil if civil.tzinfo is not None else civil.replace(tzinfo=UTC)
