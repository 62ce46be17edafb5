"""Whether a sign is told of somebody else, and what it does to the exercise of whoever tells it."""

import pytest

from assistant.dialogue.parts.modes import AskingSign, Idle
from assistant.dialogue.safety.about_others import surely_about_others
from assistant.script import safety_lines
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised, SessionEnded
from intents.model import Intent
from tests.assistant.dialogue.talk import Talk, in_state

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "my husband has a fever",
        "my husband has a fever what should I do",
        "I'm worried about my wife, she has a fever",
        "my wife's fever won't go down, I'm frightened",
        "the baby has a fever",
        "our lad has a fever",
        "he has a fever",
        "the neighbour's arm is numb",
        "can you help my husband, he has a fever",
    ],
)
def test_it_is_somebody_else(text: str) -> None:
    assert surely_about_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "I have a fever",
        "my husband says I have a fever",
        "my wife thinks my leg is swollen",
        "my wife says my arm is numb",
        "my hand is numb my wife says",
        "my wife is at work and my arm is numb",
        "my husband has a fever and so do I",
        "my husband and I have a fever",
        "my sister is a nurse and she says my fever is high",
        "he says I have a fever",
        "there's a fever in the house",
    ],
)
def test_it_is_or_may_be_the_person_who_speaks(text: str) -> None:
    assert not surely_about_others(text)


@pytest.mark.parametrize("state", [State.IDLE, State.TOPIC, State.INSTRUCTING, State.HOLDING, State.RESTING])
def test_what_goes_on_goes_on(state: State) -> None:
    talk = in_state(state).hears_now("my husband has a fever").settle()
    assert any("They should see a doctor" in line for line in talk.spoken)
    assert [entry.flag for _, entry in talk.noted(RedFlagRaised)] == ["infection_cancer"]
    assert talk.conversation.sitting.no_exercise is None
    assert talk.conversation.sitting.signs == ()
    assert all(entry.completed for _, entry in talk.noted(SessionEnded))


def test_the_screening_question_stays_open() -> None:
    talk = in_state(State.SCREENING).settle().hears("my husband has a fever")
    assert talk.state is State.SCREENING
    assert talk.conversation.sitting.signs == ()


def test_an_open_question_about_ones_own_sign_stays_open() -> None:
    talk = Talk().say(Intent.RED_FLAG, flag="chest", grade="unsure").settle().hears("my husband has a fever")
    assert isinstance(talk.conversation.mode, AskingSign)


def test_one_s_own_fever_ends_the_exercise() -> None:
    talk = in_state(State.HOLDING).hears_now("I have a fever").settle()
    assert isinstance(talk.conversation.mode, Idle)
    assert not any(line in talk.spoken for line in talk.conversation.last_lines if "They" in line)
    assert safety_lines.DOCTOR_FOR_THEM not in talk.spoken
