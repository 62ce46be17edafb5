"""What is kept of a sound is where the person spoke."""

import numpy as np
import pytest

from audio.samples import SAMPLE_RATE
from audio.vad.trim import TRIM_DROP_DB, trim_to_speech

pytestmark = pytest.mark.unit


def voice(seconds: float, level: float) -> np.ndarray:
    """Something as loud as a voice of a level in dBFS."""
    return np.random.default_rng(1).normal(0, 10 ** (level / 20), round(seconds * SAMPLE_RATE)).astype(np.float32)


def test_what_is_softer_before_and_after_is_left_out() -> None:
    television = voice(2, -45)
    kept = trim_to_speech(np.concatenate([television, voice(1, -20), television]))
    assert len(kept) == pytest.approx(2 * SAMPLE_RATE, abs=0.3 * SAMPLE_RATE)


def test_a_soft_end_and_a_pause_within_are_kept() -> None:
    sound = np.concatenate([voice(1, -20), voice(0.8, -60), voice(1, -20), voice(0.5, -20 - TRIM_DROP_DB + 2)])
    assert len(trim_to_speech(sound)) >= len(sound) - SAMPLE_RATE // 20


@pytest.mark.parametrize("length", [0, 1, 799, 800, 6400, 7201])
def test_any_length_will_do(length: int) -> None:
    sound = np.zeros(length, np.float32)
    assert len(trim_to_speech(sound)) <= length
    assert len(trim_to_speech(sound)) > length - SAMPLE_RATE // 20 or not length
