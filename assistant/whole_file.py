"""Files that are replaced whole, in one step: whoever reads one finds the old content or the new, never a part."""

import os
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from assistant.errors import LimberError


def replace_file(path: Path, text: str) -> None:
    """Replace the content of a file, written to the disk before the old one goes. Raises OSError: the old one stays."""
    temporary = path.with_suffix(".new")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(path.parent)


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be read, so that another may be written in its place; its new name, which was free.

    Raises LimberError where that fails: the file stays as it is.
    """
    names = (f"{path.stem}.damaged{number}{path.suffix}" for number in chain([""], map(str, count(2))))
    aside = next(name for each in names if not (name := path.with_name(each)).exists())
    try:
        path.replace(aside)
    except OSError as error:
        raise not_written(path, error) from error
    return aside


def flush_folder(folder: Path) -> None:
    """Have the names of the files in a folder written to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def flush_file(path: Path) -> None:
    """Have a file, if it is there, written to the disk, where the system can."""
    with suppress(OSError), path.open("rb") as file:
        os.fsync(file.fileno())


def not_written(file: Path, error: Exception) -> LimberError:
    """The error to raise where a file cannot be written."""
    return LimberError(f"{file}: cannot be written ({error}); see that its folder is there, writable and not full")
