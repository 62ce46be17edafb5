"""What the rig can't do without: programs, recordings and devices that a machine may lack."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class MissingPart(Exception):  # noqa: N818 - the machine lacks something; nothing went wrong
    """Something that a test or benchmark needs is not on this machine; the message is one line and ends with a remedy.

    A test that meets it is skipped (`tests/conftest.py`); a benchmark ends with it (`missing_parts_explained`).
    """


@contextmanager
def missing_parts_explained() -> Iterator[None]:
    """Print a MissingPart on standard error and end the program with status 1; a decorator of a benchmark's `main`."""
    try:
        yield
    except MissingPart as missing:
        print(missing, file=sys.stderr)
        raise SystemExit(1) from missing
