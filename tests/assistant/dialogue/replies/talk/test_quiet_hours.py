"""Quiet hours by voice: set, told, taken back, and heeded."""

from datetime import datetime

import pytest

from assistant.dialogue.state import Conversation
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import ReminderSaid
from intents.model import Intent
from tests.assistant.dialogue.talk import Talk, in_state

pytestmark = pytest.mark.unit

EVENING = datetime.fromisoformat("2026-11-26T21:30:00+00:00")


def evening() -> Talk:
    """A talk in the evening."""
    return Talk(Conversation(civil_start=EVENING))


def test_they_are_set_told_and_taken_back() -> None:
    talk = evening()
    assert talk.answer("be quiet from eleven at night till nine") == [
        "Quiet from eleven at night to nine in the morning."
    ]
    assert talk.conversation.settings.quiet_hours == "23:00-09:00"
    assert talk.answer("when are my quiet hours") == ["Quiet hours are from eleven at night to nine in the morning."]
    assert talk.answer("undo") == ["Changed back."]
    assert talk.conversation.settings == Settings()


def test_there_may_be_none() -> None:
    talk = evening()
    assert talk.answer("no quiet hours") == ["No quiet hours, then. Reminders come at any hour."]
    assert talk.answer("when are my quiet hours")[0].startswith("You have no quiet hours.")


@pytest.mark.parametrize(("said", "times"), [("no quiet hours", 2), ("quiet hours from ten to seven", 0)])
def test_a_reminder_that_goes_on_heeds_them_at_once(said: str, times: int) -> None:
    talk = evening().hears("remind me every hour to move", said)
    talk.wait(2 * 3600)
    assert len(talk.noted(ReminderSaid)) == times


@pytest.mark.parametrize("state", [State.SCREENING, State.INSTRUCTING, State.HOLDING, State.RESTING, State.PAUSED])
def test_what_goes_on_goes_on(state: State) -> None:
    talk = in_state(state).say(Intent.QUIET_HOURS, **{"from": "22:00", "until": "07:00"}).wait(0.2)
    assert talk.conversation.settings.quiet_hours == "22:00-07:00"
    assert talk.state in (state, State.INSTRUCTING)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("don't remind me after nine at night", "21:00-07:00"), ("please don't disturb me before eight", "22:00-08:00")],
)
def test_of_one_time_the_other_side_stays(said: str, kept: str) -> None:
    talk = evening()
    assert talk.answer(said)[0].startswith("Quiet from")
    assert talk.conversation.settings.quiet_hours == kept
