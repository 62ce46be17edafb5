"""Confidence in an expected sentence: it falls with whatever speaks against that sentence."""

import pytest

from audio.asr.confidence import Evidence, PhonemeEvidence, strict_confidence
from audio.asr.grammar import Candidate

pytestmark = pytest.mark.unit


def evidence(**changed: float) -> Evidence:
    """For a short sentence that was heard well."""
    signs = {"log_probability": -1.0, "prior": -12.0, "gap": 0.5, "free": -1.0, "seconds": 1.2, **changed}
    candidate = Candidate("start again", signs["log_probability"], signs["prior"], 4, signs["gap"])
    return Evidence("brief", candidate, 5.0, signs["free"], 4, signs["seconds"])


def test_confidence_falls_with_what_speaks_against_it() -> None:
    sure = evidence().confidence
    less = {
        "unlikely": evidence(log_probability=-6.0, free=-6.0).confidence,
        "rivalled by free text": evidence(free=1.0, log_probability=-4.0).confidence,
        "likely in silence": evidence(prior=-2.0).confidence,
        "longer than its words": evidence(seconds=4.0).confidence,
    }
    assert 0.8 < sure < 1
    assert all(0 < each < sure for each in less.values()), less


def test_what_acts_before_it_is_complete_may_not_be_outdone_by_other_words() -> None:
    sentence = Candidate("stop", -4.0, -12.0, 3, 1.0)
    assert strict_confidence(sentence, free=-4.0) > 0.8
    assert strict_confidence(sentence, free=-1.0) < 0.5


@pytest.mark.parametrize(
    ("believed", "shortfall", "rivalry", "accepted"),
    [
        (0.35, -1.0, 0.0, True),  # the phonemes bear out what the first network doubts
        (0.7, -4.0, -20.0, False),  # they contradict what it believes
        (0.95, -2.5, -5.0, True),
        (0.05, -0.5, 0.0, False),
    ],
)
def test_phonemes_bear_a_sentence_out_or_contradict_it(
    believed: float, shortfall: float, rivalry: float, accepted: bool
) -> None:
    assert (PhonemeEvidence(believed, shortfall, rivalry).confidence >= 0.5) is accepted


def test_the_confidence_with_phonemes_stays_a_probability_at_its_bounds() -> None:
    assert 0 < PhonemeEvidence(0.0, -1e30, -1e30).confidence < PhonemeEvidence(1.0, 0.0, 1e30).confidence < 1
