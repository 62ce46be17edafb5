"""The sentence encoder: small, the same each time, and near for what means nearly the same."""

import hashlib
from itertools import product

import numpy as np
import pytest

from benchmarks.rig.places import ROOT
from intents.encoder.sentence_encoder import ENCODED_WIDTH, ENCODER_FILE, MEANING_WIDTH, SentenceEncoder, Vector

pytestmark = pytest.mark.unit

ENCODER_SHA256 = "6a9ae85bf38a8fb0a21e253e6907aaa0feb230b74fdb7a07d42d41fb14c3ee78"
"""What the wheel and the vocabulary make; `python -m benchmarks.training.encoder WHEEL --check` makes it again."""
MOST_BYTES = 15_000_000
"""Of all files of the encoder."""

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
        vector = encoder.encode(text.split())
        assert vector.shape == (ENCODED_WIDTH,)
        assert np.linalg.norm(vector[:MEANING_WIDTH]) == pytest.approx(1, abs=1e-4)
        assert np.linalg.norm(vector[MEANING_WIDTH:]) == pytest.approx(1, abs=1e-4)


def test_the_same_text_has_the_same_vector(encoder: SentenceEncoder) -> None:
    words = ALIKE[1][0].split()
    assert np.array_equal(encoder.encode(words), SentenceEncoder.load().encode(words))


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    vectors = [[meaning(encoder.encode(text.split())) for text in pair] for pair in ALIKE]
    for (at, pair), (other, strangers) in product(enumerate(vectors), repeat=2):
        if at != other:
            assert pair[0] @ pair[1] > max(pair[0] @ stranger for stranger in strangers)


def test_a_vector_cannot_be_changed_for_those_who_ask_next(encoder: SentenceEncoder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        encoder.encode(["stop"])[0] = 0


def test_it_is_the_network_that_the_script_makes() -> None:
    assert hashlib.sha256(ENCODER_FILE.read_bytes()).hexdigest() == ENCODER_SHA256


def test_all_its_files_are_small() -> None:
    folder = ROOT / "intents" / "en" / "encoder"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
