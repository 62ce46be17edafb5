"""Two clocks: how fast they drift apart is found in the sound, where the devices only tell roughly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.clocks import Clocks
from audio.segmenter import FRAMES_PER_SAMPLE

pytestmark = pytest.mark.unit

BLOCK = 320


def followed(drift: float, seconds: float, jitter: float = 0.0, every: float = 0.25) -> Clocks:
    """After so many seconds in which the one sound was found in the other every so often.

    `drift` in millionths; `jitter`: of what the devices tell, in milliseconds, wandering.
    """
    clocks, chance = Clocks(), np.random.default_rng(1)
    ratio = FRAMES_PER_SAMPLE * (1 + drift * 1e-6)
    wander, samples = 0.0, 0
    for block in range(1, round(seconds * 50)):
        samples += BLOCK
        wander = 0.99 * wander + 0.14 * chance.normal()
        clocks.tell(BLOCK, round(samples * ratio + (wander + chance.normal()) * jitter * 48))
        place = clocks.take(BLOCK) + BLOCK * clocks.ratio
        if block % (every * 50) == 0:
            clocks.find(round((place - samples * ratio) / FRAMES_PER_SAMPLE) * FRAMES_PER_SAMPLE)
    return clocks


@given(drift=st.floats(-300, 300))
@settings(max_examples=20, deadline=None)
def test_a_steady_drift_is_found_to_a_few_millionths(drift: float) -> None:
    assert (followed(drift, 20).ratio / FRAMES_PER_SAMPLE - 1) * 1e6 == pytest.approx(drift, abs=3)


@pytest.mark.parametrize("drift", [-80.0, 0.0, 80.0])
def test_uneven_times_do_not_shake_it(drift: float) -> None:
    assert (followed(drift, 20, jitter=5).ratio / FRAMES_PER_SAMPLE - 1) * 1e6 == pytest.approx(drift, abs=3)


def test_where_nothing_is_found_no_drift_is_believed() -> None:
    assert followed(0.0, 60, jitter=5, every=100).ratio == FRAMES_PER_SAMPLE


def test_a_gap_is_noticed() -> None:
    clocks, place = Clocks(), 0.0
    for block in range(1, 100):
        clocks.tell(BLOCK, block * BLOCK * 3 + (9600 if block > 50 else 0))
        place = clocks.take(BLOCK)
    assert place == pytest.approx(98 * BLOCK * 3 + 9600, abs=100)
