"""The n-grams that a language model is made of: what was said is likelier, and nothing is impossible."""

from collections.abc import Sequence

import numpy as np
import pytest

from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.moonshine.language_model import VOCABULARY, LanguageModel, NGrams, ngrams_of
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer
from benchmarks.training.language_model import counted, estimated

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return MoonshineRecogniser().tokenizer


def ngrams(*phrases: str, tokenizer: Tokenizer) -> NGrams:
    return ngrams_of(estimated(counted([(phrase, 1.0) for phrase in phrases], tokenizer)))


def tokens(text: str, tokenizer: Tokenizer) -> list[int]:
    return [token for word in text.split() for token in tokenizer.word(word)]


def score(model: LanguageModel, text: str, tokenizer: Tokenizer) -> float:
    """Log-probability of a text, END included."""
    said: Sequence[int] = [*tokens(text, tokenizer), END_TOKEN]
    return float(sum(model.next_tokens([said[:at]])[0, token] for at, token in enumerate(said)))


def test_what_was_said_is_likelier_than_what_was_not_and_nothing_is_impossible(tokenizer: Tokenizer) -> None:
    model = LanguageModel(ngrams("my arm has gone numb", "my leg has gone cold", tokenizer=tokenizer), tokenizer)
    said, crossed = (score(model, text, tokenizer) for text in ("my arm has gone numb", "my arm has gone cold"))
    reversed_, unknown = (score(model, text, tokenizer) for text in ("numb gone has arm my", "my spoon has gone numb"))
    assert said >= crossed > unknown > -np.inf
    assert crossed > reversed_ > -np.inf


def test_probabilities_are_those_of_a_distribution(tokenizer: Tokenizer) -> None:
    model = LanguageModel(ngrams("my arm has gone numb", "my leg", tokenizer=tokenizer), tokenizer)
    texts = [tokens(text, tokenizer) for text in ("my", "my arm has", "your dog")]
    marks = [tokenizer.mark(mark) for mark in ",-.?!"]
    likely = np.exp(np.delete(model.next_tokens(texts), marks, axis=1))
    assert likely.shape == (3, VOCABULARY - len(marks))
    assert likely.sum(axis=1) == pytest.approx(np.ones(3), abs=0.05)
