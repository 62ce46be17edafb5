"""Several things said in one breath: each is done in order, after the silence where the first one silences."""

from collections.abc import Mapping

import pytest

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Screening, Topic
from assistant.script import safety_lines
from assistant.states import State
from assistant.timeline import entries
from intents.model import Intent, Meant, Reading
from tests.assistant.dialogue.replies.effects import SCENES, holding
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS, Talk

pytestmark = pytest.mark.unit

HEAT = GUIDANCE.topics["measure.heat"].bites[0].say
CAUSES = GUIDANCE.topics["causes"].bites[0].say


def breath(talk: Talk, *intents: Intent, unread: str = "", slots: Mapping[str, str] | None = None) -> Talk:
    """Somebody says several things in one breath. `slots`: of the first."""
    first, *others = intents
    also = tuple(Meant(intent, SLOTS.get(intent, {})) for intent in others)
    reading = Reading("one breath", first, slots or SLOTS.get(first, {}), 1.0, also=also, unread=unread)
    talk.take(Heard(reading, talk.now, talk.now))
    return talk


def taken(talk: Talk) -> list[str]:
    """The intents that took effect."""
    return [entry.intent for _, entry in talk.noted(entries.IntentTaken)]


def test_stop_and_tell_me_about_heat_stops_within_a_block_then_tells() -> None:
    talk = holding()
    said_before, at = len(talk.begun), talk.now
    breath(talk, Intent.STOP, Intent.MEASURE).settle()
    assert [stopped - at for stopped, _ in talk.noted(entries.SessionStopped)] == [0]
    assert [line.text for line in talk.begun[said_before:]][:2] == [script.LET_GO_NOW, HEAT]
    assert isinstance(talk.conversation.mode, Topic)
    assert taken(talk)[-2:] == ["Stop", "Measure"]


@pytest.mark.parametrize(
    ("unread", "line"),
    [
        ("call my wife", safety_lines.CANNOT_CALL),
        ("ring the dentist", safety_lines.CANNOT_CALL),
        ("turn the lights off", safety_lines.CANNOT_DO),
    ],
)
def test_what_it_cannot_do_is_said_after_the_rest_is_done(unread: str, line: str) -> None:
    talk = breath(holding(), Intent.STOP, unread=unread).settle()
    assert talk.state is State.IDLE
    assert talk.spoken[-2:] == [script.LET_GO_NOW, line]


def test_what_is_said_to_others_beside_a_pause_is_not_answered() -> None:
    talk = breath(holding(), Intent.PAUSE, unread="get off the sofa rex").settle()
    assert talk.state is State.PAUSED
    assert talk.spoken[-1] == script.LET_GO


def test_how_much_was_left_is_answered_after_a_stop() -> None:
    talk = breath(holding(), Intent.STOP, Intent.TIME_LEFT).settle()
    assert talk.state is State.IDLE
    assert "left of it" in talk.spoken[-1]


def test_outside_a_session_stop_says_nothing_of_itself_before_the_rest() -> None:
    talk = breath(Talk().say("Causes").wait(1), Intent.STOP, Intent.MEASURE).settle()
    assert script.QUIET not in talk.spoken
    assert HEAT in talk.spoken


def test_two_answers_are_both_given_in_order_and_the_question_for_more_comes_once() -> None:
    talk = breath(Talk(), Intent.MEASURE, Intent.CAUSES).settle()
    assert talk.spoken == [HEAT, CAUSES, script.MORE]
    talk.say(Intent.REPEAT).settle()
    assert talk.spoken[3:] == [HEAT, CAUSES, script.MORE]


def test_two_answers_over_the_counts_are_one_line_in_order() -> None:
    talk = holding()
    said_before = len(talk.spoken)
    breath(talk, Intent.HOW_LONG, Intent.WHAT_NEXT).settle()
    line = next(spoken for spoken in talk.spoken[said_before:] if "left." in spoken)
    assert "Next" in line.partition("left.")[2]


