"""Giving memory back after an utterance: the C library keeps it for the next unless it is told otherwise."""

import ctypes
from functools import cache

MAPPED_FROM = 1 << 20
"""Size in bytes from which a block of memory is the system's own, and goes back to it at once when it is freed.

By itself the C library raises that size to that of the largest block so far (up to 32 MB), and what a beam search needs
for a moment then stays: 15 MB more after the first utterance, at no gain in time.
"""
_M_MMAP_THRESHOLD = -3
"""The name of that size in glibc's malloc.h."""


@cache
def map_large_blocks() -> None:
    """Have the C library map large blocks from now on, in the whole process; nothing where it can't."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # a function of glibc
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, MAPPED_FROM)


def give_back() -> None:
    """Have the C library return free memory to the system, within some milliseconds; nothing where it can't."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # a function of glibc
    if trim is not None:
        trim(0)
