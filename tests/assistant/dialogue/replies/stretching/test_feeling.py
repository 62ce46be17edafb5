"""How it feels: in a hold nothing stops, and after a session the answer is kept, answered in a line, and asked once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AskingFelt, Idle
from assistant.dialogue.state import Conversation
from assistant.script import stretching
from assistant.script.stretching import NOTHING_AGAIN
from assistant.sessions.profile import Profile
from assistant.states import State
from assistant.timeline.entries import EarconPlayed, HoldEnded, SessionEnded
from intents.model import Intent, Reading
from tests.assistant.dialogue.replies import test_alarms
from tests.assistant.dialogue.replies.effects import SESSION, Effect, Row, begun, holding, rows, state_in
from tests.assistant.dialogue.replies.test_flow import QUICK
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

SOFT = (EarconPlayed("understood"),)
PROFESSIONAL = GUIDANCE.professional_once
RESTING = ("idle", "left", "asked", "said back", "ended")
"""Scenes in which how it feels is taken for how it feels after a session."""
BETTER = Effect((stretching.FELT_BETTER,), State.IDLE)
SAME = Effect((stretching.FELT_SAME, PROFESSIONAL), State.IDLE)
WORSE = Effect((stretching.FELT_WORSE,), State.IDLE)


ABOUT_A_SIGN = ("hurt", "screening the chest")
"""Scenes in which it is taken for an answer about what came with a stretch, or about a sign."""


def like(intent: Intent) -> Callable[[str], Effect]:
    """What another intent does in a scene, which a table has."""
    tabled = {row.scene: row.effect for row in test_alarms.ROWS if row.intent is intent}
    return tabled.__getitem__


def soft(scene: str) -> Effect:
    """Nothing is said; in a hold the sound tells it that is heard everywhere there."""
    return Effect((), state_in(scene))


ROWS = [
    *rows(Intent.FEELS_GOOD, ("asked", "said back", "hurt", "paused topic", "paused"), soft),
    *rows(Intent.FEELS_GOOD, ("idle", "left"), lambda scene: Effect((stretching.GLAD_OF_IT,), State.IDLE)),
    *rows(Intent.FEELS_GOOD, ("screening the chest",), soft),
    *rows(Intent.FEELS_GOOD, ("ended",), BETTER),
    *rows(Intent.BETTER, RESTING, BETTER),
    *rows(Intent.SAME, (*RESTING, "topic"), SAME),
    *rows(Intent.WORSE, (*RESTING, "topic"), WORSE),
    *rows(Intent.PASSED, ("ended",), BETTER),
    *rows(Intent.STILL_BAD, ("ended",), SAME),
    *rows(Intent.YES, ("ended",), BETTER),
    *rows(Intent.NO, ("ended",), SAME),
    *rows(Intent.RESUME, ("ended",), Effect((stretching.SAY_FELT,), State.CONFIRMING)),
    *rows(Intent.BETTER, ABOUT_A_SIGN, like(Intent.PASSED)),
    *rows(Intent.SAME, ABOUT_A_SIGN, like(Intent.STILL_BAD)),
    *rows(Intent.WORSE, ABOUT_A_SIGN, like(Intent.STILL_BAD)),
    *rows(Intent.AGAIN, ("idle", "asked", "said back"), lambda scene: Effect((NOTHING_AGAIN,), state_in(scene))),
    *rows(Intent.AGAIN, ("ended",), QUICK),
    *rows(Intent.AGAIN, ("left",), replace(QUICK, place=None, dose=None)),
]
UNROWED = {(scene, Intent.FEELS_GOOD) for scene in SESSION}
"""Nothing at all is said there: the tests below hold that."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_how_it_feels(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize("intent", [Intent.FEELS_GOOD, Intent.COUNT_ONLY])
def test_a_good_feeling_in_a_hold_moves_no_count_and_says_nothing(intent: Intent) -> None:
    talk = holding()
    said = len(talk.spoken)
    talk.say(intent).wait(4)
    assert [line for line in talk.spoken[said:] if not line.isdigit() and line != script.BREATHE] == []
    assert talk.until(State.RESTING).counts == list(range(1, 16))
    assert [entry for _, entry in talk.noted(HoldEnded)] == [HoldEnded(15, 15 * 48_000)]


@pytest.mark.parametrize("scene", ["screening the chest", "hurt"])
@pytest.mark.parametrize("intent", [Intent.BETTER, Intent.SAME, Intent.WORSE])
def test_asked_about_a_sign_it_is_an_answer_to_that(scene: str, intent: Intent) -> None:
    row = Row(scene, intent, soft(scene))
    assert not {stretching.FELT_BETTER, stretching.FELT_SAME, stretching.FELT_WORSE} & set(row.seen.said)


