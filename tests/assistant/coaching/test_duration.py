"""How long a session takes is the length of the very plans that are spoken."""

import pytest

from assistant.coaching.duration import plan_seconds, seconds_after, seconds_ahead
from assistant.coaching.holds import place_plan
from assistant.coaching.introduction import speech_seconds
from assistant.coaching.marks import PhaseMark
from assistant.coaching.plan import LINE_GAP, Beat, Gap, Marker, Say
from assistant.coaching.session import Session, SessionPlace, movement_session, next_place, routine_session, session_at
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, seconds
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
QUICK = routine_session(GUIDANCE, "quick")


def test_a_plan_is_as_long_as_its_lines_gaps_and_beats() -> None:
    plan = (Say("1234567890"), Gap(FRAMES_PER_SECOND), Marker(PhaseMark(State.HOLDING)), Beat(2 * FRAMES_PER_SECOND))
    assert plan_seconds(plan) == pytest.approx(speech_seconds("1234567890") + seconds(LINE_GAP) + 3)
    assert plan_seconds(()) == 0


def places(session: Session) -> list[SessionPlace]:
    """All places from the present one on."""
    place = next_place(session)
    return [session.place, *(places(session_at(session, place)) if place is not None else [])]


@pytest.mark.parametrize("key", sorted(GUIDANCE.routines))
def test_a_session_is_as_long_as_its_places(key: str) -> None:
    session = routine_session(GUIDANCE, key)
    each = [plan_seconds(place_plan(session_at(session, place), "words")) for place in places(session)]
    assert seconds_ahead(session) == pytest.approx(sum(each))
    assert seconds_after(session) == pytest.approx(sum(each[1:]))


def test_after_the_last_place_nothing_comes() -> None:
    assert seconds_after(session_at(QUICK, places(QUICK)[-1])) == 0


def test_one_side_alone_takes_half_as_long() -> None:
    both, one = (seconds_ahead(movement_session(GUIDANCE, "neck_tilt", side)) for side in (None, "left"))
    assert one == pytest.approx(both / 2, rel=0.15)
