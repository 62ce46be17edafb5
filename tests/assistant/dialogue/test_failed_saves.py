"""A save that failed is told once, in every state, at a moment at which that interrupts nothing."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.actions import Note
from assistant.dialogue.events import DeviceBack, DeviceLost, Saved, SaveFailed
from assistant.dialogue.machine import step
from assistant.dialogue.state import state_of
from assistant.states import State
from assistant.timeline import entries
from tests.assistant.dialogue.talk import GUIDANCE, Talk, in_state

pytestmark = pytest.mark.unit

AWAKE = set(State) - {State.EMERGENCY, State.ASLEEP, State.MUTED}
"""The states in which a line of no urgency may be said."""


@pytest.mark.parametrize("state", State)
def test_in_every_state_any_number_of_failures_interrupts_nothing(state: State) -> None:
    talk, whole = in_state(state), in_state(state)
    for _ in range(30):
        talk.take(SaveFailed("history.sqlite3: full; make room"))
        talk.wait(0.1)
        whole.wait(0.1)
    talk.settle()
    whole.settle()
    assert [line for line in talk.spoken if line != script.CANNOT_SAVE] == whole.spoken
    assert not [entry for _, entry in talk.noted(entries.Said) if entry.cut]
    assert state_of(talk.conversation) is state_of(whole.conversation)
    assert talk.spoken.count(script.CANNOT_SAVE) == (state in AWAKE)
    noted = [entry.problem for _, entry in talk.noted(entries.NotSaved)]
    assert noted == ["history.sqlite3: full; make room"] * 30


def test_a_warning_comes_first_and_whoever_takes_it_back_is_told() -> None:
    talk = in_state(State.HOLDING).say("RedFlag", flag="chest")
    assert talk.conversation.awaiting is not None, "it is not falling silent, so this shows nothing"
    talk.take(SaveFailed("settings.yaml: full; make room"))
    warned = in_state(State.HOLDING).say("RedFlag", flag="chest").settle().spoken
    assert talk.settle().spoken == warned
    talk.say("FalseAlarm").settle().say("Yes").settle()
    assert talk.spoken.count(script.CANNOT_SAVE) == 1


def test_whoever_sleeps_is_told_once_awake() -> None:
    talk = in_state(State.ASLEEP)
    talk.take(SaveFailed("settings.yaml: full; make room"))
    assert talk.settle().spoken == []
    assert talk.say("Wake").settle().spoken.count(script.CANNOT_SAVE) == 1


def test_a_failure_that_was_over_before_it_could_be_told_is_told_all_the_same() -> None:
    talk = Talk().say("Causes").wait(0.5)
    talk.take(SaveFailed("settings.yaml: full; make room"))
    talk.take(Saved())
    assert talk.settle().spoken[-1] == script.CANNOT_SAVE


def test_a_save_that_works_is_nothing_to_tell() -> None:
    for state in State:
        conversation = in_state(state).conversation
        after, actions = step(conversation, Saved(), 0, GUIDANCE)
        assert (replace(after, wait=conversation.wait), actions) == (conversation, ())


def test_what_cannot_be_said_through_a_lost_speaker_waits_for_it() -> None:
    talk = Talk()
    before = talk.conversation
    lost = Talk(before)
    _, actions = step(before, SaveFailed("a; b"), 0, GUIDANCE)
    assert [action for action in actions if not isinstance(action, Note)], "it says nothing where it could"
    lost.take(DeviceLost("speaker", 0))
    lost.take(SaveFailed("a; b"))
    assert lost.settle().spoken == []
    lost.take(DeviceBack("speaker", 0))
    assert lost.settle().spoken == [script.CANNOT_SAVE]
