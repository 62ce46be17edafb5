"""The catalogue of models that do not come with Limber: which there are, and whether one is installed as published.

An installed model is a folder of its name, put in place by one rename when it is complete, with a manifest of the size
and the checksum of every file.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from audio.errors import AudioError

if TYPE_CHECKING:
    from audio.models.download import Patience, Progress

FOLDER_VARIABLE = "LIMBER_MODELS"
"""Environment variable that names the folder of the models."""
MANIFEST = "manifest.json"
"""File in a model's folder with the archive's checksum, and the size and checksum of every file."""
LOCK = ".lock"
"""File in the folder of the models that one install at a time holds locked."""


@dataclass(frozen=True)
class Model:
    """A model, as an archive that was published."""

    name: str
    """Name of the model and of its folder."""
    file: str
    """File name of the archive."""
    address: str
    """URL of the archive."""
    size: int
    """Size of the archive, in bytes."""
    sha256: str
    """SHA-256 of the archive, in hexadecimal."""
    unpacked: int
    """Most size of the unpacked files, in bytes."""
    licence: str
    """SPDX identifier of the licence."""
    purpose: str
    """What the model is for, for people."""


VOSK_SMALL_EN = Model(
    name="vosk-model-small-en-us-0.15",
    file="vosk-model-small-en-us-0.15.zip",
    address="https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
    size=41_205_931,
    sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    unpacked=128 * 2**20,
    licence="Apache-2.0",
    purpose="Vosk hears while a person still speaks",
)
"""Vosk's small English model, for streaming recognition."""
MODELS = (VOSK_SMALL_EN,)
"""All models of the catalogue."""


def folder() -> Path:
    """Name the folder of this user's models: that in LIMBER_MODELS, or one in the platform's place for data."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("limber") / "models"


def installed(model: Model, root: Path) -> Path | None:
    """The folder to load a model from; None where it is missing, incomplete, or of another version.

    The size of every file is checked; `verify` checks the content, too.
    """
    home = root / model.name
    recorded = _recorded(model, home)
    if recorded is None or any(_size(home / place) != size for place, (size, _) in recorded.items()):
        return None
    return home


def verify(model: Model, root: Path) -> list[str]:
    """Tell what is wrong with the model in `root`, a line for each fault; none where every file is as published."""
    home = root / model.name
    recorded = _recorded(model, home)
    if recorded is None:
        return [f"{model.name}: not installed in {root}; run `main.py models install`"]
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if not path.is_dir()} - {MANIFEST}
    wrong = dict.fromkeys(recorded.keys() - there, "missing")
    # Vosk loads some files because they are there.
    wrong |= dict.fromkeys(there - recorded.keys(), "not part of the model")
    wrong |= {place: "damaged" for place in recorded.keys() & there if _digest(home / place) != recorded[place][1]}
    return [f"{home / place}: {what}; run `main.py models install`" for place, what in sorted(wrong.items())]


def install(
    model: Model,
    root: Path,
    progress: "Progress",
    address: str | None = None,
    patience: "Patience | None" = None,
) -> Path:
    """Download a model and put it in place, unless it is there as published. Returns its folder.

    `address`: another URL of the same archive.
    Raises AudioError; then what was there before stays, and the next call resumes the download.
    """
    from audio.models.download import Patience, discard, download

    with _alone(root):
        if not verify(model, root):
            return root / model.name
        part = root / f"{model.file}.part"
        _check_room(root, model.unpacked + model.size - (_size(part) or 0))
        download(address or model.address, part, model.size, progress, patience or Patience())
        if _digest(part) != model.sha256:
            discard(part)
            raise AudioError(f"{model.file}: what was fetched is not what was published (SHA-256 differs); try again")
        home = _put_in_place(model, root, part)
        discard(part)
        return home


def install_file(model: Model, root: Path, archive: Path) -> Path:
    """Put a model in place from an archive that was downloaded by hand, and stays where it is. Returns its folder.

    Raises AudioError where the file is not the one published; what was there before stays.
    """
    with _alone(root):
        if not archive.is_file():
            raise AudioError(f"{archive}: there is no such file; fetch {model.address}")
        if _size(archive) != model.size or _digest(archive) != model.sha256:
            raise AudioError(f"{archive}: not the {model.file} that was published; fetch {model.address}")
        if not verify(model, root):
            return root / model.name
        _check_room(root, model.unpacked)
        return _put_in_place(model, root, archive)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the lock of the only install in `root`, which the system releases however the process ends."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with (root / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise AudioError(f"{root}: another install is under way; let it end first") from error
            yield
    except OSError as error:
        why = error.strerror or str(error)
        raise AudioError(f"{root}: {why}; make it usable or name another folder in {FOLDER_VARIABLE}") from error


def _check_room(root: Path, wanted: int) -> None:
    """Raise AudioError where the disk has less than so many bytes free."""
    free = shutil.disk_usage(root).free
    if free < wanted:
        raise AudioError(
            f"{root}: {free / 1e6:,.0f} MB are free and {wanted / 1e6:,.0f} MB are needed; "
            f"make room or name another folder in {FOLDER_VARIABLE}"
        )


def _put_in_place(model: Model, root: Path, archive: Path) -> Path:
    """Unpack an archive beside the model's folder, then swap the two by renames. Returns the folder."""
    from audio.models.unpack import unpack

    home, new, old = root / model.name, root / f".{model.name}.new", root / f".{model.name}.old"
    _clear(new, old)  # a killed install may have left them
    try:
        unpack(archive, new, model.unpacked)
        _record(model, new)
        if home.exists():
            home.rename(old)  # missing a file or damaged, else nothing would be installed
        new.rename(home)
    finally:
        _clear(new, old)
    return home


def _clear(*folders: Path) -> None:
    """Delete folders, as far as they are there."""
    for each in folders:
        shutil.rmtree(each, ignore_errors=True)


def _record(model: Model, home: Path) -> None:
    """Write the manifest: the archive's checksum, and the size and checksum of every file."""
    files = {
        path.relative_to(home).as_posix(): {"size": path.stat().st_size, "sha256": _digest(path)}
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({"archive": model.sha256, "files": files}, indent=1)
    with (home / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _recorded(model: Model, home: Path) -> dict[str, tuple[int, str]] | None:
    """Read size and checksum of every file from the manifest; None without a manifest of this very archive."""
    try:
        manifest = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
        files = {place: (int(entry["size"]), str(entry["sha256"])) for place, entry in manifest["files"].items()}
        archive = manifest["archive"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return files if archive == model.sha256 else None


def _size(path: Path) -> int | None:
    """The size of a file in bytes; None where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file in hexadecimal; None for one that can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
