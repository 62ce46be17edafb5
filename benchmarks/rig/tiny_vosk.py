"""The tiny Vosk model that ships with the tests, in the place where programs look for the published one."""

import hashlib
import json
import zipfile
from pathlib import Path

from audio.models.catalogue import MANIFEST, VOSK_SMALL_EN
from benchmarks.rig.places import DATA

ARCHIVE = DATA / "vosk-tiny.zip"
"""The model; `benchmarks.training.vosk_model.build` makes it."""
VOICE = "en-us+f3"
"""A voice that it was trained with: it knows the voices of espeak-ng alone."""


def unpacked(root: Path) -> Path:
    """The folder of the model, unpacked into `root`."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(root)
    return root / ARCHIVE.stem


def put_in_place(root: Path) -> None:
    """Unpack the model into a folder of models, with a manifest as if the published one had been installed."""
    home = unpacked(root).rename(root / VOSK_SMALL_EN.name)
    files = {
        path.relative_to(home).as_posix(): {
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in home.rglob("*")
        if path.is_file()
    }
    (home / MANIFEST).write_text(json.dumps({"archive": VOSK_SMALL_EN.sha256, "files": files}), encoding="utf-8")
