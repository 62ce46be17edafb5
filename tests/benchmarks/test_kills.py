"""Typed sessions of the real program, killed at five moments: nothing is lost that was said a second before."""

from pathlib import Path
from shutil import copytree

import pytest

from benchmarks.kills import expected
from benchmarks.kills.trials import DAY, FAST_LINES, Trials, command, filled, kill_after

pytestmark = pytest.mark.engine

MOMENTS = (1.2, 2.2, 2.9, 3.6, 4.4)
"""Seconds from the start of the program until it is killed; on a slow machine the later ones come earlier in it."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with something in every file."""
    return filled(tmp_path_factory.mktemp("profiles") / "template")


@pytest.fixture(scope="module")
def whole(template: Path) -> expected.Expected:
    """The session, not killed."""
    return expected.typed(copytree(template, template.with_name("whole")), DAY, FAST_LINES)


def test_what_was_said_outlives_the_program(tmp_path: Path, template: Path, whole: expected.Expected) -> None:
    trials = Trials(template, tmp_path, whole)
    run = command(trials.folder, "--text", "--clock", "fast", "--start-at", DAY.isoformat())
    for moment in MOMENTS:
        trials.begin()
        verdict = trials.judge(kill_after(moment, run, FAST_LINES, 0.05), again=False)
        assert verdict.losses == (), f"killed after {moment} s"


def test_a_loss_is_seen(template: Path, whole: expected.Expected) -> None:
    before, _, _ = expected.found_in(template, DAY)
    assert whole.lost(before, -1, 0) == []
    holding = next(frame for line, frame in whole.lines if line == "15")
    assert set(whole.lost(before, holding, holding)) == {"settings", "reminders", "routines", "place"}
    end = whole.lines[-1][1]
    assert "sessions" in whole.lost(before, end, end)
