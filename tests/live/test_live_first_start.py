"""The first live start: it welcomes, asks for the emergency number on the way, and keeps what it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import script
from assistant.script import starting_lines
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.states import State
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.program import Limber, of
from tests.live.needs import needs_card

pytestmark = [pytest.mark.live, needs_card]

ASKED = starting_lines.WELCOME_QUESTIONS


@pytest.fixture(scope="module")
def card() -> Iterator[VirtualCard]:
    with VirtualCard() as card:
        yield card


def test_the_welcome_is_spoken_and_kept_and_does_not_come_again(card: VirtualCard, tmp_path: Path) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for(starting_lines.NICE_TO_MEET).wait_for(ASKED["hearing"]).wait_for_silence()
        limber.hears("yes").wait_for(ASKED["speed"]).wait_for_silence()
        limber.hears("slower").wait_for(starting_lines.LIKE_THIS).wait_for_silence()
        limber.hears("yes").wait_for(script.WHICH_NUMBER).wait_for_silence()
        limber.hears("nine nine nine").wait_for(script.is_it_right("999")).wait_for_silence()
        limber.hears("yes that is right").wait_for(ASKED["stop"]).wait_for_silence()
        limber.hears("stop").wait_for(starting_lines.STOP_WORKS)
        timeline = limber.end()
    assert [line["intent"] for line in of(timeline, "heard")] == ["Yes", "SpeakSlower", "Yes", "Digits", "Yes", "Stop"]
    assert Profile(tmp_path / "profile").settings() == Settings(words_per_minute=130, emergency_number="999")
    with Limber(card, tmp_path) as limber:
        limber.wait_for_listening().press("w").wait_for(script.where_in(State.IDLE))
        assert starting_lines.NICE_TO_MEET not in limber.lines
        assert script.WHICH_NUMBER not in limber.lines
        limber.end()


def test_it_can_be_answered_by_keys_and_the_number_typed(card: VirtualCard, tmp_path: Path) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for(ASKED["hearing"]).press("y").wait_for(ASKED["speed"]).press("n").wait_for(script.WHICH_NUMBER)
        limber.press("112").wait_for(script.is_it_right("112")).press("y").wait_for(ASKED["stop"])
        limber.press("s").wait_for(starting_lines.STOP_WORKS).end()
    assert Profile(tmp_path / "profile").settings() == Settings(emergency_number="112")


def test_a_number_that_was_not_named_is_asked_for_at_the_next_start(card: VirtualCard, tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "settings.yaml").write_text("welcomed: true\n", encoding="utf-8")
    with Limber(card, tmp_path) as limber:
        limber.wait_for(script.HELLO).wait_for(script.WHICH_NUMBER).press("112").wait_for(script.is_it_right("112"))
        limber.press("y").wait_for(script.REMEMBERED).end()
    assert Profile(tmp_path / "profile").settings().emergency_number == "112"
