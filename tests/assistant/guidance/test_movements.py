"""What the movements say of themselves: their order, what each is for, where it can be done, and how it ends."""

import pytest

from assistant.guidance.schema import Movement
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()


def test_shoulders_are_warm_before_the_neck_is_stretched_to_its_end() -> None:
    assert "as far as is easy" in GUIDANCE.movements["neck_rotation"].how_far
    assert all("gently" in part.begin for part in GUIDANCE.movements["neck_rotation"].parts)
    for key in ("quick", "full"):
        order = [step.movement for step in GUIDANCE.routines[key].steps]
        assert "neck_tilt" not in order[: order.index("shoulder_rolls")], "only the gentle turn comes before them"


@pytest.mark.parametrize("movement", GUIDANCE.movements.values(), ids=lambda movement: movement.key)
def test_what_a_movement_is_for_where_it_can_be_done_and_how_it_ends(movement: Movement) -> None:
    assert movement.why.startswith(("It eases", "It warms", "It opens", "It wakes", "It lengthens", "It calms", "It s"))
    assert movement.seated or movement.standing
    assert movement.exit or movement.parts[-1].release
    assert movement.sit.startswith("Yes") is (movement.seated is not None)
    needs_more = [need for need in movement.needs if need != "neck"]
    assert (movement.instead is not None) or not needs_more, "what takes its place where that is not there"
    for position, words in (("Sit", movement.seated), ("Stand", movement.standing), ("Lie", movement.lying)):
        assert words is None or position in words


def test_arms_go_up_for_the_doorway_each_time_and_the_head_is_held_in_linked_hands() -> None:
    doorway, chair = GUIDANCE.movements["doorway_chest"].parts[0], GUIDANCE.movements["thoracic_extension"].parts[0]
    assert "orearms" in doorway.again
    assert doorway.release == "Step back, and lower your arms."
    assert "Link your hands behind your head" in chair.begin
