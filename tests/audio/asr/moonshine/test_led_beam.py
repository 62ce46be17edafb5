"""The beam search that a language model leads, on made-up probabilities."""

from collections.abc import Sequence

import numpy as np
import pytest

from audio.asr.moonshine.language_model import VOCABULARY
from audio.asr.moonshine.led_beam import LED_TEXTS, LedBeam
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer
from audio.samples import Floats

pytestmark = pytest.mark.unit


class Expected:
    """A language model that expects some tokens anywhere, and no others."""

    def __init__(self, *tokens: int) -> None:
        self._tokens = list(tokens)

    def next_tokens(self, texts: Sequence[Sequence[int]]) -> Floats:
        likely = np.full((len(texts), VOCABULARY), -12.0, np.float32)
        likely[:, [*self._tokens, END_TOKEN]] = -1.0
        return likely


def written(tokenizer: Tokenizer, expected: Expected, heard: Sequence[dict[str, float]]) -> list[tuple[str, float]]:
    """The n-best list where each word is heard with this log-probability; each text with its share."""
    beam = LedBeam(expected, longest=len(heard) + 2)
    rows, at = [(0, 0)], 0
    while rows:
        following = np.full((len(rows), VOCABULARY), -20.0, np.float32)
        if at < len(heard):
            for word, log_probability in heard[at].items():
                following[:, tokenizer.word(word)[0]] = log_probability
        else:
            following[:, END_TOKEN] = -0.01
        rows = beam.advance(following, np.full_like(following, -8.0))
        at += 1
    return [(hypothesis.text, hypothesis.share) for hypothesis, _ in beam.hypotheses(tokenizer)]


@pytest.mark.parametrize(("expected", "first"), [("arm", "my arm"), ("farm", "my farm")])
def test_what_is_said_here_wins_over_what_sounds_a_little_likelier(
    tokenizer: Tokenizer, expected: str, first: str
) -> None:
    model = Expected(*(tokenizer.word(word)[0] for word in ("my", expected)))
    found = written(tokenizer, model, [{"my": -0.1}, {"arm": -1.2, "farm": -0.8}])
    assert found[0][0] == first
    assert {text for text, _ in found} >= {"my arm", "my farm"}, "the other is in the list as well"


def test_what_was_heard_clearly_is_kept_though_nobody_says_it_here(tokenizer: Tokenizer) -> None:
    model = Expected(*(tokenizer.word(word)[0] for word in ("my", "arm")))
    assert written(tokenizer, model, [{"my": -0.1}, {"arm": -9.0, "farm": -0.01}])[0][0] == "my farm"


def test_shares_add_up_to_one_and_the_list_is_short(tokenizer: Tokenizer) -> None:
    words = ("arm", "farm", "art", "army", "car", "card", "dark", "park", "part", "hard", "yard", "bark")
    found = written(tokenizer, Expected(), [{"my": -0.1}, dict.fromkeys(words, -2.5)])
    assert len(found) == LED_TEXTS
    assert sum(share for _, share in found) == pytest.approx(1.0)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)
