"""A virtual sound card: tests and benchmarks speak into its microphone and record what its speaker is given.

Nothing here goes by the machine's clock: what is judged are samples.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from audio.frames import FRAMES_PER_SECOND
from benchmarks.rig.errors import MissingPart
from benchmarks.rig.places import ROOT

SCRIPT = ROOT / "script/virtual-card"
"""The script that runs a program on a virtual card."""
CARD_RATE = FRAMES_PER_SECOND
"""Frames a second of the speaker and of the microphone."""
PATIENCE = 60.0
"""Seconds after which nothing more is awaited, however busy the machine."""

Samples = NDArray[np.float32]
"""Mono samples at CARD_RATE, from -1 to 1, shape (n,)."""


def why_no_card() -> str | None:
    """Why no card can be started on this machine, with the remedy; None: one can."""
    there = shutil.which("pulseaudio") and shutil.which("parec") and find_library("portaudio")
    return None if there else "no PulseAudio or no PortAudio: run script/setup --test"


class SpeakerRecording:
    """A recording of the speaker that grows while it is made."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __len__(self) -> int:
        return self._path.stat().st_size // 2

    @property
    def samples(self) -> Samples:
        """All samples so far."""
        whole = self._path.read_bytes()[: 2 * len(self)]
        return np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(2**15)

    def wait(self, seconds: float) -> Samples:
        """All samples, once the recording has grown by some seconds of sound.

        Raises TimeoutError where it does not grow.
        """
        wanted = len(self) + round(seconds * CARD_RATE)
        deadline = time.monotonic() + seconds + PATIENCE
        while len(self) < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(f"The speaker's monitor gave {len(self)} frames of {wanted}.")
            time.sleep(0.01)
        return self.samples


class VirtualCard:
    """A virtual sound card for the time of a `with` block; it ends with the tests even where these are killed.

    `environment`: the environment of every process that is to use the card. Raises MissingPart where PulseAudio or
    PortAudio is not installed.
    """

    def __enter__(self) -> Self:
        if why := why_no_card():
            raise MissingPart(why)
        tell = "import json, os, sys; print(json.dumps(dict(os.environ)), flush=True); sys.stdin.read()"
        self._holder = subprocess.Popen(
            [SCRIPT, sys.executable, "-c", tell], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._holder.stdout is not None
        line = self._holder.stdout.readline()
        assert line, "no virtual card: see what script/virtual-card said"
        self.environment: Mapping[str, str] = json.loads(line)
        return self

    def __exit__(self, *_: object) -> None:
        self._holder.communicate(timeout=PATIENCE)

    @contextmanager
    def looped(self) -> Iterator[None]:
        """Let the microphone hear the speaker, 60 ms later or more."""
        # Left to itself the loop bends time to keep its delay: no room does.
        loop = ["module-loopback", "source=speaker.monitor", "sink=mic_in", "latency_msec=60", "adjust_time=0"]
        command = ["pactl", "load-module", *loop]
        done = subprocess.run(command, env=dict(self.environment), check=True, capture_output=True, text=True)
        try:
            yield
        finally:
            subprocess.run(["pactl", "unload-module", done.stdout.strip()], env=dict(self.environment), check=True)

    def wait_for_no_speaker(self) -> None:
        """Until nobody plays to it: whoever noticed that a speaker is gone lets go of it."""
        deadline = time.monotonic() + PATIENCE
        inputs = ["pactl", "list", "short", "sink-inputs"]
        while subprocess.run(inputs, env=dict(self.environment), check=True, capture_output=True, text=True).stdout:
            if time.monotonic() > deadline:
                raise TimeoutError("somebody still plays to a speaker that is gone")
            time.sleep(0.02)

    def speak(self, samples: Samples, rate: int = CARD_RATE) -> None:
        """Say samples at `rate` into the microphone; returns when they have been said."""
        player = ["pacat", "-d", "mic_in", "--raw", "--format=float32le", f"--rate={rate}", "--channels=1"]
        sound = np.ascontiguousarray(samples, "<f4").tobytes()
        subprocess.run(player, env=self.environment, input=sound, check=True, timeout=len(samples) / rate + PATIENCE)

    @contextmanager
    def recording(self, of: str = "speaker") -> Iterator[SpeakerRecording]:
        """Record the speaker (or the microphone, "mic_in"); the recording is under way when the block is entered."""
        recorder = ["parec", "-d", f"{of}.monitor", "--raw", "--format=s16le", f"--rate={CARD_RATE}", "--channels=1"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "speaker.raw"
            with (
                path.open("wb") as file,
                subprocess.Popen([*recorder, "--latency-msec=10"], env=self.environment, stdout=file) as process,
            ):
                try:
                    recording = SpeakerRecording(path)
                    recording.wait(0.01)
                    yield recording
                finally:
                    process.terminate()

    def record(self, seconds: float) -> Samples:
        """Record the speaker for some seconds from now on."""
        with self.recording() as recording:
            return recording.wait(seconds)
