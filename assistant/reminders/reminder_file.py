"""The reminders in the profile's folder: one JSON file, which is replaced in one step."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from assistant.reminders.book import MOST_REMINDERS, ReminderBook
from assistant.reminders.recurrence import Reminder, check_rule
from assistant.whole_file import not_written, replace_file, set_aside

REMINDERS_FILE_NAME = "reminders.json"
"""Name of the file in a profile."""
FORMAT_VERSION = 1
"""Version of the file's format."""
LARGEST_FILE = 1_000_000
"""Size in bytes of the largest file that is read."""


class _StoredReminder(BaseModel):
    """One reminder as it is stored; the fields are those of `Reminder`."""

    model_config = ConfigDict(extra="forbid")

    id: int = Field(ge=1)
    text: str = Field(default="", max_length=200)
    start: datetime
    done: AwareDatetime
    rules: tuple[str, ...] = Field(default=(), max_length=60)
    phrase: str = Field(default="", max_length=300)
    again: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds."""

    reminders: tuple[Reminder, ...]
    """All that could be read, each with its own number."""
    problem: str | None = None
    """What could not be read, one line without the remedy; None: all was."""


class ReminderFile:
    """The file with the reminders; every method opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Found:
        """What the file holds; nothing where there is none."""
        try:
            if not self.path.exists():
                return Found(())
            if self.path.stat().st_size > LARGEST_FILE:
                return Found((), f"{self.path}: cannot be read (it is too large)")
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            return Found((), f"{self.path}: cannot be read ({error})")
        try:
            rows = self._rows(text)
        except (ValueError, RecursionError) as error:
            kept = self._checked(_readable(text)[:MOST_REMINDERS]).reminders
            return Found(kept, f"{self.path}: cannot be read whole ({error})")
        return self._checked(rows[:MOST_REMINDERS])

    @staticmethod
    def _rows(text: str) -> list[Any]:
        """The list in the text of a file. Raises ValueError where there is none."""
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("version") != FORMAT_VERSION:
            raise ValueError("it is of another version")
        rows = content.get("reminders")
        if not isinstance(rows, list):
            raise ValueError("it has no list of reminders")
        return rows

    def _checked(self, rows: Iterable[Any]) -> Found:
        kept: dict[int, Reminder] = {}
        problem = None
        for number, row in enumerate(rows, 1):
            try:
                reminder = _reminder(_StoredReminder.model_validate(row))
            except (ValidationError, ValueError, OverflowError) as error:
                what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
                problem = problem or f"{self.path}: reminder {number}: {what}"
                continue
            kept[reminder.id] = reminder
        return Found(tuple(kept.values()), problem)

    def set_aside(self) -> Path:
        """Keep a file that cannot be read whole beside the one that will be written. Raises LimberError."""
        return set_aside(self.path)

    def write(self, book: ReminderBook) -> None:
        """Replace the file in one step; where that fails, the old one stays. Raises LimberError."""
        rows = [_row(each) for each in book.kept]
        text = json.dumps({"version": FORMAT_VERSION, "reminders": rows}, ensure_ascii=False, indent=1)
        try:
            replace_file(self.path, f"{text}\n")
        except OSError as error:
            raise not_written(self.path, error) from error


def _readable(text: str) -> list[dict[str, Any]]:
    """The reminders that still can be read in the text of a file that is no valid JSON."""
    found: list[dict[str, Any]] = []
    at = text.find("{", 1)
    while at >= 0:
        try:
            row, end = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found.append(row)
        at = text.find("{", end)
    return found


def _reminder(stored: _StoredReminder) -> Reminder:
    start = stored.start if stored.start.tzinfo is None else stored.start.astimezone(UTC)
    for rule in stored.rules:
        check_rule(rule, start)
    again = None if stored.again is None else stored.again.astimezone(UTC)
    done = stored.done.astimezone(UTC)
    return Reminder(stored.id, stored.text, start, done, stored.rules, stored.phrase, again)


def _row(reminder: Reminder) -> dict[str, Any]:
    again = None if reminder.again is None else reminder.again.isoformat()
    return {
        "id": reminder.id,
        "text": reminder.text,
        "start": reminder.start.isoformat(),
        "done": reminder.done.isoformat(),
        "rules": list(reminder.rules),
        "phrase": reminder.phrase,
        "again": again,
    }
