"""When last, how much, and whether it gets better: honest answers, beside what goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation
from assistant.history.stretch_record import Felt, Past, StretchRecord
from assistant.script import history_lines as lines
from assistant.script.stretching import FELT_WORSE
from assistant.states import State
from audio.frames import seconds
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import AWAKE, Effect, Row, rows
from tests.assistant.dialogue.replies.stretching.test_lengths import told
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit

START = datetime.fromisoformat("2026-11-26T09:00:00+01:00")
"""A Thursday."""
QUICK = ("neck_rotation", "slow_breathing")
THREE = "about three minutes"
NAMES = "neck rotations and slow breathing"
FELT_SO = "You felt better twice and worse once."
HELD_SOMETHING = ("left", "resting", "hurt")
"""Scenes in which a hold is over, in whole or in part."""


def last(scene: str) -> Effect:
    """When the last session was; no clock was set."""
    return told(lines.WHEN_UNKNOWN if scene in HELD_SOMETHING else lines.NEVER, scene)


def better(scene: str) -> Effect:
    """Whether it gets better, with no answer on record."""
    return told(lines.NO_ANSWERS, scene)


ROWS = [
    *rows(Intent.LAST_TIME, AWAKE, last),
    *rows(Intent.AM_I_BETTER, AWAKE, better),
    *rows(
        Intent.HOW_MUCH,
        AWAKE,
        lambda scene: told("One session so far." if scene in HELD_SOMETHING else lines.NEVER, scene),
        measure="sessions",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_was_done_before(row: Row) -> None:
    assert row.seen == row.effect


def record(days_ago: float, felt: Felt | None = None, **fields: object) -> StretchRecord:
    """A whole quick routine, so many days before START."""
    ended = START - timedelta(days=days_ago)
    kept = StretchRecord(
        ended - timedelta(minutes=4), ended, "quick", ("neck_rotation", "slow_breathing"), 90, True, felt
    )
    return replace(kept, **fields)  # type: ignore[arg-type] # any field of a record


def talk(*past: StretchRecord) -> Talk:
    """A talk at START, with these sessions on record."""
    return Talk(Conversation(sitting=CLEARED, civil_start=START, history=past))


def answer(past: Past, intent: Intent, **slots: str) -> str:
    """What is said to a question, with these sessions on record."""
    return talk(*past).say(intent, **slots).settle().spoken[-1]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "Just now: quick relief."),
        (timedelta(minutes=12), "Twelve minutes ago: quick relief."),
        (timedelta(hours=2), "Today, at seven o'clock in the morning: quick relief."),
        (timedelta(hours=12), "Yesterday, at nine o'clock in the evening: quick relief."),
        (timedelta(days=3), "On Monday, three days ago: quick relief."),
        (timedelta(days=40), "Forty days ago: quick relief."),
    ],
)
def test_when_somebody_last_stretched(ago: timedelta, words: str) -> None:
    assert answer((record(9), record(ago / timedelta(days=1))), Intent.LAST_TIME) == words


def test_the_last_time_of_one_movement_is_told_apart() -> None:
    past = (record(1), record(0.01, routine=None, movements=("shoulder_rolls",)))
    assert answer(past, Intent.LAST_TIME, movement="neck_rotation") == (
        "Yesterday, at nine o'clock in the morning: neck rotations."
    )
    assert answer(past, Intent.LAST_TIME, movement="neck_tilt") == lines.NEVER_THIS_ONE


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"period": "today", "measure": "sessions"}, "One session today."),
        ({"period": "yesterday", "measure": "sessions"}, "Nothing yesterday."),
        ({"period": "week", "measure": "sessions"}, "Two sessions this week."),
        (
            {"period": "last_week", "measure": "time"},
            f"About eight minutes last week, in two sessions, {THREE} of that in holds.",
        ),
        (
            {"period": "month"},
            f"This month: {NAMES}, in four sessions, about sixteen minutes in all. {FELT_SO}",
        ),
        ({"measure": "sessions"}, "One session today."),
        (
            {"period": "all"},
            f"So far: {NAMES}, in five sessions, about twenty minutes in all. {FELT_SO}",
        ),
    ],
)
def test_how_much_was_done(slots: dict[str, str], words: str) -> None:
    past = (record(40), record(8, "better"), record(4, "worse"), record(2, "better"), record(0.01))
    assert answer(past, Intent.HOW_MUCH, **slots) == words


def test_nothing_yet_today_is_said_so() -> None:
    assert answer((record(1),), Intent.HOW_DID_I_DO, period="today") == "Nothing yet today."


def test_what_was_not_measured_is_not_told_as_none() -> None:
    past = (record(0.01, began=None, held=None, movements=()),)
    assert answer(past, Intent.HOW_MUCH, period="today", measure="time") == "Today: one session."


def test_a_session_left_before_its_first_hold_is_none() -> None:
    left = record(0.01, held=0.0, movements=(), completed=False)
    assert left.ended is not None
    past = (replace(left, began=left.ended - timedelta(seconds=20)),)
    assert answer(past, Intent.HOW_MUCH, period="today") == lines.NEVER


def test_the_session_that_goes_on_counts() -> None:
    going = talk(record(1)).say("StartMovement", movement="neck_rotation").until(State.RESTING)
    going.say(Intent.HOW_MUCH, period="today", measure="sessions")
    assert "One session today." in [line.text for line in going.settle().begun]


def test_an_unset_clock_claims_no_day() -> None:
    past = (record(1),)
    unset = Talk(Conversation(civil_start=datetime.fromisoformat("1970-01-01T00:01:00+00:00"), history=past))
    assert unset.say(Intent.HOW_MUCH, period="today").settle().spoken[-1] == lines.DAY_UNKNOWN
    assert unset.say(Intent.LAST_TIME).settle().spoken[-1] == lines.WHEN_UNKNOWN


SO_FAR = "I can only count. In your last"
WORSE = f"{lines.LESS_OFTEN} {lines.SEE_SOMEBODY}"
FEW = "Too early to tell, from only"
FELT: tuple[tuple[tuple[Felt, ...], str], ...] = (
    (("better",), f"{FEW} one session: you felt better after it."),
    (("better", "better"), f"{FEW} two sessions: you felt better after both."),
    (("better", "same", "worse"), f"{FEW} three sessions: you felt better once, the same once and worse once."),
    (("worse", "worse"), f"{FEW} two sessions: you felt worse after both. {lines.SEE_SOMEBODY}"),
    (("better", "worse", "better", "better"), f"{SO_FAR} four answers you felt better three times and worse once."),
    (
        ("worse", "worse", "same", "worse", "better", "better", "same", "better"),
        f"{SO_FAR} eight answers you felt better three times, the same twice and worse three times. {lines.OFTENER}",
    ),
    (
        ("better", "better", "better", "better", "same", "worse", "same", "worse"),
        f"{SO_FAR} eight answers you felt better four times, the same twice and worse twice. {WORSE}",
    ),
)


@pytest.mark.parametrize(("felt", "words"), FELT)
def test_whether_it_gets_better_is_counted_and_not_claimed(felt: tuple[Felt, ...], words: str) -> None:
    past = tuple(record(len(felt) - at, how) for at, how in enumerate(felt))
    assert answer(past, Intent.AM_I_BETTER) == words


def test_worse_twice_lately_leads_to_advice_at_once() -> None:
    done = talk(record(2, "worse"), record(1, "better"))
    done.say("StartMovement", movement="slow_breathing").settle().say("Worse").settle()
    assert done.spoken[-1] == lines.NO_MORE_LATELY
    once = talk(record(1, "better")).say("StartMovement", movement="slow_breathing").settle().say("Worse").settle()
    assert once.spoken[-1] == FELT_WORSE


def test_a_session_is_kept_as_it_went() -> None:
    done = talk().say("StartMovement", movement="neck_rotation").settle().say("Better").settle()
    (kept,) = done.conversation.history
    assert (kept.routine, kept.movements, kept.completed, kept.felt) == (None, ("neck_rotation",), True, "better")
    assert kept.held == 60
    assert kept.began is not None
    assert kept.ended is not None
    assert START <= kept.began < kept.ended <= START + timedelta(seconds=seconds(done.now))


def test_a_session_taken_up_again_counts_only_what_is_new() -> None:
    done = talk().say("StartRoutine", routine="quick").until(State.RESTING).wait(1).say("Next").wait(1)
    done.until(State.HOLDING).wait(7.5).say("Stop").settle().say("Resume").settle()
    first, second = done.conversation.history
    assert first.movements == ()
    assert set(second.movements) == {"shoulder_rolls", "slow_breathing"}
    assert first.held is not None
    assert first.held == 15
    whole = talk().say("StartMovement", movement="shoulder_rolls").settle().conversation.history[0].held
    assert whole is not None
    assert second.held is not None
    assert second.held >= whole


def test_nothing_is_guessed_while_signs_are_asked_about() -> None:
    asked = Talk().say("StartRoutine", routine="quick").settle().hears("am I getting better?")
    assert asked.state is State.SCREENING
    assert lines.NO_ANSWERS in asked.spoken
    assert asked.say("No").until(State.HOLDING).state is State.HOLDING


ROLLS, TILTS, TURNS = "shoulder_rolls", "neck_tilt", "neck_rotation"
FOUR = (TURNS, ROLLS, TILTS, "slow_breathing")


def single(movement: str, felt: Felt | None = None, *, whole: bool = True) -> StretchRecord:
    """A session of today, of one movement or of a part of it."""
    done = (movement,) if whole else ()
    return record(0.01, felt, routine=None, movements=done, completed=whole, partly=None if whole else movement)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        ((single(ROLLS, "better"),), "Today: shoulder rolls, in one session of about four minutes. You felt better"),
        ((single(ROLLS), single(TILTS, whole=False)), "Today: shoulder rolls and part of neck tilts, in two sessions"),
        ((single(TILTS, whole=False),), "Today: part of neck tilts, in one session of about four minutes."),
        ((single(ROLLS), single(ROLLS, whole=False)), "Today: shoulder rolls, in two sessions"),
        ((record(0.01, movements=FOUR),), "Today: quick relief, in one session"),
        ((record(0.01, movements=FOUR), single(ROLLS)), "Today: four movements, in two sessions"),
        ((record(0.01, movements=(), completed=False),), "Today: one session, about four minutes in all."),
    ],
)
def test_what_was_done_is_told_by_name(past: Past, words: str) -> None:
    assert answer(past, Intent.HOW_MUCH, period="today").startswith(words)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        ((), lines.NEVER),
        ((single(TILTS, whole=False),), "Nothing to its end yet today, only part of neck tilts."),
        ((single(TILTS, whole=False), single(ROLLS)), "Today: shoulder rolls. Beside that only part of neck tilts."),
        ((record(0.01, movements=(), completed=False),), "Nothing to its end yet today, only part of quick relief."),
        ((record(0.01, completed=False),), f"Today: {NAMES}. Beside that only part of quick relief."),
        ((record(0.02, completed=False), record(0.01)), f"Today: {NAMES}."),
    ],
)
@pytest.mark.parametrize("text", ["what have I finished today", "which exercises did I complete today"])
def test_only_what_was_done_to_its_end_is_finished(past: Past, words: str, text: str) -> None:
    assert talk(*past).answer(text) == [words]


@pytest.mark.parametrize("felt", ["better", "worse", None])
@pytest.mark.parametrize("text", ["how was it last time", "what did I say last time", "how did I feel last time"])
def test_how_it_was_the_last_time(text: str, felt: Felt | None) -> None:
    told = lines.NOT_FELT if felt is None else f"You felt {felt} after it."
    (said,) = talk(record(1), single(ROLLS, felt)).answer(text)
    assert said.endswith(f": shoulder rolls. {told}")


def test_when_it_was_says_also_how_it_was() -> None:
    assert answer((single(ROLLS, "same"),), Intent.LAST_TIME).endswith("You felt the same after it.")
