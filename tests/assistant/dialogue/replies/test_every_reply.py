"""The tables are whole: every intent in every scene where it is valid; elsewhere it is refused, and changes nothing."""

from dataclasses import replace

import pytest

from assistant.dialogue.actions import Note, Signal
from assistant.dialogue.machine import step
from assistant.dialogue.parts.modes import Emergency
from assistant.dialogue.replies.table import REPLIES
from assistant.dialogue.state import state_of, valid_now
from assistant.states import State
from assistant.timeline.entries import NotUnderstood
from intents.model import Intent
from tests.assistant.dialogue.replies import (
    test_alarms,
    test_flow,
    test_navigation,
    test_number,
    test_preferences,
    test_progress,
    test_topics,
)
from tests.assistant.dialogue.replies.effects import SCENES, standing, state_in
from tests.assistant.dialogue.replies.past import test_forgetting, test_looking_back
from tests.assistant.dialogue.replies.starting_out import test_lesson, test_welcome
from tests.assistant.dialogue.replies.stretching import (
    test_feeling,
    test_lengths,
    test_muted,
    test_rating,
    test_sides,
    test_situation,
)
from tests.assistant.dialogue.replies.talk import (
    test_answers,
    test_company,
    test_conditions,
    test_own_routines,
    test_reminding,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS

pytestmark = pytest.mark.unit

TABLES = (
    test_forgetting,
    test_looking_back,
    test_feeling,
    test_rating,
    test_lengths,
    test_lesson,
    test_welcome,
    test_muted,
    test_sides,
    test_situation,
    test_alarms,
    test_own_routines,
    test_answers,
    test_company,
    test_conditions,
    test_flow,
    test_navigation,
    test_number,
    test_preferences,
    test_progress,
    test_topics,
)
ROWS = [row for table in TABLES for row in table.ROWS]
TABLED = (
    frozenset((row.scene, row.intent) for row in ROWS)
    | test_feeling.UNROWED
    | test_muted.UNROWED
    | test_sides.UNROWED
    | test_own_routines.UNROWED
    | test_reminding.UNROWED
)


NEVER_READ = {Intent.SCREENING_OPEN, Intent.RATING_ALONE}
"""Valid only so that something else is read: no reply is to them."""
ANSWERED_BY_THE_SOUND = {Intent.FEELS_GOOD, Intent.PASSED, Intent.COUNT_ONLY}
"""Elsewhere, too, the sound that tells that it was heard is their whole answer."""


def test_every_intent_has_a_reply_and_a_row_that_is_valid() -> None:
    assert set(REPLIES) == set(Intent) - NEVER_READ
    assert {intent for _, intent in TABLED} == set(Intent) - NEVER_READ
    assert [row for row in ROWS if row.intent not in valid_now(standing(row.scene)[0])] == []


@pytest.mark.parametrize("scene", sorted(set(SCENES) - {"last"}))
def test_every_intent_that_is_valid_in_a_scene_has_a_row(scene: str) -> None:
    assert valid_now(standing(scene)[0]) - NEVER_READ == {intent for tabled, intent in TABLED if tabled == scene}


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_in_its_state(scene: str) -> None:
    assert state_of(standing(scene)[0]) is state_in(scene)


def test_every_state_has_a_scene() -> None:
    assert {state_in(scene) for scene in SCENES} == set(State)


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_not_valid_is_refused_and_changes_nothing(scene: str) -> None:
    conversation, now = standing(scene)
    for intent in set(Intent) - valid_now(conversation):
        after, actions = step(conversation, said(intent, now, **SLOTS.get(intent, {})), now, GUIDANCE)
        if state_in(scene) is State.EMERGENCY:
            assert isinstance(after.mode, Emergency)
            assert replace(after.mode, way_out_told=False) == conversation.mode, intent
            continue  # refused in words
        assert replace(after, output=conversation.output, wait=conversation.wait) == conversation, intent
        assert after.output.now == conversation.output.now, intent
        notes = [action.entry for action in actions if isinstance(action, Note)]
        assert notes == [NotUnderstood(intent, now / 48_000, now / 48_000, "not valid now")]
        sounds = [action.name for action in actions if isinstance(action, Signal)]
        assert sounds == ([] if state_in(scene) in (State.ASLEEP, State.MUTED) else ["not_understood"])


@pytest.mark.parametrize("scene", SCENES)
def test_in_a_hold_a_sound_tells_at_once_that_it_was_heard(scene: str) -> None:
    conversation, now = standing(scene)
    for intent in valid_now(conversation) - ANSWERED_BY_THE_SOUND - NEVER_READ:
        _, actions = step(conversation, said(intent, now, **SLOTS.get(intent, {})), now, GUIDANCE)
        sounds = [action.name for action in actions if isinstance(action, Signal) and action.name == "understood"]
        assert sounds == (["understood"] if state_in(scene) is State.HOLDING else []), intent
