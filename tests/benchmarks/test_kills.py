"""Typed sessions of the real program, killed at five moments: nothing is lost that was said a second before."""

from pathlib import Path
from shutil import copytree

import pytest

from benchmarks.kills import expected
from benchmarks.kills.trials import DAY, FAST_LINES, Trials, command, filled, kill_after

pytestmark = pytest.mark.engine

MOMENTS = (0.7, 1.9, 2.7, 3.6, 4.4)
"""Seconds from the start of the program until it is killed; on a slow machine the later ones come earlier in it."""


def test_what_was_said_outlives_the_program(tmp_path: Path) -> None:
    template = filled(tmp_path / "template")
    copytree(template, tmp_path / "whole")
    trials = Trials(template, tmp_path, expected.typed(tmp_path / "whole", DAY, FAST_LINES))
    run = command(trials.folder, "--text", "--clock", "fast", "--start-at", DAY.isoformat())
    for moment in MOMENTS:
        trials.begin()
        verdict = trials.judge(kill_after(moment, run, FAST_LINES, 0.05), again=False)
        assert verdict.losses == (), f"killed after {moment} s"


def test_a_loss_is_seen(tmp_path: Path) -> None:
    copytree(filled(tmp_path / "template"), tmp_path / "whole")
    whole = expected.typed(tmp_path / "whole", DAY, FAST_LINES)
    before, _, _ = expected.found_in(tmp_path / "template", DAY)
    assert whole.lost(before, -1, 0) == []
    holding = next(frame for line, frame in whole.lines if line == "15")
    assert set(whole.lost(before, holding, holding)) == {"settings", "reminders", "routines", "place"}
    end = whole.lines[-1][1]
    assert "sessions" in whole.lost(before, end, end)
