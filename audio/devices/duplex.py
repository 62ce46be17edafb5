"""A speaker and a microphone that come and go. One thread renders the mixer a little ahead of the speaker.

While a device is missing a null sink carries the time on, so frames never stop; every so often both are
looked for anew. (PortAudio lists devices only when it starts, so one cannot be looked for while the other is open.)
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeAlias

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.devices.portaudio import (
    OUTPUT_LATENCY,
    DeviceChoice,
    DeviceKind,
    MicrophoneStream,
    SpeakerStream,
    choose_device,
    rescan_devices,
)
from audio.devices.ring_buffer import RingBuffer
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.playback.lookahead import RenderAhead
from audio.playback.mixer import Mixer, MixerReport
from audio.samples import SAMPLE_RATE, Clip

RENDER_BLOCK = 480
"""Frames rendered at a time (10 ms)."""
AHEAD_SECONDS = 0.12
"""How far ahead of the device it renders: what a busy interpreter may take."""
COMMITTED_FRAMES = 960
"""Frames before the speaker takes them (20 ms) within which nothing is changed any more."""
NAP_SECONDS = 0.004
STALLED_SECONDS = 1.5
"""A device that asks for nothing, or brings nothing, for so long is lost."""
PROOF_SECONDS = 0.5
"""How long a device that was lost is given to run again."""
BACK_OFF = (0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts to open lost devices; the last goes on."""


@dataclass(frozen=True, slots=True)
class Underrun:
    """The speaker wanted more than was rendered."""

    frames: int
    at: Frame


@dataclass(frozen=True, slots=True)
class DeviceStopped:
    """A device is gone."""

    kind: DeviceKind
    at: Frame


@dataclass(frozen=True, slots=True)
class DeviceRestarted:
    """It, or another in its place, is there again."""

    kind: DeviceKind
    at: Frame


CardReport: TypeAlias = MixerReport | Underrun | DeviceStopped | DeviceRestarted


class StallWatch:
    """Whether a device still calls."""

    def __init__(self, now: float) -> None:
        self._calls, self._at = 0, now

    def stalled(self, calls: int, now: float) -> bool:
        if calls != self._calls:
            self._calls, self._at = calls, now
        return now - self._at > STALLED_SECONDS


