"""The sentence encoder: small, the same each time, and near for what means nearly the same."""

import hashlib
from itertools import product

import numpy as np
import pytest

from intents.encoder.head import HEAD_FILE
from intents.encoder.sentence_encoder import (
    ENCODED_WIDTH,
    ENCODER_FILE,
    MEANING_WIDTH,
    PIECE_WIDTH,
    SentenceEncoder,
    Vector,
)
from intents.encoder.wordpiece import VOCABULARY_FILE

pytestmark = pytest.mark.unit

ENCODER_SHA256 = "c5532211171e063fcd10eea0aa442e6da11bd6b831d6d72b8f4bff94706eb499"
"""What the wheel and the vocabulary make; `python -m benchmarks.training.encoder WHEEL --check` makes it again."""
MOST_BYTES = 15_000_000
"""Of the encoder: its network and its word pieces."""
MOST_BYTES_OF_HEAD = 1_500_000
"""Of the classifier over it."""

ALIKE = (
    ("my upper back hurts", "there is pain between my shoulder blades"),
    ("how long should i use a heat pack", "for how many minutes do i leave the hot water bottle on"),
    ("please stop now", "i want to end this"),
    ("can you speak more slowly", "you talk too fast for me"),
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


def meaning(vector: Vector) -> Vector:
    return vector[:MEANING_WIDTH]


def test_each_half_of_a_vector_has_length_one(encoder: SentenceEncoder) -> None:
    for text in ("stop", "", "猫", "stop " * 500, *ALIKE[0]):
        vector = encoder.encode(text.split()).text
        assert vector.shape == (ENCODED_WIDTH,)
        assert np.linalg.norm(vector[:MEANING_WIDTH]) == pytest.approx(1, abs=1e-4)
        assert np.linalg.norm(vector[MEANING_WIDTH:]) == pytest.approx(1, abs=1e-4)


def test_the_same_text_has_the_same_vector(encoder: SentenceEncoder) -> None:
    words = ALIKE[1][0].split()
    first, second = encoder.encode(words), SentenceEncoder.load().encode(words)
    assert np.array_equal(first.text, second.text)
    assert np.array_equal(first.pieces, second.pieces)


def test_each_half_of_a_text_is_the_mean_of_its_pieces(encoder: SentenceEncoder) -> None:
    encoded = encoder.encode(ALIKE[1][0].split())
    assert encoded.pieces.shape == (2 + len(ALIKE[1][0].split()), PIECE_WIDTH)
    for half in (slice(MEANING_WIDTH), slice(MEANING_WIDTH, None)):
        mean = encoded.pieces[:, half].mean(axis=0)
        assert encoded.text[half] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    vectors = [[meaning(encoder.encode(text.split()).text) for text in pair] for pair in ALIKE]
    for (at, pair), (other, strangers) in product(enumerate(vectors), repeat=2):
        if at != other:
            assert pair[0] @ pair[1] > max(pair[0] @ stranger for stranger in strangers)


def test_a_vector_cannot_be_changed_for_those_who_ask_next(encoder: SentenceEncoder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        encoder.encode(["stop"]).text[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        encoder.encode(["stop"]).pieces[0] = 0


def test_it_is_the_network_that_the_script_makes() -> None:
    assert hashlib.sha256(ENCODER_FILE.read_bytes()).hexdigest() == ENCODER_SHA256


def test_its_files_are_small() -> None:
    encoder = [ENCODER_FILE, VOCABULARY_FILE]
    assert sum(path.stat().st_size for path in encoder) <= MOST_BYTES
    assert sorted(path for path in ENCODER_FILE.parent.iterdir() if path not in encoder) == [HEAD_FILE]
    assert HEAD_FILE.stat().st_size <= MOST_BYTES_OF_HEAD
