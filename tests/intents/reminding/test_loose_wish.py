"""Requests for reminders in words that no table has are understood; tales, questions and denials set nothing."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from intents.reminding.loose_wish import read_loosely
from intents.text.normalize import words_of
from tests import loaded

pytestmark = pytest.mark.unit

VALID_NOW = {Intent.REMIND}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("gie me a wee reminder in half an hour tae stand up", {"in": "1800", "text": "stand up"}),
        ("hey can y'all remind me tomorrow mornin' at eight", {"day": "1", "part": "morning", "at": "08:00"}),
        ("give me a bit of a prod every hour to move about", {"every": "3600", "text": "move about"}),
        ("be a love and remind us in ten minutes, duck", {"in": "600"}),
    ],
)
def test_a_wish_for_a_reminder_is_understood_in_other_words(text: str, slots: dict[str, str]) -> None:
    read = loaded.coach().read(text, VALID[State.IDLE])
    assert (read.intent, dict(read.slots)) == (Intent.REMIND, slots)


@pytest.mark.parametrize(
    "text",
    [
        "she keeps having to remind me at nine",
        "that reminds me i need milk",
        "did you remind me at ten",
        "do not remind me in an hour",
        "he gave me a nudge at school",
        "i had a reminder from the dentist",
        "what did you remind me of yesterday",
    ],
)
def test_a_tale_a_question_and_a_denial_set_nothing(text: str) -> None:
    assert read_loosely(words_of(text), VALID_NOW) is None


@pytest.mark.parametrize("text", ["afternoon, pet", "in the afternoon, pet"])
def test_an_answer_may_have_words_of_no_table(text: str) -> None:
    read = loaded.coach().read(text, {*VALID[State.IDLE], Intent.WHEN})
    assert (read.intent, dict(read.slots)) == (Intent.WHEN, {"part": "afternoon"})


@pytest.mark.parametrize(
    "text",
    [
        "can you get me a table for three at captain d's at two pm",
        "let me know the status of my flight",
        "tell me all of the things on my to do list for tomorrow",
        "tell me the weather tomorrow",
        "wake me up at half past six",
    ],
)
def test_what_others_are_asked_for_at_a_time_is_no_reminder(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.IDLE]).intent is None
