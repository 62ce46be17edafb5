"""The language model of what is said to a coach: which tokens it expects, and what it makes of unknown words."""

from collections.abc import Sequence

import numpy as np
import pytest

from audio.asr.moonshine.language_model import LanguageModel, built_in_ngrams
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer

pytestmark = pytest.mark.unit


def tokens(text: str, tokenizer: Tokenizer) -> list[int]:
    return [token for word in text.split() for token in tokenizer.word(word)]


def score(model: LanguageModel, text: str, tokenizer: Tokenizer) -> float:
    """Log-probability of a text, END included."""
    said: Sequence[int] = [*tokens(text, tokenizer), END_TOKEN]
    return float(sum(model.next_tokens([said[:at]])[0, token] for at, token in enumerate(said)))


def test_punctuation_changes_nothing_but_where_a_sentence_begins(tokenizer: Tokenizer) -> None:
    model = LanguageModel(built_in_ngrams(), tokenizer)
    arm, comma, stop = tokens("my arm", tokenizer), tokenizer.mark(","), tokenizer.mark(".")
    plain, paused, begun, started = model.next_tokens([arm, [*arm, comma], [*arm, stop], []])
    assert np.array_equal(plain, paused)
    # Before the first word alone no punctuation is expected.
    marks = [tokenizer.mark(mark) for mark in ",-.?!"]
    assert np.array_equal(np.delete(begun, marks), np.delete(started, marks))


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("they had me in hospital with sepsis", "they had me in hospital with sexist"),
        ("i cannot breathe well", "i cannot bring well"),
        ("mute yourself please", "new to yourself please"),
        ("make this hold sixty seconds long", "make this goal sixty seconds long"),
    ],
)
def test_the_built_in_model_prefers_what_is_said_here(said: str, alike: str, tokenizer: Tokenizer) -> None:
    model = LanguageModel(built_in_ngrams(), tokenizer)
    assert score(model, said, tokenizer) > score(model, alike, tokenizer)
