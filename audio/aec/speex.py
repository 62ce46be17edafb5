"""Speex's echo canceller and residual echo suppressor: libspeexdsp, by ctypes.

It wants 16-bit samples. Source: the headers speex_echo.h and speex_preprocess.h of speexdsp 1.2.
"""

import ctypes
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.samples import SAMPLE_RATE, Clip

AEC_FRAME = 256
"""Samples it takes at once (16 ms)."""
AEC_TAPS = 8192
"""Samples of echo it can undo (half a second)."""
AEC_LATENCY = AEC_FRAME
"""Samples by which what comes out is behind what went in: the suppressor looks at overlapping windows."""
AEC_FULL_SCALE = 32_768

_ECHO_SET_SAMPLING_RATE = 24
_PREPROCESS_SET_NOISE_SUPPRESS = 18
_PREPROCESS_SET_ECHO_SUPPRESS = 20
_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE = 22
_PREPROCESS_SET_ECHO_STATE = 24

SUPPRESS = -50
"""dB by which what may be left of the echo is turned down while nobody else speaks."""
SUPPRESS_ACTIVE = -12
"""The same while somebody does."""

_Samples = NDArray[np.float32]


@cache
def library() -> ctypes.CDLL | None:
    """The library, with its signatures; None where it is not installed."""
    try:
        found = ctypes.CDLL("libspeexdsp.so.1")
    except OSError:
        return None
    pointer = ctypes.c_void_p
    signatures = (
        ("speex_echo_state_init", pointer, (ctypes.c_int, ctypes.c_int)),
        ("speex_echo_state_reset", None, (pointer,)),
        ("speex_echo_state_destroy", None, (pointer,)),
        ("speex_echo_cancellation", None, (pointer, pointer, pointer, pointer)),
        ("speex_echo_ctl", ctypes.c_int, (pointer, ctypes.c_int, pointer)),
        ("speex_preprocess_state_init", pointer, (ctypes.c_int, ctypes.c_int)),
        ("speex_preprocess_state_destroy", None, (pointer,)),
        ("speex_preprocess_ctl", ctypes.c_int, (pointer, ctypes.c_int, pointer)),
        ("speex_preprocess_run", ctypes.c_int, (pointer, pointer)),
    )
    for symbol, result, arguments in signatures:
        function = getattr(found, symbol)
        function.restype, function.argtypes = result, arguments
    return found


class Speex:
    """One microphone and one loudspeaker. Takes both in frames of FRAME samples, mono at 16 kHz."""

    def __init__(self) -> None:
        """Raises AudioError where the library is missing."""
        found = library()
        if found is None:
            raise AudioError("Echo is not cancelled, so Limber heeds little while it speaks: install libspeexdsp1.")
        self._library = found
        self._echo = found.speex_echo_state_init(AEC_FRAME, AEC_TAPS)
        self._after = found.speex_preprocess_state_init(AEC_FRAME, SAMPLE_RATE)
        found.speex_echo_ctl(self._echo, _ECHO_SET_SAMPLING_RATE, ctypes.byref(ctypes.c_int(SAMPLE_RATE)))
        found.speex_preprocess_ctl(self._after, _PREPROCESS_SET_ECHO_STATE, self._echo)
        for request, value in (
            (_PREPROCESS_SET_NOISE_SUPPRESS, 0),  # noise is for the recogniser to judge
            (_PREPROCESS_SET_ECHO_SUPPRESS, SUPPRESS),
            (_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE, SUPPRESS_ACTIVE),
        ):
            found.speex_preprocess_ctl(self._after, request, ctypes.byref(ctypes.c_int(value)))
        self._near_end, self._far_end, self._clean = (np.zeros(AEC_FRAME, np.int16) for _ in range(3))

    def cancel(self, near_end: _Samples, far_end: _Samples) -> _Samples:
        """What was near_end without what was far_end: each of shape (FRAME,), as is the result, which is LATENCY behind."""
        for samples, into in ((near_end, self._near_end), (far_end, self._far_end)):
            into[:] = np.clip(np.rint(samples * AEC_FULL_SCALE), -AEC_FULL_SCALE, AEC_FULL_SCALE - 1)
        pointers = (array.ctypes.data for array in (self._near_end, self._far_end, self._clean))
        self._library.speex_echo_cancellation(self._echo, *pointers)
        self._library.speex_preprocess_run(self._after, self._clean.ctypes.data)
        return self._clean.astype(np.float32) / np.float32(AEC_FULL_SCALE)

    def forget(self) -> None:
        """Learn the room anew: the delay has jumped."""
        self._library.speex_echo_state_reset(self._echo)

    def __del__(self) -> None:
        if getattr(self, "_after", None):
            self._library.speex_preprocess_state_destroy(self._after)
            self._library.speex_echo_state_destroy(self._echo)


class FrameCutter:
    """Cuts what comes in blocks of any length into frames."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def cut(self, samples: Clip) -> Clip:
        """Those that are whole by now, shape (n, FRAME)."""
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // AEC_FRAME * AEC_FRAME
        self._rest = sound[whole:]
        return sound[:whole].reshape(-1, AEC_FRAME)
