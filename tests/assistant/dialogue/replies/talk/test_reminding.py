"""Reminders are set, told, put off and ended in a few words, and said once when they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

import pytest

from assistant.dialogue.parts.modes import AskingWhen
from assistant.dialogue.state import Conversation, valid_now
from assistant.states import State
from assistant.timeline.entries import ReminderSaid
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import SCENES, standing
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit

REMINDING = (Intent.REMIND, Intent.REMINDERS, Intent.STOP_REMINDING, Intent.SNOOZE, Intent.NOT_TODAY)
NINE = datetime.fromisoformat("2026-11-26T09:00+00:00")


def _valid() -> Iterator[tuple[str, Intent]]:
    for scene in SCENES:
        if scene != "last":
            yield from ((scene, intent) for intent in REMINDING if intent in valid_now(standing(scene)[0]))


UNROWED = frozenset(chain(_valid(), [("asked when", Intent.WHEN)]))
"""They are one line beside what goes on; the tests below hold what they do."""


def at_nine(conversation: Conversation | None = None) -> Talk:
    """A talk that begins at nine in the morning."""
    return Talk(replace(conversation or Conversation(), civil_start=NINE))


def test_a_reminder_is_confirmed_and_said_once() -> None:
    talk = at_nine().say("Remind", text="get up", **{"in": "600"}).settle()
    assert talk.spoken[-1] == "In ten minutes, to get up."
    talk.wait(605)
    assert talk.spoken[-1] == "Time to get up."
    assert [entry for _, entry in talk.noted(ReminderSaid)] == [ReminderSaid("get up")]
    before = len(talk.spoken)
    talk.wait(1200)
    assert len(talk.spoken) == before


def test_a_time_on_either_half_of_the_day_is_asked_about() -> None:
    talk = at_nine().say("Remind", at="07:30").settle()
    assert talk.spoken[-1] == "Half past seven in the morning, or in the evening?"
    assert isinstance(talk.conversation.mode, AskingWhen)
    talk.say("When", part="evening").settle()
    assert talk.spoken[-1] == "At half past seven in the evening."
    assert talk.state is State.IDLE
