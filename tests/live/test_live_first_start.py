"""The first live start: it greets, asks for the emergency number, and keeps what it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import script
from assistant.sessions.profile import Profile
from assistant.states import State
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.program import Limber, of
from tests.live.needs import needs_card

pytestmark = [pytest.mark.live, needs_card]


@pytest.fixture(scope="module")
def card() -> Iterator[VirtualCard]:
    with VirtualCard() as card:
        yield card


def test_the_number_is_spoken_said_back_and_kept_and_not_asked_for_again(card: VirtualCard, tmp_path: Path) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for(script.HELLO).wait_for(script.WHICH_NUMBER).wait_for_listening()
        limber.hears("nine nine nine").wait_for(script.is_it_right("999")).hears("yes that is right").wait_for(
            script.REMEMBERED
        )
        timeline = limber.end()
    assert [line["intent"] for line in of(timeline, "heard")] == ["Digits", "Yes"]
    assert Profile(tmp_path / "profile").settings().emergency_number == "999"
    with Limber(card, tmp_path) as limber:
        limber.wait_for_listening().press("w").wait_for(script.where_in(State.IDLE))
        assert script.WHICH_NUMBER not in limber.lines
        limber.end()


def test_the_number_can_be_typed(card: VirtualCard, tmp_path: Path) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for(script.WHICH_NUMBER).press("112").wait_for(script.is_it_right("112"))
        limber.press("y").wait_for(script.REMEMBERED).end()
    assert Profile(tmp_path / "profile").settings().emergency_number == "112"
