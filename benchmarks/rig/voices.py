"""Synthetic people: voices of flite and espeak-ng in settings that Limber does not use itself."""

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import numpy as np

from audio.files import read_recording
from audio.samples import SAMPLE_RATE
from benchmarks.rig.mixing import Signal

CLIP_PADDING = SAMPLE_RATE // 2
"""Samples of silence at 16 kHz before and after what is said: half a second."""


@dataclass(frozen=True)
class SyntheticVoice:
    """A voice of flite or espeak-ng."""

    program: str
    """ "flite" or "espeak-ng"."""
    name: str
    speed: float = 1.0
    """Speaking rate, as a multiple of the usual one."""
    pitch: int | None = None
    """Hertz for flite, 0 to 99 for espeak-ng; None: the voice's own."""

    def __str__(self) -> str:
        return f"{self.program} {self.name}"

    def command(self, words: str, out: Path) -> list[str]:
        """The command that speaks words into a WAV file."""
        if self.program == "flite":
            pitch = [] if self.pitch is None else ["--setf", f"int_f0_target_mean={self.pitch}"]
            stretch = ["--setf", f"duration_stretch={1 / self.speed:.3f}"]
            return ["flite", "-voice", self.name, *stretch, *pitch, "-t", words, "-o", str(out)]
        pitch = [] if self.pitch is None else ["-p", str(self.pitch)]
        return ["espeak-ng", "-v", self.name, "-s", str(round(150 * self.speed)), *pitch, "-w", str(out), "--", words]


VOICES = (
    *(SyntheticVoice("flite", name) for name in ("slt", "rms", "awb", "kal16")),
    *(SyntheticVoice("espeak-ng", name) for name in ("en-us+f3", "en-gb+m5", "en-us+m3", "en-gb-scotland+f2")),
)
"""The voices that hearing is measured with."""


def missing_programs() -> list[str]:
    """The speech programs that are not installed."""
    return [program for program in ("flite", "espeak-ng") if which(program) is None]


class SyntheticSpeech:
    """What voices say, as clips kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def clip(self, words: str, voice: SyntheticVoice) -> Signal:
        """Words in a voice at 16 kHz, with silence around and a peak of 0.5. Raises CalledProcessError."""
        name = hashlib.sha256(repr((voice, words)).encode()).hexdigest()[:24]
        path = self._folder / f"{name}.wav"
        if not path.exists():
            speak(words, voice, path)
        said = read_recording(path).at(SAMPLE_RATE)
        return np.pad(said * np.float32(0.5 / max(np.abs(said).max(), 1e-6)), CLIP_PADDING)


def speak(words: str, voice: SyntheticVoice, path: Path) -> None:
    """Speak words into a WAV file, which is complete or not there. Raises CalledProcessError."""
    draft = path.with_suffix(".draft.wav")
    subprocess.run(voice.command(words, draft), check=True, capture_output=True)
    draft.replace(path)
