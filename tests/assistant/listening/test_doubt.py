"""What it is not sure of it asks about, and acts on after a yes alone."""

from dataclasses import replace

import pytest

from assistant.dialogue.misses import MISSES_ANSWERED
from assistant.dialogue.state import state_of
from assistant.states import State
from assistant.timeline import entries
from intents.model import Intent, Reading
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import Talk, in_state

pytestmark = pytest.mark.unit

ASKED = "Did you say next?"


def half_heard(talk: Talk, intent: Intent = Intent.NEXT, text: str = "next") -> Talk:
    """Somebody says what may be this."""
    heard = said(intent, talk.mixer.frame)
    talk.take(replace(heard, reading=Reading(text, intent, confidence=0.4, needs_confirmation=True)))
    return talk


def heard_as(talk: Talk) -> list[str | None]:
    return [entry.intent for _, entry in talk.noted(entries.IntentTaken)]


@pytest.mark.parametrize("state", [State.HOLDING, State.RESTING, State.PAUSED])
def test_a_yes_does_what_was_asked_about(state: State) -> None:
    talk = half_heard(in_state(state)).wait(2)
    assert ASKED in talk.spoken
    talk.say("Yes")
    assert heard_as(talk)[-1] == "Next"


def test_nothing_is_done_before_the_yes() -> None:
    talk = half_heard(in_state(State.HOLDING)).wait(4)
    assert heard_as(talk)[-1] == "No", "the answer to the screening question is the last that was acted on"
    assert state_of(talk.conversation) is State.HOLDING


def test_a_no_drops_it_and_the_hold_goes_on() -> None:
    talk = half_heard(in_state(State.HOLDING)).wait(2).say("No").say("Yes").wait(2)
    assert "Next" not in heard_as(talk)
    assert state_of(talk.conversation) is State.HOLDING


def test_another_request_takes_its_place() -> None:
    talk = half_heard(in_state(State.HOLDING)).wait(2).say("Pause").wait(2)
    assert heard_as(talk)[-1] == "Pause"
    assert state_of(talk.say("Yes").conversation) is State.PAUSED


def test_a_no_to_it_does_not_answer_the_screening_question() -> None:
    talk = half_heard(in_state(State.SCREENING), Intent.HELP, "help").wait(2).say("No").wait(2)
    assert state_of(talk.conversation) is State.SCREENING


def test_after_some_misses_it_asks_no_more() -> None:
    talk = in_state(State.HOLDING)
    for _ in range(MISSES_ANSWERED + 2):
        half_heard(talk).wait(3)
    assert talk.spoken.count(ASKED) == MISSES_ANSWERED


@pytest.mark.parametrize("state", [State.ASLEEP, State.MUTED])
def test_asleep_it_asks_nothing(state: State) -> None:
    talk = half_heard(in_state(state)).wait(3)
    assert ASKED not in talk.spoken
