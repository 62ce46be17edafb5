"""Measures what hearing costs: time from the endpoint to the intent on one core, and memory of the whole program."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from assistant.listening.sounds import HeardSound
from assistant.states import VALID, State
from audio.samples import SAMPLE_RATE
from audio.vad.utterance import Utterance
from benchmarks.listening.trials import HearingUnderTest
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.mixing import Signal
from benchmarks.rig.places import ROOT
from benchmarks.rig.voices import VOICES, SyntheticSpeech

SHORTEST_TIMED, LONGEST_TIMED = 1.2, 1.8
"""Least and greatest length, in seconds as the segmenter cuts it, of an utterance that counts as one of 1.5 s."""
TIMED_COMMANDS = (
    "pause",
    "go on",
    "skip this one",
    "how long is left",
    "say that again",
    "that hurts",
    "what's next",
    "go back",
)
"""The commands whose time is taken, in every voice."""
MEMORY_SESSION = (("my upper back is cramping", 1.0), ("no", 11.0), ("yes", 21.0), ("pause", 42.0))
"""What is said in the session whose memory is measured: the words, and the second at which they begin."""
MEMORY_SESSION_SECONDS = 60
"""Length of that session in seconds."""


@dataclass(frozen=True)
class Cost:
    """What hearing costs on the machine at hand."""

    milliseconds: tuple[float, ...]
    """Milliseconds from the endpoint to the intent, of each utterance."""
    megabytes: float
    """Greatest resident memory of the program and its processes, in MB."""

    @property
    def median(self) -> float:
        """Median of `milliseconds`."""
        return statistics.median(self.milliseconds)


def cost(hearing: HearingUnderTest, voices: SyntheticSpeech, engine: str) -> Cost:
    """Measure time, bound to one core, and memory."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        times = _endpoint_to_intent(hearing, voices)
    finally:
        os.sched_setaffinity(0, cores)
    return Cost(tuple(times), _memory(voices, engine))


def _endpoint_to_intent(hearing: HearingUnderTest, voices: SyntheticSpeech) -> list[float]:
    """Milliseconds of each utterance; that of the first is dropped, as it loads the model and compiles the grammar."""
    valid = frozenset(VALID[State.HOLDING])
    listening = Hearing(hearing.recogniser, hearing.reader(("coach",)))
    took = []
    for voice in VOICES:
        for words in TIMED_COMMANDS:
            for sound, utterance in _utterances(listening, voices.clip(words, voice), valid):
                # The first of all loads the model and compiles the grammar.
                began = time.perf_counter()
                listening.understand(sound, valid)
                if SHORTEST_TIMED <= len(utterance.samples) / SAMPLE_RATE <= LONGEST_TIMED:
                    took.append(1000 * (time.perf_counter() - began))
    return took[1:]


def _utterances(listening: Hearing, clip: Signal, valid: frozenset[str]) -> list[tuple[HeardSound, Utterance]]:
    """The utterances of a clip, with a second of silence after it."""
    pieces = np.array_split(np.pad(clip, (0, SAMPLE_RATE)), 50)
    heard = (sound for block in pieces for sound in listening.listen(block, valid))
    return [(sound, sound.content) for sound in heard if isinstance(sound.content, Utterance)]


def _memory(voices: SyntheticSpeech, engine: str) -> float:
    """Greatest resident MB of a rehearsal."""
    microphone = np.zeros(MEMORY_SESSION_SECONDS * SAMPLE_RATE, np.float32)
    for words, at in MEMORY_SESSION:
        clip = voices.clip(words, VOICES[0])
        microphone[round(at * SAMPLE_RATE) : round(at * SAMPLE_RATE) + len(clip)] = clip
    most = 0.0
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.wav", Path(folder) / "out.wav"
        soundfile.write(source, microphone, SAMPLE_RATE)
        files = ["--mic-file", str(source), "--speaker-file", str(out), "--engine", engine]
        with subprocess.Popen([sys.executable, "main.py", "run", *files], cwd=ROOT, stdout=subprocess.DEVNULL) as run:
            while run.poll() is None:
                most = max(most, sum(map(_resident, _family(run.pid))))
                time.sleep(0.1)
    return most


def _family(pid: int) -> list[int]:
    """A process and those it started."""
    try:
        children = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(each for some in children for child in some for each in _family(int(child)))]


def _resident(pid: int) -> float:
    """Resident MB of a process; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
