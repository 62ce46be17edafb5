"""The number to call in an emergency: asked for, said back, kept after a yes, and never in the way."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.machine import step
from assistant.dialogue.parts.modes import AskingNumber, Asleep, Idle
from assistant.dialogue.state import Changeable, Conversation
from assistant.script import answering
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import StateEntered
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    AWAKE,
    OUTSIDE,
    PAUSES,
    SESSION,
    Effect,
    Row,
    aside,
    asked,
    holding,
    observed,
    rows,
    standing,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

LIVE = Conversation(asks_number=True)
RIGHT = "One, one, two. Is that right?"
SAID_BACK = Effect((RIGHT,), State.CONFIRMING)
KEPT = Settings(emergency_number="112")
SKIPPED = Settings(ask_emergency_number=False)

ROWS = [
    *rows(Intent.EMERGENCY_NUMBER, OUTSIDE, SAID_BACK, number="112"),
    *rows(
        Intent.EMERGENCY_NUMBER,
        (*SESSION, *PAUSES, "hurt"),
        aside("One, one, two. Say undo if that is wrong.", settings=KEPT),
        number="112",
    ),
    *rows(Intent.EMERGENCY_NUMBER, OUTSIDE, Effect((script.WHICH_NUMBER,), State.CONFIRMING)),
    *rows(Intent.EMERGENCY_NUMBER, (*SESSION, *PAUSES, "hurt"), aside(script.SAY_WHOLE)),
    *rows(Intent.ASK_EMERGENCY_NUMBER, AWAKE, aside(script.number_is(None))),
    *rows(Intent.DIGITS, ("asked", "said back"), SAID_BACK, number="112"),
    *rows(Intent.DIGITS, ("asked", "said back"), Effect((script.SAY_NUMBER,), State.CONFIRMING)),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_emergency_number(row: Row) -> None:
    assert row.seen == row.effect


def test_a_number_that_is_said_at_once_is_the_one_that_a_yes_keeps() -> None:
    talk = Talk().say(Intent.EMERGENCY_NUMBER, number="112").settle()
    assert talk.conversation.mode == AskingNumber("112")
    assert talk.say(Intent.YES).settle().conversation.settings == KEPT


# -- at the start ---------------------------------------------------------------------------------------


def test_at_the_first_live_start_it_greets_and_asks() -> None:
    talk = asked()
    assert talk.spoken == [script.HELLO, script.WHICH_NUMBER]
    assert talk.conversation.mode == AskingNumber()
    assert talk.conversation.asks_number is False
    assert [entry.name for _, entry in talk.noted(StateEntered)] == ["Idle", "Confirming"]


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(),
        Conversation(settings=KEPT, asks_number=True),
        Conversation(settings=SKIPPED, asks_number=True),
        Conversation(mode=Asleep(), asks_number=True),
    ],
    ids=["not live", "named", "skipped", "asleep"],
)
def test_otherwise_it_says_nothing_at_the_start(conversation: Conversation) -> None:
    talk = Talk(conversation).settle()
    assert talk.spoken == []
    assert talk.conversation.mode == conversation.mode


@pytest.mark.parametrize(
    ("settings", "asks", "lines"),
    [
        (Settings(), True, [script.LISTENING, script.WHICH_NUMBER]),
        (Settings(), False, [script.LISTENING]),
        (KEPT, True, [script.LISTENING]),
        (SKIPPED, True, [script.LISTENING]),
    ],
)
def test_started_asleep_it_asks_when_it_is_first_woken(settings: Settings, asks: bool, lines: list[str]) -> None:
    talk = Talk(Conversation(mode=Asleep(), settings=settings, asks_number=asks)).say(Intent.WAKE).settle()
    assert talk.spoken == lines
    again = talk.say(Intent.GOODBYE).settle().say(Intent.WAKE).settle()
    assert again.spoken[-1] == script.LISTENING, "it asks twice"


# -- answers --------------------------------------------------------------------------------------------


def digits(*numbers: str) -> Talk:
    """Numbers are said, or typed a digit at a time, one after the other."""
    talk = asked()
    for number in numbers:
        talk.say(Intent.DIGITS, number=number).settle()
    return talk


@pytest.mark.parametrize(
    ("numbers", "mode"),
    [
        (("112",), AskingNumber("112")),
        (("1",), AskingNumber("1", typed=True)),
        (("1", "1", "2"), AskingNumber("112", typed=True)),
        (("119", "1", "1", "2"), AskingNumber("112", typed=True)),
        (("1", "1", "112"), AskingNumber("112")),
        (("123456",), AskingNumber("123456")),
        (("1234567",), AskingNumber()),
        (("1", "2", "3", "4", "5", "6", "7"), AskingNumber()),
    ],
)
def test_a_number_is_said_or_typed(numbers: tuple[str, ...], mode: AskingNumber) -> None:
    talk = digits(*numbers)
    assert talk.conversation.mode == mode
    assert talk.conversation.settings == Settings(), "it is kept before the yes"
    assert talk.spoken[-1] == (script.is_it_right(mode.number) if mode.number else script.SAY_NUMBER)


def test_no_digits_after_a_number_say_that_it_was_wrong() -> None:
    talk = digits("119")
    modes = [talk.say(Intent.DIGITS, **slots).settle().conversation.mode for slots in ({}, {"number": "112"}, {})]
    assert modes == [AskingNumber(again=True), AskingNumber("112", again=True), Idle()]
    assert talk.spoken[-1] == script.NO_NUMBER
    assert talk.conversation.settings == Settings(), "the question may come again at another start"


@pytest.mark.parametrize("intent", [Intent.DIGITS, Intent.YES])
def test_that_it_was_wrong_once_is_not_forgotten(intent: Intent) -> None:
    talk = digits("119").say(Intent.NO).settle()
    assert talk.conversation.mode == AskingNumber(again=True)
    talk.say(intent).settle()
    assert talk.conversation.mode == AskingNumber(again=True)
    assert talk.spoken[-1] == script.SAY_NUMBER
    assert talk.say(Intent.DIGITS, number="112").settle().say(Intent.NO).settle().spoken[-1] == script.NO_NUMBER


@pytest.mark.parametrize(("typed", "kept"), [(("1",), None), (("1", "2"), "12"), (("123456",), "123456")])
def test_a_yes_keeps_a_number_that_is_one(typed: tuple[str, ...], kept: str | None) -> None:
    talk = digits(*typed)
    effect = observed(talk, lambda talk: talk.say(Intent.YES))
    assert talk.conversation.settings == Settings(emergency_number=kept)
    assert effect.said == ((script.REMEMBERED,) if kept else (script.SAY_NUMBER,))
    assert talk.conversation.mode == (Idle() if kept else AskingNumber())


def test_what_was_kept_or_skipped_can_be_undone() -> None:
    for answer in (Intent.YES, Intent.SKIP):
        talk = digits("112").say(answer).settle()
        assert talk.conversation.undoable == Changeable(Settings(), None)
        assert talk.say(Intent.UNDO).settle().conversation.settings == Settings()


@pytest.mark.parametrize("intent", [Intent.SKIP, Intent.NO, Intent.NEVER_MIND])
def test_a_number_that_is_set_is_not_dropped_with_the_question(intent: Intent) -> None:
    talk = Talk(Conversation(settings=KEPT)).say(Intent.EMERGENCY_NUMBER).settle()
    effect = observed(talk, lambda talk: talk.say(intent))
    assert effect == Effect((script.ALL_RIGHT,), State.IDLE)


def test_in_a_session_an_undo_knows_the_session_too() -> None:
    conversation, now = standing("holding")
    after, _ = step(conversation, said(Intent.EMERGENCY_NUMBER, now, number="112"), now, GUIDANCE)
    assert after.undoable == Changeable(Settings(), conversation.session)


def test_what_it_is_is_told() -> None:
    talk = Talk(Conversation(settings=KEPT))
    assert observed(talk, lambda talk: talk.say(Intent.ASK_EMERGENCY_NUMBER)).said == ("It is one, one, two.",)


@pytest.mark.parametrize("number", ["1", "1234567"])
def test_no_number_of_another_length_is_kept_in_a_hold(number: str) -> None:
    talk = holding()
    effect = observed(talk, lambda talk: talk.say(Intent.EMERGENCY_NUMBER, number=number))
    assert effect == aside(script.SAY_WHOLE)("holding")


@pytest.mark.parametrize("number", ["12", "123456"])
def test_the_shortest_and_the_longest_are_kept_in_a_hold_and_can_be_undone(number: str) -> None:
    talk = holding().say(Intent.EMERGENCY_NUMBER, number=number).wait(4)
    assert talk.conversation.settings == Settings(emergency_number=number)
    assert talk.say(Intent.UNDO).wait(3).conversation.settings == Settings()


@pytest.mark.parametrize("mode", [AskingNumber(), AskingNumber("112")], ids=["asked", "said back"])
def test_what_is_not_understood_is_told_how_to_answer(mode: AskingNumber) -> None:
    talk = Talk(Conversation(mode=mode)).mumble("blue elephants").settle()
    how = script.SAY_NUMBER if mode.number is None else script.choices(State.CONFIRMING)
    assert talk.spoken == [f"I heard blue elephants. {answering.CANNOT} {how}"]


def test_a_pause_while_it_is_asked_says_how_to_answer() -> None:
    talk = Talk(replace(LIVE)).wait(0.4).say(Intent.PAUSE).settle()
    assert talk.spoken[-1] == script.HELD_UP
    assert talk.state is State.PAUSED
