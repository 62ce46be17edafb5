"""A speaker and a microphone that come and go, and the thread that renders the mixer a little ahead of the speaker.

While a device is missing, a null sink carries the time on, so that frames never stop, and both devices are looked for
with growing pauses: PortAudio lists devices only when it starts, so one can't be found while the other is open.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeAlias

import numpy as np
import soxr

from audio.devices.portaudio import (
    OUTPUT_LATENCY_SECONDS,
    DeviceChoice,
    DeviceKind,
    MicrophoneStream,
    SpeakerStream,
    choose_device,
    rescan_devices,
)
from audio.devices.reconnect import DeviceSearch, StallWatch, prove_running
from audio.devices.ring_buffer import RingBuffer
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.playback.lookahead import RenderAhead
from audio.playback.mixer import Mixer, MixerReport
from audio.samples import SAMPLE_RATE, Clip, Samples

RENDER_BLOCK = 480
"""Length of the block that is rendered at a time, in frames (10 ms)."""
AHEAD_SECONDS = 0.12
"""How far the rendering is ahead of the speaker, in seconds: as long as a busy interpreter may hold this thread up."""
COMMITTED_FRAMES = 960
"""Frames before the speaker takes them (20 ms) from which on nothing is changed any more."""
NAP_SECONDS = 0.004
"""Pause of the card's thread when there is nothing to render, in seconds."""
CLIP_TAIL_FRAMES = FRAMES_PER_SECOND // 2
"""Silence after the clips of `play_clips`, in frames (0.5 s), so that the device's own buffers play them to the end."""


@dataclass(frozen=True, slots=True)
class Underrun:
    """The speaker wanted more than was rendered."""

    frames: int
    """How many samples were missing, at the device's rate."""
    at: Frame
    """The next frame to be rendered when that was noticed."""


@dataclass(frozen=True, slots=True)
class DeviceStopped:
    """A device is lost."""

    kind: DeviceKind
    """Which of the two."""
    at: Frame
    """The next frame to be rendered when that was noticed."""


@dataclass(frozen=True, slots=True)
class DeviceRestarted:
    """A device that was lost, or another in its place, runs again."""

    kind: DeviceKind
    """Which of the two."""
    at: Frame
    """The next frame to be rendered when that was noticed."""


CardReport: TypeAlias = MixerReport | Underrun | DeviceStopped | DeviceRestarted
"""What the card reports to whoever opened it."""


@dataclass(frozen=True, slots=True)
class PlaybackPosition:
    """How far the rendering has come, and the ring buffer that it was written to: one consistent moment of both.

    Threads: the card's thread replaces it whole; any thread may read it. Where the speaker is in the ring buffer is
    looked up in the buffer's own counter.
    """

    rendered: Frame
    """The next frame to be rendered."""
    written: int = 0
    """Samples that were written into the ring buffer by then, at the device's rate."""
    opened: Frame = 0
    """The frame at which the speaker was opened: what was rendered before can't be changed."""
    speaker: SpeakerStream | None = None
    """The speaker that plays the ring buffer. None: the null sink, which has played all that is rendered."""

    @property
    def changeable(self) -> Frame:
        """The next frame that can be changed. From position to position it never goes back."""
        if self.speaker is None or self.speaker.device.rate != FRAMES_PER_SECOND:
            return self.rendered  # what is resampled can't be taken back
        unplayed = self.written - self.speaker.ring.read
        return max(self.opened, self.rendered - max(0, unplayed - COMMITTED_FRAMES))

    @property
    def sounding(self) -> Frame:
        """The frame that leaves the speaker now; it is behind those that are rendered."""
        if self.speaker is None:
            return self.rendered
        behind = (self.written - self.speaker.ring.read) / self.speaker.device.rate + self.speaker.ahead
        return max(0, self.rendered - int(behind * FRAMES_PER_SECOND))


@dataclass(frozen=True, slots=True)
class _Speaker:
    """An open speaker, with what is made for it. Used by the card's thread alone."""

    stream: SpeakerStream
    """The stream, with the ring buffer that it plays."""
    resampler: soxr.ResampleStream
    """From 48 kHz to the device's rate."""
    depth: int
    """Samples that are kept rendered ahead, at the device's rate."""


@dataclass(frozen=True, slots=True)
class _Microphone:
    """An open microphone, with the resampler of its sound."""

    stream: MicrophoneStream
    """The stream, with the ring buffer that it fills."""
    resampler: soxr.ResampleStream
    """From the device's rate to 16 kHz."""


