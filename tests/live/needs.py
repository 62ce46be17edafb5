"""What the tests of this folder need of the machine."""

import pytest

from benchmarks.rig.card import why_no_card

_WHY = why_no_card()

needs_card = pytest.mark.skipif(_WHY is not None, reason=_WHY or "")
"""Skips a test, or by `pytestmark` a module, where no virtual card can be started."""
