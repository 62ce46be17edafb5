"""Giving memory back after a long utterance: the C library keeps it for the next unless it is told otherwise."""

import ctypes


def give_back() -> None:
    """Have the C library return free memory to the system, within some milliseconds; nothing where it can't."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # a function of glibc
    if trim is not None:
        trim(0)
