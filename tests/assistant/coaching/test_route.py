"""Other ways through a session: none loses what was not done."""

from dataclasses import replace

import pytest

from assistant.coaching.route import begun_on, gone_to, on_one_side, on_other_side, one_sided, sides_of
from assistant.coaching.session import SessionPlace, first_place, next_place, routine_session, session_at, usual_dose
from assistant.states import State
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
MOVEMENTS = GUIDANCE.movements
FULL = routine_session(GUIDANCE, "full")
KEYS = [dose.movement.key for dose in FULL.doses]


@pytest.mark.parametrize("step", range(len(KEYS)))
@pytest.mark.parametrize("key", sorted(MOVEMENTS))
def test_everything_that_was_not_done_comes_after_it(step: int, key: str) -> None:
    moved = gone_to(session_at(FULL, first_place(FULL.doses, step)), usual_dose(MOVEMENTS[key]))
    keys = [dose.movement.key for dose in moved.doses]
    assert keys[: step + 1] == [*KEYS[:step], key]
    assert keys[step + 1 :] == [other for other in KEYS[step:] if other != key]
    assert moved.place == first_place(moved.doses, step)


def test_of_the_movement_that_is_left_its_repetitions_remain() -> None:
    moved = gone_to(session_at(FULL, SessionPlace(0, 2, 1)), usual_dose(MOVEMENTS["doorway_chest"]))
    assert [dose.repetitions for dose in moved.doses[:2]] == [2, 1]


def test_the_sides_of_a_movement() -> None:
    assert sides_of(FULL.doses[0]) == {"left", "right"}
    assert sides_of(FULL.doses[1]) == frozenset()
    assert on_other_side(session_at(FULL, SessionPlace(1))) is None
    assert on_one_side(session_at(FULL, SessionPlace(1)), "left") is None


def test_a_side_that_is_done_first_leaves_none_out() -> None:
    session = begun_on(session_at(FULL, SessionPlace(0, 1, 0)), "left")
    visited = [session.place]
    while (place := next_place(session)) is not None and place.step == 0:
        session = session_at(session, place)
        visited.append(place)
    assert [(place.repetition, place.part) for place in visited] == [(1, 1), (1, 0), (2, 1), (2, 0)]


def test_once_it_is_held_the_place_stays() -> None:
    held = replace(session_at(FULL, SessionPlace(0, 1, 0)), phase=State.HOLDING)
    assert begun_on(held, "left").place == held.place
    no_sides = session_at(FULL, SessionPlace(1))
    assert begun_on(no_sides, "left").place == no_sides.place


def test_a_session_without_sides_has_no_one_side() -> None:
    assert one_sided(replace(FULL, doses=FULL.doses[1:2]), "left") is None


def test_the_other_side_is_in_the_same_repetition() -> None:
    right = session_at(FULL, SessionPlace(0, 2, 0))
    left = on_other_side(right)
    assert left is not None
    assert left.place == SessionPlace(0, 2, 1)
    assert on_other_side(left) == right


def test_on_one_side_alone_every_movement_is_one_sided_and_the_other_side_turns_that_over() -> None:
    left = on_one_side(session_at(FULL, SessionPlace(0, 1, 0)), "left")
    assert left is not None
    assert [dose.side for dose in left.doses if sides_of(dose)] == ["left", "left"]
    assert [dose.side for dose in left.doses if not sides_of(dose)] == [None] * 5
    right = on_other_side(left)
    assert right is not None
    assert right.dose.side == "right"
    assert on_one_side(replace(FULL, place=SessionPlace(0, 1, 1)), "left") is not None