def ended() -> Talk:
    """A single movement was done to its end."""
    return Talk().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO).until(State.CONFIRMING)


def test_it_is_asked_once_after_the_end_was_noted() -> None:
    talk = ended().wait(6)
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]
    assert talk.conversation.mode == AskingFelt()
    assert talk.spoken[-2:] == [stretching.SESSION_DONE, stretching.BETTER_SAME_WORSE]
    talk.say(Intent.SAME).wait(90)
    assert talk.spoken.count(stretching.BETTER_SAME_WORSE) == 1


def test_unanswered_it_is_asked_again_once_and_silence_ends_it() -> None:
    talk = ended().wait(100)
    assert talk.spoken.count(stretching.BETTER_SAME_WORSE) == 2
    assert talk.spoken[-1] == stretching.BETTER_SAME_WORSE
    assert talk.conversation.mode == Idle()


def test_it_is_not_asked_after_stop() -> None:
    assert stretching.BETTER_SAME_WORSE not in holding().say(Intent.STOP).wait(60).spoken


def test_only_who_is_not_better_is_sent_to_a_professional() -> None:
    assert PROFESSIONAL not in ended().settle().say(Intent.BETTER).settle().spoken
    talk = ended().settle().say(Intent.SAME).settle().say(Intent.AGAIN).settle().say(Intent.SAME).settle()
    assert talk.spoken.count(PROFESSIONAL) == 2
    assert "doctor" in ended().settle().say(Intent.WORSE).settle().spoken[-1]


@pytest.mark.parametrize("answer", ["hard to tell really", "so so", "can't say", "meh", "it's alright I suppose"])
def test_an_unclear_answer_takes_one_line_and_ends_it(answer: str) -> None:
    talk = ended().settle().mumble(answer).settle()
    assert talk.spoken[-1] == stretching.FELT_UNCLEAR
    assert talk.conversation.mode == Idle()
    assert talk.wait(60).spoken[-1] == stretching.FELT_UNCLEAR


@pytest.mark.parametrize("word", ["ok", "okay then", "right", "all right", "sure", "carry on", "mhm"])
def test_who_only_takes_note_is_asked_again_once_and_nothing_is_kept(word: str) -> None:
    talk = ended().settle().hears(word)
    assert talk.spoken[-1] == stretching.SAY_FELT
    assert talk.conversation.mode == AskingFelt()
    assert talk.hears(word).spoken[-1] == stretching.FELT_UNCLEAR
    assert talk.state is State.IDLE
    assert stretching.FELT_BETTER in ended().settle().hears(word, "better").spoken


@pytest.mark.parametrize("word", ["yes", "good", "great", "yeah, fine"])
def test_a_yes_and_a_good_are_better(word: str) -> None:
    assert ended().settle().hears(word).spoken[-1] == stretching.FELT_BETTER


@pytest.mark.parametrize(
    ("answer", "intent", "line"),
    [
        ("I can't say", Intent.COUNT_SILENTLY, stretching.FELT_UNCLEAR),
        ("just as it was", Intent.UNDO, PROFESSIONAL),
        ("sort of better, hard to say", Intent.BETTER, stretching.FELT_UNCLEAR),
    ],
)
def test_what_is_read_as_something_else_is_an_answer(answer: str, intent: Intent, line: str) -> None:
    talk = ended().settle()
    talk.take(Heard(Reading(answer, intent, confidence=1.0), talk.now, talk.now))
    assert talk.settle().spoken[-1] == line
    assert talk.conversation.settings == Conversation().settings


def test_long_talk_is_no_answer() -> None:
    talk = ended().settle().mumble("well the man from the council came about the bins on Friday").settle()
    assert talk.conversation.mode == AskingFelt()


def test_again_is_not_screened_unless_it_is_worse() -> None:
    talk = ended().settle().say(Intent.BETTER).settle().say(Intent.AGAIN).until(State.HOLDING)
    assert talk.spoken.count(GUIDANCE.screening.question) == 1
    talk = ended().settle().say(Intent.WORSE).settle().say(Intent.AGAIN).wait(1)
    assert talk.state is State.SCREENING


@pytest.mark.parametrize("felt", ["better", "same", "worse"])
def test_it_is_kept_with_the_session(felt: str, tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    talk = Talk(Conversation(), profile).say(Intent.START_MOVEMENT, movement="slow_breathing").settle()
    talk.say(Intent.NO).settle().say(felt.capitalize()).settle()
    assert [(record.completed, record.felt) for record in profile.history.read()] == [(True, felt)]


def test_a_session_that_went_another_way_is_not_called_done() -> None:
    talk = begun().say(Intent.NEXT).settle()
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]
    assert stretching.NOT_ALL_DONE in talk.spoken
