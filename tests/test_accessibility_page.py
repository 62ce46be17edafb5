"""The page on accessibility names tests that are there."""

import re

import pytest

from benchmarks.rig.places import ROOT

PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@pytest.mark.unit
def test_every_row_names_tests_that_are_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]
    assert all(re.search(r"`tests/[\w/]+\.py::\w+`", row) for row in rows)
    missing = [name for file, name in NAMED if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")]
    assert not missing
