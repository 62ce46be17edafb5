"""The profile: a person's settings, history and place to resume, kept in one folder between runs.

`settings.yaml` is for people to read and edit; `history.sqlite3` holds the stretch sessions and the place to resume;
`reminders.json` holds the reminders.
"""

import sqlite3
from dataclasses import asdict
from io import StringIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.coaching.session import Session, SessionPlace, movement_session, routine_session, session_at
from assistant.dialogue.actions import Kept
from assistant.errors import LimberError
from assistant.guidance.document import Problem
from assistant.guidance.own.own_routines import Clash, OwnRoutines
from assistant.guidance.own.routine_folder import RoutineFolder
from assistant.guidance.schema import Guidance
from assistant.history.history_file import HISTORY_FILE_NAME, HistoryFile
from assistant.reminders.reminder_file import REMINDERS_FILE_NAME, ReminderFile
from assistant.settings import (
    FASTEST_WPM,
    FEWEST_DIGITS,
    LOUDEST_DB,
    MOST_CRISIS_DIGITS,
    MOST_DIGITS,
    QUIETEST_DB,
    SLOWEST_WPM,
    Settings,
)
from assistant.whole_file import not_written, replace_file


class _Stored(BaseModel):
    """The fields of settings.yaml, with their bounds; they mirror `Settings`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    words_per_minute: int = Field(default=150, ge=SLOWEST_WPM, le=FASTEST_WPM)
    volume: float = Field(default=0.0, ge=QUIETEST_DB, le=LOUDEST_DB, strict=False)
    count_aloud: bool = True
    emergency_number: str | None = Field(default=None, pattern=rf"^\d{{{FEWEST_DIGITS},{MOST_DIGITS}}}$")
    ask_emergency_number: bool = True
    crisis_line: str | None = Field(default=None, pattern=rf"^\d{{{FEWEST_DIGITS},{MOST_CRISIS_DIGITS}}}$")
    conditions: tuple[str, ...] = Field(default=(), strict=False)
    quiet_hours: str = Field(
        default=Settings().quiet_hours, pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
    )
    wake_phrase: str = Field(default=Settings().wake_phrase, pattern=r"^[A-Za-z']+( [A-Za-z']+){1,5}$")


def settings_in(folder: Path) -> Settings:
    """The settings that are kept in a folder; the defaults where there is none, which is not made.

    Raises LimberError where the folder cannot be used, or a setting is invalid.
    """
    return Profile(folder).settings() if folder.exists() else Settings()


class Profile:
    """A person's profile in a folder; every method opens its file anew."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and the database where they are missing. Raises LimberError where they cannot be used."""
        self.reminders = ReminderFile(folder / REMINDERS_FILE_NAME)
        self._settings, self.history = folder / "settings.yaml", HistoryFile(folder / HISTORY_FILE_NAME)
        self._routines = RoutineFolder(folder / "routines")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self.history.opened():
                pass
        except (OSError, sqlite3.Error) as error:
            raise self.history.unusable(error) from error

    def settings(self) -> Settings:
        """Read the settings; the defaults where there is no file. Raises LimberError where a field is invalid."""
        if not self._settings.exists():
            return Settings()
        try:
            stored = _Stored.model_validate(YAML(typ="safe").load(self._settings.read_text(encoding="utf-8")) or {})
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise LimberError(f"{self._settings}: {field}: {first['msg']}; correct it or delete the line") from error
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise LimberError(f"{self._settings}: cannot be read ({error}); correct or delete it") from error
        return Settings(**stored.model_dump())

    def change(self, name: str, written: str) -> Settings:
        """Set one setting to a value as it is typed, "none" for no value; the settings from then on.

        Raises LimberError, and changes nothing, where the value is out of bounds or the file cannot be written.
        """
        before = self.settings()
        typed = None if written.strip().lower() in {"none", ""} else written.strip()
        value: object = typed
        if name == "conditions":
            value = [each.strip() for each in (typed or "").split(",") if each.strip()]
        try:
            stored = _Stored.model_validate(asdict(before) | {name: value}, strict=False)
        except ValidationError as error:
            what = error.errors()[0]["msg"]
            raise LimberError(f"{name}: {written!r} is no value for it ({what}); it stays as it was") from error
        changed = Settings(**stored.model_dump())
        try:
            self._write(changed)
        except OSError as error:
            raise not_written(self._settings, error) from error
        return changed

    def own_routines(self, guidance: Guidance, clash: Clash) -> tuple[OwnRoutines, list[Problem]]:
        """The person's own routines, and the problems of those that cannot be used, which stay as they are."""
        return self._routines.load(guidance, clash)

    def resumable(self, guidance: Guidance) -> Session | None:
        """The session that was left before its end, at its place; None: none, or the guidance no longer has it."""
        try:
            with self.history.opened() as database:
                row = database.execute("select routine, movement, step, repetition, part from resume").fetchone()
        except sqlite3.Error as error:
            raise self.history.unusable(error) from error
        if row is None:
            return None
        routine, movement, *place = row
        if routine in guidance.routines:
            session = routine_session(guidance, routine)
        elif movement in guidance.movements:
            session = movement_session(guidance, movement)
        else:
            return None  # the guidance has changed meanwhile
        step, repetition, part = place
        keys = [dose.movement.key for dose in session.doses]
        if movement in keys and keys[step : step + 1] != [movement]:
            step = keys.index(movement)  # the session had taken another way through its movements
        found = SessionPlace(step, repetition, part)
        if found.step >= len(session.doses) or found.part >= len(session.doses[found.step].movement.parts):
            return None
        return session_at(session, found)

    def save(self, kept: Kept) -> None:
        """Write the settings, the routines made by voice and the place to resume.

        Raises LimberError when one of them cannot be written.
        """
        try:
            if kept.settings != self.settings():
                self._write(kept.settings)
        except OSError as error:
            raise not_written(self._settings, error) from error
        try:
            with self.history.opened() as database:
                database.execute("delete from resume")
                if kept.session is not None:
                    session, place = kept.session, kept.session.place
                    database.execute(
                        "insert into resume values (1, ?, ?, ?, ?, ?)",
                        (session.routine, session.dose.movement.key, place.step, place.repetition, place.part),
                    )
        except sqlite3.Error as error:
            raise not_written(self.history.path, error) from error
        try:
            self._routines.save(kept.routines)
        except OSError as error:
            raise not_written(Path(error.filename or self._settings.parent), error) from error

    def _write(self, settings: Settings) -> None:
        """Replace settings.yaml in one step; where that fails, the old file stays as it is."""
        text = StringIO()
        YAML(typ="safe", pure=True).dump(asdict(settings), text)
        replace_file(self._settings, text.getvalue())
