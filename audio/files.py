"""Sound files: WAV and FLAC recordings read whole; the WAV file of what the speaker plays, written block by block."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import soundfile

from audio.errors import AudioError
from audio.filters import resample
from audio.frames import FRAMES_PER_SECOND
from audio.samples import PCM_MAX, Clip, Waveform

READ_BLOCK_SAMPLES = 4096
"""Samples of each channel read from a file at a time: a damaged header may promise more than the memory holds."""
WAV_SAMPLE_BYTES = 2
"""Size of a sample of the speaker's file, in bytes (16-bit PCM)."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound from a file."""

    samples: Waveform
    """The sound at `rate`: mono, shape (n,), each within -1 to 1 and finite; n is at least 1."""
    rate: int
    """Sample rate of the file, in Hz."""

    def at(self, rate: int) -> Waveform:
        """Resample the recording to another rate, in Hz."""
        return resample(self.samples, self.rate, rate)


def read_recording(path: Path) -> Recording:
    """Read a WAV or FLAC file of any rate and depth; channels are averaged.

    Of a truncated file, what can still be decoded is returned. Raises AudioError when the file can't be opened, is not
    a recording, or holds no sound.
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
    # A value that is not a number, or beyond full scale, is a fault of the file that no network should be given.
    return Recording(np.clip(np.nan_to_num(samples, nan=0.0), -1, 1), rate)


class SpeakerFile:
    """The WAV file of what the speaker plays: 16-bit PCM, mono, 48 kHz. Leaving the context completes the file.

    Raises AudioError when the file can't be created or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        """Create the file, or empty the one that is there."""
        self._path = path
        self._bytes = 0
        with self._explained():
            self._file = path.open("wb")
            self._file.write(_header(0))

    def write(self, sound: Clip) -> None:
        """Append the next frames, shape (n,), any n; values beyond -1 to 1 are clipped."""
        pcm = np.rint(np.clip(sound, -1, 1) * PCM_MAX).astype("<i2").tobytes()
        with self._explained():
            self._file.write(pcm)
        self._bytes += len(pcm)

    def close(self) -> None:
        """Write the length into the header and close the file. Closing twice does nothing."""
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
        """Turn an error of the file system into an AudioError with its remedy."""
        try:
            yield
        except OSError as error:
            raise AudioError(
                f"{self._path} can't be written: {error.strerror}. Choose a folder that exists, is yours and has space."
            ) from error


def _header(length: int) -> bytes:
    """Build the 44-byte header of a WAV file that holds `length` bytes of sound."""
    bytes_a_second, bits = FRAMES_PER_SECOND * WAV_SAMPLE_BYTES, 8 * WAV_SAMPLE_BYTES
    # The size of this part, PCM, one channel, then the rates and the size of a sample.
    form = (16, 1, 1, FRAMES_PER_SECOND, bytes_a_second, WAV_SAMPLE_BYTES, bits)
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", *form, b"data", length)


def _blocks(sound: soundfile.SoundFile) -> list[Waveform]:
    """Decode a file into mono blocks, up to the first that can't be decoded: a truncated FLAC fails only there."""
    blocks: list[Waveform] = []
    while True:
        try:
            block = sound.read(READ_BLOCK_SAMPLES, dtype="float32", always_2d=True)
        except soundfile.SoundFileError:
            if not blocks:
                raise
            return blocks
        if not len(block):
            return blocks
        blocks.append(block.mean(axis=1, dtype=np.float32))
