"""Several looks at one utterance are taken together."""

import pytest

from audio.hearing.grammar import Candidate
from audio.hearing.views import agreed

pytestmark = pytest.mark.unit


def look(**log_probabilities: float) -> list[Candidate]:
    """What was found in one look; words of the same length are of the same kind."""
    return [candidate(text, value) for text, value in log_probabilities.items()]


def candidate(text: str, log_probability: float, prior: float = 0.0, handicap: float = 0.0) -> Candidate:
    return Candidate(text, log_probability, prior, 2, 0.0, len(text), handicap)


def test_what_comes_second_in_every_look_beats_what_each_finds_first() -> None:
    looks = [look(ten=-2.0, seven=-2.4), look(help=-2.0, seven=-2.4), look(no=-2.0, seven=-2.4)]
    assert agreed(looks, share=0.3) == len("seven")


def test_one_look_that_hears_it_well_outweighs_others_that_have_not_found_it() -> None:
    assert agreed([look(near=-6.0), look(zeros=-1.0), look(yeah=-6.0, your=-6.5)], share=0.3) == len("zeros")


def test_what_is_unusual_or_likely_in_silence_has_to_make_up_for_it() -> None:
    looks = [candidate("sex", -2.5, -8.0, handicap=4.0), candidate("okay", -2.5, -2.0), candidate("seven", -3.0, -8.0)]
    assert agreed([looks], share=0.3) == len("seven")


def test_sentences_that_mean_the_same_count_together() -> None:
    looks = [look(pardon=-2.4, pause=-2.9), look(begin=-2.7, pardon=-9.0)]
    assert agreed(looks, share=0.3) == len("pause") == len("begin")


def test_nothing_found_is_nothing_agreed() -> None:
    assert agreed([[], []], share=0.3) is None
