"""Time that passes while nobody answers: questions asked again, pauses, and never an exercise by silence."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.marks import HoldStartMark
from assistant.dialogue.events import Heard, TimePassed, VoiceBegan, VoiceEnded
from assistant.dialogue.machine import step
from assistant.dialogue.parts.modes import AskingGoOn, Idle
from assistant.dialogue.safety.reminders import next_due
from assistant.dialogue.state import is_idle
from assistant.script import answering, safety_lines
from assistant.states import State
from assistant.timeline import entries
from audio.frames import frames
from intents.model import Intent, Reading
from tests.assistant.dialogue.replies.effects import NECK, SCENES, SCREENINGS, holding, standing, state_in
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

NUMBER_AGAIN = "Call your emergency number now."
CHEST = GUIDANCE.signs["spreading_pain"].question

ASKED_AGAIN = {
    "screening": (GUIDANCE.screening.short, safety_lines.ANSWER_ANY_TIME, State.SCREENING),
    "screening for help": (GUIDANCE.screening.short, safety_lines.ANSWER_ANY_TIME, State.SCREENING),
    "offering": (safety_lines.SHALL_WE, safety_lines.START_ANY_TIME, State.IDLE),
    "hurt": (script.HURT_CHOICES, safety_lines.CHOOSE_ANY_TIME, State.CONFIRMING),
    "asked": (script.SAY_NUMBER, safety_lines.NUMBER_ANY_TIME, State.IDLE),
    "said back": (safety_lines.STILL_ASKED, safety_lines.NUMBER_ANY_TIME, State.IDLE),
    "topic": (safety_lines.ANY_MORE, safety_lines.MORE_ANY_TIME, State.TOPIC),
}
"""Questions: asked again, how to go on, and the state in which it rests."""
NEVER = ("idle", "left", "paused", "paused topic", "asleep", "muted", "muted session", "holding", "instructing")


@pytest.mark.parametrize("scene", ASKED_AGAIN)
def test_a_question_is_asked_again_once_and_then_it_rests(scene: str) -> None:
    talk = SCENES[scene]()
    again, rest, state = ASKED_AGAIN[scene]
    lines, began = len(talk.spoken), talk.conversation.wait.since
    assert began is not None
    while talk.now < began + frames(7.8):
        talk.wait(0.1)
    assert len(talk.spoken) == lines
    talk.wait(0.5).settle()
    assert talk.spoken[lines:] == [again]
    assert talk.state is state_in(scene)
    while talk.now < began + frames(29.5):
        talk.wait(0.1)
    assert talk.spoken[lines:] == [again]
    talk.wait(0.8).settle()
    assert talk.spoken[lines:] == [again, rest]
    assert talk.wait(200).spoken[lines:] == [again, rest]
    assert talk.state is state
    assert not talk.noted(entries.SessionStarted) or scene == "hurt"


def test_an_agreement_that_is_asked_for_is_no_exercise_by_silence() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.START_ROUTINE).settle()
    talk.wait(120)
    assert talk.spoken[-2:] == [answering.HAS_ONE_AGREED, safety_lines.START_ANY_TIME]
    assert not talk.noted(entries.SessionStarted)


@pytest.mark.parametrize("scene", NEVER)
def test_where_nothing_is_asked_nothing_is_said(scene: str) -> None:
    conversation, _ = standing(scene)
    assert next_due(conversation, GUIDANCE) is None


@pytest.mark.parametrize("scene", SCENES)
def test_time_that_is_not_up_changes_nothing(scene: str) -> None:
    conversation, now = standing(scene)
    assert step(conversation, TimePassed(now), now, GUIDANCE) == (conversation, ())


def test_somebody_who_speaks_is_waited_for() -> None:
    talk = SCENES["screening"]().wait(7)
    talk.take(VoiceBegan(talk.now))
    talk.wait(4)
    talk.take(VoiceEnded(talk.now))
    assert talk.wait(7.5).spoken[-1] == GUIDANCE.screening.question
    assert talk.wait(1).settle().spoken[-1] == GUIDANCE.screening.short


def test_what_repeat_repeats_is_the_question_whole() -> None:
    talk = SCENES["screening"]().wait(9).settle().say(Intent.REPEAT).settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question


def test_while_a_device_is_lost_nothing_is_asked_again() -> None:
    conversation, _ = standing("screening")
    assert next_due(conversation, GUIDANCE) is not None

    assert next_due(replace(conversation, lost_devices=frozenset({"microphone"})), GUIDANCE) is None


def test_did_you_say_is_asked_again_and_then_dropped() -> None:

    talk = Talk().wait(1)
    talk.take(Heard(Reading("start the sing", Intent.START_ROUTINE, {}, 0.5, True), talk.now, talk.now))
    talk.settle()
    assert talk.conversation.to_confirm is not None
    assert talk.wait(9).settle().spoken[-1] == safety_lines.STILL_ASKED
    assert talk.wait(30).conversation.to_confirm is None
    assert talk.conversation.mode == Idle()


def test_a_reminder_counts_as_waiting_and_an_answer_does_not() -> None:
    talk = SCENES["screening"]()
    assert is_idle(talk.conversation)
    talk.wait(8.5)
    assert not talk.quiet
    assert is_idle(talk.conversation)
    talk.settle().say(Intent.REPEAT).wait(0.5)
    assert not is_idle(talk.conversation)


# -- pauses ---------------------------------------------------------------------------------------------


def resumed(seconds: float) -> list[str]:
    """What is said before the hold goes on, after a pause of that length."""
    talk = holding().say(Intent.PAUSE).settle()
    mode = talk.conversation.mode
    talk.wait(seconds)
    lines = len(talk.begun)
    assert talk.conversation.mode == mode
    talk.say(Intent.RESUME).until(State.HOLDING)
    return [line.text for line in talk.begun[lines:] if not line.text.isdigit()]


def test_after_a_minute_the_position_is_told_whole() -> None:
    assert resumed(50) == [NECK.parts[0].again, NECK.hold_word]
    assert resumed(62) == [
        "Neck rotations, right side, 1 of 2. Movement 1 of 3.",
        NECK.intro,
        NECK.parts[0].begin,
        NECK.hold_word,
    ]


def test_after_a_minute_in_the_instructions_they_are_told_from_their_beginning() -> None:
    talk = SCENES["instructing"]().wait(1).say(Intent.PAUSE).settle().wait(61)
    lines = len(talk.begun)
    talk.say(Intent.RESUME).until(State.HOLDING)
    told = [line.text for line in talk.begun[lines:] if not line.text.isdigit()]
    assert told[1:] == [NECK.intro, NECK.parts[0].begin, NECK.hold_word]
    holds = [entry for _, entry in talk.noted(entries.HoldStarted)]
    assert holds == [entries.HoldStarted(15)]
    assert HoldStartMark(15).seconds == 15


def test_after_ten_minutes_it_asks_whether_to_go_on_or_to_start_over() -> None:
    talk = SCENES["paused"]().wait(600).say(Intent.RESUME).settle()
    assert talk.spoken[-1] == safety_lines.GO_ON_OR_OVER
    assert isinstance(talk.conversation.mode, AskingGoOn)
    assert talk.say(Intent.RESUME).wait(6).counts[-1] <= 8, "the counts that were left go on"


@pytest.mark.parametrize("answer", [Intent.YES, Intent.READY])
def test_yes_goes_on(answer: Intent) -> None:
    talk = SCENES["paused"]().wait(600).say(Intent.RESUME).settle().say(answer).wait(6)
    assert len(talk.noted(entries.SessionResumed)) == 1


def test_start_over_begins_with_the_first_movement() -> None:
    talk = SCENES["paused"]().wait(600).say(Intent.RESUME).settle().say(Intent.START_OVER).wait(12)
    session = talk.conversation.session
    assert session is not None
    assert session.place.step == 0
    assert len(talk.noted(entries.HoldStarted)) == 2


@pytest.mark.parametrize("answer", [Intent.NO, Intent.NEVER_MIND, None])
def test_anything_else_leaves_it_paused(answer: Intent | None) -> None:
    talk = SCENES["paused"]().wait(600).say(Intent.RESUME).settle()
    if answer is None:
        talk.wait(60)
    else:
        talk.say(answer).settle()
    assert talk.state is State.PAUSED
    assert not talk.noted(entries.SessionResumed)


def test_every_question_about_a_sign_counts_silence_as_the_sign() -> None:
    assert SCREENINGS[-1] == "screening the chest"
    talk = SCENES["screening the chest"]().wait(40)
    assert talk.state is State.EMERGENCY
    assert talk.spoken[:2] == [CHEST, CHEST]
    assert talk.spoken.count(NUMBER_AGAIN) >= 1
