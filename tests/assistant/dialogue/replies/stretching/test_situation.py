"""Bodies and rooms: taken note of in one line, and what cannot be done is replaced or left out, and said to be."""

import pytest

from assistant.script import bodies, stretching
from assistant.states import State
from assistant.timeline.entries import HoldStarted, MovementBegun, SessionStarted
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import AWAKE, Effect, Row, aside, holding, rows, state_in
from tests.assistant.dialogue.replies.stretching.test_lengths import REMINDED
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

IN_BED = bodies.TAKEN_NOTE["no_chair"]


def noted(scene: str) -> Effect:
    """One line, and the question that stays open."""
    if scene in REMINDED:
        return Effect((IN_BED, REMINDED[scene]), state_in(scene))
    return aside(IN_BED)(scene)


ROWS = [*rows(Intent.SITUATION, AWAKE, noted, situation="no_chair")]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_is_taken_note_of(row: Row) -> None:
    assert row.seen == row.effect


def told(*situations: str, **slots: str) -> Talk:
    """A person who has told about body and room."""
    talk = Talk()
    for key in situations:
        talk.say(Intent.SITUATION, situation=key, **slots).settle()
    return talk


def done(talk: Talk, routine: str) -> tuple[Talk, list[str]]:
    """A routine done to its end, and its movements."""
    talk.say(Intent.START_ROUTINE, routine=routine).settle().say(Intent.NO).settle()
    return talk, list(dict.fromkeys(entry.name for _, entry in talk.noted(MovementBegun)))


NECKS, CHAIR, DOORWAY = ("neck_rotation", "neck_tilt"), "thoracic_extension", "doorway_chest"
FULL = [step.movement for step in GUIDANCE.routines["full"].steps]


@pytest.mark.parametrize(
    ("situations", "out"),
    [
        (("no_chair",), {CHAIR}),
        (("wheeled_chair",), {CHAIR}),
        (("no_doorway",), {DOORWAY}),
        (("outside",), {CHAIR, DOORWAY}),
        (("no_chair", "no_doorway"), {CHAIR, DOORWAY}),
        (("in_bed",), {CHAIR, DOORWAY}),
        (("lying",), {CHAIR, DOORWAY}),
        (("floor",), {CHAIR, DOORWAY}),
        (("wheelchair",), {CHAIR, DOORWAY}),
        (("cannot_stand",), {DOORWAY}),
        (("cannot_sit",), {CHAIR}),
        (("cannot_raise_arms",), {CHAIR, DOORWAY}),
        (("one_arm",), {CHAIR}),
        (("cannot_turn_head",), set(NECKS)),
        (("in_bed", "can_sit"), {DOORWAY}),
        (("no_chair", "has_chair"), set()),
        (("no_doorway", "has_doorway"), set()),
        (("cannot_stand", "can_stand"), set()),
        (("cannot_turn_head", "has_head_turn"), set()),
    ],
)
def test_what_cannot_be_done_is_left_out_and_that_is_said(situations: tuple[str, ...], out: set[str]) -> None:
    talk, movements = done(told(*situations), "full")
    assert movements == [key for key in FULL if key not in out]
    (plan,) = [line for line in talk.spoken if line.startswith("Full routine: ")]
    for key in FULL:
        assert (stretching.lower(GUIDANCE.movements[key].title) in plan) is (key in out)


@pytest.mark.parametrize("situation", ["no_chair", "wheelchair"])
def test_what_has_something_in_its_place_is_replaced(situation: str) -> None:
    talk, movements = done(told(situation), "strength")
    assert "hip_hinge" not in movements
    assert "core_brace" in movements
    talk = told(situation).say(Intent.START_MOVEMENT, movement=CHAIR).settle()
    assert "Without a firm chair, shoulder blade squeeze takes the place of" in talk.spoken[-1]
    talk.say(Intent.YES).settle().say(Intent.NO).until(State.HOLDING)
    assert {entry.name for _, entry in talk.noted(MovementBegun)} == {"shoulder_blade_squeeze"}


