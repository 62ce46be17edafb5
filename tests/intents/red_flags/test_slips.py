"""Slips of letters hide no danger, and make none of what is harmless."""

import pytest

from intents.red_flags.alarm import find_alarm
from intents.red_flags.slips import without_slips

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("my lips are sweling up", "allergy"),
        ("my tounge is swolen", "allergy"),
        ("ches pain", "chest"),
        ("tightnes in my chest", "chest"),
        ("i cant breth", "chest"),
        ("my mouth has drooped and my speach is slured", "stroke"),
        ("im dizy", "stretch_warning"),
        ("numbnes in my hand", "stretch_warning"),
    ],
)
def test_danger_is_found_despite_slips(typed: str, flag: str) -> None:
    alarm = find_alarm(typed)
    assert alarm is not None
    assert alarm.slots["flag"] == flag


@pytest.mark.parametrize(
    "text",
    [
        "I've cricked my neck",
        "Rhys and Siobhan came round",
        "there's lasagne in the oven",
        "the wifi's down again",
        "my neck is stif",
    ],
)
def test_other_words_that_nobody_knows_raise_none(text: str) -> None:
    assert find_alarm(text) is None


def test_words_that_exist_are_never_changed() -> None:
    assert list(without_slips("a chess game with my best man")) == []


def test_the_likeliest_word_comes_first() -> None:
    assert next(without_slips("a sweling")) == "a swelling"
