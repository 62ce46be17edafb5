"""Pairs of words: texts that nobody wrote down are walked, and nothing else."""

from collections.abc import Sequence

import pytest

from intents.grammar.bigrams import Bigrams, built_in_bigrams

pytestmark = pytest.mark.unit


def walks(pairs: Bigrams, words: Sequence[str]) -> bool:
    """Whether the words are a text of the pairs."""
    place = pairs.start
    for word in words:
        following, _ = pairs.after(place)
        if word not in following:
            return False
        place = following[word][1]
    return bool(pairs.after(place)[1])


def test_two_texts_make_a_third_where_they_share_a_word() -> None:
    pairs = Bigrams.of(["my arm has gone numb", "my leg has gone cold"])
    assert walks(pairs, "my leg has gone numb".split())
    assert not walks(pairs, "my leg has gone".split()), "no text ended there"
    assert not walks(pairs, "leg has gone numb".split()), "no text began there"


def test_pairs_are_read_as_they_are_written() -> None:
    pairs = Bigrams.of(["I can't breathe.", "help, please!"])
    assert str(Bigrams.read(str(pairs))) == str(pairs)
    assert walks(Bigrams.read(str(pairs)), ["i", "can't", "breathe"])


@pytest.mark.parametrize(
    "text", ["stop", "my chest hurts", "can i have a longer hold", "i feel dizzy and my arm is numb"]
)
def test_what_people_say_here_is_among_the_pairs(text: str) -> None:
    assert walks(built_in_bigrams(), text.split())
