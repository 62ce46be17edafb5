"""Sound devices, through PortAudio: the only module that imports sounddevice.

A callback copies between a ring buffer and its device, and does nothing else: PortAudio calls it in a thread of its
own, which must be on time.
"""

import time
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from audio.devices.ring_buffer import RingBuffer
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND

DeviceKind = Literal["microphone", "speaker"]
"""Which of the two devices."""

OUTPUT_LATENCY_SECONDS = 0.05
"""Latency asked of the speaker, in seconds: Python's interpreter lock can delay a callback by tens of milliseconds."""
INPUT_LATENCY_SECONDS = 0.02
"""Latency asked of the microphone, in seconds."""
INPUT_BLOCK_SECONDS = 0.01
"""Length of the block that the microphone delivers at once, in seconds."""
RING_SECONDS = 2.0
"""Capacity of the microphone's ring buffer, in seconds; what comes while it is full is lost."""
MOST_CHANNELS = 2
"""Most channels that the speaker is opened with; all get the same sound."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that can be opened."""

    index: int
    """PortAudio's number of the device."""
    name: str
    """PortAudio's name of the device."""
    rate: int
    """The rate that the device is opened at, in Hz."""
    channels: int
    """Number of channels that the device has."""


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The devices that a person asked for."""

    speaker: str | None = None
    """Number of the speaker or part of its name. None: the system's choice."""
    microphone: str | None = None
    """Number of the microphone or part of its name. None: the system's choice."""


def _library() -> ModuleType:
    """Import sounddevice. Raises AudioError where PortAudio is not installed."""
    try:
        return import_module("sounddevice")
    except OSError as error:  # PortAudio is a system library, and looked for at import
        raise AudioError("The sound library PortAudio is missing: install libportaudio2.") from error


def list_devices(kind: DeviceKind) -> list[Device]:
    """List every device of a kind, in the order of their numbers. Raises AudioError when they cannot be listed."""
    library = _library()
    field = "max_input_channels" if kind == "microphone" else "max_output_channels"
    try:
        found: list[dict[str, Any]] = list(library.query_devices())
    except library.PortAudioError as error:
        raise AudioError(f"The sound devices cannot be listed ({error}): restart the sound service.") from error
    return [
        Device(index, device["name"], _rate(kind, index, round(device["default_samplerate"])), device[field])
        for index, device in enumerate(found)
        if device[field] > 0
    ]


def _rate(kind: DeviceKind, index: int, own: int) -> int:
    """Choose the rate of a device, in Hz: 48 kHz where a speaker takes it, which saves resampling; else its own."""
    library = _library()
    if kind == "speaker":
        try:
            library.check_output_settings(device=index, samplerate=FRAMES_PER_SECOND)
        except library.PortAudioError:
            return own
        return FRAMES_PER_SECOND
    return own


def choose_device(kind: DeviceKind, wanted: str | None) -> Device:
    """Choose a device by its number or by part of its name; None: the system's choice.

    Raises AudioError, with the list of devices, when none fits or several do.
    """
    found = list_devices(kind)
    if not found:
        raise AudioError(f"There is no {kind} here: connect one, or use --text.")
    listing = "; ".join(f"{device.index} {device.name}" for device in found)
    if wanted is None:
        library = _library()
        default = library.default.device[0 if kind == "microphone" else 1]
        return next((device for device in found if device.index == default), found[0])
    if wanted.isdigit():
        fitting = [device for device in found if device.index == int(wanted)]
    else:
        fitting = [device for device in found if wanted.lower() in device.name.lower()]
        fitting = [device for device in fitting if device.name.lower() == wanted.lower()] or fitting
    if len(fitting) != 1:
        problem = "no" if not fitting else "more than one"
        raise AudioError(f"{wanted!r} is {problem} {kind}. Choose by number or name: {listing}.")
    return fitting[0]


def why_unavailable() -> str | None:
    """Tell why no spoken session is possible here, in one sentence; None with a microphone and a speaker."""
    try:
        for kind in ("microphone", "speaker"):
            if not list_devices(kind):
                return f"There is no {kind} here."
    except AudioError as error:
        return str(error)
    return None


def rescan_devices() -> None:
    """Have PortAudio list the devices anew, which it does only when it starts. No stream may be open."""
    library = _library()
    library._terminate()
    library._initialize()


