"""Several looks at one utterance are taken together."""

from audio.hearing.grammar import Candidate
from audio.hearing.views import agreed


def look(**log_probabilities: float) -> list[Candidate]:
    return [Candidate(text, value, prior=0.0, tokens=2, gap=0.0) for text, value in log_probabilities.items()]


def test_what_comes_second_in_every_look_beats_what_each_finds_first() -> None:
    looks = [look(ten=-2.0, seven=-2.4), look(end=-2.0, seven=-2.4), look(help=-2.0, seven=-2.4)]
    assert agreed(looks, share=0.3) == "seven"


def test_one_look_that_hears_it_well_outweighs_others_that_have_not_found_it() -> None:
    assert agreed([look(mere=-6.0), look(zero=-1.0), look(yeah=-6.0, your=-6.5)], share=0.3) == "zero"


def test_what_is_unusual_or_likely_in_silence_has_to_make_up_for_it() -> None:
    usual, unusual = Candidate("six", -3.0, -8.0, 2, 0.0), Candidate("sex", -2.5, -8.0, 2, 0.0, handicap=4.0)
    cheap = Candidate("yes", -2.5, -2.0, 2, 0.0)
    assert agreed([[unusual, cheap, usual]], share=0.3) == "six"


def test_nothing_found_is_nothing_agreed() -> None:
    assert agreed([[], []], share=0.3) is None
