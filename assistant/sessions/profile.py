"""The profile: a person's settings, history and place to resume, kept in one folder between runs.

`settings.yaml` is for people to read and edit; `history.sqlite3` holds the stretch sessions and the place to resume;
`reminders.json` holds the reminders.
"""

import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from assistant.coaching.session import Session, SessionPlace, movement_session, routine_session, session_at
from assistant.dialogue.actions import Kept
from assistant.errors import LimberError
from assistant.guidance.document import Problem
from assistant.guidance.own.own_routines import Clash, OwnRoutines
from assistant.guidance.own.routine_folder import RoutineFolder
from assistant.guidance.schema import Guidance
from assistant.history.history_file import HISTORY_FILE_NAME, PLACE_COLUMNS, HistoryFile, time_of
from assistant.history.salvage import mended
from assistant.reminders.reminder_file import REMINDERS_FILE_NAME, ReminderFile
from assistant.sessions.settings_file import SETTINGS_FILE_NAME, FoundSettings, SettingsFile
from assistant.settings import Settings
from assistant.whole_file import not_written


def settings_in(folder: Path) -> FoundSettings:
    """The settings that are kept in a folder; the defaults where there is none, which is not made."""
    return SettingsFile(folder / SETTINGS_FILE_NAME).read()


class Profile:
    """A person's profile in a folder; every method opens its file anew."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and the database where they are missing. Raises LimberError where they cannot be used."""
        self.reminders = ReminderFile(folder / REMINDERS_FILE_NAME)
        self.settings_file = SettingsFile(folder / SETTINGS_FILE_NAME)
        self.history = HistoryFile(folder / HISTORY_FILE_NAME)
        self._routines = RoutineFolder(folder / "routines")
        self.unread: dict[str, str] = {}
        """What could not be read ("settings"), each with one line that names the file and the field."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self.history.opened():
                pass
        except (OSError, sqlite3.Error) as error:
            raise self.history.unusable(error) from error

    @classmethod
    def mended(cls, folder: Path) -> "Profile":
        """The profile of a folder in which files may be damaged: what can be read of each is kept.

        `unread` tells what could not be. Raises LimberError where the folder cannot be used.
        """
        history = HistoryFile(folder / HISTORY_FILE_NAME)
        problem = mended(history) if history.path.exists() else None
        profile = cls(folder)
        if problem:
            profile.unread["sessions"] = problem
        found = profile.settings_file.read()
        if found.problems:
            problem = "; ".join(found.problems)
            with suppress(LimberError):  # a folder that cannot be written keeps the file, and each start reads it so
                problem += f"; it is set aside as {profile.settings_file.set_aside().name}"
                profile.settings_file.write(found.settings)
            profile.unread["settings"] = problem
        return profile

    def settings(self) -> Settings:
        """The settings that can be read; the defaults of the others."""
        return self.settings_file.read().settings

    def own_routines(self, guidance: Guidance, clash: Clash) -> tuple[OwnRoutines, list[Problem]]:
        """The person's own routines, and the problems of those that cannot be used, which stay as they are."""
        return self._routines.load(guidance, clash)

    def interrupted(self) -> datetime | None:
        """When a session was last going on that something interrupted; None: none was, or that is not known."""
        try:
            with self.history.opened() as database:
                row = database.execute("select going from resume").fetchone()
        except sqlite3.Error as error:
            raise self.history.unusable(error) from error
        return time_of(row[0]) if row else None

    def resumable(self, guidance: Guidance) -> Session | None:
        """The session that was left before its end, at its place; None: none, or the guidance no longer has it."""
        try:
            with self.history.opened() as database:
                row = database.execute(f"select {PLACE_COLUMNS} from resume").fetchone()  # noqa: S608
        except sqlite3.Error as error:
            raise self.history.unusable(error) from error
        if row is None:
            return None
        routine, movement, *place, _ = row
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
        if found.step >= len(session.doses):
            return None
        dose = session.doses[found.step]
        if found.part >= len(dose.movement.parts) or not 1 <= found.repetition <= dose.repetitions:
            return None
        return session_at(session, found)

    def save(self, kept: Kept, at: datetime | None = None) -> None:
        """Write the settings, the routines made by voice and the place to resume; `at`: the civil time.

        Raises LimberError when one of them cannot be written.
        """
        if kept.settings != self.settings():
            self.settings_file.write(kept.settings)
        try:
            with self.history.opened() as database:
                database.execute("delete from resume")
                if kept.session is not None:
                    session, place = kept.session, kept.session.place
                    going = at.isoformat() if at is not None and kept.interrupted else None
                    database.execute(
                        "insert into resume values (1, ?, ?, ?, ?, ?, ?)",
                        (session.routine, session.dose.movement.key, place.step, place.repetition, place.part, going),
                    )
        except sqlite3.Error as error:
            raise not_written(self.history.path, error) from error
        try:
            self._routines.save(kept.routines)
        except OSError as error:
            raise not_written(Path(error.filename or self.settings_file.path.parent), error) from error
