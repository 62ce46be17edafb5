"""Two clocks: a line through what the devices say, followed without a step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.clocks import Clocks
from audio.segmenter import FRAMES_PER_SAMPLE

BLOCK = 320


def followed(drift: float, jitter: float, seconds: float, seed: int = 1) -> tuple[Clocks, float]:
    """After so many seconds; and by how many frames the next sample is placed wrongly. `jitter` in milliseconds."""
    clocks, chance = Clocks(), np.random.default_rng(seed)
    ratio = FRAMES_PER_SAMPLE * (1 + drift * 1e-6)
    place, samples = 0.0, 0
    for _ in range(round(seconds * 50)):
        samples += BLOCK
        clocks.tell(BLOCK, round(samples * ratio + chance.normal() * jitter * 48))
        place = clocks.take(BLOCK)
    return clocks, place - (samples - BLOCK) * ratio


@given(drift=st.floats(-300, 300))
@settings(max_examples=20, deadline=None)
def test_a_steady_drift_is_found_to_a_millionth(drift: float) -> None:
    clocks, _ = followed(drift, 0, 30)
    assert (clocks.ratio / FRAMES_PER_SAMPLE - 1) * 1e6 == pytest.approx(drift, abs=4)


@pytest.mark.parametrize("drift", [-80.0, 0.0, 80.0])
def test_uneven_times_do_not_shake_it(drift: float) -> None:
    clocks, _ = followed(drift, 2.0, 90)
    assert (clocks.ratio / FRAMES_PER_SAMPLE - 1) * 1e6 == pytest.approx(drift, abs=15)


def test_a_gap_is_noticed() -> None:
    clocks, place = Clocks(), 0.0
    for block in range(1, 100):
        clocks.tell(BLOCK, block * BLOCK * 3 + (9600 if block > 50 else 0))
        place = clocks.take(BLOCK)
    assert place == pytest.approx(98 * BLOCK * 3 + 9600, abs=100)
