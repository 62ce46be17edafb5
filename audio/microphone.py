"""A recording in place of a microphone: heard from its first sample on, then silence."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.recordings import read
from audio.segmenter import RATE


class FileMicrophone:
    """Gives a recording out in pieces, at 16 kHz; its sample 0 is frame 0 of the session."""

    def __init__(self, path: Path) -> None:
        """Read the whole recording. Raises AudioError when it cannot be read."""
        self._samples = read(path).at(RATE)
        self._position = 0

    @property
    def exhausted(self) -> bool:
        """Only silence is left."""
        return self._position >= len(self._samples)

    def read(self, samples: int) -> NDArray[np.float32]:
        """The next `samples` samples, silence after the end."""
        piece = self._samples[self._position : self._position + samples]
        self._position += samples
        return np.pad(piece, (0, samples - len(piece)))
