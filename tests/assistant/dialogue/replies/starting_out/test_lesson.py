"""The lesson by doing: Limber counts, and the person pauses it, goes on, asks and stops, with nothing to stretch."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import script
from assistant.dialogue.events import DeviceBack, DeviceLost
from assistant.dialogue.parts.modes import AskingSign, Idle, Paused, Practising, Screening
from assistant.dialogue.parts.telling import CAN_DO, told_of
from assistant.dialogue.state import Conversation, state_of, valid_now
from assistant.script import starting_lines as lines
from assistant.states import State
from assistant.timeline import entries
from intents.model import Intent
from tests import loaded
from tests.assistant.dialogue.replies.effects import SCREENINGS, SESSION, Effect, Row, rows
from tests.assistant.dialogue.replies.starting_out import test_welcome
from tests.assistant.dialogue.slow_stage import SlowStage, said
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS, Talk

pytestmark = pytest.mark.unit

PAUSE, HOW_LONG, STOP = lines.LESSON_TRIES.values()
BEGINS = [lines.IN_YOUR_LAP, PAUSE]
WENT_ON = [script.GOING_ON, HOW_LONG]
LONGEST = 120
"""Bound of the whole lesson, in seconds."""


def begun(scene: str) -> Effect:
    """What asking for it does in a scene."""
    if scene in (*SESSION, "paused", "hurt", *SCREENINGS):
        return test_welcome.begun(scene)
    return Effect((*BEGINS, lines.LESSON_HINTS["pause"]), State.CONFIRMING)


ROWS = rows(Intent.TUTORIAL, (*test_welcome.OUTSIDE_AND_IN, "hurt"), begun)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_begins_where_nothing_waits(row: Row) -> None:
    assert row.seen == row.effect


def counting(seconds: float = 3.4) -> Talk:
    """A lesson whose counts began so many seconds ago."""
    talk = Talk().say(Intent.TUTORIAL)
    while not counts(talk):
        talk.wait(0.1)
    return talk.wait(seconds)


def counts(talk: Talk) -> list[int]:
    """The numbers counted aloud."""
    return [int(line.text) for line in talk.begun if line.text.isdigit()]


def lines_of(talk: Talk) -> list[str]:
    """The lines begun, without counts."""
    return [line.text for line in talk.begun if not line.text.isdigit()]


def test_it_is_learned_by_doing() -> None:
    talk = counting()
    assert counts(talk) == [1, 2, 3, 4]
    talk.hears_now("pause").wait(5)
    assert talk.state is State.PAUSED
    assert counts(talk) == [1, 2, 3, 4], "it counts on"
    talk.hears_now("go on").wait(6)
    assert counts(talk)[4:6] == [5, 6], "it does not count on where it was"
    talk.hears_now("where am I").wait(4)
    *before, answer = lines_of(talk)
    assert before == [*BEGINS, lines.WAITS_FOR_YOU, *WENT_ON]
    assert answer.startswith("At ")
    assert answer.endswith(STOP)
    talk.hears_now("stop").wait(0.5).settle()
    assert lines_of(talk)[-1] == lines.LESSON_DONE
    assert talk.conversation.mode == Idle()
    for kind, often in ((entries.SessionPaused, 1), (entries.SessionResumed, 1), (entries.SessionStopped, 1)):
        assert len(talk.noted(kind)) == often, kind
    assert not talk.counts, "a count that is no hold's stands in the timeline"
    assert not talk.noted(entries.SessionStarted)
    assert talk.mixer.frame < LONGEST * 48_000


def test_no_screening_question_is_asked() -> None:
    assert GUIDANCE.screening.question not in lines_of(counting(20))


def test_it_counts_one_a_second() -> None:
    talk = counting(6)
    began = [at for at, entry in talk.noted(entries.Said) if entry.text.isdigit()]
    assert {after - before for before, after in pairwise(began)} == {48_000}


@pytest.mark.parametrize("text", ["how long", "where am I", "ask me: how long?", "ask me, where am I?", "how many"])
def test_what_is_asked_is_answered_over_the_counts(text: str) -> None:
    talk = counting().say(Intent.SKIP).wait(4)
    assert talk.conversation.mode == Practising("how long")
    talk.hears_now(text).wait(2)
    assert lines_of(talk)[-1].endswith(STOP)
    assert talk.conversation.mode == Practising("stop")
    assert talk.wait(4).begun[-1].text.isdigit(), "the counts are lost"


@pytest.mark.parametrize(
    ("text", "first", "state"),
    [
        ("start stretching", GUIDANCE.screening.question, State.SCREENING),
        ("my back hurts", GUIDANCE.topics["what_helps"].bites[0].say, State.SCREENING),
        ("what causes this", GUIDANCE.topics["causes"].bites[0].say, State.TOPIC),
        ("I have chest pain", "Call your emergency number now.", State.EMERGENCY),
        ("call an ambulance", "Call your emergency number now.", State.EMERGENCY),
        ("introduce yourself again", lines.NICE_TO_MEET, State.CONFIRMING),
        ("goodbye", "Goodbye. Say hey limber to wake me.", State.ASLEEP),
        ("again", "There is nothing to do again yet.", State.IDLE),
        ("never mind", script.ALL_RIGHT, State.IDLE),
        ("no thanks", script.ALL_RIGHT, State.IDLE),
        ("stop", script.QUIET, State.IDLE),
        ("stop counting", script.QUIET, State.IDLE),
    ],
)
@pytest.mark.parametrize("paused", [False, True], ids=["counting", "paused"])
def test_what_leads_elsewhere_leaves_it(text: str, first: str, state: State, *, paused: bool) -> None:
    talk = counting()
    if paused:
        talk.say(Intent.PAUSE).settle()
        if text in ("stop counting", "again"):
            return  # nothing is counted then, or was done
    before = len(counts(talk))
    talk.hears_now(text).wait(2)
    assert state_of(talk.conversation) is state
    assert any(line.startswith(first) for line in lines_of(talk))
    assert len(counts(talk.wait(5))) == before, "it counts on"
    assert talk.conversation.settings.counting == "words"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("louder", script.LOUDER),
        ("slower", script.SLOWER),
        ("what time is it", "I can't tell the time here."),
        ("help", lines.LESSON_HELP["pause"]),
        ("what can I say", lines.LESSON_HELP["pause"]),
        ("repeat", PAUSE),
        ("go on", lines.LESSON_HINTS["pause"]),
        ("yes", lines.LESSON_HINTS["pause"]),
        ("where am I", lines.counted_to(4)),
    ],
)
def test_what_is_said_beside_it_is_answered_and_the_count_goes_on(text: str, answer: str) -> None:
    talk = counting()
    talk.hears_now(text).wait(3)
    answers = lines_of(talk)[2:]
    assert len(answers) == 1
    assert answers == [answer] or text == "what time is it"
    assert talk.conversation.mode == Practising()
    assert talk.wait(6).begun[-1].text.isdigit() or lines_of(talk)[-1] == lines.LESSON_HINTS["pause"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("help", lines.GO_ON_HELP),
        ("how long", lines.STANDS_STILL),
        ("where am I", lines.STANDS_STILL),
        ("repeat", lines.SAY_GO_ON),
    ],
)
def test_paused_it_tells_how_to_go_on(text: str, answer: str) -> None:
    talk = counting().say(Intent.PAUSE).settle()
    assert talk.answer(text) == [answer]
    assert isinstance(talk.conversation.mode, Paused)


@pytest.mark.parametrize("text", ["go on", "yes", "ready", "skip", "next"])
def test_paused_it_goes_on(text: str) -> None:
    talk = counting().say(Intent.PAUSE).settle()
    talk.hears_now(text).wait(3)
    assert talk.conversation.mode == Practising("how long")


def test_skip_leads_to_the_next_thing_and_then_out_of_it() -> None:
    talk = counting()
    for _ in range(3):
        talk.hears_now("skip").wait(3)
    assert lines_of(talk) == [*BEGINS, HOW_LONG, STOP, lines.LESSON_DONE]
    assert talk.conversation.mode == Idle()


@pytest.mark.parametrize(
    ("texts", "hint"),
    [
        ([], lines.LESSON_HINTS["pause"]),
        (["skip"], lines.LESSON_HINTS["how long"]),
        (["skip", "skip"], lines.LESSON_HINTS["stop"]),
    ],
)
def test_silence_is_given_one_hint_and_then_it_rests(texts: list[str], hint: str) -> None:
    talk = counting(0.5)
    for text in texts:
        talk.hears_now(text).wait(4)
    before = len(lines_of(talk))
    assert lines_of(talk.wait(8.5))[before:] == [hint]
    assert lines_of(talk.wait(40))[before:] == [hint, lines.LESSON_RESTS]
    assert talk.conversation.mode == Idle()


def test_paused_silence_is_given_one_hint_too() -> None:
    talk = counting().say(Intent.PAUSE).settle()
    before = len(lines_of(talk))
    assert lines_of(talk.wait(60))[before:] == [lines.SAY_GO_ON, lines.LESSON_RESTS]
    assert talk.conversation.mode == Idle()


def test_after_the_last_count_each_thing_still_works() -> None:
    talk = Talk().say(Intent.TUTORIAL).hears("pause", "go on", "how long", "stop")
    assert lines_of(talk) == [
        *(*BEGINS, lines.LESSON_HINTS["pause"], lines.WAITS_FOR_YOU, *WENT_ON, lines.LESSON_HINTS["how long"]),
        *(lines.COUNT_OVER, STOP, lines.LESSON_DONE),
    ]


def test_it_goes_on_by_itself_when_a_device_is_back() -> None:
    talk = counting()
    talk.take(DeviceLost("microphone", talk.mixer.frame))
    talk.settle()
    talk.take(DeviceBack("microphone", talk.mixer.frame))
    talk.wait(4)
    assert talk.conversation.mode == Practising("pause"), "a lost device was taken for the pause that was tried"


@pytest.mark.parametrize("words", ["my chest is a bit tight", "could it be my heart"])
def test_it_waits_for_a_question_about_signs(words: str) -> None:
    talk = Talk().hears("start stretching", "yes")
    assert isinstance(talk.conversation.mode, Screening | AskingSign), words
    talk.say(Intent.TUTORIAL).settle()
    assert isinstance(talk.conversation.mode, Screening | AskingSign)
    assert lines.AFTER_THE_SESSION in talk.spoken


def test_a_session_that_was_left_can_still_be_resumed() -> None:
    talk = Talk().say(Intent.START_ROUTINE).say(Intent.NO).until(State.HOLDING).say(Intent.STOP).settle()
    talk.say(Intent.TUTORIAL).wait(6).hears_now("pause").wait(4).hears_now("never mind").settle()
    talk.hears("go on")
    assert isinstance(talk.conversation.mode, Screening) or talk.noted(entries.SessionStarted)


def test_what_can_i_say_names_it() -> None:
    assert any("teach me" in line for line in told_of(GUIDANCE, CAN_DO))
    assert loaded.coach().read("teach me", None).intent == Intent.TUTORIAL


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize("paused", [False, True], ids=["counting", "paused"])
def test_every_intent_in_it_is_answered_or_ignored(intent: Intent, *, paused: bool) -> None:
    talk = counting()
    if paused:
        talk.say(Intent.PAUSE).settle()
    before, taken = len(lines_of(talk)), len(talk.noted(entries.IntentTaken))
    valid = intent in valid_now(talk.conversation)
    talk.say(intent, **SLOTS.get(intent, {})).wait(4)
    assert len(talk.noted(entries.IntentTaken)) == taken + valid
    silent = {Intent.FEELS_GOOD, Intent.PASSED, Intent.PAUSE, Intent.COUNT_ONLY}
    assert (len(lines_of(talk)) > before) == valid or intent in silent
    assert not talk.noted(entries.SessionStarted), "no stretch without the screening question"


SAYS = ("Tutorial", "Pause", "Resume", "HowLong", "Stop", "Skip", "Help", "Louder", "Hello", "RedFlag", "Welcome")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(SAYS)), max_size=8),
    delays=st.lists(st.integers(0, 3), max_size=60),
)
def test_nothing_hangs_however_late_its_parts_are(steps: list[tuple[int, str]], delays: list[int]) -> None:
    stage = SlowStage(Conversation(mode=Practising()), GUIDANCE, delays * 20)
    stage.start()
    stage.take(said("Tutorial", stage.mixer.frame))
    stage.goes_through(steps, SLOTS, rest=900)
    assert stage.settled, f"hangs in {stage.conversation}"
