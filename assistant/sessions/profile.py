"""The profile: a person's settings, history and place to resume, kept in one folder between runs.

`settings.yaml` is for people to read and edit; `history.sqlite3` holds the stretch sessions and the place to resume,
`place.jsonl` that place as it moves on; `reminders.json` holds the reminders.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from assistant.coaching.session import Session, SessionPlace, movement_session, routine_session, session_at
from assistant.dialogue.actions import Kept
from assistant.errors import LimberError
from assistant.guidance.document import Problem
from assistant.guidance.own.own_routines import Clash, OwnRoutines
from assistant.guidance.own.routine_folder import RoutineFolder
from assistant.guidance.schema import Guidance, Routine
from assistant.history.history_file import HISTORY_FILE_NAME, HistoryFile, time_of
from assistant.history.place_file import PLACE_FILE_NAME, KeptPlace, PlaceKeeper
from assistant.history.salvage import mended
from assistant.history.stretch_record import Felt, StretchRecord
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
        self._place = PlaceKeeper(self.history, folder / PLACE_FILE_NAME)
        self.routines = RoutineFolder(folder / "routines")
        self._settings: Settings | None = None
        """The settings as this run has found or written them; None: not yet."""
        self._ended: list[StretchRecord] = []
        """The sessions that have ended and are not written yet, because writing failed."""
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
        return self.routines.load(guidance, clash)

    def interrupted(self) -> datetime | None:
        """When a session was last going on that something interrupted; None: none was, or that is not known."""
        place = self._place.read()
        return None if place is None else time_of(place.going)

    def resumable(self, guidance: Guidance) -> Session | None:
        """The session that was left before its end, at its place; None: none, or the guidance no longer has it."""
        kept = self._place.read()
        if kept is None:
            return None
        routine, movement = kept.routine, kept.movement
        if routine is not None and routine in guidance.routines:
            session = routine_session(guidance, routine)
        elif movement in guidance.movements:
            session = movement_session(guidance, movement)
        else:
            return None  # the guidance has changed meanwhile
        step = kept.step
        keys = [dose.movement.key for dose in session.doses]
        if movement in keys and keys[step : step + 1] != [movement]:
            step = keys.index(movement)  # the session had taken another way through its movements
        found = SessionPlace(step, kept.repetition, kept.part)
        if found.step >= len(session.doses):
            return None
        dose = session.doses[found.step]
        if found.part >= len(dose.movement.parts) or not 1 <= found.repetition <= dose.repetitions:
            return None
        return session_at(session, found)

    def save(self, kept: Kept, at: datetime | None = None) -> None:
        """Write what has changed of the settings, the place to resume and the routines made by voice.

        `at`: the civil time. Sessions that have ended are written in the same step as the place. All that can be
        written is; then raises LimberError for the first that cannot.
        """
        failed = list[LimberError]()
        for write in (
            partial(self._keep_settings, kept.settings),
            partial(self._keep_place, _place_of(kept, at)),
            partial(self._keep_routines, kept.routines),
        ):
            try:
                write()
            except LimberError as error:
                failed.append(error)
        if failed:
            raise failed[0]

    def record(self, ended: StretchRecord) -> None:
        """Take a session that has ended; it is written by the next `save` or `write_records` that succeeds."""
        self._ended.append(ended)

    def write_records(self) -> None:
        """Write the sessions that have ended and are not written yet. Raises LimberError."""
        if self._ended:
            self.history.add(*self._ended)
            self._ended.clear()

    def add_felt(self, felt: Felt | None, after: int | None = None) -> None:
        """Set how the person felt after the last session, and the ease as a number, 0 to 10 (None: not told).

        Raises LimberError when that cannot be written.
        """
        if self._ended:
            self._ended[-1] = replace(self._ended[-1], felt=felt, after=after)
            self.write_records()
        else:
            self.history.add_felt(felt, after)

    def forget(self, day: date | None) -> None:
        """Delete the sessions of a day, or (None) all of them. Raises LimberError when that cannot be written."""
        self._ended = [each for each in self._ended if day is not None and (not each.ended or each.ended.date() != day)]
        self.history.forget(day)

    def _keep_place(self, place: KeptPlace | None) -> None:
        self._place.keep(place, self._ended)
        self._ended.clear()

    def _keep_settings(self, settings: Settings) -> None:
        if self._settings is None:
            self._settings = self.settings()
        if settings != self._settings:
            self._settings = None  # after a write that fails, what the file holds is not known
            self.settings_file.write(settings)
            self._settings = settings

    def _keep_routines(self, routines: Sequence[Routine]) -> None:
        try:
            self.routines.save(routines)
        except OSError as error:
            raise not_written(Path(error.filename or self.settings_file.path.parent), error) from error


def _place_of(kept: Kept, at: datetime | None) -> KeptPlace | None:
    """The place to resume as it is kept."""
    if kept.session is None:
        return None
    session, place = kept.session, kept.session.place
    going = at.isoformat() if at is not None and kept.interrupted else None
    return KeptPlace(session.routine, session.dose.movement.key, place.step, place.repetition, place.part, going)
