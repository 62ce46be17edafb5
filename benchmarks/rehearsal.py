"""Measures how fast a rehearsal runs, how soon it sounds, and how much memory it takes.

    .venv/bin/python -m benchmarks.rehearsal [RUNS]

Plays one session (a cramp, the screening question, neck rotations with a pause) through the command line and prints the
median of RUNS runs. Needs flite.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from audio.samples import SAMPLE_RATE
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.people import spoken
from benchmarks.rig.places import ROOT

REHEARSAL_SECONDS = 150
"""Length of the session in seconds."""
REHEARSED_LINES = [("my upper back is cramping", 1.0), ("no", 11.0), ("yes", 21.0), ("pause", 42.0), ("go on", 52.0)]
"""What is said: the words, and the second at which they begin."""


@missing_parts_explained()
def main() -> None:
    """Run the rehearsals and print the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    microphone = np.zeros(REHEARSAL_SECONDS * SAMPLE_RATE, np.float32)
    for words, at in REHEARSED_LINES:
        samples = spoken(words, "flite:slt")
        microphone[int(at * SAMPLE_RATE) : int(at * SAMPLE_RATE) + len(samples)] = samples
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.wav", Path(folder) / "out.wav"
        soundfile.write(source, microphone, SAMPLE_RATE)
        took, sounded = zip(*(rehearse(source, out) for _ in range(runs)), strict=True)
    speed = REHEARSAL_SECONDS / statistics.median(took)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{runs} runs of {REHEARSAL_SECONDS} s of session: {speed:.1f} times faster than real time")
    print(f"start to first sound: {statistics.median(sounded):.2f} s")
    print(f"resident memory: {memory:.0f} MB")


def rehearse(source: Path, out: Path) -> tuple[float, float]:
    """Seconds that one run took, and seconds until its first sound was in the file."""
    out.unlink(missing_ok=True)
    began = time.monotonic()
    files = ["--mic-file", str(source), "--speaker-file", str(out)]
    process = subprocess.Popen([sys.executable, "main.py", "run", *files, "--limit", str(REHEARSAL_SECONDS)], cwd=ROOT)
    sounded = None
    while process.poll() is None:
        if sounded is None and out.exists() and any(out.read_bytes()[44:]):
            sounded = time.monotonic() - began
        time.sleep(0.02)
    if process.returncode or sounded is None:
        raise SystemExit("the rehearsal failed, or was silent")
    return time.monotonic() - began, sounded


if __name__ == "__main__":
    main()
