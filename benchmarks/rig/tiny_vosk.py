"""The tiny Vosk model in the place of the published one, for whole programs that look for it there."""

import hashlib
import json
import zipfile
from pathlib import Path

from audio.models.catalogue import MANIFEST, VOSK_SMALL_EN
from benchmarks.rig.places import DATA

ARCHIVE = DATA / "vosk-tiny.zip"
VOICE = "en-us+f3"
"""One of those it was trained with: it knows espeak-ng's voices alone."""


def unpacked(root: Path) -> Path:
    """The model's folder, unpacked into another."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(root)
    return root / ARCHIVE.stem


def put_in_place(root: Path) -> None:
    """Unpack it into a folder of models, with a manifest as if it had been installed."""
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
