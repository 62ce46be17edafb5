"""What the hypotheses of one utterance become: several requests at once, alarms, and going on after a warning sign."""

import pytest

from assistant.listening.decision import Decision
from assistant.listening.unfinished.rest import rest_of
from assistant.operating_points import (
    ACCEPT_AT,
    ASLEEP_ALARM_AT,
    EXPECTED_ALARM_AT,
    OUTDOES_ALARM_AT,
    UNSURE_TEXT_BELOW,
)
from assistant.states import SIGN_ASKED, VALID, State, asked_of_danger
from audio.asr.recogniser import Transcript
from intents.model import Intent, Meant, Reading
from intents.phrases.short import short_sentences_by_intent
from tests import loaded

pytestmark = pytest.mark.unit

HOLDING = VALID[State.HOLDING]
ALARMS = (Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM)


def decided(
    free: str, expected: str | None, sure: float, valid: frozenset[Intent] = HOLDING, *, goes_on: bool = False
) -> Reading:
    """The reading of free text, heard well, and of a sentence of the closed grammar with this confidence."""
    return Decision(loaded.coach()).reading(Transcript(free, 0.8, expected, sure, 0.0), valid, goes_on=goes_on)


def meant(reading: Reading) -> list[str | None]:
    return [reading.intent, *(each.intent for each in reading.also)]


def test_free_text_that_holds_more_than_the_sentence_counts() -> None:
    assert meant(decided("Next, and slower.", "next", 0.9)) == ["Next", "SpeakSlower"]
    assert meant(decided("Louder and go on.", "go on", 0.9)) == ["Louder", "Resume"]


def test_free_text_that_begins_with_stop_stops_whatever_sentence_is_near() -> None:
    reading = decided("Stop and tell me about it.", "tell me about heat", 0.8)
    assert reading.intent == Intent.STOP
    assert reading.confidence > ACCEPT_AT
    assert decided("Please stop and ring my office.", "my back", 0.6).unread


def test_a_whole_sentence_that_begins_with_stop_is_itself() -> None:
    assert decided("Stop counting.", "stop counting", 0.9).intent == Intent.COUNT_SILENTLY


@pytest.mark.parametrize(("free", "expected"), [("Going none.", "go on"), ("No one.", "no"), ("I'm reading.", "ready")])
def test_after_a_sign_nothing_goes_on_upon_a_piece_of_a_sentence(free: str, expected: str) -> None:
    for valid in (SIGN_ASKED, VALID[State.EMERGENCY]):
        assert decided(free, expected, 0.95, valid).intent not in {Intent.RESUME, Intent.READY, Intent.NO}
    assert decided(free, expected, 0.95, goes_on=True).intent not in {Intent.RESUME, Intent.READY, Intent.NO}


def test_a_yes_that_only_one_hypothesis_has_ends_no_emergency() -> None:
    emergency = VALID[State.EMERGENCY] | {Intent.YES, Intent.NO}
    assert decided("I'm not okay.", "why not okay", 0.6, emergency).intent is None
    assert decided("Yes.", "yes", 0.95, emergency).intent == Intent.YES
    assert decided("I'm not okay.", "yes", 0.95, SIGN_ASKED | {Intent.YES}).intent == Intent.YES


def test_after_a_sign_a_whole_sure_sentence_goes_on() -> None:
    assert decided("Go on.", "go on", 0.95, SIGN_ASKED).intent == Intent.RESUME
    assert decided("False alarm.", "false alarm", 0.95, VALID[State.EMERGENCY]).intent == Intent.FALSE_ALARM


def test_which_states_ask_for_a_whole_sentence() -> None:
    assert all(asked_of_danger(VALID[state]) for state in (State.SCREENING, State.EMERGENCY))
    assert asked_of_danger(SIGN_ASKED)
    assert not any(asked_of_danger(VALID[state]) for state in (State.HOLDING, State.IDLE, State.PAUSED))
    assert not asked_of_danger(None)


@pytest.mark.parametrize("state", [state for state in State if Intent.RED_FLAG in VALID[state]])
@pytest.mark.parametrize("intent", ALARMS)
def test_each_brief_sentence_of_danger_is_read_as_an_alarm_in_every_state(intent: Intent, state: State) -> None:
    read = loaded.coach().read
    sentences = short_sentences_by_intent()[intent]
    assert [text for text in sentences if read(text, VALID[state]).intent not in ALARMS] == []


def test_a_brief_alarm_of_the_closed_grammar_must_be_sure() -> None:
    assert decided("Just rain.", "chest pain", EXPECTED_ALARM_AT + 0.05).intent == Intent.RED_FLAG
    assert decided("Just rain.", "chest pain", EXPECTED_ALARM_AT - 0.05).intent is None
    assert decided("I can't.", "i can not breathe", 0.95).intent is None, "free text is only its beginning"


def test_asleep_it_must_be_surer() -> None:
    asleep = VALID[State.ASLEEP]
    assert decided("Just rain.", "chest pain", ASLEEP_ALARM_AT + 0.05, asleep).intent == Intent.RED_FLAG
    assert decided("Just rain.", "chest pain", ASLEEP_ALARM_AT - 0.05, asleep).intent is None


def test_the_rest_of_an_utterance_that_has_acted() -> None:
    slower = Meant(Intent.SPEAK_SLOWER)
    whole = Reading("stop and slower", Intent.STOP, also=(slower,), confidence=0.9)
    rest = rest_of(whole, Intent.STOP)
    assert rest is not None
    assert (rest.intent, rest.also) == (Intent.SPEAK_SLOWER, ())
    cannot = rest_of(Reading("stop, call my wife", Intent.STOP, confidence=0.9, unread="call my wife"), Intent.STOP)
    assert cannot is not None
    assert (cannot.intent, cannot.text, cannot.asks) == (None, "call my wife", True)
    assert rest_of(Reading("stop stop", Intent.STOP, confidence=0.9), Intent.STOP) is None
    corrected = Reading("pause, no, go on", Intent.RESUME, confidence=0.9)
    assert rest_of(corrected, Intent.PAUSE) is corrected
    assert rest_of(Reading("next one", Intent.NEXT, confidence=0.9), Intent.PAUSE) is None


def test_an_alarm_in_unsure_free_text_is_outdone_by_a_sure_command() -> None:
    unsure = Transcript("I have chest pain.", UNSURE_TEXT_BELOW - 0.1, "microphone off", OUTDOES_ALARM_AT + 0.05, 0.0)
    surer = Transcript("I have chest pain.", UNSURE_TEXT_BELOW + 0.1, "microphone off", OUTDOES_ALARM_AT + 0.05, 0.0)
    assert Decision(loaded.coach()).reading(unsure, HOLDING).intent == Intent.MUTE
    assert Decision(loaded.coach()).reading(surer, HOLDING).intent == Intent.RED_FLAG
