"""Short sentences misheard or mistyped: what does not exist is taken for what is like it, words are not."""

import pytest

from intents.phrases.nearest import NearestSentence, sound_of

pytestmark = pytest.mark.unit

SENTENCES = [("pause",), ("next",), ("chest",), ("go", "on"), ("stop", "it"), ("resume",), ("wait",), ("what", "next")]
NEAR_ENOUGH = 0.8


def nearest(text: str) -> str | None:
    found = NearestSentence(SENTENCES).find(text.split())
    return " ".join(found[0][0]) if found and found[0][1] >= NEAR_ENOUGH else None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("paws", "pause"),
        ("nekst", "next"),
        ("go one", "go on"),
        ("stopp it", "stop it"),
        ("rezoom", "resume"),
    ],
)
def test_what_sounds_alike_or_does_not_exist_is_found(text: str, sentence: str) -> None:
    assert nearest(text) == sentence


@pytest.mark.parametrize(
    "text", ["chase", "text", "waist", "step it", "get on", "weight", "what text", "pass", "cheat"]
)
def test_a_word_that_exists_is_not_taken_for_another(text: str) -> None:
    assert nearest(text) is None


def test_a_longer_text_is_not_compared() -> None:
    assert nearest("stop it right now") is None


def test_sounds() -> None:
    assert sound_of("paws") == sound_of("pause")
    assert sound_of("chase") != sound_of("chest")
