"""What holds for all tests."""

import pytest
from hypothesis import settings

KINDS = {"unit", "engine", "live", "quality"}

# How long an example may take depends on the machine and on what else it is doing, and says nothing about Limber.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test is of exactly one kind, as its module says in `pytestmark`: `script/test -m unit` runs one kind."""
    kinds = {item.nodeid: KINDS & {mark.name for mark in item.iter_markers()} for item in items}
    wrong = {test: sorted(found) for test, found in kinds.items() if len(found) != 1}
    if wrong:
        raise pytest.UsageError(f"these tests are not of exactly one kind of {sorted(KINDS)}: {wrong}")
