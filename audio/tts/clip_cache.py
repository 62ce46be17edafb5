"""Clips kept in files, best on a memory file system: said once, a line is there for the next session.

Several processes may share a folder. A file is whole or is not there; what is damaged counts as not there.
"""

import contextlib
import os
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from audio.errors import AudioError
from audio.samples import Clip

CAPACITY_BYTES = 48 * 2**20
"""Eight minutes of speech; it must leave room in the 64 MiB that containers give /dev/shm."""
CHECKSUM_BYTES = 4
CLIP_FULL_SCALE = 32_768
CLIP_SUFFIX = ".pcm"
SCRATCH_SUFFIX = ".part"


def default_folder() -> Path:
    """This user's folder on a memory file system, or in the temporary folder where there is none."""
    memory = Path("/dev/shm")  # noqa: S108 - ClipCache refuses a folder that others could have prepared
    parent = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    return parent / f"limber-{os.getuid()}"


class ClipCache:
    """16-bit clips by key, the least recently used dropped first."""

    def __init__(self, folder: Path, capacity: int = CAPACITY_BYTES) -> None:
        """Make the folder, for this user alone. Raises AudioError where that cannot be.

        capacity: bytes beyond which clips are dropped.
        """
        self._folder = folder = folder.absolute()  # the voice process has another working directory
        self._capacity = capacity
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.lstat()
        except OSError as error:
            raise self._unwritable(error) from error
        # Anyone may write to /dev/shm: what another user put there is not ours to speak, nor to delete.
        if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise AudioError(f"others can write to the clips in {folder}: remove it, or give it mode 700")

    def load(self, key: str) -> Clip | None:
        """The clip under `key`, or None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        checksum, pcm = data[:CHECKSUM_BYTES], data[CHECKSUM_BYTES:]
        return _decode(pcm) if pcm and _checksum(pcm) == checksum else None

    def store(self, key: str, clip: Clip) -> Clip:
        """Keep `clip` under `key`, in place of what was there, and return what `load` will.

        Raises AudioError where there is no room.
        """
        pcm = np.rint(clip * CLIP_FULL_SCALE).clip(-CLIP_FULL_SCALE, CLIP_FULL_SCALE - 1).astype("<i2").tobytes()
        with self.scratch() as path:
            try:
                path.write_bytes(_checksum(pcm) + pcm)
                path.replace(self._path(key))
            except OSError as error:
                raise self._unwritable(error) from error
        self._prune()
        return _decode(pcm)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty file in the folder, gone afterwards. Raises AudioError where it cannot be made."""
        try:
            # At the end of a login, systemd may clear /dev/shm.
            self._folder.mkdir(mode=0o700, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=SCRATCH_SUFFIX)
        except OSError as error:
            raise self._unwritable(error) from error
        os.close(descriptor)
        path = Path(name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{CLIP_SUFFIX}"

    def _unwritable(self, error: OSError) -> AudioError:
        return AudioError(f"no clips can be kept in {self._folder} ({error.strerror}): make room there, mode 700")

    def _prune(self) -> None:
        files = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process prunes too
                status = path.stat()
                if path.suffix in (CLIP_SUFFIX, SCRATCH_SUFFIX):
                    files.append((status.st_mtime_ns, status.st_size, path))
        excess = sum(size for _, size, _ in files) - self._capacity
        for _, size, path in sorted(files):
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= size


def _checksum(pcm: bytes) -> bytes:
    return zlib.crc32(pcm).to_bytes(CHECKSUM_BYTES, "little")


def _decode(pcm: bytes) -> Clip:
    clip = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(CLIP_FULL_SCALE)
    clip.flags.writeable = False
    return clip
