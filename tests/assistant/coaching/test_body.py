"""What a body and a room allow: a movement, a dose of it, and a session of them."""

from dataclasses import replace

import pytest

from assistant.coaching.body import Body, can_do, fit_dose, fitted
from assistant.coaching.session import SessionPlace, first_place, routine_session, session_at, usual_dose
from assistant.states import State
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
MOVEMENTS = GUIDANCE.movements
FULL = routine_session(GUIDANCE, "full")
NO_CHAIR = Body(missing=frozenset({"chair"}))


def test_who_says_nothing_can_do_everything_as_it_is() -> None:
    assert all(can_do(movement, Body()) for movement in MOVEMENTS.values())
    assert fitted(FULL, GUIDANCE, Body()).session == FULL


@pytest.mark.parametrize("need", ["chair", "doorway", "arms_up", "neck"])
def test_what_needs_what_is_missing_cannot_be_done(need: str) -> None:
    body = Body(missing=frozenset({need}))  # type: ignore[arg-type]
    undone = {key for key, movement in MOVEMENTS.items() if not can_do(movement, body)}
    assert undone == {key for key, movement in MOVEMENTS.items() if need in movement.needs}
    assert undone


def test_a_movement_is_done_in_a_position_that_both_allow() -> None:
    rolls = usual_dose(MOVEMENTS["shoulder_rolls"])
    assert rolls.intro == rolls.movement.intro
    for position in ("sitting", "standing", "lying"):
        fit = fit_dose(rolls, Body(positions=(position,)))
        assert fit is not None
        assert fit.position == position
        assert fit.intro == rolls.movement.intro_in(position)
    seated = replace(rolls, position="sitting")
    assert fit_dose(seated, Body()) == seated
    assert fit_dose(usual_dose(MOVEMENTS["doorway_chest"]), Body(positions=("sitting", "lying"))) is None


def test_a_stiff_side_leaves_the_other() -> None:
    stiff = Body(stiff_sides=frozenset({"left"}))
    tilt = usual_dose(MOVEMENTS["neck_tilt"])
    fit = fit_dose(tilt, stiff)
    assert fit is not None
    assert fit.side == "right"
    assert fit_dose(replace(tilt, side="left"), stiff) is None
    rolls = usual_dose(MOVEMENTS["shoulder_rolls"])
    assert fit_dose(rolls, stiff) == rolls


def test_what_is_done_already_stays_and_so_does_the_place() -> None:
    later = replace(session_at(FULL, SessionPlace(3, 2)), phase=State.HOLDING, remainder=())
    fit = fitted(later, GUIDANCE, Body(missing=frozenset({"chair", "doorway"})))
    assert [dose.movement.key for dose in fit.session.doses[:3]] == [d.movement.key for d in FULL.doses[:3]]
    assert (fit.session.place, fit.session.phase, fit.session.remainder) == (later.place, later.phase, ())
    assert [movement.key for movement in fit.left_out] == ["doorway_chest"]


def test_in_the_place_of_the_present_movement_another_begins() -> None:
    chair = session_at(routine_session(GUIDANCE, "strength"), SessionPlace(4, 3))
    fit = fitted(chair, GUIDANCE, replace(NO_CHAIR, avoided=frozenset({"core_brace"})))
    assert [movement.key for movement in fit.left_out] == ["hip_hinge"]
    assert fit.session.dose.movement.key == "slow_breathing"
    assert fit.session.place == first_place(fit.session.doses, 4)
    alone = session_at(replace(chair, doses=chair.doses[4:5]), SessionPlace())
    instead = fitted(alone, GUIDANCE, NO_CHAIR)
    assert [(old.key, new.key) for old, new in instead.replaced] == [("hip_hinge", "core_brace")]


def test_of_what_cannot_be_done_at_all_breathing_is_left() -> None:
    neck = replace(FULL, doses=FULL.doses[:1])
    fit = fitted(neck, GUIDANCE, Body(missing=frozenset({"neck"})))
    assert [dose.movement.key for dose in fit.session.doses] == ["slow_breathing"]
