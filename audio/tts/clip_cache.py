"""A cache of clips in files, best on a memory file system: a line spoken once is there for the next session.

Several processes may share a folder. A file is complete or is not there; a damaged one counts as not there.
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
from audio.samples import PCM_FULL_SCALE, PCM_MAX, Clip

CAPACITY_BYTES = 48 * 2**20
"""Most size of the cache, in bytes: eight minutes of speech, and less than the 64 MiB that containers give /dev/shm."""
CHECKSUM_BYTES = 4
"""Size of the checksum (CRC-32) before the sound in each file, in bytes."""
CLIP_SUFFIX = ".pcm"
"""Suffix of a clip's file: the checksum, then 16-bit PCM at 48 kHz."""
SCRATCH_SUFFIX = ".part"
"""Suffix of files that are being written."""


def default_folder() -> Path:
    """Name this user's folder on a memory file system, or in the temporary folder where there is none."""
    memory = Path("/dev/shm")  # noqa: S108 - ClipCache refuses a folder that others could have prepared
    parent = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    return parent / f"limber-{os.getuid()}"


class ClipCache:
    """Clips by key, stored in 16 bits; the least recently used are dropped first.

    Threads and processes may share a folder: a clip is put in place by one rename.
    """

    def __init__(self, folder: Path, capacity: int = CAPACITY_BYTES) -> None:
        """Make the folder, for this user alone. Raises AudioError where that cannot be.

        `capacity`: size in bytes beyond which clips are dropped.
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
        """Read the clip under `key`; None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        checksum, pcm = data[:CHECKSUM_BYTES], data[CHECKSUM_BYTES:]
        return _decode(pcm) if pcm and _checksum(pcm) == checksum else None

    def store(self, key: str, clip: Clip) -> Clip:
        """Store `clip` under `key`, in place of what was there, and return what `load` will.

        Raises AudioError where there is no room.
        """
        pcm = np.rint(clip * PCM_FULL_SCALE).clip(-PCM_FULL_SCALE, PCM_MAX).astype("<i2").tobytes()
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
        """Make an empty file in the folder that is removed afterwards. Raises AudioError where that cannot be."""
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
        """The file of the clip under `key`."""
        return self._folder / f"{key}{CLIP_SUFFIX}"

    def _unwritable(self, error: OSError) -> AudioError:
        """Build the error of a folder that can't be written to."""
        return AudioError(f"no clips can be kept in {self._folder} ({error.strerror}): make room there, mode 700")

    def _prune(self) -> None:
        """Drop the least recently used clips beyond the capacity."""
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
    """The checksum (CRC-32) of a clip's PCM."""
    return zlib.crc32(pcm).to_bytes(CHECKSUM_BYTES, "little")


def _decode(pcm: bytes) -> Clip:
    """Convert 16-bit PCM to a clip."""
    clip = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(PCM_FULL_SCALE)
    clip.flags.writeable = False
    return clip
