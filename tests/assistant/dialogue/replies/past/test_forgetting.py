"""What is remembered is told truly; it is deleted after one question and one clear yes, and told as it goes."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant import script
from assistant.coaching.body import Body
from assistant.dialogue.actions import Kept
from assistant.dialogue.parts.modes import AskingForget, AskingWhen, Idle
from assistant.dialogue.parts.person import KnownPerson
from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation
from assistant.history.stretch_record import StretchRecord
from assistant.script import history_lines as lines
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.states import State
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import AWAKE, PAUSES, SCREENINGS, SESSION, Effect, Row, rows
from tests.assistant.dialogue.replies.stretching.test_lengths import told
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

START = datetime.fromisoformat("2026-11-26T09:00:00+01:00")
BUSY = (*SESSION, *PAUSES, *SCREENINGS, "hurt")
"""Scenes in which nothing is deleted, nor asked about."""
WITH_SESSION, WITH_RECORD = ("left", *SESSION, "paused", "hurt", "last"), ("left", "ended")


def known(scene: str) -> Effect:
    """What is remembered in a scene."""
    parts = [
        *([lines.past_sessions(1)] if scene in WITH_RECORD else []),
        *([lines.WHERE_WE_STOPPED] if scene in WITH_SESSION else []),
        *([lines.MADE_GENTLER] if scene == "hurt" else []),
    ]
    if not parts:
        return told(lines.KNOW_NOTHING, scene)
    return told(" ".join(lines.know(parts, kept=False)), scene)


def asked(scene: str) -> Effect:
    """Whether to forget what there is, or that there is nothing."""
    if scene in WITH_RECORD:
        parts = [lines.past_sessions(1), *([lines.WHERE_WE_STOPPED] if scene in WITH_SESSION else [])]
        return Effect((lines.shall_i_forget(parts),), State.CONFIRMING)
    return Effect((lines.NOTHING_TO_FORGET,), State.IDLE)


ROWS = [
    *rows(Intent.MEMORY, AWAKE, known),
    *rows(Intent.FORGET, tuple(scene for scene in AWAKE if scene not in BUSY), asked),
    *rows(Intent.FORGET, BUSY, lambda scene: told(lines.NOT_IN_SESSION, scene)),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_remembered_and_forgotten(row: Row) -> None:
    assert row.seen == row.effect


def record(days_ago: float) -> StretchRecord:
    """A session, so many days before START."""
    ended = START - timedelta(days=days_ago)
    return StretchRecord(ended - timedelta(minutes=4), ended, "quick", ("neck_rotation",), 90, True, "better")


FULL = Conversation(
    sitting=CLEARED,
    civil_start=START,
    history=(record(2), record(0.02), record(0.01)),
    person=KnownPerson(("osteoporosis",), agreed=True),
    settings=Settings(conditions=("osteoporosis",), emergency_number="112", words_per_minute=130),
    body=Body(missing=frozenset({"chair"})),
    keeps=True,
)


def test_all_that_is_remembered_is_told() -> None:
    assert Talk(FULL).say(Intent.MEMORY).settle().spoken[-1] == (
        "I remember three past sessions and that you have osteoporosis. "
        "Also what you said of your body and the room and your emergency number. "
        "It is kept on this machine alone; sound is never kept."
    )


def test_forgetting_everything_names_what_goes_and_leaves_nothing_of_it() -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all").settle()
    parts = "three past sessions and that you have osteoporosis. Also what you said of your body and the room."
    assert talk.spoken[-1] == f"I remember {parts} Delete it all, for good?"
    assert talk.conversation.history == FULL.history, "deleted before the yes"
    talk.say("Yes").settle()
    assert talk.spoken[-2:] == [f"Forgotten: {parts}", lines.SETTINGS_STAY]
    after = talk.conversation
    assert (after.history, after.person, after.body) == ((), KnownPerson(), Body())
    assert after.settings == Settings(emergency_number="112", words_per_minute=130)
    assert after.sitting == FULL.sitting, "what was said of signs holds for the sitting"


def test_an_open_question_of_something_else_is_let_go() -> None:
    talk = Talk(replace(FULL, mode=AskingWhen((), "Five in the morning, or in the afternoon?")))
    assert talk.say(Intent.FORGET, what="all").settle().spoken[-1].endswith("Delete it all, for good?")


def test_forgetting_today_leaves_the_other_days() -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="today").settle()
    assert talk.spoken[-1] == "Delete the two sessions of today, for good?"
    talk.say("Yes").settle()
    assert talk.spoken[-1] == "Forgotten: the two sessions of today."
    assert talk.conversation.history == FULL.history[:1]
    assert talk.conversation.person == FULL.person
    assert talk.say(Intent.FORGET, what="today").settle().spoken[-1] == lines.NOTHING_TODAY


@pytest.mark.parametrize("words", ["no", "no, leave it", "never mind", "no don't", "keep it", "no thanks", "stop"])
def test_a_no_keeps_all(words: str) -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all").hears(words)
    assert talk.conversation.history == FULL.history
    assert talk.conversation.mode == Idle()


@pytest.mark.parametrize(
    "words",
    [
        *(
            "maybe",
            "I'm not sure",
            "go on",
            "ready",
            "yes I think so",
            "I suppose so",
            "yes but keep today",
            "hello",
            "yes, only today",
        ),
        *("yes, only today", "what do you know about me", "how long", "louder", "what time is it", "mm hm whatever"),
    ],
)
def test_nothing_but_a_clear_yes_deletes(words: str) -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all").hears(words)
    assert talk.conversation.history == FULL.history
    talk.hears(words)
    assert talk.conversation.history == FULL.history


@pytest.mark.parametrize("words", ["yes", "yes please", "yes, delete it", "yes, forget it all", "sure", "delete it"])
def test_a_clear_yes_deletes(words: str) -> None:
    assert Talk(FULL).say(Intent.FORGET, what="all").hears(words).conversation.history == ()


def test_reminders_and_own_routines_go_too() -> None:
    talk = Talk(Conversation(civil_start=START)).hears("remind me every forty-five minutes")
    talk.say("MakeRoutine", movements="neck_tilt", name="morning").settle().say(Intent.FORGET, what="all").settle()
    assert talk.spoken[-1] == "Delete one routine of your own and one reminder, for good?"
    talk.say("Yes").settle()
    assert (talk.conversation.own.spoken, talk.conversation.reminders.kept) == ((), ())
    assert talk.say(Intent.MEMORY).settle().spoken[-1] == lines.KNOW_NOTHING


def test_a_second_unclear_answer_keeps_all() -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all").settle().say("Ready").settle()
    assert talk.spoken[-1] == lines.CLEAR_YES
    assert isinstance(talk.conversation.mode, AskingForget)
    assert talk.say("Ready").settle().spoken[-1] == lines.KEPT_ALL
    assert talk.conversation.history == FULL.history


def test_silence_keeps_all_and_says_so() -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all").settle().wait(60)
    assert talk.spoken[-1] == lines.KEPT_ALL
    talk.say("Yes").settle()
    assert talk.conversation.history == FULL.history


def test_a_yes_said_before_the_question_deletes_nothing() -> None:
    talk = Talk(FULL).say(Intent.FORGET, what="all")
    assert talk.say("Yes").conversation.history == FULL.history or talk.settle().conversation.history == ()


def test_nothing_brings_back_what_was_deleted() -> None:
    talk = Talk(FULL).say("Louder").settle().say(Intent.FORGET, what="all").settle().say("Yes").settle()
    assert talk.say("Undo").settle().spoken[-1] == script.NOTHING_TO_UNDO
    assert talk.conversation.settings.conditions == ()
    assert talk.say("Again").settle().conversation.history == ()


def test_what_was_forgotten_is_gone_from_the_disk(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    for each in FULL.history:
        profile.history.add(each)
    profile.save(_kept_of(FULL))
    talk = Talk(FULL, profile).say("StartMovement", movement="slow_breathing").until(State.HOLDING).say("Stop").settle()
    talk.say(Intent.FORGET, what="today").settle().say("Yes").settle()
    assert Profile(tmp_path).history.read() == FULL.history[:1]
    assert Profile(tmp_path).resumable(GUIDANCE) is not None
    talk.say(Intent.FORGET, what="all").settle().say("Yes").settle()
    after = Profile(tmp_path)
    assert after.history.read() == ()
    assert after.resumable(GUIDANCE) is None
    assert after.settings().conditions == ()
    assert after.settings().emergency_number == "112"
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in (b"neck_rotation", b"slow_breathing", b"osteoporosis", b"2026-11"):
        assert word not in left


def _kept_of(conversation: Conversation) -> Kept:
    return Kept(conversation.settings, None)