def test_pause_and_louder() -> None:
    talk = breath(holding(), Intent.PAUSE, Intent.LOUDER).settle()
    assert talk.state is State.PAUSED
    assert script.LOUDER in talk.spoken
    assert talk.conversation.settings.volume > 0


def test_counting_and_the_length_of_holds_change_for_a_movement_that_one_breath_skips_to() -> None:
    talk = breath(holding(), Intent.START_MOVEMENT, Intent.COUNT_SILENTLY).until(State.INSTRUCTING)
    before = len(talk.noted(entries.Count))
    talk.until(State.HOLDING).wait(5)
    counts = [count for _, count in talk.noted(entries.Count)[before:]]
    assert counts
    assert all(count.silent for count in counts)
    longer = breath(holding(), Intent.START_MOVEMENT, Intent.LONGER).until(State.INSTRUCTING).until(State.HOLDING)
    assert longer.noted(entries.HoldStarted)[-1][1].seconds == longer.noted(entries.HoldStarted)[0][1].seconds + 5


def test_louder_and_go_on() -> None:
    talk = breath(SCENES["paused"](), Intent.LOUDER, Intent.RESUME).until(State.HOLDING)
    assert script.LOUDER in talk.spoken


def test_a_line_beside_a_hold_is_not_lost_when_the_next_thing_interrupts_it() -> None:
    talk = breath(holding(), Intent.SPEAK_SLOWER, Intent.NEXT).wait(0.2).until(State.HOLDING)
    assert script.SLOWER in talk.spoken
    assert [entry.name for _, entry in talk.noted(entries.MovementBegun)][-1] == "shoulder_rolls"


def test_pause_no_go_on_goes_on() -> None:
    talk = breath(holding(), Intent.PAUSE, Intent.RESUME).wait(0.2).until(State.HOLDING)
    assert len(talk.noted(entries.SessionResumed)) == 1


def test_what_is_not_valid_by_then_is_dropped_without_a_word() -> None:
    talk = breath(holding(), Intent.STOP, Intent.NEXT).settle()
    assert talk.spoken[-1] == script.LET_GO_NOW
    assert not talk.noted(entries.NotUnderstood)


def test_what_is_not_valid_does_not_keep_the_rest_from_being_done() -> None:
    talk = breath(Talk(), Intent.NEXT, Intent.LOUDER).settle()
    assert talk.spoken == [script.LOUDER]
    assert taken(talk) == ["Louder"]


@pytest.mark.parametrize("intent", [Intent.NO, Intent.YES, Intent.READY, Intent.RESUME])
def test_the_breath_that_opens_the_screening_question_never_passes_it(intent: Intent) -> None:
    talk = breath(Talk(), Intent.START_ROUTINE, intent).settle()
    assert isinstance(talk.conversation.mode, Screening)
    assert not talk.noted(entries.SessionStarted)


@pytest.mark.parametrize("also", [Intent.STOP, Intent.PAUSE])
def test_a_new_request_drops_what_was_still_to_be_said(also: Intent) -> None:
    talk = breath(holding(), Intent.STOP, Intent.MEASURE)
    talk.take(said(also, talk.now))
    assert talk.settle().state in (State.IDLE, State.PAUSED, State.TOPIC)
    assert talk.conversation.carried == ()


def test_a_call_for_help_comes_first_and_the_rest_is_refused() -> None:
    talk = breath(holding(), Intent.CALL_FOR_HELP, Intent.START_ROUTINE).settle()
    assert talk.spoken.index("Call your emergency number now.") >= 0
    assert talk.state is State.EMERGENCY


def test_asleep_a_further_part_is_not_heard() -> None:
    talk = breath(Talk().wait(1), Intent.GOODBYE, Intent.MEASURE).settle()
    assert talk.state is State.ASLEEP
    assert HEAT not in talk.spoken
