"""N-best voting: several recognition passes over one utterance decide together."""

import pytest

from audio.asr.grammar import Candidate
from audio.asr.moonshine.voting import vote

pytestmark = pytest.mark.unit


def one_pass(**log_probabilities: float) -> list[Candidate]:
    """The n-best list of one pass; words of the same length have the same intents."""
    return [candidate(text, value) for text, value in log_probabilities.items()]


def candidate(text: str, log_probability: float, internal_lm_score: float = 0.0, penalty: float = 0.0) -> Candidate:
    return Candidate(text, log_probability, internal_lm_score, 2, 0.0, len(text), penalty)


def test_what_comes_second_in_every_pass_beats_what_each_finds_first() -> None:
    passes = [one_pass(ten=-2.0, seven=-2.4), one_pass(help=-2.0, seven=-2.4), one_pass(no=-2.0, seven=-2.4)]
    assert vote(passes, lm_weight=0.3) == len("seven")


def test_one_pass_with_a_high_score_outweighs_others_that_have_not_found_the_sentence() -> None:
    passes = [one_pass(near=-6.0), one_pass(zeros=-1.0), one_pass(yeah=-6.0, your=-6.5)]
    assert vote(passes, lm_weight=0.3) == len("zeros")


def test_what_is_unusual_or_likely_in_silence_has_to_make_up_for_it() -> None:
    candidates = [
        candidate("sex", -2.5, -8.0, penalty=4.0),
        candidate("okay", -2.5, -2.0),
        candidate("seven", -3.0, -8.0),
    ]
    assert vote([candidates], lm_weight=0.3) == len("seven")


def test_sentences_that_mean_the_same_count_together() -> None:
    passes = [one_pass(pardon=-2.4, pause=-2.9), one_pass(begin=-2.7, pardon=-9.0)]
    assert vote(passes, lm_weight=0.3) == len("pause") == len("begin")


def test_without_candidates_nothing_is_chosen() -> None:
    assert vote([[], []], lm_weight=0.3) is None
