"""Reminders are set, told, put off and ended in a few words, and said once when they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

import pytest

from assistant.dialogue.actions import SetVolume
from assistant.dialogue.ducking import SOFT_DB
from assistant.dialogue.events import ClockSet, TimePassed
from assistant.dialogue.machine import step
from assistant.dialogue.parts.modes import AskingWhen, Asleep, Idle
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.safety.due import place_of
from assistant.dialogue.safety.reminders import next_due
from assistant.dialogue.state import Conversation, valid_now
from assistant.script import reminder_lines
from assistant.states import State
from assistant.timeline.entries import ReminderSaid
from audio.frames import frames
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import SCENES, standing
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

REMINDING = (
    Intent.REMIND,
    Intent.REMINDERS,
    Intent.STOP_REMINDING,
    Intent.SNOOZE,
    Intent.NOT_TODAY,
    Intent.QUIET_HOURS,
)
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


def quieted(talk: Talk, seconds: float) -> list[str]:
    """What is said in so many seconds."""
    before = len(talk.spoken)
    talk.wait(seconds)
    return talk.spoken[before:]


def test_it_is_said_softly_and_all_else_as_loud_as_ever() -> None:
    talk = at_nine().say("Remind", **{"in": "60"}).settle()
    conversation, now = talk.conversation, frames(100)
    after, actions = step(conversation, TimePassed(now), now, GUIDANCE)
    assert [action.decibels for action in actions if isinstance(action, SetVolume)] == [SOFT_DB]
    assert after.softly
    talk.wait(70)
    assert not talk.conversation.softly


def test_several_that_are_due_are_said_in_one_go() -> None:
    talk = at_nine().say("Remind", text="drink", **{"in": "600"}).settle()
    talk.say("Remind", text="stand up", **{"in": "570"}).settle()
    assert talk.conversation.reminders.due is not None
    book = replace(talk.conversation.reminders)
    # The computer slept for an hour.
    talk.take(ClockSet(NINE.replace(hour=10, minute=5)))
    assert len(book.kept) == 2
    said = quieted(talk, 10)
    assert said[:2] == ["Time to drink.", "And time to stand up."]
    assert quieted(talk, 3600) == []


@pytest.mark.parametrize("scene", ["holding", "resting", "instructing", "paused", "emergency", "muted", "hurt"])
def test_it_is_not_said_over_what_matters_more(scene: str) -> None:
    conversation, now = standing(scene)
    begun = at_nine().say("Remind", **{"in": "60"}).settle().conversation
    conversation = replace(conversation, civil_start=NINE, reminders=begun.reminders)
    later = now + frames(600)
    quiet = replace(conversation, output=begun.output, wait=replace(conversation.wait, quiet=now, since=now))
    due = next_due(quiet, GUIDANCE)
    after, actions = step(quiet, TimePassed(later), later, GUIDANCE)
    assert after.reminders == quiet.reminders
    assert not after.just_reminded, due
    assert not [action for action in actions if isinstance(action, SetVolume)]


def test_asleep_it_lets_the_night_be_and_comes_in_the_morning() -> None:
    night = Conversation(mode=Asleep())
    talk = at_nine(night)
    evening = NINE.replace(hour=23)
    talk.take(ClockSet(evening))
    by_voice = at_nine().say("Remind", **{"in": "600"}).settle().conversation.reminders
    moved = by_voice.after_clock_change(NINE, evening, place_of(talk.conversation))
    asleep = replace(talk.conversation, reminders=moved)
    due = next_due(asleep, GUIDANCE)
    assert due is not None
    assert due - talk.mixer.frame == frames(8 * 3600), "seven in the morning"
    awake = replace(asleep, mode=Idle())
    soon = next_due(awake, GUIDANCE)
    assert soon is not None
    assert soon <= talk.mixer.frame + frames(600)


def test_what_was_just_said_is_put_off_by_a_time_alone() -> None:
    talk = at_nine().say("Remind", text="get up", **{"in": "60"}).settle()
    talk.wait(70)
    assert Intent.WHEN in valid_now(talk.conversation)
    talk.say("When", **{"in": "300"}).settle()
    assert talk.spoken[-1] == "Again in five minutes."
    assert Intent.WHEN not in valid_now(talk.conversation)
    assert quieted(talk, 310)[-1:] == ["Time to get up."]


def test_snooze_without_a_reminder_says_so() -> None:
    assert at_nine().say("Snooze").settle().spoken[-1] == reminder_lines.NOTHING_TO_SNOOZE


def test_undo_takes_back_the_last_change() -> None:
    talk = at_nine().say("Remind", every="3600").settle().say("StopReminding").settle()
    assert talk.spoken[-1] == reminder_lines.NO_MORE_REMINDERS
    talk.say("Undo").settle().say("Reminders").settle()
    assert talk.spoken[-1] == "Every hour."
    talk = at_nine().say("Remind", every="3600").settle().say("Undo").settle().say("Reminders").settle()
    assert talk.spoken[-1] == reminder_lines.NONE_SET


def test_one_of_several_is_cancelled() -> None:
    talk = at_nine().say("Remind", every="3600").settle()
    talk.say("Remind", at="10:00", part="morning", text="have my tea").settle()
    talk.say("StopReminding", at="10:00").settle()
    assert talk.spoken[-1] == "No longer at ten in the morning, to have your tea."
    assert [each.phrase for each in talk.conversation.reminders.kept] == ["every hour"]
    talk.say("StopReminding", at="11:00").settle()
    assert talk.spoken[-1] == reminder_lines.NO_SUCH


def test_a_list_is_told_three_at_a_time() -> None:
    talk = at_nine()
    for hour in range(10, 15):
        talk.say("Remind", at=f"{hour}:00", part="day").settle()
    talk.say("Reminders").settle()
    assert talk.spoken[-1].endswith("At noon. And two more.")


def test_without_a_clock_only_time_that_passes_counts() -> None:
    talk = Talk(Conversation(civil_start=datetime.fromisoformat("1970-01-01T00:01+00:00")))
    talk.say("Remind", at="10:00", part="morning").settle()
    assert talk.spoken[-1] == reminder_lines.CLOCK_UNSET
    talk.say("Remind", every="3600").settle()
    talk.take(ClockSet(NINE))
    assert quieted(talk, 3500) == []
    assert quieted(talk, 200) == ["Time to move."]


def test_a_reminder_of_exercise_is_not_said_where_exercise_is_refused() -> None:
    talk = at_nine().say("Remind", **{"in": "60"}).settle()
    talk.say("Remind", text="for my tablets", **{"in": "90"}).settle()
    sitting = replace(talk.conversation.sitting, no_exercise=NoExercise.URGENT)
    talk.conversation = replace(talk.conversation, sitting=sitting)
    assert quieted(talk, 120) == ["Time for your tablets."]


def test_in_the_night_it_tells_that_it_waits_for_the_morning() -> None:
    talk = Talk(Conversation(civil_start=NINE.replace(hour=23)))
    talk.say("Remind", every="3600").settle()
    assert talk.spoken[-1] == "Every hour. Not before seven in the morning."
    talk.say("Remind", every="600", until="00:30", until_part="day").settle()
    assert talk.spoken[-1] == "Every ten minutes until half past twelve at night."


def test_what_was_just_set_can_be_corrected() -> None:
    talk = at_nine().say("Remind", every="3600", text="move").settle()
    talk.say("When", every="1800").settle()
    assert talk.spoken[-1] == "Every half hour, to move."
    assert len(talk.conversation.reminders.kept) == 1
    talk = at_nine().say("Remind", at="10:00").settle().say("When", part="evening").settle()
    assert talk.spoken[-1] == "At ten at night."
    talk.say("Hello").settle()
    assert Intent.WHEN not in valid_now(talk.conversation)