class DuplexCard:
    """A speaker that plays a mixer, and a microphone.

    Threads:

    - The card's thread, which this class starts, alone uses the mixer and `_ahead`, `_output`, `_opened`, `_missed`,
      `underruns` and the watches, and alone calls `report` and `rendered`. It hands over by replacing two immutable
      objects whole: `_position` and `_microphone`.
    - One thread calls `captured`. It takes one reference of `_microphone`, and alone reads that microphone's ring
      buffer and uses its resampler.
    - Any thread may call `command`, whose queue is the hand-over, and read `next_changeable` and `sounding`, which
      take one reference of `_position`.
    - PortAudio's threads touch their streams and ring buffers alone.

    Whoever opens and closes the card uses all of it before the card's thread begins and after it has ended.
    """

    def __init__(
        self, mixer: Mixer, chosen: DeviceChoice, report: Callable[[CardReport], None], rendered: Callable[[Clip], None]
    ) -> None:
        """Open both devices and start. Raises AudioError when one is missing, ambiguous, or refuses.

        `report` is told what happens, when it does; `rendered` is given each block that the speaker takes.
        """
        self._mixer, self._report, self._rendered = mixer, report, rendered
        self._ahead = RenderAhead(mixer, RENDER_BLOCK)
        self._chosen = chosen
        self._commands: SimpleQueue[Callable[[Mixer], None]] = SimpleQueue()
        self._closing = threading.Event()
        self.underruns = 0
        """Samples that the speaker missed so far, at the device's rate."""
        self._begin(*_open_devices(chosen))
        self._thread = threading.Thread(target=self._run, name="card", daemon=True)
        self._thread.start()

    @property
    def next_changeable(self) -> Frame:
        """The next frame that can be changed; it never goes back."""
        return self._position.changeable

    @property
    def sounding(self) -> Frame:
        """The frame that leaves the speaker now; it is behind those that are rendered."""
        return self._position.sounding

    def command(self, command: Callable[[Mixer], None]) -> None:
        """Have the card's thread do something to the mixer before its next block."""
        self._commands.put(command)

    def captured(self) -> tuple[Samples, Frame]:
        """What the microphone has brought since the last call, perhaps nothing.

        And the frame that left the speaker when the last of these samples was in the air.
        """
        microphone = self._microphone
        if microphone is None or not microphone.stream.ring.filled:
            return np.zeros(0, np.float32), self.sounding
        ring = microphone.stream.ring
        sound = np.zeros(ring.filled, np.float32)
        sound = sound[: ring.read_into(sound)]
        until = max(0, self.sounding - int(microphone.stream.age * FRAMES_PER_SECOND))
        return microphone.resampler.resample_chunk(sound), until

    def close(self) -> None:
        """Silence at once, and give the devices back."""
        self._closing.set()
        self._thread.join()
        self._close_devices()

    def _begin(self, speaker: _Speaker, microphone: _Microphone) -> None:
        """From the next frame on, render for this speaker."""
        self._output: _Speaker | DeviceSearch = speaker
        """What is rendered for: a speaker or, while devices are looked for, the null sink."""
        self._opened = self._mixer.frame
        """The frame at which rendering for it began."""
        self._missed = speaker.stream.missed
        """Samples that the speaker is known to have missed."""
        self._microphone: _Microphone | None = microphone
        now = time.monotonic()
        self._speaker_watch, self._microphone_watch = StallWatch(now), StallWatch(now)
        self._position = PlaybackPosition(self._opened, speaker.stream.ring.written, self._opened, speaker.stream)

    def _close_devices(self) -> None:
        """Close what is open; from now on the position is that of the null sink."""
        self._position = PlaybackPosition(self._mixer.frame)
        microphone, self._microphone = self._microphone, None
        if isinstance(self._output, _Speaker):
            self._output.stream.close()
        if microphone is not None:
            microphone.stream.close()

    def _run(self) -> None:
        """The card's thread."""
        while not self._closing.is_set():
            output = self._output
            if isinstance(output, DeviceSearch):
                self._look_for_devices(output)
            elif not self._commands.empty():
                self._obey()
            elif output.stream.ring.filled < output.depth:
                self._render()
            else:
                time.sleep(NAP_SECONDS)
            self._tell()
            self._look_after()

    def _obey(self) -> None:
        """Carry out the commands, from the next frame on that the speaker has not taken."""
        output, taken_back = self._output, 0
        if isinstance(output, _Speaker) and output.stream.device.rate == FRAMES_PER_SECOND:
            taken_back = self._ahead.take_back(output.stream.ring.filled - COMMITTED_FRAMES)
        try:
            while True:
                self._commands.get_nowait()(self._mixer)
        except Empty:
            pass
        if taken_back and isinstance(output, _Speaker):
            output.stream.ring.rewrite(np.concatenate([self._ahead.render() for _ in range(taken_back)]))

    def _render(self) -> None:
        """Render a block for the speaker or, without one, for nobody; then tell how far that has come."""
        block, output = self._ahead.render(), self._output
        if isinstance(output, DeviceSearch):
            self._position = PlaybackPosition(self._mixer.frame)
            return
        stream = output.stream
        same = stream.device.rate == FRAMES_PER_SECOND
        stream.ring.write(block if same else output.resampler.resample_chunk(block))
        self._position = PlaybackPosition(self._mixer.frame, stream.ring.written, self._opened, stream)

    def _tell(self) -> None:
        """Report what the speaker has taken."""
        output, unplayed = self._output, 0
        if isinstance(output, _Speaker):
            unplayed = int(output.stream.ring.filled / output.stream.device.rate * FRAMES_PER_SECOND)
        for block in self._ahead.played(unplayed):
            self._rendered(block.samples)
            for report in block.reports:
                self._report(report)

    def _look_after(self) -> None:
        """Report underruns and lost devices; a lost device begins a search for both."""
        output, microphone, now = self._output, self._microphone, time.monotonic()
        if isinstance(output, DeviceSearch) or microphone is None:
            return
        if output.stream.missed > self._missed:
            missed, self._missed = output.stream.missed - self._missed, output.stream.missed
            self.underruns += missed
            self._report(Underrun(missed, self._mixer.frame))
        lost: list[DeviceKind] = []
        if self._speaker_watch.stalled(output.stream.calls, now):
            lost.append("speaker")
        if self._microphone_watch.stalled(microphone.stream.calls, now):
            lost.append("microphone")
        if lost:
            self._close_devices()
            self._output = DeviceSearch(tuple(lost), self._mixer.frame, now)
            for kind in lost:
                self._report(DeviceStopped(kind, self._mixer.frame))

    def _look_for_devices(self, search: DeviceSearch) -> None:
        """Keep the time and, when an attempt is due, try to open both devices."""
        self._keep_time(search)
        if not search.attempt_due(time.monotonic()):
            return
        try:
            rescan_devices()
            speaker, microphone = _open_devices(self._chosen)
        except AudioError:
            search.failed(time.monotonic())
            return
        self._microphone = microphone
        try:
            prove_running((speaker.stream, microphone.stream), lambda: self._keep_time(search))
        except AudioError:
            speaker.stream.close()
            self._close_devices()
            search.failed(time.monotonic())
            return
        self._begin(speaker, microphone)
        for kind in search.lost:
            self._report(DeviceRestarted(kind, self._mixer.frame))

    def _keep_time(self, search: DeviceSearch) -> None:
        """Render what the null sink has played by now."""
        self._obey()
        if self._mixer.frame < search.frame_due(time.monotonic()):
            self._render()
            self._tell()
        else:
            time.sleep(NAP_SECONDS)


