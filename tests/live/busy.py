"""A machine that is too busy for a live session is told from a Limber that is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from audio.frames import FRAMES_PER_SECOND
from benchmarks.rig.program import Limber


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
                pytest.skip(f"too busy: the card missed {missed / FRAMES_PER_SECOND:.3f} s of sound ({error})")
            raise
