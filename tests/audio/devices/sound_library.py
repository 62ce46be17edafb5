"""A sound library without a sound card: what Limber calls of sounddevice, with devices that a test unplugs."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

TICK_SECONDS = 0.005
"""Interval at which open streams are called, in seconds."""


class PortAudioError(Exception):
    """What the library raises."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a callback comes, and when its sound is at the device: PortAudio's names."""

    currentTime: float = 0.0  # noqa: N815
    outputBufferDacTime: float = 0.0  # noqa: N815
    inputBufferAdcTime: float = 0.0  # noqa: N815


@dataclass(frozen=True, slots=True)
class Status:
    """What PortAudio tells of the buffers."""

    output_underflow: bool = False


@dataclass
class Default:
    device: tuple[int, int] = (0, 1)


@dataclass
class SoundLibrary:
    """A microphone (0) and a speaker (1), which run at the pace of the machine's clock."""

    rates: tuple[int, int] = (48_000, 48_000)
    refused: frozenset[int] = frozenset()
    """Rates that the speaker does not take."""
    default: Default = field(default_factory=Default)
    running: bool = True
    """False: open devices do not call any more."""
    plugged: bool = True
    """False: devices that are looked for are not there."""
    scans: int = 0
    """How often the devices were listed anew."""
    played: list[NDArray[np.float32]] = field(default_factory=list)
    """What the speaker was given, call by call."""
    streams: "list[Stream]" = field(default_factory=list)
    """Every stream that was opened."""
    broken: bool = False
    """True: the speaker can't be opened."""
    tone: float = 0.0
    """The value of every sample that the microphone brings."""
    PortAudioError: type[Exception] = PortAudioError

    def query_devices(self) -> list[dict[str, Any]]:
        if not self.plugged:
            return []
        names = ("A microphone", "A speaker")
        return [
            {"name": name, "default_samplerate": rate, "max_input_channels": 1 - at, "max_output_channels": 2 * at}
            for at, (name, rate) in enumerate(zip(names, self.rates, strict=True))
        ]

    def check_output_settings(self, device: int, samplerate: int) -> None:
        if samplerate in self.refused:
            raise PortAudioError(f"device {device} does not take {samplerate} Hz")

    def streams_running(self) -> int:
        return sum(not stream.ended for stream in self.streams)

    def _terminate(self) -> None:
        self.scans += 1

    def _initialize(self) -> None:
        pass

    def OutputStream(self, **wanted: Any) -> "Stream":  # noqa: ANN401, N802 (sounddevice's name)
        if self.broken:
            raise PortAudioError("device is busy")
        return Stream(self, wanted["samplerate"], wanted["callback"], wanted["channels"])

    def InputStream(self, **wanted: Any) -> "Stream":  # noqa: ANN401, N802
        return Stream(self, wanted["samplerate"], wanted["callback"], 0)


class Stream:
    """An open stream, called in a thread of its own until it is aborted."""

    def __init__(self, library: SoundLibrary, rate: int, callback: Callable[..., None], channels: int) -> None:
        self._library, self._callback, self._channels = library, callback, channels
        self._count = round(rate * TICK_SECONDS)
        self._ended = threading.Event()
        library.streams.append(self)

    @property
    def ended(self) -> bool:
        return self._ended.is_set()

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def abort(self) -> None:
        self._ended.set()
        self._thread.join()

    def close(self) -> None:
        assert self._ended.is_set(), "closed while it ran"

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ended.is_set():
            if self._library.running:
                self._call()
            due = max(due + TICK_SECONDS, time.monotonic() - TICK_SECONDS)
            time.sleep(max(0.0, due - time.monotonic()))

    def _call(self) -> None:
        if not self._channels:
            self._callback(np.full((self._count, 1), self._library.tone, np.float32), self._count, Times(), Status())
            return
        out = np.full((self._count, self._channels), np.nan, np.float32)
        self._callback(out, self._count, Times(), Status())
        assert all(np.array_equal(out[:, 0], out[:, at]) for at in range(self._channels))
        self._library.played.append(out[:, 0].copy())
