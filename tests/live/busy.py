"""A machine that is too busy for a live session is told from a Limber that is wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from audio.frames import FRAMES_PER_SECOND
from benchmarks.rig.program import Limber

NOTES = "LIMBER_TOO_BUSY"
"""The variable that names the file in which such tests are noted: script/test runs them again, alone."""


def too_busy(why: str) -> NoReturn:
    """Skip the test that is being run, and note it."""
    if notes := os.environ.get(NOTES):
        test, _, _when = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")
        with Path(notes).open("a", encoding="utf-8") as file:
            file.write(f"{test}\n")
    pytest.skip(f"too busy: {why}")


@contextmanager
def keeping_up(limber: Limber) -> Iterator[Limber]:
    """Run it; what fails is skipped as "too busy" where its speaker ran dry, for then nobody heard what it said.

    Whatever holds all the same is no less tested on a busy machine.
    """
    with limber:
        try:
            yield limber
        except AssertionError as error:
            missed = limber.missed()
            if missed:
                too_busy(f"the card missed {missed / FRAMES_PER_SECOND:.3f} s of sound ({error})")
            raise
