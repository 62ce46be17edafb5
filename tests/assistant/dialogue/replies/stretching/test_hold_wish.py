"""The length of the holds that is said with the wish for a session, or before it begins."""

import pytest

from assistant.dialogue.parts.modes import Offering
from assistant.states import State
from assistant.timeline.entries import HoldStarted
from intents.text.hold_wish import hold_wished
from intents.text.normalize import words_of
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("hold for eight seconds", 8),
        ("start neck tilts and hold each one for twenty seconds", 20),
        ("the quick routine with ten second holds", 10),
        ("start neck tilts, hold for half a minute", 30),
        ("hold for ten", 10),
        ("hold on a moment", None),
        ("start neck tilts", None),
        ("I have ten minutes", None),
    ],
)
def test_the_length_that_is_asked_for(text: str, seconds: int | None) -> None:
    assert hold_wished(words_of(text)) == seconds


@pytest.mark.parametrize(
    "said",
    [
        ("start neck tilts and hold for eight seconds", "no"),
        ("start neck tilts", "hold for eight seconds", "no"),
        ("start neck tilts", "just hold for eight seconds, mind", "no"),
        ("let's do the quick routine with eight second holds", "no"),
        ("start neck tilts and hold for ninety seconds", "hold for eight seconds", "no"),
    ],
)
def test_the_holds_are_as_long_from_the_first(said: tuple[str, ...]) -> None:
    talk = Talk()
    for text in said:
        talk.settle().hears_now(text)
    talk.until(State.HOLDING).wait(0.2)
    assert "8 seconds." in talk.spoken
    assert "Hold for eight." in talk.spoken
    assert [entry.seconds for _, entry in talk.noted(HoldStarted)] == [8]


def test_an_offer_stays_one() -> None:
    talk = Talk().hears("my back hurts", "no", "only hold for six seconds")
    assert talk.spoken[-2:] == ["6 seconds.", "Begin?"]
    assert isinstance(talk.conversation.mode, Offering)
    talk.hears_now("yes").until(State.HOLDING).wait(0.2)
    assert [entry.seconds for _, entry in talk.noted(HoldStarted)] == [6]


def test_what_is_not_held_is_not_told_to_be() -> None:
    assert "10 seconds." not in Talk().answer("start shoulder rolls and hold for ten seconds")
