"""People who talk to Limber: voices that Limber does not use itself, recordings of real people, and when they speak."""

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
from numpy.typing import NDArray

from assistant.sessions.stage import Stage
from assistant.states import VALID, State
from audio.files import read_recording
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE
from benchmarks.rig.errors import MissingPart
from benchmarks.rig.places import DATA, RECORDINGS

HOLDING_INTENTS = VALID[State.HOLDING]
"""The intents that are valid during a hold, the state in which people are heard most."""
MICROPHONE_BLOCK = SAMPLE_RATE // 50
"""Samples at 16 kHz that a microphone brings at once: 20 ms."""
BREATH_SAMPLES = SAMPLE_RATE
"""Samples of silence at 16 kHz before somebody speaks: one second."""
POLITE_WAIT = 1.3
"""Seconds a person waits after Limber has fallen silent."""


@dataclass(frozen=True)
class PersonLine:
    """One thing that a person says."""

    words: str | Path
    """Words for a synthetic voice, or a recording."""
    after: float | None = None
    """Seconds after the beginning of the line before; None: once Limber has nothing left to say."""


STORED = DATA / "spoken"
"""What voices say in tests, once and for all: another release of flite or espeak-ng sounds a little different."""


def stored(words: str, voice: str) -> Path:
    """The file for words in a voice; `python -m benchmarks.rig.store_speech` writes it."""
    return STORED / f"{re.sub(r'[^a-z0-9+]+', '-', f'{voice} {words}'.lower()).strip('-')[:80]}.flac"


@cache
def spoken(words: str, voice: str) -> NDArray[np.float32]:
    """Words in a voice ("flite:slt", or an espeak-ng voice) at 16 kHz, with a peak of 0.4; stored where it can be.

    Raises MissingPart where they are not stored, and the program of the voice is not installed.
    """
    file = stored(words, voice)
    return read_recording(file).at(SAMPLE_RATE) if file.exists() else synthesised(words, voice)


def synthesised(words: str, voice: str) -> NDArray[np.float32]:
    """Words in a voice that is installed here, as `spoken` gives them. Raises MissingPart where its program is not."""
    program = "flite" if voice.startswith("flite:") else "espeak-ng"
    if shutil.which(program) is None:
        raise MissingPart(f"{program} is not installed: script/setup --test installs it")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        command = (
            ["flite", "-voice", voice.removeprefix("flite:"), "-t", words, "-o", str(out)]
            if program == "flite"
            else ["espeak-ng", "-v", voice, "-s", "150", "-w", str(out), words]
        )
        subprocess.run(command, check=True, capture_output=True)
        samples = read_recording(out).at(SAMPLE_RATE)
    peak = float(np.abs(samples).max())
    return samples * np.float32(0.4 / peak)


def recorded(name: str) -> Path:
    """A recording of a real person, by its name. Raises MissingPart where the recordings are not there."""
    path = RECORDINGS / "phrases" / f"{name}.flac"
    if not path.exists():
        raise MissingPart(f"the recording {path} is not there: put the shared recordings beside the project")
    return path


class Person:
    """A microphone in front of somebody who speaks by a plan."""

    def __init__(self, stage: Stage, lines: Sequence[PersonLine], voice: str = "flite:slt") -> None:
        self._stage, self._lines, self._voice = stage, deque(lines), voice
        self._saying = np.zeros(0, np.float32)
        self._now, self._began, self._quiet_since = 0, 0, 0

    @property
    def exhausted(self) -> bool:
        """Whether everything has been said."""
        return not self._lines and not len(self._saying)

    frames_per_sample = FRAMES_PER_SAMPLE
    """Frames of the speaker to a sample of this microphone."""

    def hear(self, played: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the microphone brings at 16 kHz while the speaker plays `played`."""
        samples = len(played) // FRAMES_PER_SAMPLE
        if len(self._saying) or not self._stage.quiet:
            self._quiet_since = self._now
        if self._lines and not len(self._saying) and self._now >= self._due(self._lines[0]):
            words = self._lines.popleft().words
            self._saying = (
                read_recording(words).at(SAMPLE_RATE) if isinstance(words, Path) else spoken(words, self._voice)
            )
            self._began = self._now
        self._now += samples
        piece, self._saying = self._saying[:samples], self._saying[samples:]
        return np.pad(piece, (0, samples - len(piece)))

    def _due(self, line: PersonLine) -> float:
        """The sample at which a line is to begin."""
        if line.after is None:
            return self._quiet_since + POLITE_WAIT * SAMPLE_RATE
        return self._began + line.after * SAMPLE_RATE


class Tape:
    """A speaker that keeps everything it is given."""

    def __init__(self) -> None:
        self._blocks: list[NDArray[np.float32]] = []

    def write(self, samples: NDArray[np.float32]) -> None:
        """Keep a block at 48 kHz."""
        self._blocks.append(samples.copy())

    @property
    def samples(self) -> NDArray[np.float32]:
        """Everything that was given, at 48 kHz."""
        return np.concatenate(self._blocks)
