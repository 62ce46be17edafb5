"""People who talk to Limber in tests: voices it does not use itself, recordings of real people, and when they speak."""

import re
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.stage import Stage
from audio.recordings import read
from audio.segmenter import FRAMES_PER_SAMPLE, RATE

SHARED = Path(__file__).resolve().parents[2] / "shared"
POLITE_WAIT = 1.3
"""Seconds a person waits after Limber has fallen silent."""


@dataclass(frozen=True)
class Line:
    """Something said: words for a synthetic voice, or a recording."""

    words: str | Path
    after: float | None = None
    """Seconds after the line before it began; None: when Limber has nothing left to say."""


STORED = Path(__file__).parent / "data" / "spoken"
"""What voices say in tests, once and for all: another release of flite or espeak-ng sounds a little different."""


def stored(words: str, voice: str) -> Path:
    """The file for words in a voice; `python -m benchmarks.spoken` writes it."""
    return STORED / f"{re.sub(r'[^a-z0-9+]+', '-', f'{voice} {words}'.lower()).strip('-')[:80]}.flac"


@cache
def spoken(words: str, voice: str) -> NDArray[np.float32]:
    """Words in a voice ("flite:slt", or an espeak-ng voice), at 16 kHz, with a peak of 0.4; stored where it can be."""
    file = stored(words, voice)
    return read(file).at(RATE) if file.exists() else synthesised(words, voice)


def synthesised(words: str, voice: str) -> NDArray[np.float32]:
    """Words in a voice that is installed here."""
    program = "flite" if voice.startswith("flite:") else "espeak-ng"
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: script/setup --test installs it")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        command = (
            ["flite", "-voice", voice.removeprefix("flite:"), "-t", words, "-o", str(out)]
            if program == "flite"
            else ["espeak-ng", "-v", voice, "-s", "150", "-w", str(out), words]
        )
        subprocess.run(command, check=True, capture_output=True)
        samples = read(out).at(RATE)
    peak = float(np.abs(samples).max())
    return samples * np.float32(0.4 / peak)


def recorded(name: str) -> Path:
    """A recording of a real person."""
    path = SHARED / "speech" / "phrases" / f"{name}.flac"
    if not path.exists():
        pytest.skip(f"the recordings are not here: {path.name}")
    return path


class Person:
    """A microphone in front of somebody who follows a plan."""

    def __init__(self, stage: Stage, lines: Sequence[Line], voice: str = "flite:slt") -> None:
        self._stage, self._lines, self._voice = stage, deque(lines), voice
        self._saying = np.zeros(0, np.float32)
        self._now, self._began, self._quiet_since = 0, 0, 0

    @property
    def exhausted(self) -> bool:
        return not self._lines and not len(self._saying)

    frames_per_sample = FRAMES_PER_SAMPLE

    def hear(self, played: NDArray[np.float32]) -> NDArray[np.float32]:
        samples = len(played) // FRAMES_PER_SAMPLE
        if len(self._saying) or not self._stage.quiet:
            self._quiet_since = self._now
        if self._lines and not len(self._saying) and self._now >= self._due(self._lines[0]):
            words = self._lines.popleft().words
            self._saying = read(words).at(RATE) if isinstance(words, Path) else spoken(words, self._voice)
            self._began = self._now
        self._now += samples
        piece, self._saying = self._saying[:samples], self._saying[samples:]
        return np.pad(piece, (0, samples - len(piece)))

    def _due(self, line: Line) -> float:
        if line.after is None:
            return self._quiet_since + POLITE_WAIT * RATE
        return self._began + line.after * RATE


class Tape:
    """A speaker that keeps everything."""

    def __init__(self) -> None:
        self._blocks: list[NDArray[np.float32]] = []

    def write(self, samples: NDArray[np.float32]) -> None:
        self._blocks.append(samples.copy())

    @property
    def samples(self) -> NDArray[np.float32]:
        """Everything, at 48 kHz."""
        return np.concatenate(self._blocks)
