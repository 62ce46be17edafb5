"""What holds for all tests."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.rig.errors import MissingPart

KINDS = {"unit", "engine", "live", "quality"}

# How long an example may take depends on the machine and on what else it is doing, and says nothing about Limber.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@contextmanager
def _missing_parts_skip() -> Generator[None]:
    """Skip a test that needs a part of the rig which this machine lacks."""
    try:
        yield
    except MissingPart as missing:
        pytest.skip(str(missing))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    with _missing_parts_skip():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    with _missing_parts_skip():
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test is of exactly one kind, as its module says in `pytestmark`: `script/test -m unit` runs one kind."""
    kinds = {item.nodeid: KINDS & {mark.name for mark in item.iter_markers()} for item in items}
    wrong = {test: sorted(found) for test, found in kinds.items() if len(found) != 1}
    if wrong:
        raise pytest.UsageError(f"these tests are not of exactly one kind of {sorted(KINDS)}: {wrong}")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where one kind is asked for, modules of other kinds are not even imported: engines take seconds to load."""
    kind: str = config.option.markexpr
    if kind not in KINDS or not collection_path.match("test_*.py"):
        return None
    return f"pytest.mark.{kind}" not in collection_path.read_text(encoding="utf-8") or None
