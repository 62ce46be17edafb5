"""Probabilities of label sequences in sound, against every alignment counted one by one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.asr.phonemes.prefixes import CtcFrames, Prefix

pytestmark = pytest.mark.unit

BLANK = 0


def collapsed(path: tuple[int, ...]) -> tuple[int, ...]:
    """The labels of a path through the frames: repetitions once, without blanks."""
    return tuple(label for label, _ in itertools.groupby(path) if label != BLANK)


def in_all_paths(frames: np.ndarray, labels: tuple[int, ...]) -> tuple[float, float]:
    """The probability that the sound is the labels, and that it begins with them, summed over all paths."""
    whole = begins = 0.0
    for path in itertools.product(range(frames.shape[1]), repeat=len(frames)):
        probability = float(np.prod([frame[label] for frame, label in zip(frames, path, strict=True)]))
        said = collapsed(path)
        whole += probability * (said == labels)
        begins += probability * (said[: len(labels)] == labels)
    return whole, begins


def sequence(frames: CtcFrames, labels: tuple[int, ...]) -> Prefix:
    found = frames.nothing()
    for label in labels:
        found = frames.extended(found, label)
    return found


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(st.integers(1, 2), max_size=4).map(tuple),
)
def test_a_sequence_has_the_probability_of_all_its_alignments(
    weights: list[list[int]], labels: tuple[int, ...]
) -> None:
    frames = np.array(weights, float)
    frames /= frames.sum(axis=1, keepdims=True)
    found = sequence(CtcFrames(np.log(frames), BLANK), labels)
    whole, begins = in_all_paths(frames, labels)
    assert np.exp(found.whole) == pytest.approx(whole, abs=1e-9)
    assert np.exp(found.begins) == pytest.approx(begins, abs=1e-9)
    assert found.labels == labels


def test_what_is_longer_than_the_sound_cannot_be() -> None:
    frames = CtcFrames(np.log(np.full((2, 3), 1 / 3)), BLANK)
    assert sequence(frames, (1, 2, 1)).whole < -1e20


def test_the_likeliest_labels_bound_every_sequence() -> None:
    frames = CtcFrames(np.log(np.array([[0.1, 0.8, 0.1], [0.2, 0.2, 0.6]])), BLANK)
    assert frames.likeliest == pytest.approx(np.log(0.8) + np.log(0.6))
