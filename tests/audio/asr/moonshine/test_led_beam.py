"""The beam search that a language model leads, on made-up probabilities."""

from collections.abc import Sequence

import numpy as np
import pytest

from audio.asr.grammar import Candidate
from audio.asr.moonshine.language_model import VOCABULARY
from audio.asr.moonshine.led_beam import LED_TEXTS, LedBeam, WordScorer, pooled
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer
from audio.asr.recogniser import Hypothesis
from audio.samples import Floats

pytestmark = pytest.mark.unit


class Silent:
    """A scorer that adds nothing."""

    def score_of_beginning(self, words: Sequence[str]) -> float:  # noqa: ARG002 - the words don't matter
        return 0.0

    def score_of_whole(self, words: Sequence[str]) -> float:  # noqa: ARG002
        return 0.0


class Expected:
    """A language model that expects some tokens anywhere, and no others."""

    def __init__(self, *tokens: int) -> None:
        self._tokens = list(tokens)

    def next_tokens(self, texts: Sequence[Sequence[int]]) -> Floats:
        likely = np.full((len(texts), VOCABULARY), -12.0, np.float32)
        likely[:, [*self._tokens, END_TOKEN]] = -1.0
        return likely


SILENT = Silent()
"""A scorer that adds nothing."""


def written(
    tokenizer: Tokenizer, expected: Expected, heard: Sequence[dict[str, float]], scorer: WordScorer = SILENT
) -> list[tuple[str, float]]:
    """The n-best list where each word is heard with this log-probability; each text with its share."""
    beam = LedBeam(expected, scorer, tokenizer, longest=len(heard) + 2)
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
    return [(hypothesis.text, hypothesis.share) for hypothesis, _ in beam.hypotheses()]


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


def n_best(**shares: float) -> list[tuple[Hypothesis, Candidate]]:
    """An n-best list of one-word texts with these shares."""
    return [(Hypothesis(text, share, -1.0), Candidate(text, -2.0, -9.0, 2, 0.5)) for text, share in shares.items()]


def test_of_two_paces_each_has_an_equal_say_and_what_both_hear_counts_most() -> None:
    found = pooled([n_best(farm=0.6, arm=0.4), n_best(arm=0.7, harm=0.3)])
    assert [each.text for each, _ in found] == ["arm", "farm", "harm"]
    assert [each.share for each, _ in found] == pytest.approx([0.55, 0.3, 0.15])


def test_one_pace_alone_is_pooled_into_itself_and_none_into_nothing() -> None:
    alone = n_best(arm=0.8, farm=0.2)
    assert pooled([alone]) == alone
    assert pooled([]) == []


class Listener:
    """A scorer that hears some words and no others."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def score_of_beginning(self, words: Sequence[str]) -> float:
        return -4.0 * sum(word not in self._words for word in words)

    def score_of_whole(self, words: Sequence[str]) -> float:
        return self.score_of_beginning(words)


def test_a_second_acoustic_model_decides_between_words_that_are_about_as_likely(tokenizer: Tokenizer) -> None:
    model = Expected(*(tokenizer.word(word)[0] for word in ("my", "arm", "farm")))
    heard = [{"my": -0.1}, {"arm": -1.2, "farm": -0.8}]
    assert written(tokenizer, model, heard)[0][0] == "my farm"
    assert written(tokenizer, model, heard, Listener("my", "arm"))[0][0] == "my arm"
