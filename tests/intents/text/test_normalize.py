"""One spelling for what is heard, typed or written in a template."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.text.normalize import words_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't STOP, it's fine!", "do not stop it is fine"),
        ("12-ounce, 1,250 and 50%", "twelve ounce one thousand two hundred fifty and fifty percent"),
        ("I’d like O.K. centre 2.5", "i would like okay center two point five"),
        ("0" * 5000, None),
    ],
)
def test_one_spelling(text: str, words: str | None) -> None:
    assert words is None or " ".join(words_of(text)) == words
    assert words_of(" ".join(words_of(text))) == words_of(text)


@settings(deadline=None)
@given(st.text())
def test_spelling_is_final(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("hoo lang dae i haud it", "how long do i hold it"),
        ("what's it gonnae be", "what is it going to be"),
        ("gonnae turn it doon", "will you turn it down"),
        ("i'm hangin oot", "i am hanging out"),
        ("my aspirin and my statin", "my aspirin and my statin"),
        ("i no fit stand", "i can not stand"),
        ("not gonna lie it hurts", "it hurts"),
        ("i'm not going to lie down", "i am not going to lie down"),
        ("ya, correct", "yes correct"),
        ("ya know", "you know"),
    ],
)
def test_dialects_are_spelled_as_templates_are(said: str, words: str) -> None:
    assert " ".join(words_of(said)) == words
