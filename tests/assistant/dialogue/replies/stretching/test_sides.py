"""Sides, movements by name and counting alone: where it goes, and that nothing of the rest is lost or called done."""

from itertools import pairwise

import pytest

from assistant import script
from assistant.coaching.session import SessionPlace
from assistant.script import answering, stretching
from assistant.states import State
from assistant.timeline.entries import (
    Count,
    HoldEnded,
    HoldStarted,
    MovementBegun,
    SessionEnded,
    SessionResumed,
    SessionStarted,
)
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    GIVEN_UP,
    HOLD,
    NECK,
    SESSION,
    Effect,
    Row,
    aside,
    begun,
    holding,
    rows,
)
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

LEFT = MovementBegun(NECK.key, "left", 1, 2)
BEFORE = {"holding": (GIVEN_UP,), "paused": (GIVEN_UP, SessionResumed("voice")), "instructing": (), "resting": ()}
NOTHING_RUNNING = Effect((script.NOTHING_RUNNING,), State.PAUSED)


def to_the_left(scene: str, *words: str) -> Effect:
    """It begins the left side, in the same repetition."""
    noted = (*BEFORE[scene], LEFT, HoldStarted(15))
    return Effect((*words, NECK.parts[1].begin, HOLD), State.INSTRUCTING, noted, SessionPlace(0, 1, 1))


ALONE = ("Left side only.", "Neck rotations, two times.", NECK.intro)

