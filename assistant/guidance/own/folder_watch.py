"""Watches a folder by the names, times and sizes of its files, so that they are read again only where they changed."""

from collections.abc import Mapping
from pathlib import Path

from audio.frames import Frame, frames

SUFFIX = ".yaml"
"""How the name of a routine's file ends."""
SETTLED_AFTER = frames(2)
"""Time, in frames (2 s), for which a folder must stay as it is: what changes sooner may still be being written."""

Stamp = tuple[int, int, int]
"""When a file, and what is known of it, was changed last, in nanoseconds, and its size in bytes; zeros: not known."""
Stamps = Mapping[Path, Stamp]
"""To each routine file of a folder, its stamp."""


class FolderWatch:
    """Tells when the files of a folder are others than those that were read."""

    def __init__(self, folder: Path) -> None:
        """The folder need not exist."""
        self._folder = folder
        self._known: dict[Path, Stamp] = {}
        """The files as they were read, or written by Limber."""
        self._changed: tuple[Stamps, Frame] | None = None
        """The files as they were first seen changed, and when; None: they are as they were read."""

    def read(self) -> Stamps:
        """The files as they are now, which are read from here on."""
        self._known, self._changed = stamps_of(self._folder), None
        return dict(self._known)

    def wrote(self, file: Path) -> None:
        """Limber itself has written a file, or deleted it, so that this is no change to tell of."""
        if file.exists():
            self._known[file] = _stamp(file)
        else:
            self._known.pop(file, None)

    def changed(self, now: Frame) -> bool:
        """Whether files were added, changed or removed since they were read, and have settled by frame `now`."""
        present = stamps_of(self._folder)
        if present == self._known:
            self._changed = None
        elif self._changed is None or self._changed[0] != present:
            self._changed = present, now
        else:
            return now - self._changed[1] >= SETTLED_AFTER
        return False


def stamps_of(folder: Path) -> dict[Path, Stamp]:
    """The routine files of a folder; none where it is not there, or cannot be listed.

    Hidden files are left out: editors keep such beside a file while it is open.
    """
    try:
        found = [each for each in folder.iterdir() if each.suffix == SUFFIX and not each.name.startswith(".")]
    except OSError:
        return {}
    return {file: _stamp(file) for file in sorted(found)}


def _stamp(file: Path) -> Stamp:
    try:
        told = file.stat()
    except OSError:
        return 0, 0, 0
    return told.st_mtime_ns, told.st_ctime_ns, told.st_size
