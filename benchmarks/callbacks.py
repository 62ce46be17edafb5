"""How late the speaker's callback comes in a live session, on the virtual card.

    printf gn | script/virtual-card .venv/bin/python -m benchmarks.callbacks [SECONDS]

A callback that takes n frames wants to come again n frames later; late is what comes after that, reckoned from the
earliest of all. What is later than the latency asked of the device, and the device's own reserve, is an underrun.
"""

import sys
import tempfile
import time
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from audio.devices import duplex
from audio.devices.portaudio import OUTPUT_LATENCY_SECONDS, SpeakerStream
from main import limber

SETTLED = 3.0
"""Seconds after which the device has filled its own buffers, and asks at its pace."""


class TimedOutput(SpeakerStream):
    """A speaker that notes when it is called."""

    called: ClassVar[list[tuple[float, int, int]]] = []
    """Seconds of the machine's clock, the frames wanted, the frames missed so far."""

    def _callback(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        moment = time.monotonic()
        super()._callback(out, frames, times, status)
        self.called.append((moment, frames, self.missed))


def main() -> None:
    """Run, and print the figures."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    duplex.SpeakerStream = TimedOutput  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        limber(["run", "--profile", folder, "--limit", seconds], standalone_mode=False)
    moments, frames, missed = (np.array(column) for column in zip(*TimedOutput.called, strict=True))
    late = moments - np.concatenate([[0], np.cumsum(frames)[:-1]]) / 48_000
    late = late[moments > moments[0] + SETTLED]
    late = (late - late.min()) * 1000
    print(
        f"{len(late)} callbacks in {seconds} s: late by {np.median(late):.1f} ms (median), "
        f"{np.percentile(late, 95):.1f} (95 %), {np.percentile(late, 99.9):.1f} (99.9 %), {late.max():.1f} (most); "
        f"{OUTPUT_LATENCY_SECONDS * 1000:.0f} ms asked for; {missed[-1]} frames missed"
    )


if __name__ == "__main__":
    main()
