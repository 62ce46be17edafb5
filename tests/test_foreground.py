"""What is kept of a sound is where the person spoke."""

import numpy as np
import pytest

from audio.foreground import DROP, foreground

pytestmark = pytest.mark.unit

RATE = 16_000


def voice(seconds: float, level: float) -> np.ndarray:
    """Something as loud as a voice of a level in dBFS."""
    return np.random.default_rng(1).normal(0, 10 ** (level / 20), round(seconds * RATE)).astype(np.float32)


def test_what_is_softer_before_and_after_is_left_out() -> None:
    television = voice(2, -45)
    kept = foreground(np.concatenate([television, voice(1, -20), television]))
    assert len(kept) == pytest.approx(2 * RATE, abs=0.3 * RATE)


def test_a_soft_end_and_a_pause_within_are_kept() -> None:
    sound = np.concatenate([voice(1, -20), voice(0.8, -60), voice(1, -20), voice(0.5, -20 - DROP + 2)])
    assert len(foreground(sound)) >= len(sound) - RATE // 20


@pytest.mark.parametrize("length", [0, 1, 799, 800, 6400, 7201])
def test_any_length_will_do(length: int) -> None:
    sound = np.zeros(length, np.float32)
    assert len(foreground(sound)) <= length
    assert len(foreground(sound)) > length - RATE // 20 or not length
