"""Sound devices: the only import of sounddevice. Callbacks copy between a ring and the device, and do nothing else."""

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

OUTPUT_LATENCY = 0.05
"""Seconds asked of the speaker: Python's interpreter lock can hold a callback up by tens of milliseconds."""
INPUT_LATENCY = 0.02
"""Seconds asked of the microphone."""
INPUT_BLOCK = 0.01
"""Seconds a microphone delivers at once."""
RING_SECONDS = 2.0
"""What a microphone's ring holds while nobody reads it."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that can be opened."""

    index: int
    name: str
    rate: int
    """Its own rate, in Hz."""
    channels: int


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Devices by number or by part of their names; None: the system's choice."""

    speaker: str | None = None
    microphone: str | None = None


def _library() -> ModuleType:
    try:
        return import_module("sounddevice")
    except OSError as error:  # PortAudio is a system library, and looked for at import
        raise AudioError("The sound library PortAudio is missing: install libportaudio2.") from error


def list_devices(kind: DeviceKind) -> list[Device]:
    """Every device of a kind, in the order of their numbers. Raises AudioError when they cannot be listed."""
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
    """48 kHz where a speaker takes it, so that nothing is resampled; else the device's own rate."""
    library = _library()
    if kind == "speaker":
        try:
            library.check_output_settings(device=index, samplerate=FRAMES_PER_SECOND)
        except library.PortAudioError:
            return own
        return FRAMES_PER_SECOND
    return own


def choose_device(kind: DeviceKind, wanted: str | None) -> Device:
    """The device named: by its number, by part of its name, or the system's own choice.

    Raises AudioError, with the list, when none fits or several do.
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
    """Why nobody can be heard and spoken to here, in one sentence; None when there are a microphone and a speaker."""
    try:
        for kind in ("microphone", "speaker"):
            if not list_devices(kind):
                return f"There is no {kind} here."
    except AudioError as error:
        return str(error)
    return None


def rescan_devices() -> None:
    """Look for devices anew: PortAudio lists them once, when it starts. No stream may be open."""
    library = _library()
    library._terminate()
    library._initialize()


class SpeakerStream:
    """A speaker that plays what is in a ring, at the device's own rate."""

    def __init__(self, device: Device, ring: RingBuffer) -> None:
        """Open and start it. Raises AudioError when the device refuses."""
        self._ring = ring
        self.device = device
        self.missed = 0
        """Frames that came too late for the device, since it first played."""
        self.calls = 0
        self._begun = False
        self._sounded = time.monotonic()
        library = _library()
        try:
            self._stream = library.OutputStream(
                device=device.index,
                samplerate=device.rate,
                channels=min(2, device.channels),
                dtype="float32",
                latency=OUTPUT_LATENCY,
                callback=self._callback,
            )
            self._stream.start()
        except library.PortAudioError as error:
            raise AudioError(f"{_refusal(device, error)}") from error

    @property
    def ahead(self) -> float:
        """Seconds until all that it was given so far has sounded."""
        return max(0.0, self._sounded - time.monotonic())

    def _callback(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:  # noqa: ANN401 (C's)
        begins = time.monotonic() + times.outputBufferDacTime - times.currentTime
        if status.output_underflow and self._begun:
            # The device's own buffer ran dry: this sounds later than right after what it was given before.
            self.missed += max(1, int((begins - self._sounded) * self.device.rate))
        self._sounded = begins + frames / self.device.rate
        first = out[:, 0]
        got = self._ring.read_into(first)
        if got < frames:
            first[got:] = 0
            if self._begun:
                self.missed += frames - got
        elif not self._begun:
            self._begun = True
        for channel in range(1, out.shape[1]):
            out[:, channel] = first
        self.calls += 1

    def close(self) -> None:
        """Stop at once."""
        library = _library()
        try:
            self._stream.abort()
            self._stream.close()
        except library.PortAudioError:
            return  # it is gone already


class MicrophoneStream:
    """A microphone that fills a ring, at the device's own rate."""

    def __init__(self, device: Device) -> None:
        """Open and start it. Raises AudioError when the device refuses."""
        self.device = device
        self.ring = RingBuffer(int(device.rate * RING_SECONDS))
        self.calls = 0
        self._taken = time.monotonic()
        library = _library()
        try:
            self._stream = library.InputStream(
                device=device.index,
                samplerate=device.rate,
                channels=1,
                dtype="float32",
                latency=INPUT_LATENCY,
                blocksize=int(device.rate * INPUT_BLOCK),
                callback=self._callback,
            )
            self._stream.start()
        except library.PortAudioError as error:
            raise AudioError(_refusal(device, error)) from error

    @property
    def age(self) -> float:
        """Seconds since the last sample in the ring was in the air."""
        return time.monotonic() - self._taken

    def _callback(self, samples: NDArray[np.float32], frames: int, times: Any, _: object) -> None:  # noqa: ANN401 (C's)
        since_first: float = times.currentTime - times.inputBufferAdcTime
        self._taken = time.monotonic() - since_first + frames / self.device.rate
        self.ring.write(samples[:, 0])
        self.calls += 1

    def close(self) -> None:
        """Stop at once."""
        library = _library()
        try:
            self._stream.abort()
            self._stream.close()
        except library.PortAudioError:
            return  # it is gone already


def _refusal(device: Device, error: Exception) -> str:
    return f"{device.name} cannot be opened ({error}): free it from other programs, or choose another by name."
