"""Lost devices: noticing that one has stopped, looking for it with growing pauses, and proof that it runs again.

Meanwhile a null sink keeps the time: frames go on at the pace of the machine's clock, though nobody hears them.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from audio.devices.portaudio import DeviceKind
from audio.errors import AudioError
from audio.frames import Frame, frames

STALLED_SECONDS = 1.5
"""Time without a callback after which a device counts as lost, in seconds."""
PROOF_SECONDS = 0.5
"""Time within which a device that was opened again has to call, in seconds."""
PROOFS = 2
"""How often in a row it has to: a device's own buffers may ask once and never again."""
BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 5.0)
"""Pauses between attempts to open lost devices, in seconds; the last one is repeated."""


class Calling(Protocol):
    """A stream of a device that counts its callbacks."""

    @property
    def calls(self) -> int:
        """How often the device called so far."""
        ...


class StallWatch:
    """Notices that a device does not call any more."""

    def __init__(self, now: float) -> None:
        """Begin when the device has been opened. `now`: by the monotonic clock, in seconds."""
        self._calls, self._at = 0, now

    def stalled(self, calls: int, now: float) -> bool:
        """Whether the device has not called for STALLED_SECONDS; `calls`: how often it called so far."""
        if calls != self._calls:
            self._calls, self._at = calls, now
        return now - self._at > STALLED_SECONDS


class DeviceSearch:
    """The time without devices, from their loss until they run again: the null sink's clock and the pauses.

    Threads: owned by the card's thread, which begins one when a device is lost and drops it when both run again.
    All times are seconds by the monotonic clock.
    """

    def __init__(self, lost: tuple[DeviceKind, ...], frame: Frame, now: float) -> None:
        """`lost`: the devices that stopped; `frame`: the next that will be rendered."""
        self.lost = lost
        """The devices that stopped."""
        self._frame, self._began = frame, now
        self._attempts = 0
        self._next_attempt = now + BACK_OFF_SECONDS[0]

    def frame_due(self, now: float) -> Frame:
        """The frame up to which the null sink has played by now."""
        return self._frame + frames(now - self._began)

    def attempt_due(self, now: float) -> bool:
        """Whether it is time to look for the devices again."""
        return now >= self._next_attempt

    def failed(self, now: float) -> None:
        """Note that the devices were looked for in vain: the next pause is longer."""
        self._attempts += 1
        self._next_attempt = now + BACK_OFF_SECONDS[min(self._attempts, len(BACK_OFF_SECONDS) - 1)]


def prove_running(
    streams: Sequence[Calling], keep_time: Callable[[], None], clock: Callable[[], float] = monotonic
) -> None:
    """Wait PROOFS periods of PROOF_SECONDS, in each of which every stream must call: a device may open and not run.

    `keep_time` is called all the while. Raises AudioError where one does not call.
    """
    for _ in range(PROOFS):
        before = [stream.calls for stream in streams]
        until = clock() + PROOF_SECONDS
        while clock() < until:
            keep_time()
        if not all(stream.calls > calls for stream, calls in zip(streams, before, strict=True)):
            raise AudioError("The sound devices do not run: connect them again.")
