"""Lost devices are noticed, looked for with growing pauses, and are back only when they run, by the test's clock."""

import itertools

import pytest

from audio.devices.reconnect import (
    BACK_OFF_SECONDS,
    PROOF_SECONDS,
    PROOFS,
    STALLED_SECONDS,
    DeviceSearch,
    StallWatch,
    prove_running,
)
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND

pytestmark = pytest.mark.unit


def test_a_device_that_calls_is_not_lost_and_one_that_stops_is_after_a_while() -> None:
    watch = StallWatch(100.0)
    assert not any(watch.stalled(calls, 100.0 + calls) for calls in range(1, 60))
    assert not watch.stalled(59, 159.0 + STALLED_SECONDS)
    assert watch.stalled(59, 159.1 + STALLED_SECONDS)
    assert not watch.stalled(60, 170.0), "it calls again"


def test_a_device_that_never_calls_is_lost() -> None:
    assert StallWatch(5.0).stalled(0, 5.1 + STALLED_SECONDS)


def test_the_pauses_grow_and_the_last_is_repeated() -> None:
    search, now, pauses = DeviceSearch(("speaker",), 0, 10.0), 10.0, list[float]()
    for _ in range(len(BACK_OFF_SECONDS) + 2):
        begun = now
        while not search.attempt_due(now):
            now += 0.125
        pauses.append(now - begun)
        search.failed(now)
    assert pauses == [*BACK_OFF_SECONDS, BACK_OFF_SECONDS[-1], BACK_OFF_SECONDS[-1]]


def test_the_null_sink_plays_at_the_pace_of_the_clock_from_the_frame_of_the_loss() -> None:
    search = DeviceSearch(("microphone",), 1_000, 50.0)
    assert search.frame_due(50.0) == 1_000
    assert search.frame_due(52.5) == 1_000 + 2.5 * FRAMES_PER_SECOND


class Calls:
    """A stream that calls while its clock is within some span."""

    def __init__(self, clock: "SteppedClock", until: float) -> None:
        self._clock, self._until = clock, until

    @property
    def calls(self) -> int:
        return int(min(self._clock.now, self._until) * 100)


class SteppedClock:
    """A clock that goes on each time it is read."""

    def __init__(self) -> None:
        self.now, self.kept = 0.0, 0

    def __call__(self) -> float:
        self.now += 0.01
        return self.now

    def keep_time(self) -> None:
        self.kept += 1


def test_devices_that_call_all_the_while_are_proved_and_time_is_kept_meanwhile() -> None:
    clock = SteppedClock()
    prove_running([Calls(clock, 1e9), Calls(clock, 1e9)], clock.keep_time, clock)
    assert clock.now >= PROOFS * PROOF_SECONDS
    assert clock.kept > 50


@pytest.mark.parametrize(("one", "other"), list(itertools.product([0.0, PROOF_SECONDS * 0.9, 1e9], repeat=2)))
def test_one_that_calls_only_at_first_is_not(one: float, other: float) -> None:
    clock = SteppedClock()
    streams = [Calls(clock, one), Calls(clock, other)]
    if min(one, other) > PROOF_SECONDS * PROOFS:
        prove_running(streams, clock.keep_time, clock)
        return
    with pytest.raises(AudioError, match="do not run: connect them again"):
        prove_running(streams, clock.keep_time, clock)
