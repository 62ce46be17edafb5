"""How long, how many movements, what for, what fits into the time, and what was done: the answer, everywhere."""

import pytest

from assistant import script
from assistant.dialogue.state import Conversation
from assistant.script import answering, stretching
from assistant.states import State
from assistant.timeline import entries
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    AWAKE,
    BREATHING,
    NECK,
    SESSION,
    Effect,
    Row,
    aside,
    begun,
    rows,
    state_in,
)
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

REMINDED = {
    "screening": answering.SCREENING_IS_OPEN,
    "screening for help": answering.SCREENING_IS_OPEN,
    "screening the chest": GUIDANCE.screening.chest,
    "offering": stretching.BEGIN,
    "hurt": script.HURT_CHOICES,
}
"""The question that stays open in a scene, as it is said again after an answer."""
GOING = (*SESSION, "paused")
QUICK_TAKES, FULL_TAKES = "Quick relief: about four minutes.", "Full routine: about eleven minutes."


def told(words: str, scene: str) -> Effect:
    """An answer beside what goes on, and the question that stays open."""
    if scene in REMINDED:
        return Effect((words, REMINDED[scene]), state_in(scene))
    return aside(words)(scene)


def quick_or_both(scene: str) -> Effect:
    """The length of the routine in question; where none is, those of the shortest and the longest."""
    in_question = scene in (*GOING, "hurt", "screening", "offering")
    if scene == "hurt":
        return told("Quick relief: about three minutes.", scene)  # what hurt is gentler
    return told(QUICK_TAKES if in_question else f"{QUICK_TAKES} {FULL_TAKES}", scene)


def done(scene: str) -> Effect:
    """What was done."""
    begun_already = scene in (*GOING, "hurt", "ended", "left")
    begun = "You had just begun" if scene in ("ended", "left") else "We have just begun"
    return told(f"{begun}, about a minute in." if begun_already else stretching.NO_STRETCH_YET, scene)


def in_time(scene: str) -> Effect:
    """What fits into ten minutes."""
    words = "Gentle routine fits, it takes about six minutes."
    if scene in (*GOING, "hurt"):
        left = "About three minutes" if scene == "hurt" else "About four minutes"
        return aside(f"{left} left in all. That fits.")(scene)
    if scene in ("screening the chest", "paused topic"):
        return told(words, scene)
    if scene in REMINDED and scene != "offering":
        return Effect((words, answering.SCREENING_IS_OPEN), State.SCREENING)
    return Effect((words, stretching.BEGIN_WITH_THAT), State.CONFIRMING)


ROWS = [
    *rows(Intent.ROUTINE_LENGTH, AWAKE, quick_or_both),
    *rows(Intent.HOW_DID_I_DO, AWAKE, done),
    *rows(Intent.HAVE_TIME, AWAKE, in_time, minutes="10"),
    *rows(Intent.TIME_LEFT, GOING, aside("About four minutes left in all.")),
    *rows(Intent.TIME_LEFT, ("idle", "ended", "said back", "paused topic"), aside(script.where_in)),
    *rows(Intent.TIME_LEFT, ("asked",), aside(script.SAY_NUMBER)),
    *rows(Intent.TIME_LEFT, ("left",), aside("About four minutes left of it. Say go on to pick it up again.")),
    *rows(Intent.MOVEMENTS_LEFT, GOING, aside("Two more after this one.")),
    *rows(Intent.MOVEMENTS_LEFT, ("paused topic",), aside(script.NOTHING_RUNNING)),
    *rows(Intent.WHY_THIS, GOING, aside(NECK.why)),
    *rows(Intent.WHY_THIS, ("paused topic",), aside(script.NOTHING_RUNNING)),
    Row("last", Intent.MOVEMENTS_LEFT, Effect(("This is the last movement.",), State.HOLDING, ())),
]


@pytest.mark.parametrize("row", [row for row in ROWS if row.scene != "last"], ids=str)
def test_what_is_asked_about_lengths(row: Row) -> None:
    assert row.seen == row.effect


def test_in_the_last_movement_none_is_left() -> None:
    talk = begun().say(Intent.NEXT).wait(0.1).say(Intent.NEXT).wait(0.1).say(Intent.MOVEMENTS_LEFT).wait(4)
    assert "This is the last movement." in talk.spoken
    assert talk.conversation.session is not None
    assert talk.conversation.session.dose.movement == BREATHING


@pytest.mark.parametrize(("key", "minutes"), [("quick", 4), ("gentle", 6), ("strength", 9), ("full", 11)])
def test_the_minutes_that_are_told_are_those_that_a_routine_takes(key: str, minutes: int) -> None:
    talk = Talk().say(Intent.START_ROUTINE, routine=key).settle().say(Intent.NO).settle()
    (began, _), (ended, end) = talk.noted(entries.SessionStarted)[0], talk.noted(entries.SessionEnded)[0]
    assert end.completed
    assert round((ended - began) / 48_000 / 60) == minutes
    assert GUIDANCE.routines[key].minutes == minutes
    assert f"{stretching.minutes(minutes * 60)}." in next(line for line in talk.spoken if "movements" in line)


def test_what_takes_longer_than_the_time_there_is_is_told() -> None:
    talk = Talk().say(Intent.HAVE_TIME, minutes="2").settle()
    assert talk.spoken == [
        "Quick relief takes about four minutes. Slow breathing takes about a minute.",
        stretching.BEGIN_WITH_THAT,
    ]
    talk.say(Intent.YES).settle().say(Intent.NO).settle()
    assert [entry.name for _, entry in talk.noted(entries.MovementBegun)][:1] == ["slow_breathing"]


def test_who_names_no_minutes_is_told_what_the_shortest_takes() -> None:
    talk = Talk().say(Intent.HAVE_TIME).settle()
    assert talk.spoken == ["Quick relief: about four minutes.", stretching.BEGIN_WITH_THAT]
    talk = begun().say(Intent.HAVE_TIME).settle()
    assert stretching.WITHIN_REACH in " ".join(talk.spoken)
    assert "fits" not in " ".join(talk.spoken)


def test_of_what_was_done_it_tells_how_much() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO).settle()
    assert talk.say(Intent.HOW_DID_I_DO).settle().spoken[-1] == (
        "You did all of slow breathing, five breaths, in about a minute."
    )
    assert talk.say(Intent.BETTER).settle().say(Intent.HOW_DID_I_DO).settle().spoken[-1].startswith("You did all of")
    whole = begun().settle().say(Intent.HOW_DID_I_DO).settle()
    assert whole.spoken[-1] == "You did all three movements, in about four minutes."
    part = begun().say(Intent.NEXT).wait(0.1).settle().say(Intent.HOW_DID_I_DO).settle()
    assert part.spoken[-1] == "You did two of three movements, in about two minutes."


def test_a_conversation_without_a_session_has_nothing_to_do_again() -> None:
    assert Talk(Conversation()).say(Intent.AGAIN).settle().spoken == [stretching.NOTHING_AGAIN]
