"""Memory that a long utterance took: the C library keeps it for the next unless it is told to give it back."""

import ctypes


def give_back() -> None:
    """Return what is free to the system, which takes some milliseconds; nothing where the library can't."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)
