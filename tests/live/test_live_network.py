"""A live session reaches for the network no more than any other: traced by strace, from its start to its end."""

from pathlib import Path

import pytest

from assistant import script
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.program import Limber, acquainted, of
from tests import loaded
from tests.live.busy import keeping_up
from tests.live.needs import needs_card
from tests.network import at_home, left_behind, needs_strace, reached_for, tracer

pytestmark = [pytest.mark.live, needs_card, needs_strace]


def test_a_live_session(tmp_path: Path) -> None:
    trace, home = tmp_path / "trace", tmp_path / "home"
    home.mkdir()
    with (
        VirtualCard() as card,
        keeping_up(Limber(card, acquainted(tmp_path), tracer=tracer(trace), environment=at_home(home))) as limber,
    ):
        limber.wait_for_listening().hears("start neck rotations").wait_for("> start neck rotations")
        limber.wait_for(loaded.guidance().screening.question).press("n").wait_for("Hold for fifteen.").wait_for(
            "2"
        ).press("s")
        limber.wait_for(script.SESSION_OVER)
        heard = [line["intent"] for line in of(limber.end(), "heard")]
        assert heard == ["StartMovement", "No", "Stop"]
    assert reached_for(trace) == []
    assert left_behind(home) == []
