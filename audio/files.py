"""Recordings: WAV and FLAC read whole, and the speaker's WAV written block by block."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.filters import resample
from audio.frames import FRAMES_PER_SECOND

READ_AT_ONCE = 4096
"""Frames read at a time: a damaged header may promise more than the memory holds, and a block is lost whole."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound from a file."""

    samples: NDArray[np.float32]
    """Mono, shape (n,), each within -1 to 1 and finite; n is at least 1."""
    rate: int
    """Samples a second, as in the file."""

    def at(self, rate: int) -> NDArray[np.float32]:
        """The samples at another rate, in samples a second."""
        return resample(self.samples, self.rate, rate)


def read_recording(path: Path) -> Recording:
    """A WAV or FLAC file of any rate and depth; channels are averaged.

    What a truncated file still holds is returned. Raises AudioError when the file can't be opened,
    is not a recording, or holds no sound.
    """
    try:
        with path.open("rb") as file, soundfile.SoundFile(file.fileno(), closefd=False) as sound:
            rate, blocks = sound.samplerate, _blocks(sound)
    except OSError as error:
        raise AudioError(f"{path}: {error.strerror}. Give the path of a WAV or FLAC file that can be read.") from error
    except soundfile.SoundFileError as error:
        raise AudioError(f"{path} is empty, damaged or not a recording. Give a WAV or FLAC file.") from error
    if not blocks:
        raise AudioError(f"{path} holds no sound. Record it again, or give another file.")
    samples = np.concatenate(blocks)
    # Not a number, or beyond full scale, can only be a fault of the file; the models would spread it over everything.
    return Recording(np.clip(np.nan_to_num(samples, nan=0.0), -1, 1), rate)


class SpeakerFile:
    """What the speaker plays, as a WAV: PCM 16-bit, mono, 48 kHz. A context manager; leaving it completes the file.

    Raises AudioError when the file can't be created or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bytes = 0
        with self._explained():
            self._file = path.open("wb")
            self._file.write(_header(0))

    def write(self, samples: NDArray[np.float32]) -> None:
        """Append samples of shape (n,), mono at 48 kHz; those beyond -1 to 1 are clipped."""
        pcm = np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        with self._explained():
            self._file.write(pcm)
        self._bytes += len(pcm)

    def close(self) -> None:
        """Complete the header. Closing twice does nothing."""
        if self._file.closed:
            return
        with self._explained(), self._file:
            self._file.seek(0)
            self._file.write(_header(self._bytes))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise AudioError(
                f"{self._path} can't be written: {error.strerror}. Choose a folder that exists, is yours and has space."
            ) from error


def _header(length: int) -> bytes:
    """The head of a WAV file with so many bytes of sound."""
    form = (16, 1, 1, FRAMES_PER_SECOND, FRAMES_PER_SECOND * 2, 2, 16)
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", *form, b"data", length)


def _blocks(sound: soundfile.SoundFile) -> list[NDArray[np.float32]]:
    """The sound as mono blocks, up to the first that can't be decoded: a truncated FLAC fails only there."""
    blocks: list[NDArray[np.float32]] = []
    while True:
        try:
            block = sound.read(READ_AT_ONCE, dtype="float32", always_2d=True)
        except soundfile.SoundFileError:
            if not blocks:
                raise
            return blocks
        if not len(block):
            return blocks
        blocks.append(block.mean(axis=1, dtype=np.float32))
