"""Where a session stands: its doses, and the way through steps, repetitions and parts, each walked once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.session import (
    Dose,
    Session,
    SessionPlace,
    movement_session,
    next_movement_place,
    next_place,
    previous_movement_place,
    routine_session,
    session_at,
    with_dose,
)
from assistant.states import State
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
MOVEMENTS = GUIDANCE.movements
QUICK = routine_session(GUIDANCE, "quick")


def test_a_routine_is_its_steps_with_their_own_doses_or_the_movements() -> None:
    doses = [
        (d.movement.key, d.seconds, d.repetitions, d.rest, d.position)
        for d in routine_session(GUIDANCE, "gentle").doses
    ]
    assert doses == [
        ("slow_breathing", 4, 5, 0, "sitting"),
        ("shoulder_rolls", 4, 5, 3, "sitting"),
        ("neck_rotation", 10, 2, 5, "sitting"),
        ("thoracic_extension", 5, 3, 4, "sitting"),
        ("shoulder_blade_squeeze", 5, 4, 3, "sitting"),
    ]
    assert [d.rest for d in routine_session(GUIDANCE, "full").doses] == [3, 3, 4, 2, 8, 3, 0]


def test_a_rest_of_no_seconds_is_one() -> None:
    step = GUIDANCE.routines["quick"].steps[0].model_copy(update={"rest": 0})
    quick = GUIDANCE.routines["quick"].model_copy(update={"steps": (step,)})
    changed = GUIDANCE.model_copy(update={"routines": {"quick": quick}})
    assert routine_session(changed, "quick").doses[0].rest == 0


def test_a_session_begins_at_the_beginning() -> None:
    assert QUICK.place == SessionPlace(0, 1, 0)
    assert QUICK.phase is State.INSTRUCTING
    assert QUICK.remainder is None
    assert QUICK.routine == "quick"


def test_one_movement_is_a_session_in_its_usual_dose() -> None:
    neck = MOVEMENTS["neck_rotation"]
    assert movement_session(GUIDANCE, "neck_rotation") == Session(None, (Dose(neck, 15, 2, 5),))


def test_a_part_may_have_its_own_seconds() -> None:
    breathing = movement_session(GUIDANCE, "slow_breathing")
    assert [session_at(breathing, SessionPlace(0, 1, part)).seconds for part in (0, 1)] == [4, 6]
    assert movement_session(GUIDANCE, "neck_rotation").seconds == 15
    assert session_at(QUICK, SessionPlace(1, 1, 1)).part == MOVEMENTS["shoulder_rolls"].parts[1]
    assert session_at(QUICK, SessionPlace(1)).dose == QUICK.doses[1]


def test_about_to_begin_a_place_nothing_of_another_is_left() -> None:
    going = replace(QUICK, phase=State.HOLDING, remainder=())
    assert session_at(going, SessionPlace(1, 2)) == replace(QUICK, place=SessionPlace(1, 2))


@pytest.mark.parametrize(
    ("place", "then"),
    [
        (SessionPlace(0, 1, 0), SessionPlace(0, 1, 1)),
        (SessionPlace(0, 1, 1), SessionPlace(0, 2, 0)),
        (SessionPlace(0, 2, 0), SessionPlace(0, 2, 1)),
        (SessionPlace(0, 2, 1), SessionPlace(1)),
        (SessionPlace(1, 1, 0), SessionPlace(1, 1, 1)),
        (SessionPlace(1, 5, 0), SessionPlace(1, 1, 1)),
        (SessionPlace(1, 5, 1), SessionPlace(2)),
        (SessionPlace(1, 1, 1), SessionPlace(2)),
        (SessionPlace(2, 4, 0), SessionPlace(2, 4, 1)),
        (SessionPlace(2, 4, 1), None),
        (SessionPlace(2, 5, 1), None),
    ],
)
def test_what_comes_after_a_place(place: SessionPlace, then: SessionPlace | None) -> None:
    assert next_place(session_at(QUICK, place)) == then


@pytest.mark.parametrize(
    ("place", "then", "before"),
    [
        (SessionPlace(0), SessionPlace(1), SessionPlace(0)),
        (SessionPlace(0, 2, 1), SessionPlace(1), SessionPlace(0)),
        (SessionPlace(1), SessionPlace(2), SessionPlace(0)),
        (SessionPlace(1, 1, 1), SessionPlace(2), SessionPlace(1)),
        (SessionPlace(1, 2, 0), SessionPlace(2), SessionPlace(1)),
        (SessionPlace(2), None, SessionPlace(1)),
        (SessionPlace(2, 3), None, SessionPlace(2)),
    ],
)
def test_the_movements_around_a_place(place: SessionPlace, then: SessionPlace | None, before: SessionPlace) -> None:
    assert next_movement_place(session_at(QUICK, place)) == then
    assert previous_movement_place(session_at(QUICK, place)) == before


@pytest.mark.parametrize(
    ("seconds", "repetitions", "dose"),
    [
        (None, None, (15, 2)),
        (20, None, (20, 2)),
        (4, None, (5, 2)),
        (5, None, (5, 2)),
        (60, None, (60, 2)),
        (61, None, (60, 2)),
        (0, None, (5, 2)),
        (None, 5, (15, 5)),
        (None, 6, (15, 5)),
        (None, 1, (15, 1)),
        (None, 0, (15, 1)),
        (30, 3, (30, 3)),
    ],
)
def test_a_dose_is_kept_within_what_the_movement_allows(
    seconds: int | None, repetitions: int | None, dose: tuple[int, int]
) -> None:
    changed = with_dose(QUICK, seconds=seconds, repetitions=repetitions)
    assert (changed.dose.seconds, changed.dose.repetitions) == dose
    assert replace(changed, doses=QUICK.doses) == QUICK
    assert changed.doses[1:] == QUICK.doses[1:]


def test_what_was_done_is_not_taken_back() -> None:
    assert with_dose(session_at(QUICK, SessionPlace(0, 2)), repetitions=1).dose.repetitions == 2


SESSIONS = st.builds(
    lambda key, seconds, repetitions: (
        with_dose(movement_session(GUIDANCE, key), seconds=seconds, repetitions=repetitions)
        if key in MOVEMENTS
        else routine_session(GUIDANCE, key)
    ),
    st.sampled_from([*sorted(MOVEMENTS), *sorted(GUIDANCE.routines)]),
    st.none() | st.integers(-10, 200),
    st.none() | st.integers(-3, 30),
)


@given(SESSIONS)
def test_the_way_through_walks_every_place_once(session: Session) -> None:
    expected = []
    for step, dose in enumerate(session.doses):
        parts = range(len(dose.movement.parts))
        # A paced movement counts its repetitions within one place.
        rounds = range(1, dose.repetitions + 1) if dose.movement.kind == "hold" else (1,)
        expected += [SessionPlace(step, repetition, part) for repetition in rounds for part in parts]
    walked: list[SessionPlace] = []
    place: SessionPlace | None = session.place
    while place and len(walked) <= len(expected):
        walked.append(place)
        place = next_place(session_at(session, place))
    assert walked == expected


@given(
    session=SESSIONS,
    step=st.integers(0, 6),
    repetition=st.integers(1, 3),
    seconds=st.none() | st.integers(-100, 1_000),
    repetitions=st.none() | st.integers(-100, 1_000),
)
def test_a_dose_stays_within_the_allowed_range_and_the_others_as_they_are(
    session: Session, step: int, repetition: int, seconds: int | None, repetitions: int | None
) -> None:
    session = session_at(session, SessionPlace(step % len(session.doses), repetition))
    allowed, changed = session.dose.movement, with_dose(session, seconds=seconds, repetitions=repetitions)
    if seconds is not None:
        assert allowed.shortest <= changed.dose.seconds <= allowed.longest
        assert changed.dose.seconds == seconds or not allowed.shortest <= seconds <= allowed.longest
    if repetitions is not None:
        assert repetition <= changed.dose.repetitions <= max(allowed.most, repetition)
    others = [dose for index, dose in enumerate(changed.doses) if index != session.place.step]
    assert others == [dose for index, dose in enumerate(session.doses) if index != session.place.step]
    assert changed.place == session.place