class SpeakerStream:
    """A speaker that plays what is in a ring buffer, at the device's rate.

    Threads: PortAudio's thread reads the ring buffer and alone changes `missed`, `calls` and the time behind `ahead`;
    any thread may look at those.
    """

    def __init__(self, device: Device, ring: RingBuffer) -> None:
        """Open and start the speaker. Raises AudioError when the device refuses."""
        self.ring = ring
        """What is to be played, at the device's rate."""
        self.device = device
        """The device that was opened."""
        self.missed = 0
        """Samples that came too late for the device, since it first played; changed by PortAudio's thread alone."""
        self.calls = 0
        """How often the device asked for sound; changed by PortAudio's thread alone."""
        self._begun = False
        self._sounded = time.monotonic()
        """When all that the device was given so far has sounded, by the monotonic clock."""
        library = _library()
        try:
            self._stream = library.OutputStream(
                device=device.index,
                samplerate=device.rate,
                channels=min(MOST_CHANNELS, device.channels),
                dtype="float32",
                latency=OUTPUT_LATENCY_SECONDS,
                callback=self._callback,
            )
            self._stream.start()
        except library.PortAudioError as error:
            raise AudioError(f"{_refusal(device, error)}") from error

    @property
    def ahead(self) -> float:
        """Seconds until all that the device was given so far has sounded; at least 0."""
        return max(0.0, self._sounded - time.monotonic())

    def _callback(self, out: NDArray[np.float32], count: int, times: Any, status: Any) -> None:  # noqa: ANN401 (C's)
        """Fill the device's buffer: `out` of shape (count, channels), of which all channels get the same sound."""
        begins = time.monotonic() + times.outputBufferDacTime - times.currentTime
        if status.output_underflow and self._begun:
            # The device's own buffer ran dry: there is a gap between this block and the one before.
            self.missed += max(1, int((begins - self._sounded) * self.device.rate))
        self._sounded = begins + count / self.device.rate
        first = out[:, 0]
        got = self.ring.read_into(first)
        if got < count:
            first[got:] = 0
            if self._begun:
                self.missed += count - got
        elif not self._begun:
            self._begun = True
        for channel in range(1, out.shape[1]):
            out[:, channel] = first
        self.calls += 1

    def close(self) -> None:
        """Stop at once and give the device back."""
        _give_back(self._stream)


class MicrophoneStream:
    """A microphone that fills a ring buffer, at the device's rate.

    Threads: PortAudio's thread writes the ring buffer and alone changes `calls` and the time behind `age`; any thread
    may look at those. One thread reads the ring buffer.
    """

    def __init__(self, device: Device) -> None:
        """Open and start the microphone. Raises AudioError when the device refuses."""
        self.device = device
        """The device that was opened."""
        self.ring = RingBuffer(int(device.rate * RING_SECONDS))
        """What was recorded and not yet read, at the device's rate."""
        self.calls = 0
        """How often the device brought sound; changed by PortAudio's thread alone."""
        self._taken = time.monotonic()
        """When the last sample in the ring buffer was in the air, by the monotonic clock."""
        library = _library()
        try:
            self._stream = library.InputStream(
                device=device.index,
                samplerate=device.rate,
                channels=1,
                dtype="float32",
                latency=INPUT_LATENCY_SECONDS,
                blocksize=int(device.rate * INPUT_BLOCK_SECONDS),
                callback=self._callback,
            )
            self._stream.start()
        except library.PortAudioError as error:
            raise AudioError(_refusal(device, error)) from error

    @property
    def age(self) -> float:
        """Seconds since the last sample in the ring buffer was in the air."""
        return time.monotonic() - self._taken

    def _callback(self, sound: NDArray[np.float32], count: int, times: Any, _: object) -> None:  # noqa: ANN401 (C's)
        """Take what the device recorded: `sound` of shape (count, 1)."""
        since_first: float = times.currentTime - times.inputBufferAdcTime
        self._taken = time.monotonic() - since_first + count / self.device.rate
        self.ring.write(sound[:, 0])
        self.calls += 1

    def close(self) -> None:
        """Stop at once and give the device back."""
        _give_back(self._stream)


def _give_back(stream: Any) -> None:  # noqa: ANN401 (sounddevice has no types)
    """Stop a stream at once and give its device back."""
    library = _library()
    try:
        stream.abort()
        stream.close()
    except library.PortAudioError:
        return  # the device is gone already


def _refusal(device: Device, error: Exception) -> str:
    """Explain why a device could not be opened."""
    return f"{device.name} cannot be opened ({error}): free it from other programs, or choose another by name."
