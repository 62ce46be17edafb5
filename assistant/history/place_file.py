"""The place to resume: in the history's table from where a session begins, and in a file of lines as it goes on.

The table is changed with the records of sessions, all or nothing, so that a session is either over and on record, or
there to be resumed. On the way a line is added for each place: the first line of the file repeats the table's row, and
lines that follow another row count for nothing. So the file may be damaged, or late, and costs no more than the way
since the row.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TextIO

from assistant.history.history_file import HistoryFile, PlaceRow
from assistant.history.stretch_record import StretchRecord
from assistant.whole_file import flush_folder, not_written

PLACE_FILE_NAME = "place.jsonl"
"""Name of the file in a profile."""
LONGEST_PLACE_FILE = 1_000_000
"""Size in bytes up to which the file is read."""


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a stretch session stands, in the order of the table's columns."""

    routine: str | None
    """Key of the routine; None: a single movement."""
    movement: str
    """Key of the movement."""
    step: int
    """Index of the dose, from 0."""
    repetition: int
    """Number of the repetition, from 1."""
    part: int
    """Index of the movement's part, from 0."""
    going: str | None
    """When the session was last going on, in ISO 8601 with the zone; None: it was left, or the time is unknown."""

    def continues(self, row: "KeptPlace") -> bool:
        """Whether it is a place of the session that a row of the table began."""
        return self.routine == row.routine and (self.routine is not None or self.movement == row.movement)


class PlaceKeeper:
    """Keeps the place to resume, with as few writes as a loss of power allows.

    A row of the table, a new movement, and that a session is left, are on the disk when `keep` returns. A repetition is
    in the file, and so outlives Limber, but reaches the disk when the system writes it.
    """

    def __init__(self, history: HistoryFile, path: Path) -> None:
        self._history, self._path = history, path
        self._row: KeptPlace | None = None
        """What this run has written to the table; None: nothing yet, or that there is no place."""
        self._last: KeptPlace | None = None
        """What was kept last in this run."""
        self._begun = False
        """Whether this run has begun the file for its row."""
        self._none = False
        """Whether this run has written that there is no place."""

    def read(self) -> KeptPlace | None:
        """The place that was kept last; None: none. Raises LimberError where the history cannot be read."""
        row = self._history.place()
        if row is None:
            return None
        began = KeptPlace(*row)
        lines = self._lines()
        return lines[-1] if lines and lines[0] == began else began

    def keep(self, place: KeptPlace | None, ended: Sequence[StretchRecord] = ()) -> None:
        """Keep a place, or (None) that there is none, and add sessions that ended. Raises LimberError.

        Writes nothing where that was kept already.
        """
        known = self._none if place is None else self._last is not None and _same(place, self._last)
        if known and not ended:
            return
        if place is None or ended or self._row is None or not place.continues(self._row):
            self._history.keep(None if place is None else astuple(place), ended)
            self._row, self._begun = place, False
            if place is None:
                with suppress(OSError):  # without its row it counts for nothing
                    self._path.unlink(missing_ok=True)
        else:
            self._add(place, self._row)
        self._last, self._none = place, place is None

    def _add(self, place: KeptPlace, row: KeptPlace) -> None:
        """Add a line; flushed to the disk where it tells of more than a repetition."""
        before = self._last or row
        lasting = place.step != before.step or (place.going is None) != (before.going is None)
        new = not self._path.exists()
        try:
            with self._path.open("a" if self._begun else "w", encoding="utf-8") as file:
                if not self._begun:
                    _write_line(file, row)
                _write_line(file, place)
                file.flush()
                if lasting:
                    os.fdatasync(file.fileno())
        except OSError as error:
            self._begun = False  # it may end in a part of a line
            raise not_written(self._path, error) from error
        if new:
            flush_folder(self._path.parent)
        self._begun = True

    def _lines(self) -> list[KeptPlace]:
        """The places of all whole lines."""
        try:
            with self._path.open("rb") as file:
                text = file.read(LONGEST_PLACE_FILE).decode(errors="replace")
        except OSError:
            return []
        return list(_places(text))


def _same(place: KeptPlace, other: KeptPlace) -> bool:
    """Whether two places differ at most in the time at which the session was going on."""
    return replace(place, going=None) == replace(other, going=None) and (place.going is None) == (other.going is None)


def _write_line(file: TextIO, place: KeptPlace) -> None:
    file.write(json.dumps(astuple(place), ensure_ascii=False) + "\n")


def _places(text: str) -> Iterator[KeptPlace]:
    """The places in the lines of a text, up to the first line that is none."""
    for line in text.splitlines(keepends=True):
        try:
            row: PlaceRow = tuple(json.loads(line))
            routine, movement, *numbers, going = row
        except (ValueError, TypeError, RecursionError):
            return
        named = isinstance(routine, str | None) and isinstance(movement, str) and isinstance(going, str | None)
        counted = len(numbers) == 3 and all(type(number) is int and number >= 0 for number in numbers)
        if not (line.endswith("\n") and named and counted):
            return
        yield KeptPlace(*row)
