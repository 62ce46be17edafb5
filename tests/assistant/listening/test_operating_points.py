"""Orderings between the operating points: whoever calibrates one of them anew must keep all of these."""

import pytest

from assistant.listening.background_speech import BACKGROUND_SAMPLES
from assistant.listening.unfinished.speculation import SPECULATION_AT
from assistant.operating_points import (
    ACCEPT_AMID_AT,
    ACCEPT_AT,
    ACCEPT_AT_FOR,
    ACCEPT_SAFETY_AMID_AT,
    BARGE_IN_ACTS_AT,
    BARGE_IN_SAMPLES,
    BARGE_IN_SUSPECTED_AT,
    CONFIRM_AT,
    DISPUTE_WEIGHT,
    EXACT_TEXT_AT,
    GARBLED_WORDS,
    NEVER_CONFIRMED,
    SAFETY_INTENTS,
    SCREENING_NO_AT,
    SHORT_WORDS,
    SPECULATE_AFTER,
    UNSHARED_GUESS,
    UNSHARED_NO,
)
from audio.vad.endpoint import FIRST_CANDIDATE_CHUNKS, LAST_CANDIDATE_CHUNKS
from audio.vad.utterance import CHUNK
from intents.model import Intent

pytestmark = pytest.mark.unit


def test_a_no_without_a_second_witness_never_lets_a_stretch_begin() -> None:
    assert UNSHARED_NO < SCREENING_NO_AT


def test_a_no_without_a_second_witness_still_declines_an_offer() -> None:
    assert ACCEPT_AT_FOR[Intent.NO] <= UNSHARED_NO


def test_the_screening_question_asks_more_of_a_no_than_any_other_question() -> None:
    assert ACCEPT_AT_FOR[Intent.NO] < SCREENING_NO_AT


@pytest.mark.parametrize("intent", sorted(SAFETY_INTENTS))
def test_safety_intents_are_accepted_before_any_other(intent: Intent) -> None:
    others = [ACCEPT_AT, *(at for other, at in ACCEPT_AT_FOR.items() if other not in SAFETY_INTENTS)]
    assert ACCEPT_AT_FOR[intent] < min(others), "to miss one is worse than a false accept"


@pytest.mark.parametrize("intent", sorted(SAFETY_INTENTS))
def test_limber_acts_on_a_safety_intent_where_it_would_ask_about_another(intent: Intent) -> None:
    assert ACCEPT_AT_FOR[intent] < CONFIRM_AT


@pytest.mark.parametrize("intent", sorted(frozenset(Intent) - SAFETY_INTENTS - NEVER_CONFIRMED))
def test_confirmation_is_asked_below_acceptance(intent: Intent) -> None:
    assert ACCEPT_AT_FOR.get(intent, ACCEPT_AT) > CONFIRM_AT, "else nothing is ever confirmed"


def test_go_on_and_no_need_more_than_other_commands() -> None:
    assert min(ACCEPT_AT_FOR[Intent.NO], ACCEPT_AT_FOR[Intent.RESUME]) > ACCEPT_AT, "both can begin a stretch"


def test_background_speech_raises_every_threshold() -> None:
    assert max(ACCEPT_AT, SCREENING_NO_AT, *ACCEPT_AT_FOR.values()) < ACCEPT_AMID_AT < 1
    assert max(ACCEPT_AT_FOR[intent] for intent in SAFETY_INTENTS) < ACCEPT_SAFETY_AMID_AT


def test_safety_intents_are_accepted_before_any_other_amid_background_speech_too() -> None:
    assert ACCEPT_SAFETY_AMID_AT < ACCEPT_AMID_AT


def test_a_certain_dispute_of_a_certain_command_makes_a_question_of_it() -> None:
    assert CONFIRM_AT <= 1 - DISPUTE_WEIGHT <= ACCEPT_AT, "neither acted on nor dropped"


def test_a_certain_guess_counts_even_where_nothing_else_shares_it() -> None:
    assert max(ACCEPT_AT, *ACCEPT_AT_FOR.values()) < UNSHARED_GUESS < 1


def test_a_sentence_of_the_templates_reaches_the_bound_for_exact_text() -> None:
    assert max(ACCEPT_AT, *ACCEPT_AT_FOR.values()) < EXACT_TEXT_AT <= 1, "such a sentence is read with confidence 1"


def test_garbled_text_is_not_short() -> None:
    assert SHORT_WORDS < GARBLED_WORDS


def test_limber_ducks_before_a_keyword_acts() -> None:
    assert BARGE_IN_SUSPECTED_AT < BARGE_IN_ACTS_AT < 1, "a suspicion that is wrong costs less than a command"


def test_a_keyword_that_acts_would_be_accepted_amid_background_speech() -> None:
    assert BARGE_IN_ACTS_AT >= ACCEPT_SAFETY_AMID_AT, "the spotter must not be an easier way in than the recogniser"


def test_a_lone_keyword_is_no_background_speech() -> None:
    assert BARGE_IN_SAMPLES < BACKGROUND_SAMPLES


def test_a_speculation_is_surer_than_a_reading_that_is_accepted() -> None:
    assert max(ACCEPT_AT, *ACCEPT_AT_FOR.values()) < SPECULATION_AT < 1, (
        "an endpoint that comes too soon cuts words off"
    )


def test_some_endpoint_candidate_of_a_gap_is_read_speculatively() -> None:
    assert FIRST_CANDIDATE_CHUNKS * CHUNK < SPECULATE_AFTER <= LAST_CANDIDATE_CHUNKS * CHUNK