def test_lying_it_tells_how_to_lie_and_standing_how_to_stand() -> None:
    lying, _ = done(told("in_bed"), "gentle")
    assert [line for line in lying.spoken if line.startswith(("Sit", "Stand"))] == []
    standing, _ = done(told("cannot_sit"), "gentle")
    assert [line for line in standing.spoken if line.startswith("Sit")] == []
    seated, _ = done(told("wheelchair"), "full")
    assert [line for line in seated.spoken if "tand" in line] == []


def test_with_one_arm_the_words_are_for_one() -> None:
    talk = told("one_arm").say(Intent.START_MOVEMENT, movement=DOORWAY).settle().say(Intent.NO).settle()
    assert any("forearm on the frame" in line for line in talk.spoken)
    assert not any("forearms" in line or "arms." in line for line in talk.spoken)


def test_a_neck_that_is_stiff_on_one_side_is_moved_to_the_other() -> None:
    talk, _ = done(told("cannot_turn_head", side="left"), "full")
    assert bodies.neck_note("left") in talk.spoken
    assert {entry.side for _, entry in talk.noted(MovementBegun) if entry.name in NECKS} == {"right"}
    tilts = told("cannot_turn_head", side="left").say(Intent.START_MOVEMENT, movement="neck_tilt", side="left").settle()
    assert tilts.say(Intent.NO).wait(30).noted(SessionStarted) == []


def test_said_in_the_movement_it_goes_on_to_another() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement=CHAIR).settle().say(Intent.NO).until(State.HOLDING)
    talk.say(Intent.SITUATION, situation="no_chair").until(State.INSTRUCTING).until(State.HOLDING)
    assert [entry.name for _, entry in talk.noted(MovementBegun)][-1] == "shoulder_blade_squeeze"
    assert "No chair, then. I leave out what needs one. Instead, shoulder blade squeeze." in talk.spoken


def test_what_the_person_cannot_do_is_not_done_again() -> None:
    talk = holding().say(Intent.SITUATION, situation="cannot_do_this").until(State.INSTRUCTING).wait(1)
    assert "No neck rotations, then." in [line[:24] for line in talk.settle().spoken]
    before = len(talk.noted(MovementBegun))
    talk.say(Intent.AGAIN).settle()
    assert "neck_rotation" not in {entry.name for _, entry in talk.noted(MovementBegun)[before:]}


def test_a_movement_that_is_named_is_left_out() -> None:
    talk, _ = done(told("cannot_do_this", movement="shoulder_rolls"), "quick")
    assert "No shoulder rolls, then." in talk.spoken
    names = {entry.name for _, entry in talk.noted(MovementBegun)}
    assert names
    assert "shoulder_rolls" not in names


def test_another_movement_than_that_which_is_on_is_left_out_later() -> None:
    talk = holding()
    on = [entry.name for _, entry in talk.noted(MovementBegun)][-1]
    talk.say(Intent.SITUATION, situation="cannot_do_this", movement="shoulder_rolls").wait(1)
    assert [entry.name for _, entry in talk.noted(MovementBegun)][-1] == on
    talk.settle()
    assert "shoulder_rolls" not in {entry.name for _, entry in talk.noted(MovementBegun)}


def test_when_nothing_can_be_done_it_is_breathed() -> None:
    talk = told("in_bed").say(Intent.START_MOVEMENT, movement=DOORWAY).settle()
    assert talk.say(Intent.NO).settle().noted(HoldStarted) == []
    talk = Talk().say(Intent.START_MOVEMENT, movement="neck_tilt").settle()
    talk.say(Intent.SITUATION, situation="cannot_turn_head").settle().say(Intent.NO).until(State.HOLDING)
    assert [entry.name for _, entry in talk.noted(MovementBegun)][-1] == "slow_breathing"


@pytest.mark.parametrize("key", sorted(bodies.TAKEN_NOTE))
def test_each_is_answered_in_one_line_that_names_it(key: str) -> None:
    (line,) = told(key).spoken
    assert line == bodies.TAKEN_NOTE[key]
    assert len(line.split()) <= 16
