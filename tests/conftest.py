"""What holds for all tests."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
from hypothesis import settings

from benchmarks.rig.errors import MissingPart

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
