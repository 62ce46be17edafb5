"""What can still be read of a history whose file is damaged, or was written by a later version of Limber."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from assistant.history.history_file import PLACE_COLUMNS, RECORD_COLUMNS, HistoryFile, PlaceRow, is_place, record_of
from assistant.history.stretch_record import StretchRecord
from assistant.whole_file import not_written, set_aside

_NO_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
    }
)
"""What SQLite reports of a file that it may use another time, by its primary result code."""
_LOGS = ("-wal", "-journal")
"""How the names of the files end that hold what was not yet written into the file itself."""


def mended(history: HistoryFile) -> str | None:
    """Where the file is damaged: set it aside, and begin a new one with the sessions, and the place, that can be read.

    What was wrong, in one line; None: nothing was. Raises LimberError where the file cannot be used for another
    reason, or no new one be written.
    """
    try:
        history.check()
    except sqlite3.Error as error:
        # The lowest eight bits are the primary code. What Limber itself raises has none.
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _NO_DAMAGE:
            raise history.unusable(error) from error
        problem = f"{history.path}: cannot be read whole ({error})"
    else:
        return None
    aside = _set_aside(history.path)
    history.keep(_readable_place(aside), _readable(aside))
    return f"{problem}; it is set aside as {aside.name}"


def _set_aside(path: Path) -> Path:
    """Rename the file, and what SQLite keeps beside it; its new name. Raises LimberError where that fails."""
    aside = set_aside(path)
    try:
        for ending in _LOGS:
            log = path.with_name(path.name + ending)
            if log.exists():
                log.replace(aside.with_name(aside.name + ending))
    except OSError as error:
        raise not_written(path, error) from error
    return aside


def _readable(path: Path) -> list[StretchRecord]:
    """The sessions that can be read, in order: from the first one on, and from the last one back."""
    found: dict[int, StretchRecord] = {}
    for order in ("asc", "desc"):
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(path)) as database:
            database.text_factory = lambda text: text.decode(errors="replace")
            columns = {row[1] for row in database.execute("pragma table_info(session)")}
            wanted = ", ".join(name if name in columns else "null" for name in RECORD_COLUMNS.split(", "))
            for number, *row in database.execute(f"select rowid, {wanted} from session order by rowid {order}"):  # noqa: S608
                with suppress(ValueError):
                    found[number] = record_of(row)
    return [found[number] for number in sorted(found)]


def _readable_place(path: Path) -> PlaceRow | None:
    """The place to resume, if it can be read."""
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(path)) as database:
        for row in database.execute(f"select {PLACE_COLUMNS} from resume"):  # noqa: S608
            place: PlaceRow = row
            if is_place(place) and all(isinstance(name, str | None) for name in place[:2]):
                return place
    return None
