"""The words before a hold: the plan and the first advice once, the name, how to be, and what to do."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.coaching.holds import hold_plan, place_plan
from assistant.coaching.introduction import SETTLE, Introduction, speech_seconds
from assistant.coaching.plan import Gap, Plan, Say
from assistant.coaching.session import SessionPlace, movement_session, routine_session, session_at
from audio.frames import frames
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
QUICK = routine_session(GUIDANCE, "quick")
NECK = movement_session(GUIDANCE, "neck_rotation")


def texts(plan: Plan) -> list[str]:
    """The lines of a plan."""
    return [item.text for item in plan if isinstance(item, Say)]


NAMED = ["Neck rotations, two each side.", "Sit or stand tall.", "Turn your head gently right."]


@pytest.mark.parametrize(
    ("place", "said", "words"),
    [
        (SessionPlace(0), Introduction(), NAMED),
        (SessionPlace(0), Introduction("The plan.", "Gently."), ["The plan.", "Gently.", *NAMED]),
        (SessionPlace(0), Introduction(None, "Gently."), ["Gently.", *NAMED]),
        (SessionPlace(0), Introduction("The plan."), ["The plan.", *NAMED]),
        (SessionPlace(0, 1, 1), Introduction(), ["Turn your head gently left."]),
        (SessionPlace(0, 2), Introduction(), ["Second of two.", "Head to the right again."]),
        (SessionPlace(0, 2), Introduction(begins=True), NAMED[1:]),
        (SessionPlace(0, 2), Introduction("The plan.", begins=True), ["The plan.", "Neck rotations.", *NAMED[1:]]),
        (SessionPlace(0, 2, 1), Introduction(), ["Head to the left again."]),
        (SessionPlace(1, 1, 1), Introduction(), ["Now roll them up, forward, and down."]),
        (
            SessionPlace(2),
            Introduction(),
            [
                "Last one, slow breathing, four breaths.",
                "Sit or stand at ease, one hand on your belly.",
                "Breathe in, for four.",
            ],
        ),
        (SessionPlace(2, 2), Introduction(), ["Second of four.", "Breathe in."]),
        (SessionPlace(2, 4), Introduction(), ["Fourth of four.", "Breathe in."]),
    ],
)
def test_the_words_before_a_place(place: SessionPlace, said: Introduction, words: list[str]) -> None:
    session = session_at(QUICK, place)
    told = texts(place_plan(session, "words", said))
    assert told[: len(words)] == words
    assert told[len(words) :] == texts(hold_plan(session, "words"))


def test_the_plan_of_a_single_movement_names_it() -> None:
    told = texts(place_plan(NECK, "words", Introduction("Neck rotations: two each side.", begins=True)))
    assert told[:2] == ["Neck rotations: two each side.", "Sit or stand tall."]


def test_of_a_single_movement_none_is_the_last() -> None:
    assert texts(place_plan(NECK, "words"))[0] == NAMED[0]


def test_of_two_movements_the_second_is_the_last() -> None:
    two = replace(QUICK, doses=QUICK.doses[:2])
    assert texts(place_plan(session_at(two, SessionPlace(1)), "words"))[0] == "Last one, shoulder rolls, five each way."
    assert texts(place_plan(two, "words"))[0] == NAMED[0]


def test_on_a_chair_it_tells_how_to_sit() -> None:
    gentle = routine_session(GUIDANCE, "gentle")
    assert texts(place_plan(session_at(gentle, SessionPlace(2)), "words"))[1] == "Sit tall, with your feet flat."
    standing = replace(gentle, doses=tuple(replace(dose, position=None) for dose in gentle.doses))
    assert texts(place_plan(session_at(standing, SessionPlace(2)), "words"))[1] == "Sit or stand tall."
    doorway = movement_session(GUIDANCE, "doorway_chest")
    nowhere = replace(doorway, doses=(replace(doorway.dose, position="sitting"),))
    assert texts(place_plan(nowhere, "words"))[1] == doorway.dose.movement.intro


@pytest.mark.parametrize("careful", [None, "Slow, never forced."])
def test_where_a_place_must_be_taken_first_there_is_time_for_it(careful: str | None) -> None:
    doorway = movement_session(GUIDANCE, "doorway_chest")
    plan = place_plan(doorway, "words", Introduction(None, careful))
    advice = [careful] if careful else []
    told = [
        "Doorway chest stretch, two times.",
        doorway.dose.movement.intro,
        script.TAKE_YOUR_PLACE,
        *advice,
        doorway.part.begin,
    ]
    assert texts(plan)[: len(told)] == told
    (gap,) = [item.length for item in plan if isinstance(item, Gap) and item.length > SETTLE][:1]
    assert gap == frames(12 - sum(map(speech_seconds, advice))), "what is said meanwhile takes none of the time"