class DuplexCard:
    """The mixer's thread and the microphone's ring."""

    def __init__(
        self, mixer: Mixer, chosen: DeviceChoice, report: Callable[[CardReport], None], rendered: Callable[[Clip], None]
    ) -> None:
        """Open both devices and start. Raises AudioError when one is missing, ambiguous, or refuses.

        `report` is told what happens, when it does; `rendered` is given each block that the speaker takes.
        """
        self._mixer, self._report, self._rendered = mixer, report, rendered
        self._ahead = RenderAhead(mixer, RENDER_BLOCK)
        self._wanted: dict[DeviceKind, str | None] = {"speaker": chosen.speaker, "microphone": chosen.microphone}
        self._commands: SimpleQueue[Callable[[Mixer], None]] = SimpleQueue()
        self._closing = threading.Event()
        self._output: SpeakerStream | None = None
        self._input: MicrophoneStream | None = None
        self._next: Frame = 0
        self.underruns = 0
        """Frames that were missed so far."""
        self._open()
        self._thread = threading.Thread(target=self._run, name="card", daemon=True)
        self._thread.start()

    @property
    def names(self) -> str:
        """The devices in use, for people."""
        used = [device.device.name for device in (self._output, self._input) if device is not None]
        return ", ".join(used) or "none"

    @property
    def next_changeable(self) -> Frame:
        """The next frame that can be changed; it never goes back."""
        output = self._output
        if output is None or output.device.rate != FRAMES_PER_SECOND:
            return self._mixer.frame
        self._next = max(self._next, self._mixer.frame - max(0, self._ring.filled - COMMITTED_FRAMES))
        return self._next

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Have the mixer do something before its next block."""
        self._commands.put(command)

    @property
    def sounding(self) -> Frame:
        """The frame that leaves the speaker now; it is behind those that are rendered."""
        output = self._output
        if output is None:
            return self._mixer.frame
        behind = self._ring.filled / output.device.rate + output.ahead
        return max(0, self._mixer.frame - int(behind * FRAMES_PER_SECOND))

    def captured(self) -> tuple[NDArray[np.float32], Frame]:
        """What the microphone has brought since the last call: mono, 16 kHz, perhaps nothing.

        And the frame that left the speaker when the last of its samples was in the air.
        """
        source = self._input
        if source is None or not source.ring.filled:
            return np.zeros(0, np.float32), self.sounding
        samples = np.zeros(source.ring.filled, np.float32)
        samples = samples[: source.ring.read_into(samples)]
        until = max(0, self.sounding - int(source.age * FRAMES_PER_SECOND))
        return self._to_16k.resample_chunk(samples), until

    def close(self) -> None:
        """Silence at once."""
        self._closing.set()
        self._thread.join()
        self._close_devices()

    def _open(self) -> None:
        device = choose_device("speaker", self._wanted["speaker"])
        self._depth = int(device.rate * AHEAD_SECONDS)
        # At first the device fills its own buffers, at one go: silence is there for that.
        prime = self._depth + int(2 * OUTPUT_LATENCY * device.rate)
        self._ring = RingBuffer(prime)
        self._ring.write(np.zeros(prime, np.float32))
        self._to_device = soxr.ResampleStream(FRAMES_PER_SECOND, device.rate, 1, dtype="float32", quality="HQ")
        source = choose_device("microphone", self._wanted["microphone"])
        self._to_16k = soxr.ResampleStream(source.rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")
        try:
            self._input = MicrophoneStream(source)
            self._output = SpeakerStream(device, self._ring)
        except AudioError:
            self._close_devices()
            raise
        now = time.monotonic()
        self._watch_output, self._watch_input, self._missed = StallWatch(now), StallWatch(now), 0

    def _close_devices(self) -> None:
        for device in (self._output, self._input):
            if device is not None:
                device.close()
        self._output = self._input = None

    def _run(self) -> None:
        while not self._closing.is_set():
            if self._output is None:
                self._without_devices()
            elif not self._commands.empty():
                self._obey(self._output)
            elif self._ring.filled < self._depth:
                self._render(self._output)
            else:
                time.sleep(NAP_SECONDS)
            self._tell()
            self._look_after()

    def _obey(self, output: SpeakerStream | None) -> None:
        """Carry out what was ordered: from the next frame on that the speaker has not taken."""
        taken_back = 0
        if output is not None and output.device.rate == FRAMES_PER_SECOND:
            taken_back = self._ahead.take_back(self._ring.filled - COMMITTED_FRAMES)
        try:
            while True:
                self._commands.get_nowait()(self._mixer)
        except Empty:
            pass
        if taken_back:
            self._ring.rewrite(np.concatenate([self._ahead.render() for _ in range(taken_back)]))

    def _render(self, output: SpeakerStream | None) -> None:
        block = self._ahead.render()
        if output is not None:
            same = output.device.rate == FRAMES_PER_SECOND
            self._ring.write(block if same else self._to_device.resample_chunk(block))

    def _tell(self) -> None:
        """Report what the speaker has taken."""
        output = self._output
        unplayed = 0 if output is None else int(self._ring.filled / output.device.rate * FRAMES_PER_SECOND)
        for block in self._ahead.played(unplayed):
            self._rendered(block.samples)
            for report in block.reports:
                self._report(report)

    def _look_after(self) -> None:
        output, source, now = self._output, self._input, time.monotonic()
        if output is None or source is None:
            return
        if output.missed > self._missed:
            frames, self._missed = output.missed - self._missed, output.missed
            self.underruns += frames
            self._report(Underrun(frames, self._mixer.frame))
        lost: list[DeviceKind] = []
        if self._watch_output.stalled(output.calls, now):
            lost.append("speaker")
        if self._watch_input.stalled(source.calls, now):
            lost.append("microphone")
        if lost:
            self._close_devices()
            self._lost, self._lost_at, self._attempts = tuple(lost), now, 0
            self._retry_at, self._null_began = now + BACK_OFF[0], self._mixer.frame
            for kind in lost:
                self._report(DeviceStopped(kind, self._mixer.frame))

    def _without_devices(self) -> None:
        self._keep_time()
        if time.monotonic() < self._retry_at:
            return
        try:
            rescan_devices()
            self._open()
            self._prove()
        except AudioError:
            self._close_devices()
            self._attempts += 1
            self._retry_at = time.monotonic() + BACK_OFF[min(self._attempts, len(BACK_OFF) - 1)]
        else:
            for kind in self._lost:
                self._report(DeviceRestarted(kind, self._mixer.frame))

    def _keep_time(self) -> None:
        """The null sink: render what is due, for nobody."""
        due = self._null_began + int((time.monotonic() - self._lost_at) * FRAMES_PER_SECOND)
        self._obey(None)
        if self._mixer.frame < due:
            self._render(None)
            self._tell()
        else:
            time.sleep(NAP_SECONDS)

    def _prove(self) -> None:
        """A device may open and yet not run: it is back when it calls."""
        output, source = self._output, self._input
        for _ in range(2):  # its own buffers may ask once, and never again
            before = [device.calls for device in (output, source) if device is not None]
            until = time.monotonic() + PROOF_SECONDS
            while time.monotonic() < until:
                self._keep_time()
            if not all(device.calls > calls for device, calls in zip((output, source), before, strict=True) if device):
                raise AudioError("The sound devices do not run: connect them again.")
        if output is not None:
            self._missed = output.missed


def play_clips(clips: Sequence[Clip], speaker: str | None = None) -> None:
    """Play clips one after the other, and return when they are over. Raises AudioError when there is no speaker."""
    device = choose_device("speaker", speaker)
    sound = np.concatenate([*clips, np.zeros(FRAMES_PER_SECOND // 2, np.float32)])
    sound = soxr.resample(sound, FRAMES_PER_SECOND, device.rate)
    ring = RingBuffer(len(sound))
    ring.write(sound)
    output = SpeakerStream(device, ring)
    try:
        while ring.filled:
            time.sleep(NAP_SECONDS)
        time.sleep(OUTPUT_LATENCY)
    finally:
        output.close()
