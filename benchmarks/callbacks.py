"""Measures how late the speaker's callback comes in a live session, on the virtual card.

    printf gn | script/virtual-card .venv/bin/python -m benchmarks.callbacks [SECONDS]

A callback that takes n frames is due again n frames later. Late is what comes after that, by the machine's clock and
against the earliest callback of all. An underrun is what is later than the latency asked of the device and its own
reserve.
"""

import sys
import tempfile
import time
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from audio.devices import duplex
from audio.devices.portaudio import OUTPUT_LATENCY_SECONDS, SpeakerStream
from audio.frames import FRAMES_PER_SECOND
from main import limber

SETTLED = 3.0
"""Seconds after which the device has filled its own buffers and calls at its pace."""


class TimedOutput(SpeakerStream):
    """A speaker stream that notes each of its callbacks."""

    called: ClassVar[list[tuple[float, int, int]]] = []
    """Of each callback: seconds of the machine's clock, frames wanted, frames missed so far."""

    def _callback(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        """Note the callback, and play as the stream does."""
        moment = time.monotonic()
        super()._callback(out, frames, times, status)
        self.called.append((moment, frames, self.missed))


def main() -> None:
    """Run a live session and print how late its callbacks were."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    duplex.SpeakerStream = TimedOutput  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        limber(["run", "--profile", folder, "--limit", seconds], standalone_mode=False)
    moments, frames, missed = (np.array(column) for column in zip(*TimedOutput.called, strict=True))
    late = moments - np.concatenate([[0], np.cumsum(frames)[:-1]]) / FRAMES_PER_SECOND
    late = late[moments > moments[0] + SETTLED]
    late = (late - late.min()) * 1000
    print(
        f"{len(late)} callbacks in {seconds} s: late by {np.median(late):.1f} ms (median), "
        f"{np.percentile(late, 95):.1f} (95 %), {np.percentile(late, 99.9):.1f} (99.9 %), {late.max():.1f} (most); "
        f"{OUTPUT_LATENCY_SECONDS * 1000:.0f} ms asked for; {missed[-1]} frames missed"
    )


if __name__ == "__main__":
    main()
