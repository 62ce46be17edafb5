"""Unused, Limber falls asleep where it hears a room; after a reminder it listens for a while, then sleeps again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.dialogue.parts.modes import Asleep
from assistant.dialogue.state import Conversation
from assistant.settings import Settings
from assistant.timeline.entries import FellAsleep, WokeUp
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import holding
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit

ROOM = Conversation(hears_room=True)
SLEEPS = "I am going to sleep. Say hey limber to wake me."


def fell_asleep(talk: Talk) -> list[float]:
    """When it fell asleep, in seconds."""
    return [round(at / 48_000) for at, _ in talk.noted(FellAsleep)]


def test_after_ten_minutes_unused_it_says_so_and_sleeps() -> None:
    talk = Talk(ROOM).wait(590)
    assert talk.state == "Idle"
    talk.wait(15)
    assert talk.state == "Asleep"
    assert talk.spoken == [SLEEPS]
    assert [entry.cause for _, entry in talk.noted(FellAsleep)] == ["unused"]
    assert talk.wait(3600).spoken == [SLEEPS], "once"


def test_what_is_understood_keeps_it_awake_and_talk_in_the_room_does_not() -> None:
    talk = Talk(ROOM)
    for _ in range(5):
        talk.wait(300).say(Intent.TIME).wait(5)
    assert talk.state != "Asleep"
    for _ in range(7):
        talk.wait(100).mumble("and now the weather for the north")
    assert talk.state == "Asleep"


@pytest.mark.parametrize(
    ("conversation", "asleep"),
    [
        (Conversation(), False),
        (replace(ROOM, settings=Settings(awake_minutes=0)), False),
        (replace(ROOM, settings=Settings(awake_minutes=30)), False),
        (Conversation(settings=Settings(awake_minutes=2)), True),
    ],
)
def test_it_stays_awake_as_long_as_it_is_told_to(conversation: Conversation, *, asleep: bool) -> None:
    assert (Talk(conversation).wait(1200).state == "Asleep") is asleep


def test_neither_a_hold_nor_a_pause_nor_an_emergency_is_slept_through() -> None:
    talk = holding()
    talk.conversation = replace(talk.conversation, hears_room=True)
    assert talk.say(Intent.PAUSE).wait(1500).state == "Paused"
    talk.say(Intent.CALL_FOR_HELP).wait(1500)
    assert talk.state == "Emergency"
    assert fell_asleep(talk) == []


def test_after_a_session_it_listens_and_then_sleeps() -> None:
    talk = holding()
    talk.conversation = replace(talk.conversation, hears_room=True)
    talk.say(Intent.STOP).settle().wait(500)
    assert talk.state == "Idle"
    assert talk.wait(120).state == "Asleep"


def test_a_reminder_is_answered_without_the_wake_phrase_and_then_it_sleeps_again() -> None:
    nine = datetime(2026, 11, 26, 9, tzinfo=UTC)
    talk = Talk(replace(ROOM, civil_start=nine)).say(Intent.REMIND, **{"in": "1200"}).settle()
    talk.wait(1190)
    assert talk.state == "Asleep"
    talk.wait(15)
    assert talk.state == "Idle"
    assert [entry.cause for _, entry in talk.noted(WokeUp)] == ["reminder"]
    talk.say(Intent.SNOOZE).wait(8)
    assert len(talk.conversation.reminders.kept) == 1
    talk.wait(1800)
    assert talk.conversation.mode == Asleep()
