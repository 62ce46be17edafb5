"""Earcons are short, soft and told apart by ear."""

from itertools import combinations

import numpy as np
import pytest

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND
from audio.playback.earcons import SHAPES, earcon
from audio.samples import Clip

pytestmark = pytest.mark.unit


def pitches(clip: Clip) -> list[float]:
    """The strongest frequency in the first and in the last 40 ms, in Hz."""
    size = FRAMES_PER_SECOND // 25
    return [float(np.argmax(np.abs(np.fft.rfft(part, 48_000)))) for part in (clip[:size], clip[-size:])]


def test_those_of_the_conversation_are_there() -> None:
    assert {"listening", "understood", "not_understood", "count", "muted"} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_short_soft_and_without_clicks(name: str) -> None:
    clip = earcon(name)
    assert 0.080 <= len(clip) / FRAMES_PER_SECOND <= 0.200
    assert 0.05 <= np.abs(clip).max() <= 0.15
    assert np.abs(clip[[0, -1]]).max() < 0.001
    assert np.abs(np.diff(clip)).max() < 0.02, "a jump, heard as a click"
    assert clip.dtype == np.float32
    assert not clip.flags.writeable


def test_each_has_a_shape_of_its_own() -> None:
    listening, muted, lost = (pitches(earcon(name)) for name in ("listening", "muted", "not_understood"))
    assert listening[0] < listening[1], "listening rises"
    assert muted[0] > muted[1], "muted falls"
    assert max(lost) < min(*listening, *muted), "not understood is low"
    understood = earcon("understood")
    assert not understood[len(understood) // 2 - 480 : len(understood) // 2 + 480].any(), "understood is two sounds"


@pytest.mark.parametrize(("one", "other"), list(combinations(SHAPES, 2)))
def test_no_two_resemble_each_other(one: str, other: str) -> None:
    a, b = earcon(one), earcon(other)
    likeness = np.abs(np.correlate(a, b, mode="full")).max() / (np.linalg.norm(a) * np.linalg.norm(b))
    assert likeness < 0.5


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(AudioError, match="listening, understood"):
        earcon("fanfare")
