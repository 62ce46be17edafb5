"""How the back is as a number: kept before and after a session, asked for only where that is wanted, never twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import script
from assistant.dialogue.parts.keeping import TellsNumber
from assistant.dialogue.parts.modes import AfterHurt, AskingFelt, AskingRating, Coaching, Idle, Offering, Topic
from assistant.dialogue.state import Conversation
from assistant.script import history_lines, safety_lines, stretching
from assistant.script import rating_lines as lines
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import SessionStarted
from audio.frames import frames
from intents.model import Intent
from main import limber
from tests.assistant.dialogue.replies.effects import AWAKE, Effect, Row, holding, rows
from tests.assistant.dialogue.replies.stretching.test_lengths import told
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

START = datetime.fromisoformat("2026-11-26T09:00:00+01:00")
MIDST = ("holding", "resting", "paused")
"""Scenes in the midst of a session, in which a number is neither that before nor that after it."""


def kept(scene: str) -> Effect:
    """The number is kept; an open question is asked again."""
    if scene == "ended":
        return Effect((lines.kept(4),), State.IDLE)
    if scene == "hurt":
        return Effect((lines.said_back(4), script.HURT_CHOICES), State.CONFIRMING)
    if scene == "screening the chest":
        return told(lines.said_back(4), scene)  # the sign comes first
    return told(lines.in_midst(4) if scene in MIDST else lines.kept(4), scene)


ROWS = [*rows(Intent.RATING, AWAKE, kept, rating="4")]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_number_that_is_told_unasked(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize("number", ["11", "-1", "1000"])
@pytest.mark.parametrize("scene", ["idle", "offering", "ended"])
def test_a_number_out_of_range_is_refused_with_the_range_and_nothing_is_kept(scene: str, number: str) -> None:
    row = Row(scene, Intent.RATING, Effect((), State.IDLE), {"rating": number})
    assert row.seen.said[0] == lines.OUT_OF_RANGE_RATING


@pytest.mark.parametrize("number", ["7", "9", "10", "40"])
def test_a_high_number_in_a_hold_lets_go_as_what_hurts_does(number: str) -> None:
    talk = holding().say(Intent.RATING, rating=number).settle()
    hurts = holding().say(Intent.THAT_HURTS).settle()
    assert talk.spoken[-1] == script.HURT
    assert talk.conversation.mode == AfterHurt()
    assert talk.conversation.session == hurts.conversation.session
    assert talk.conversation.number == TellsNumber()


def test_a_low_number_in_a_hold_moves_no_count() -> None:
    talk = holding().say(Intent.RATING, rating="3")
    assert talk.until(State.RESTING).counts == list(range(1, 16))
    assert lines.in_midst(3) in talk.spoken


def wanting(**fields: object) -> Talk:
    """Somebody who wants to be asked."""
    return Talk(replace(Conversation(settings=Settings(rating=True), civil_start=START), **fields))  # type: ignore[arg-type]


def asked() -> Talk:
    """They have asked for slow breathing, denied all signs, and are asked how it is."""
    talk = wanting().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO).settle()
    assert talk.spoken[-1] == lines.HOW_IS_IT
    assert isinstance(talk.conversation.mode, AskingRating)
    return talk


def ended(talk: Talk) -> Talk:
    """The session that begins is over, and the question after it asked."""
    return talk.until(State.INSTRUCTING).until(State.CONFIRMING).settle()


def test_asked_for_before_and_after_it_is_compared_and_kept() -> None:
    talk = ended(asked().hears_now("six"))
    assert "Six." in talk.spoken
    assert talk.spoken[-1] == lines.AND_NOW
    assert isinstance(talk.conversation.mode, AskingFelt)
    assert talk.conversation.mode.as_number
    assert talk.answer("four") == ["From six to four.", stretching.FELT_BETTER]
    (record,) = talk.conversation.history
    assert (record.before, record.after, record.felt) == (6, 4, "better")
    assert talk.state is State.IDLE


@pytest.mark.parametrize(
    ("after", "felt", "said"),
    [
        ("five", "better", ["From six to five.", stretching.FELT_BETTER]),
        ("six", "same", ["Six, as before.", stretching.FELT_SAME, GUIDANCE.professional_once]),
        ("eight", "worse", ["From six to eight.", stretching.FELT_WORSE]),
        ("nought", "better", ["From six to nought.", stretching.FELT_BETTER]),
        ("worse", "worse", [stretching.FELT_WORSE]),
        ("better", "better", [stretching.FELT_BETTER]),
        ("skip", None, [script.DROPPED]),
        ("no", None, [script.DROPPED]),
        ("I don't know", None, [script.DROPPED]),
        ("hard to say", None, [stretching.FELT_UNCLEAR]),
    ],
)
def test_the_number_after_closes_the_question_and_so_does_a_word(after: str, felt: str | None, said: list[str]) -> None:
    talk = ended(asked().say(Intent.RATING, rating="6"))
    assert talk.answer(after) == said
    assert talk.conversation.history[-1].felt == felt
    assert talk.conversation.mode == Idle()


@pytest.mark.parametrize(
    "answer", ["skip", "I don't know", "just start", "no", "start stretching", "go on", "hard to say"]
)
def test_nobody_has_to_tell_a_number(answer: str) -> None:
    talk = ended(asked().hears_now(answer))
    assert [entry.routine for _, entry in talk.noted(SessionStarted)] == [None], "what was asked for begins"
    assert talk.spoken[-1] == stretching.BETTER_SAME_WORSE
    assert talk.conversation.history[-1].before is None


def test_it_is_asked_once_a_sitting_and_not_where_it_was_told() -> None:
    talk = ended(asked().say(Intent.SKIP)).say(Intent.SAME).settle()
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").settle()
    assert talk.spoken.count(lines.HOW_IS_IT) == 1
    told_before = (
        wanting().say(Intent.RATING, rating="5").settle().say(Intent.START_MOVEMENT, movement="slow_breathing")
    )
    told_before.settle().say(Intent.NO)
    assert lines.HOW_IS_IT not in ended(told_before).spoken
    assert told_before.spoken[-1] == lines.AND_NOW


def test_where_it_is_off_it_is_not_asked() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO)
    assert ended(talk).spoken[-1] == stretching.BETTER_SAME_WORSE
    assert lines.HOW_IS_IT not in talk.spoken


def test_told_unasked_it_is_asked_for_after_the_session_too() -> None:
    talk = Talk().hears("it's a six", "start slow breathing").say(Intent.NO)
    assert ended(talk).spoken[-1] == lines.AND_NOW
    assert talk.answer("a four")[0] == "From six to four."


def test_told_in_the_first_minute_before_any_hold_it_is_the_number_before() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO).wait(0.3)
    talk.hears_now("the pain is about eight")
    assert isinstance(talk.wait(0.2).conversation.mode, Coaching)
    assert talk.until(State.CONFIRMING).settle().spoken[-1] == lines.AND_NOW
    assert talk.conversation.history[-1].before == 8


@pytest.mark.parametrize(("later", "after"), [(590, 3), (610, None)])
def test_within_ten_minutes_it_is_the_number_after(later: float, after: int | None) -> None:
    talk = ended(asked().say(Intent.SKIP)).say(Intent.BETTER).settle()
    past = talk.conversation.past
    assert past is not None
    talk.wait((past.ended + frames(later) - talk.now) / 48_000).hears_now("it's down to three now").settle()
    assert talk.spoken[-1] == lines.kept(3)
    assert (talk.conversation.history[-1].after, talk.conversation.history[-1].felt) == (after, "better")
    assert talk.conversation.number.before == (None if after else 3)


def test_a_number_after_without_one_before_is_kept_in_a_short_line() -> None:
    talk = ended(Talk().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO))
    assert talk.answer("six out of ten") == ["Six. Kept."]
    assert (talk.conversation.history[-1].after, talk.conversation.history[-1].felt) == (6, None)
    assert talk.conversation.mode == Idle()


def test_a_bare_number_means_nothing_where_none_is_asked_for() -> None:
    assert not Talk().hears("six").conversation.number.before
    assert ended(asked().say(Intent.SKIP)).hears("six").conversation.history[-1].after is None


def test_undo_takes_a_number_back(tmp_path: Path) -> None:
    talk = wanting().hears("it's a six")
    assert talk.answer("undo that") == [script.CHANGED_BACK]
    assert talk.conversation.number.before is None
    profile = Profile(tmp_path)
    talk = Talk(Conversation(settings=Settings(rating=True), civil_start=START), profile)
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO).settle().say(
        Intent.RATING, rating="6"
    )
    ended(talk).hears("four")
    assert [(each.before, each.after, each.felt) for each in profile.history.read()] == [(6, 4, "better")]
    assert talk.answer("undo that") == [script.CHANGED_BACK]
    assert [(each.before, each.after, each.felt) for each in profile.history.read()] == [(6, None, None)]
    assert talk.answer("it's a five") == ["From six to five.", stretching.FELT_BETTER]
    assert [(each.before, each.after, each.felt) for each in profile.history.read()] == [(6, 5, "better")]


def test_typed_numbers_outlive_the_run_and_the_setting_does(tmp_path: Path) -> None:
    """A whole session typed on the command line, and what a later run and `main.py history` tell of it."""
    run = ("run", "--text", "--clock", "fast", "--profile", str(tmp_path), "--start-at")
    typed = "stop\nask me for a number before and after\nslow breathing\nno\nsix\nit's a four\n"
    done = CliRunner().invoke(limber, [*run, "2026-11-26T09:00+01:00"], input=typed)
    assert done.exit_code == 0, done.output
    assert lines.HOW_IS_IT in done.output
    assert done.output.index("Six.") < done.output.index(lines.AND_NOW) < done.output.index("From six to four.")
    later = CliRunner().invoke(
        limber, [*run, "2026-11-27T09:00+01:00"], input="how was it last time?\nslow breathing\nno\n"
    )
    assert "From six to four." in later.output
    assert lines.HOW_IS_IT in later.output
    assert "6 to 4" in CliRunner().invoke(limber, ["history", "--profile", str(tmp_path)]).output


def test_undo_after_a_session_does_not_bring_a_number_from_before_it_back() -> None:
    talk = ended(asked().say(Intent.RATING, rating="6")).say(Intent.SKIP).settle()
    assert talk.answer("undo that") == [script.NOTHING_TO_UNDO]
    assert talk.conversation.number.before is None
    assert talk.conversation.history[-1].before == 6


def test_silence_asks_once_more_then_rests_and_begins_nothing() -> None:
    talk = asked()
    before = len(talk.spoken)
    talk.wait(40).settle()
    assert talk.spoken[before:] == [lines.SAY_RATING, safety_lines.START_ANY_TIME]
    assert talk.conversation.mode == Idle()
    assert not talk.noted(SessionStarted)


def test_silence_after_a_session_ends_the_question() -> None:
    talk = ended(asked().say(Intent.RATING, rating="6"))
    before = len(talk.spoken)
    talk.wait(60).settle()
    assert talk.spoken[before:] == [lines.SAY_RATING]
    assert talk.conversation.mode == Idle()


def test_what_leads_elsewhere_leaves_the_question() -> None:
    assert isinstance(asked().hears("what causes this").conversation.mode, Topic)
    talk = asked().hears_now("start neck tilts").until(State.HOLDING)
    assert talk.conversation.session is not None
    assert talk.conversation.session.dose.movement.key == "neck_tilt"


def test_a_sign_told_there_begins_no_exercise() -> None:
    talk = asked().say(Intent.RED_FLAG, flag="chest").settle().say(Intent.FALSE_ALARM).settle().say(Intent.YES).settle()
    assert talk.conversation.mode == Idle()
    assert not talk.noted(SessionStarted)


def test_a_condition_told_there_is_advised_on_first() -> None:
    talk = asked().say(Intent.CONDITION, condition="pregnant").settle()
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").settle()
    assert not talk.noted(SessionStarted)


def test_who_wants_help_gets_the_offer_after_the_number() -> None:
    talk = wanting().say(Intent.WHAT_HELPS).settle().say(Intent.NO).settle()
    assert talk.spoken[-1] == lines.HOW_IS_IT
    assert talk.answer("seven")[0] == "Seven."
    assert isinstance(talk.conversation.mode, Offering)


@pytest.mark.parametrize("text", ["eleven", "minus two", "a hundred"])
def test_out_of_range_the_question_stays_open(text: str) -> None:
    talk = asked()
    assert talk.answer(text) == [lines.OUT_OF_RANGE_RATING]
    assert isinstance(talk.conversation.mode, AskingRating)


def test_a_number_key_answers() -> None:
    talk = asked().say(Intent.DIGITS, number="6")
    assert talk.until(State.INSTRUCTING).conversation.number.before == 6


def test_how_did_i_do_names_the_numbers() -> None:
    talk = ended(asked().say(Intent.RATING, rating="6")).hears("four")
    assert talk.answer("how did I do?")[-1].endswith("From six to four.")
    assert talk.answer("how did I do today?")[-1].endswith("From six to four.")
    assert talk.answer("when did I last stretch?")[-1].endswith("From six to four.")


def test_forgetting_takes_the_numbers_too() -> None:
    talk = wanting().hears("it's a six")
    assert lines.NUMBER_TOLD in talk.answer("forget everything")[-1]
    assert talk.hears("yes").conversation.number == TellsNumber()
    talk = ended(asked().say(Intent.RATING, rating="6")).hears("four", "forget today", "yes")
    assert talk.conversation.history == ()


def told_of(sessions: Sequence[tuple[int | None, int | None]]) -> str:
    """The answer to whether it gets better, after sessions with these numbers."""
    talk = ended(asked().say(Intent.RATING, rating="6")).hears("four")
    past = tuple(replace(talk.conversation.history[-1], before=b, after=a, felt=None) for b, a in sessions)
    return Talk(Conversation(history=past, civil_start=START)).say(Intent.AM_I_BETTER).settle().spoken[-1]


@pytest.mark.parametrize(
    ("sessions", "told"),
    [
        ([(6, 4), (5, 5)], history_lines.NO_ANSWERS),
        ([(6, 4), (5, 5), (7, None)], history_lines.NO_ANSWERS),
        ([(6, 4), (5, 5), (7, 4)], "In the three sessions with your numbers, it typically eased by two."),
        (
            [(6, 4), (5, 5), (7, 4), (3, 2)],
            "In the four sessions with your numbers, it typically eased by one and a half.",
        ),
        ([(6, 6), (5, 5), (7, 4)], "In the three sessions with your numbers, it typically stayed the same."),
        ([(6, 7), (5, 6), (7, 4)], "In the three sessions with your numbers, it typically got worse by one."),
    ],
)
def test_a_median_change_is_told_from_three_sessions_on(
    sessions: list[tuple[int | None, int | None]], told: str
) -> None:
    assert told_of(sessions) == told
