"""The emergency number: asked for at the first live start, said back, kept; and it never stands in the way."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AskingNumber, Asleep, Idle
from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation, state_of, valid_now
from assistant.script import answering
from assistant.sessions import keyboard
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.states import VALID, State
from assistant.timeline import entries
from intents.model import Intent
from tests import loaded
from tests.assistant.dialogue.slow_stage import SlowStage
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS, Talk

pytestmark = pytest.mark.quality

LIVE = Conversation(asks_number=True)


def answered(*texts: str) -> Talk:
    """A first live start, at which these texts are said, one after the other."""
    reader, talk = loaded.coach(), Talk(LIVE).settle()
    for text in texts:
        reading = reader.read(text, valid_now(talk.conversation))
        talk.take(Heard(reading, talk.mixer.frame, talk.mixer.frame))
        talk.settle()
    return talk


def test_at_the_first_live_start_it_greets_and_asks() -> None:
    talk = Talk(LIVE).settle()
    assert talk.spoken == [script.HELLO, script.WHICH_NUMBER]
    assert [entry.name for _, entry in talk.noted(entries.StateEntered)] == ["Idle", "Confirming"]


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(),
        Conversation(settings=Settings(), asks_number=False),
        Conversation(settings=Settings(emergency_number="112"), asks_number=True),
        Conversation(settings=Settings(ask_emergency_number=False), asks_number=True),
        Conversation(mode=Asleep(), asks_number=True),
    ],
    ids=["on files or typed", "not live", "named", "skipped", "asleep"],
)
def test_otherwise_it_says_nothing_at_the_start(conversation: Conversation) -> None:
    talk = Talk(conversation).settle()
    assert talk.spoken == []
    assert talk.conversation.mode == conversation.mode


def test_started_asleep_it_asks_when_it_is_first_woken() -> None:
    talk = Talk(Conversation(mode=Asleep(), asks_number=True)).say("Wake").settle()
    assert talk.spoken == [script.LISTENING, script.WHICH_NUMBER]
    assert Talk(LIVE).say("Goodbye").settle().say("Wake").settle().spoken[-1] == script.LISTENING, "it asks twice"


KEPT = [script.REMEMBERED]
DROPPED = [script.NO_NUMBER]
RIGHT = "One, one, two. Is that right?"


@pytest.mark.parametrize(
    ("texts", "answers", "kept"),
    [
        (["one one two", "yes"], [RIGHT, *KEPT], Settings(emergency_number="112")),
        (["call 112", "that's right"], [RIGHT, *KEPT], Settings(emergency_number="112")),
        (["triple zero", "yes"], ["Zero, zero, zero. Is that right?", *KEPT], Settings(emergency_number="000")),
        (
            ["one one nine", "no", "one one two", "yes"],
            ["One, one, nine. Is that right?", script.SAY_NUMBER, RIGHT, *KEPT],
            Settings(emergency_number="112"),
        ),
        (
            ["one one nine", "no, one one two", "yes"],
            ["One, one, nine. Is that right?", RIGHT, *KEPT],
            Settings(emergency_number="112"),
        ),
        (["one one two", "that's wrong"], [RIGHT, script.SAY_NUMBER], Settings()),
        (["one one two", "no", "one one two", "no"], [RIGHT, script.SAY_NUMBER, RIGHT, *DROPPED], Settings()),
        (["skip"], DROPPED, Settings(ask_emergency_number=False)),
        (["no"], DROPPED, Settings(ask_emergency_number=False)),
        (["never mind"], DROPPED, Settings(ask_emergency_number=False)),
        (["later"], DROPPED, Settings(ask_emergency_number=False)),
        (["one one two", "never mind"], [RIGHT, *DROPPED], Settings(ask_emergency_number=False)),
        (["skip", "undo"], [*DROPPED, script.CHANGED_BACK], Settings()),
        (["one one two", "yes", "undo"], [RIGHT, *KEPT, script.CHANGED_BACK], Settings()),
        (["one one two", "repeat"], [RIGHT, RIGHT], Settings()),
        (["yes"], [script.SAY_NUMBER], Settings()),
        (["help"], [script.SAY_NUMBER, script.help_in(State.IDLE)], Settings()),
        (["what can i say"], [script.SAY_NUMBER], Settings()),
        (["hold on"], [script.SAY_NUMBER], Settings()),
        (["one two three four five six seven"], [script.SAY_NUMBER], Settings()),
        (["blue elephants"], [f"I heard blue elephants. {answering.CANNOT} {script.SAY_NUMBER}"], Settings()),
        (["stop"], [script.QUIET], Settings()),
        (["go on"], [script.NOTHING_TO_RESUME], Settings()),
        (["what is my emergency number"], [script.number_is(None)], Settings()),
    ],
)
def test_answers(texts: list[str], answers: list[str], kept: Settings) -> None:
    talk = answered(*texts)
    assert talk.spoken[2:] == answers
    assert talk.conversation.settings == kept


@pytest.mark.parametrize(
    ("text", "first", "state"),
    [
        ("my back is cramping", GUIDANCE.topics["what_helps"].bites[0].say, State.SCREENING),
        ("start stretching", GUIDANCE.screening.question, State.SCREENING),
        ("that hurts", GUIDANCE.topics["what_helps"].bites[0].say, State.SCREENING),
        ("what causes this", GUIDANCE.topics["causes"].bites[0].say, State.TOPIC),
        (
            "i have chest pain",
            GUIDANCE.red_flags["chest"].lines[0].replace("{emergency}", "your emergency number"),
            None,
        ),
    ],
)
@pytest.mark.parametrize("before", [[], ["one one two"]], ids=["asked", "said back"])
def test_another_request_is_answered_instead(before: list[str], text: str, first: str, state: State | None) -> None:
    talk = answered(*before, text)
    assert talk.spoken[2 + len(before)] == first
    assert state_of(talk.conversation) is (state or State.EMERGENCY)
    assert talk.conversation.settings == Settings(), "it counts as an answer"


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize("mode", [AskingNumber(), AskingNumber("112")], ids=["asked", "said back"])
def test_every_intent_while_it_is_asked_is_answered_or_ignored(intent: Intent, mode: AskingNumber) -> None:
    talk = Talk(Conversation(mode=mode))
    talk.say(intent, **SLOTS.get(intent, {}))
    valid = intent in valid_now(Conversation(mode=mode))
    assert len(talk.noted(entries.IntentTaken)) == valid
    talk.wait(7)  # after eight seconds the question is asked again
    assert bool(talk.spoken) == valid or intent in (Intent.LOUDER, Intent.QUIETER, Intent.FEELS_GOOD)
    assert not talk.noted(entries.SessionStarted), "no stretch without the screening question"


def test_all_that_can_be_said_otherwise_can_be_said_while_it_is_asked() -> None:
    assert VALID[State.IDLE] < valid_now(Conversation(mode=AskingNumber()))
    # In an emergency, too, a number may be told unasked.
    assert {state for state, valid in VALID.items() if Intent.DIGITS in valid} == {State.EMERGENCY}


def test_next_does_not_resume_an_old_session_past_the_screening_question() -> None:
    left = (
        Talk(Conversation(sitting=CLEARED))
        .say("StartRoutine", routine="quick")
        .until(State.HOLDING)
        .say("Stop")
        .settle()
    )
    again = Conversation(session=left.conversation.session, asks_number=True)
    for intent in ("Skip", "Next", "Resume", "Ready"):
        assert not Talk(again).settle().say(intent).settle().noted(entries.SessionStarted), intent


def test_it_is_kept_for_the_next_start_and_silence_asks_again(tmp_path: Path) -> None:
    def start() -> Talk:
        profile = Profile(tmp_path)
        return Talk(Conversation(settings=profile.settings(), asks_number=True), profile).settle()

    start().wait(60)
    assert isinstance(start().conversation.mode, AskingNumber), "silence was taken for an answer"
    start().say("Digits", number="112").settle().say("Yes").settle()
    assert Profile(tmp_path).settings() == Settings(emergency_number="112")
    assert isinstance(start().conversation.mode, Idle)


def test_a_skip_is_kept_for_the_next_start(tmp_path: Path) -> None:
    Talk(LIVE, Profile(tmp_path)).settle().say("Skip").settle()
    assert Profile(tmp_path).settings() == Settings(ask_emergency_number=False)


@pytest.mark.parametrize("before", [None, "Causes", "StartRoutine"], ids=["idle", "in a topic", "in the screening"])
def test_it_can_be_changed_at_any_time(before: str | None) -> None:
    talk = Talk(Conversation(settings=Settings(emergency_number="911")))
    if before:
        talk.say(before).settle()
    talk.say("EmergencyNumber", number="112").settle()
    assert talk.spoken[-1] == RIGHT
    assert talk.conversation.settings.emergency_number == "911", "it is kept before the yes"
    talk.say("Yes").settle().say("AskEmergencyNumber").settle()
    assert talk.spoken[-1] == "It is one, one, two."
    talk.say("EmergencyNumber").settle().say("No").settle()
    assert talk.conversation.settings == Settings(emergency_number="112"), "a number is dropped with the question"


def test_in_a_hold_it_is_changed_without_leaving_it_and_can_be_undone() -> None:
    talk = Talk(Conversation(sitting=CLEARED)).say("StartMovement", movement="neck_rotation").until(State.HOLDING)
    talk.say("EmergencyNumber", number="112").wait(5)
    assert state_of(talk.conversation) is State.HOLDING
    assert talk.conversation.settings == Settings(emergency_number="112")
    assert script.number_kept("112") in talk.spoken
    talk.say("Undo").wait(3).say("EmergencyNumber").wait(5)
    assert talk.conversation.settings == Settings()
    assert script.SAY_WHOLE in talk.spoken


ANSWERS = ("Digits", "Yes", "No", "Skip", "Pause", "Resume", "Help", "Repeat", "Stop", "EmergencyNumber", "RedFlag")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ANSWERS)), max_size=8),
    delays=st.lists(st.integers(0, 3), max_size=60),
)
def test_nothing_hangs_however_late_its_parts_are(steps: list[tuple[int, str]], delays: list[int]) -> None:
    stage = SlowStage(LIVE, GUIDANCE, delays * 20)
    stage.start()
    stage.goes_through(steps, SLOTS, rest=600)
    assert stage.settled, f"hangs in {stage.conversation}"


def test_a_warning_sign_then_names_the_number_digit_by_digit() -> None:
    talk = answered("one one two", "yes", "i have chest pain")
    assert any("1 1 2" in line for line in talk.spoken), talk.spoken


@pytest.mark.parametrize(
    ("pressed", "number"),
    [("112y", "112"), ("113n112y", "112"), ("1y12y", "12"), ("s", None), ("n", None), ("12", None)],
)
def test_by_keys(pressed: str, number: str | None) -> None:
    talk = Talk(LIVE).wait(0.5)
    for key in pressed:
        meant = keyboard.meaning_of_key(key, state_of(talk.conversation))
        assert meant is not None
        talk.take(Heard(meant, talk.mixer.frame, talk.mixer.frame, "key"))
    talk.settle()
    assert talk.conversation.settings.emergency_number == number


def test_a_digit_typed_after_a_number_was_said_begins_another() -> None:
    talk = answered("one one nine")
    for key in "112":
        meant = keyboard.meaning_of_key(key, State.CONFIRMING)
        assert meant is not None
        talk.take(Heard(meant, talk.mixer.frame, talk.mixer.frame, "key"))
    assert talk.settle().conversation.mode == AskingNumber("112", typed=True)
    assert talk.spoken[-1] == RIGHT
