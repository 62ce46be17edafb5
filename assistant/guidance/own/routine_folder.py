"""The folder of a profile that holds the person's own routines, a file each: read when changed, written when changed.

A file that is bad is told, and left as it is; it never keeps the others, or Limber, from working. A file that came
later never takes the name of one that is in use.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from assistant.guidance.document import Problem
from assistant.guidance.own.folder_watch import SUFFIX, FolderWatch, Stamp, Stamps
from assistant.guidance.own.own_routines import Clash, OwnRoutines
from assistant.guidance.schema import Guidance, Routine
from assistant.whole_file import flush_folder, replace_file
from audio.frames import Frame

if TYPE_CHECKING:
    from assistant.guidance.own.routine_check import ReadRoutine

# The format is imported where a file is read or written, so that a start without such files does not wait for it.

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
        self._watch = FolderWatch(folder)
        self._found: dict[Path, tuple[Stamp, ReadRoutine | list[Problem]]] = {}
        """What each file held when it was last read, so that one that is as it was is not read again."""
        self._in_use: frozenset[Path] = frozenset()
        """The files that were good when they were last read."""

    @property
    def kept(self) -> tuple[Routine, ...]:
        """The routines made by voice as their files hold them, so far as Limber knows."""
        return tuple(routine for routine, _ in self._kept.values())

    def changed(self, now: Frame) -> bool:
        """Whether files were added, changed or removed since they were loaded, and have settled by frame `now`."""
        return self._watch.changed(now)

    def load(self, guidance: Guidance, clash: Clash) -> tuple[OwnRoutines, list[Problem]]:
        """The routines of all files that are good, and the problems of the others.

        `clash`: tells whether a name already means something that is said.
        """
        stamps = self._watch.read()
        in_use = self._in_use.union(file for _, file in self._kept.values())
        files = sorted(stamps, key=lambda file: (file not in in_use, file.name))
        most = f"no more than {MOST_READ_FILES} files in this folder; move it away"
        problems = [Problem(file, 1, "the file", most) for file in files[MOST_READ_FILES:]]
        own, self._kept = OwnRoutines(), {}
        good, bad = list[Path](), dict[Path, Sequence[Problem]]()
        # A file may have what an earlier name's file needs: what is bad is looked at again, once.
        for file in (*files[:MOST_READ_FILES], *files[:MOST_READ_FILES]):
            if file in good:
                continue
            found = self._read(file, stamps)
            bad[file] = found if isinstance(found, list) else found.clashes(own.added_to(guidance), clash)
            if isinstance(found, list) or bad[file]:
                continue
            del bad[file]
            good.append(file)
            # A file with movements of its own was not made by voice alone.
            by_voice = found.content.made_by == "voice" and not found.content.movements
            routine = found.content.routine()
            own = own.with_file(routine, found.content.own_movements(), by_voice=by_voice)
            if by_voice:
                self._kept[routine.key] = routine, file
        problems += [problem for each in bad.values() for problem in each]
        self._in_use = frozenset(good)
        self._found = {file: found for file, found in self._found.items() if file in stamps}
        return replace(own, unusable=tuple(dict.fromkeys(problem.file.name for problem in problems))), problems

    def _read(self, file: Path, stamps: Stamps) -> "ReadRoutine | list[Problem]":
        """What a file holds; one that is as it was is not read again."""
        from assistant.guidance.own.routine_check import read_routine

        before = self._found.get(file)
        if before is None or before[0] != stamps[file]:
            self._found[file] = before = stamps[file], read_routine(file)
        return before[1]

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
                self._watch.wrote(file)
        for key in set(self._kept) - set(wanted):
            file = self._kept[key][1]
            file.unlink(missing_ok=True)
            self._watch.wrote(file)
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