ROWS = [
    *rows(Intent.OTHER_SIDE, (*SESSION, "paused"), to_the_left),
    *rows(Intent.OTHER_SIDE, ("paused topic",), NOTHING_RUNNING),
    *rows(Intent.ONLY_SIDE, (*SESSION, "paused"), lambda scene: to_the_left(scene, *ALONE), side="left"),
    *rows(Intent.ONLY_SIDE, ("paused topic",), NOTHING_RUNNING),
    *rows(
        Intent.ONLY_SIDE,
        ("screening for help",),
        aside(script.where_in),
        side="left",
    ),
    Row(
        "screening",
        Intent.ONLY_SIDE,
        Effect(("Left side only.", answering.SCREENING_IS_OPEN), State.SCREENING),
        {"side": "left"},
    ),
    Row(
        "offering",
        Intent.ONLY_SIDE,
        Effect(("Left side only.", stretching.BEGIN), State.CONFIRMING),
        {"side": "left"},
    ),
    *rows(Intent.COUNT_ONLY, ("paused", "paused topic"), Effect((), State.PAUSED)),
    Row(
        "instructing",
        Intent.COUNT_ONLY,
        Effect(("Neck rotations, right side: sit or stand tall.",), State.INSTRUCTING, (HoldStarted(15),)),
    ),
]
UNROWED = {("holding", Intent.COUNT_ONLY), ("resting", Intent.COUNT_ONLY)}
"""Nothing at all is said there: the tests below hold that."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_to_a_side(row: Row) -> None:
    assert row.seen == row.effect


def sides(talk: Talk) -> list[str | None]:
    """The sides begun so far, in order."""
    return [entry.side for _, entry in talk.noted(MovementBegun) if entry.name.startswith("neck")]


def stretching_neck(**slots: str) -> Talk:
    """Two seconds into the first hold of neck tilts alone."""
    talk = Talk().say(Intent.START_MOVEMENT, movement="neck_tilt", **slots).settle().say(Intent.NO)
    return talk.until(State.HOLDING).wait(2)


def test_there_and_back_again() -> None:
    talk = stretching_neck().say(Intent.OTHER_SIDE).until(State.INSTRUCTING).until(State.HOLDING)
    talk.wait(2).say(Intent.OTHER_SIDE).wait(1)
    assert sides(talk) == ["right", "left", "right"]
    talk.settle()
    assert sides(talk) == ["right", "left", "right", "left", "right", "left"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_on_one_side_alone_the_other_is_never_begun(side: str) -> None:
    talk = stretching_neck().say(Intent.ONLY_SIDE, side=side).settle()
    assert set(sides(talk)[1:]) == {side}
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]
    asked_so = stretching_neck(side=side).settle()
    assert sides(asked_so) == [side, side]
    assert f"Neck tilts, {side} side: two times, about a minute." in asked_so.spoken


@pytest.mark.parametrize("one_breath", [True, False])
def test_one_side_alone_is_chosen_before_it_begins(*, one_breath: bool) -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="neck_tilt")
    if not one_breath:
        talk.settle()
    talk.say(Intent.ONLY_SIDE, side="left").settle().say(Intent.NO).settle()
    assert sides(talk) == ["left", "left"]


@pytest.mark.parametrize("scene", ["idle", "screening", "instructing"])
def test_it_begins_with_the_side_that_is_named_and_does_both(scene: str) -> None:
    talk = Talk().wait(1)
    named = {"side": "left", "first": "yes"} if scene == "idle" else {}
    talk.say(Intent.START_MOVEMENT, movement="neck_tilt", **named).settle()
    if scene == "screening":
        talk.say(Intent.ONLY_SIDE, side="left", first="yes").settle()
        assert talk.spoken[-2:] == ["Left side first.", answering.SCREENING_IS_OPEN]
    talk.say(Intent.NO).wait(1)
    if scene == "instructing":
        talk.say(Intent.ONLY_SIDE, side="left", first="yes")
    talk.settle()
    assert sides(talk)[-4:] == ["left", "right", "left", "right"]
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]
    assert talk.spoken.count("Left side first.") == (scene != "idle")


def test_in_a_hold_the_side_that_comes_first_holds_from_the_next_one_on() -> None:
    talk = stretching_neck().say(Intent.ONLY_SIDE, side="left", first="yes").settle()
    assert sides(talk) == ["right", "left", "right", "left"]
    assert {entry.held for _, entry in talk.noted(HoldEnded)} == {15 * 48_000}


def test_what_is_told_of_the_room_then_begins_nothing_anew() -> None:
    talk = stretching_neck().say(Intent.ONLY_SIDE, side="left", first="yes").wait(2)
    talk.say(Intent.SITUATION, situation="no_chair").settle()
    assert sides(talk) == ["right", "left", "right", "left"]


def test_what_has_no_sides_says_so() -> None:
    talk = begun().say(Intent.NEXT).until(State.HOLDING).wait(1)
    for intent in (Intent.OTHER_SIDE, Intent.ONLY_SIDE):
        talk.say(intent).wait(5)
        assert talk.spoken[-1] == stretching.NO_SIDES or stretching.NO_SIDES in talk.spoken


def movements(talk: Talk) -> list[str]:
    """The movements begun, each once in a row."""
    names = [entry.name for _, entry in talk.noted(MovementBegun)]
    return names[:1] + [after for before, after in pairwise(names) if before != after]


def test_a_movement_by_name_comes_next_and_then_all_that_was_not_done() -> None:
    talk = holding().say(Intent.START_MOVEMENT, movement="thoracic_extension").settle()
    wanted = ["neck_rotation", "thoracic_extension", "neck_rotation", "shoulder_rolls", "slow_breathing"]
    assert movements(talk) == wanted
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]
    assert "Thoracic extension, five times." in talk.spoken


def test_a_movement_that_is_still_to_come_comes_once() -> None:
    talk = holding().say(Intent.START_MOVEMENT, movement="slow_breathing").settle()
    assert movements(talk) == ["neck_rotation", "slow_breathing", "neck_rotation", "shoulder_rolls"]


def test_the_movement_that_is_on_begins_anew() -> None:
    talk = holding().say(Intent.START_MOVEMENT, movement="neck_rotation").settle()
    assert movements(talk) == ["neck_rotation", "shoulder_rolls", "slow_breathing"]


def test_the_one_with_the_chair_is_that_of_the_routine_or_one_of_two() -> None:
    talk = Talk().say(Intent.START_ROUTINE, routine="full").settle().say(Intent.NO).until(State.HOLDING)
    talk.say(Intent.START_MOVEMENT, movement="chair").wait(1)
    assert movements(talk)[-1] == "thoracic_extension"
    assert Talk().say(Intent.START_MOVEMENT, movement="chair").settle().spoken == [stretching.WHICH_OF_TWO]


def test_a_correction_in_a_session_begins_the_other_routine_without_asking_again() -> None:
    talk = holding().say(Intent.START_ROUTINE, routine="gentle").until(State.INSTRUCTING).wait(1)
    assert talk.spoken.count(GUIDANCE.screening.question) <= 1
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]
    assert talk.conversation.session is not None
    assert talk.conversation.session.routine == "gentle"


def test_a_correction_before_the_answer_changes_what_is_begun() -> None:
    talk = Talk().say(Intent.START_ROUTINE, routine="full").settle().say(Intent.START_ROUTINE, routine="quick").settle()
    assert talk.state is State.SCREENING
    assert [entry.routine for _, entry in talk.say(Intent.NO).wait(1).noted(SessionStarted)] == ["quick"]


def test_told_to_be_quiet_it_only_counts_and_says_where_to_be() -> None:
    talk = holding().say(Intent.COUNT_ONLY)
    said = len(talk.begun)
    talk.settle()
    words = {begun.text for begun in talk.begun[said:] if not begun.text.isdigit()}
    allowed = {part.again for part in NECK.parts} | {stretching.SESSION_DONE, stretching.BETTER_SAME_WORSE}
    brief = [word for word in words - allowed if ": " not in word]
    starts = {part.begin for key in ("shoulder_rolls", "slow_breathing") for part in GUIDANCE.movements[key].parts}
    agains = {part.again for key in ("shoulder_rolls", "slow_breathing") for part in GUIDANCE.movements[key].parts}
    assert set(brief) <= starts | agains
    assert {entry.silent for _, entry in talk.noted(Count)} == {False}
    assert [entry.held for _, entry in talk.noted(HoldEnded)][:4] == [15 * 48_000] * 4
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]


def test_what_is_undone_is_as_it_was() -> None:
    talk = holding().say(Intent.LONGER, seconds="10").wait(3).say(Intent.UNDO).until(State.RESTING)
    assert "25 seconds." in talk.spoken
    assert [entry.seconds for _, entry in talk.noted(HoldEnded)] == [15]


def test_nothing_of_another_way_is_undone() -> None:
    talk = holding().say(Intent.LONGER).wait(3).say(Intent.START_MOVEMENT, movement="doorway_chest").wait(2)
    talk.say(Intent.UNDO).wait(2)
    assert talk.conversation.session is not None
    assert talk.conversation.session.dose.movement.key == "doorway_chest"