def _open_devices(chosen: DeviceChoice) -> tuple[_Speaker, _Microphone]:
    """Open both devices. Raises AudioError when one is missing, ambiguous, or refuses; then neither is open."""
    device = choose_device("speaker", chosen.speaker)
    depth = int(device.rate * AHEAD_SECONDS)
    # At first the device fills its own buffers, at one go: silence is there for that.
    prime = depth + int(2 * OUTPUT_LATENCY_SECONDS * device.rate)
    ring = RingBuffer(prime)
    ring.write(np.zeros(prime, np.float32))
    source = choose_device("microphone", chosen.microphone)
    microphone = MicrophoneStream(source)
    try:
        speaker = SpeakerStream(device, ring)
    except AudioError:
        microphone.close()
        raise
    return (
        _Speaker(speaker, _resampler(FRAMES_PER_SECOND, device.rate), depth),
        _Microphone(microphone, _resampler(source.rate, SAMPLE_RATE)),
    )


def _resampler(rate: int, to: int) -> soxr.ResampleStream:
    """A streaming resampler of mono sound, from one rate in Hz to another."""
    return soxr.ResampleStream(rate, to, 1, dtype="float32", quality="HQ")


def play_clips(clips: Sequence[Clip], speaker: str | None = None) -> None:
    """Play clips one after the other, and return when they are over.

    `speaker`: number of the device or part of its name. Raises AudioError when there is no speaker.
    """
    device = choose_device("speaker", speaker)
    sound = np.concatenate([*clips, np.zeros(CLIP_TAIL_FRAMES, np.float32)])
    sound = soxr.resample(sound, FRAMES_PER_SECOND, device.rate)
    ring = RingBuffer(len(sound))
    ring.write(sound)
    output = SpeakerStream(device, ring)
    try:
        while ring.filled:
            time.sleep(NAP_SECONDS)
        time.sleep(OUTPUT_LATENCY_SECONDS)
    finally:
        output.close()
