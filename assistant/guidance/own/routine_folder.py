"""The folder of a profile that holds the person's own routines, a file each: read at the start, written when changed.

A file that is bad is told, and left as it is; it never keeps the others, or Limber, from working.
"""

import re
from collections.abc import Iterable, Mapping
from io import StringIO
from itertools import chain, count
from pathlib import Path

from ruamel.yaml import YAML

from assistant.guidance.document import Problem
from assistant.guidance.own.own_routines import Clash, OwnRoutines
from assistant.guidance.schema import Guidance, Routine
from assistant.whole_file import flush_folder, replace_file

# The format is imported where a file is read or written, so that a start without such files does not wait for it.

SUFFIX = ".yaml"
"""How the name of a routine's file ends."""
MOST_READ_FILES = 40
"""Most files that are read."""
_HEADER = "# Made by voice. Limber writes this file anew when the routine is changed by voice.\n"
"""The first line of a file that Limber writes."""


class RoutineFolder:
    """Routines as files in one folder."""

    def __init__(self, folder: Path) -> None:
        """The folder need not exist: it is made when the first routine is kept."""
        self._folder = folder
        self._kept: dict[str, tuple[Routine, Path]] = {}
        """To the key of each routine made by voice, what its file holds, and that file."""

    def load(self, guidance: Guidance, clash: Clash) -> tuple[OwnRoutines, list[Problem]]:
        """The routines of all files that are good, and the problems of the others.

        `clash`: tells whether a name already means something that is said.
        """
        from assistant.guidance.own.routine_check import check_routine

        files = sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder.is_dir() else []
        problems = [
            Problem(file, 1, "the file", f"no more than {MOST_READ_FILES} files in this folder; move it away")
            for file in files[MOST_READ_FILES:]
        ]
        own = OwnRoutines()
        for file in files[:MOST_READ_FILES]:
            found, faults = check_routine(file, own.added_to(guidance), clash)
            problems += faults
            if found is None:
                continue
            # A file with movements of its own was not made by voice alone.
            by_voice = found.made_by == "voice" and not found.movements
            routine = found.routine()
            own = own.with_file(routine, found.own_movements(), by_voice=by_voice)
            if by_voice:
                self._kept[routine.key] = routine, file
        return own, problems

    def save(self, spoken: Iterable[Routine]) -> None:
        """Keep the routines made by voice as they are now: write those that are new or changed, delete the others.

        Each file is replaced in one step. Raises OSError where that fails; what was kept before stays.
        """
        wanted = {routine.key: routine for routine in spoken}
        if wanted == {key: routine for key, (routine, _) in self._kept.items()}:
            return
        from assistant.guidance.own.routine_file import written

        self._folder.mkdir(parents=True, exist_ok=True)
        for key, routine in wanted.items():
            before, file = self._kept.get(key) or (None, self._new_file(key))
            if before != routine:
                self._write(file, written(routine).model_dump(mode="json", exclude_defaults=True))
                self._kept[key] = routine, file
        for key in set(self._kept) - set(wanted):
            self._kept[key][1].unlink(missing_ok=True)
            del self._kept[key]
        flush_folder(self._folder)

    def _new_file(self, key: str) -> Path:
        """A file for a routine made by voice; none that is there, such as one that could not be read."""
        plain = re.sub(r"[^a-z0-9]+", "-", key).strip("-") or "routine"
        names = chain([plain], (f"{plain}-{number}" for number in count(2)))
        return next(file for name in names if not (file := self._folder / f"{name}{SUFFIX}").exists())

    @staticmethod
    def _write(file: Path, content: Mapping[str, object]) -> None:
        text = StringIO()
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style = False
        yaml.dump(content, text)
        replace_file(file, _HEADER + text.getvalue())
