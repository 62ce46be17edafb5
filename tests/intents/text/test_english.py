"""Words that exist, and words that do not."""

import pytest

from intents.text.english import exists

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "word", ["chase", "chest", "cheat", "pause", "weight", "stretches", "walked", "a", "i", "numb"]
)
def test_words_that_exist(word: str) -> None:
    assert exists(word)


@pytest.mark.parametrize("word", ["nekst", "rezoom", "stopp", "repeet", "shtep", "b", ""])
def test_words_that_do_not(word: str) -> None:
    assert not exists(word)
