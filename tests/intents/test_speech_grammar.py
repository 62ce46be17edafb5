"""What a recogniser is told to expect can be read, and means what is valid."""

import pytest

from assistant.states import VALID, State
from intents.model import OPEN_INTENTS, Intent
from intents.phrases.short import short_sentences_by_intent
from tests import loaded

pytestmark = pytest.mark.quality


def test_expected_sentences_are_valid_and_mean_what_they_are_listed_for() -> None:
    listed = short_sentences_by_intent()
    assert set(listed) == set(Intent) - {Intent.WAKE, Intent.SCREENING_OPEN} - OPEN_INTENTS
    for intent, texts in listed.items():
        # Alarms are looked for where red flags are valid.
        valid = {intent, Intent.RED_FLAG} if intent == Intent.SELF_HARM else {intent}
        wrong = [text for text in texts if loaded.coach().read(text, valid, threshold=1).intent != intent]
        assert not wrong, intent


@pytest.mark.parametrize("state", list(State))
def test_what_is_expected_is_valid(state: State) -> None:
    # What answers the question for warning signs is read strictly: "okay" is no answer to it.
    valid = VALID[state] - ({Intent.YES, Intent.NO} if state is State.SCREENING else set())
    sentences = loaded.coach().speech_grammar.sentences(valid)
    assert sentences
    assert len(set(sentences)) == len(sentences) <= 700
    assert not [text for text in sentences if loaded.coach().read(text, valid).intent is None]
