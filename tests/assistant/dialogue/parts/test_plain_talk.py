"""Complaints and fear in words of no template: who is heard, and who is not meant."""

import pytest

from assistant.dialogue.parts.plain_talk import complains, is_afraid
from assistant.script import answering, safety_lines, small_talk
from assistant.states import State
from intents.text.normalize import words_of
from tests.assistant.dialogue.talk import GUIDANCE, Talk, in_state

pytestmark = pytest.mark.unit

FEAR = small_talk.SMALL_TALK["fear"]


@pytest.mark.parametrize(
    "text",
    [
        "what I wanted was, well, my shoulders are that stiff from the knitting, you know",
        "my back has gone into a cramp and I'm scared",
        "me neck's been stiff as a plank since Tuesday",
        "I've been digging all day and now my poor old back is all knotted up",
        "I woke up with such a twinge in my neck this morning, dear me",
    ],
)
def test_somebody_complains(text: str) -> None:
    assert complains(words_of(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "my back is not stiff any more",
        "no pain in my back, thank God",
        "the cramp in my back has gone",
        "my husband's back is stiff",
        "he says his neck hurts",
        "she painted my fence",
    ],
)
def test_nobody_complains(text: str) -> None:
    assert not complains(words_of(text), text)


@pytest.mark.parametrize("text", ["I'm scared", "I'm really frightened", "I am panicking", "I'm a bit afraid of this"])
def test_somebody_is_afraid(text: str) -> None:
    assert is_afraid(words_of(text), text)


@pytest.mark.parametrize(
    "text", ["I'm not scared any more", "she was scared of the dog", "don't be afraid", "my wife is frightened"]
)
def test_nobody_is_afraid(text: str) -> None:
    assert not is_afraid(words_of(text), text)


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        (State.IDLE, [FEAR]),
        (State.TOPIC, [FEAR]),
        (State.SCREENING, [small_talk.WITH_YOU, answering.SCREENING_IS_OPEN]),
        (State.PAUSED, [FEAR]),
    ],
)
def test_fear_is_answered_and_the_question_stays(state: State, lines: list[str]) -> None:
    assert in_state(state).answer("I'm scared") == lines


def test_fear_in_a_hold_ends_nothing() -> None:
    talk = in_state(State.HOLDING).hears_now("I'm scared").wait(6)
    assert small_talk.LET_GO_ANY_TIME in [begun.text for begun in talk.begun]
    assert talk.state is State.HOLDING


def test_fear_after_words_of_self_harm() -> None:
    talk = Talk().hears("I don't want to live any more")
    assert talk.answer("I'm scared") == [safety_lines.I_LISTEN.replace("{emergency}", "your emergency number")]


def test_a_long_complaint_is_answered_as_one() -> None:
    said = "what I wanted was, well, my shoulders are that stiff from the knitting, you know, and all that"
    assert Talk().answer(said) == [GUIDANCE.topics["what_helps"].bites[0].say, GUIDANCE.screening.question]
