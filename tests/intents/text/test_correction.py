"""Slips of spelling are corrected; a word that exists stays what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.states import VALID, State
from intents.model import Intent
from intents.text.correction import Correction
from tests import loaded

pytestmark = pytest.mark.unit

VOCABULARY = frozenset("pause resume next previous shoulder rolls chest stop quick gentle louder slower".split())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pasue", "pause"),
        ("puase", "pause"),
        ("rseume", "resume"),
        ("nxet", "next"),
        ("sholder rols", "shoulder rolls"),
        ("previuos", "previous"),
        ("gentel quik", "gentle quick"),
    ],
)
def test_a_slip_is_corrected(said: str, meant: str) -> None:
    assert Correction(VOCABULARY).corrected(said.split()) == meant.split()


@pytest.mark.parametrize("said", ["chase", "shop", "test", "rules", "chess", "pauses", "zzzzz", "sto"])
def test_a_word_that_exists_or_is_like_none_stays(said: str) -> None:
    assert Correction(VOCABULARY).corrected([said]) is None


@given(st.lists(st.sampled_from(sorted(VOCABULARY)), min_size=1, max_size=5))
def test_what_is_spelled_right_is_not_corrected(words: list[str]) -> None:
    assert Correction(VOCABULARY).corrected(words) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("puase", Intent.PAUSE),
        ("contineu", Intent.RESUME),
        ("repaet that slwoly", Intent.REPEAT_SLOWER),
        ("how mnay are left", Intent.HOW_MANY),
        ("paws", Intent.PAUSE),
        ("chase", None),
        ("clauses", None),
        ("stock", None),
    ],
)
def test_the_reader_corrects_slips_alone(text: str, intent: Intent | None) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent == intent
