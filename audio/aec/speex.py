"""Speex's acoustic echo canceller and residual echo suppressor: libspeexdsp, called by ctypes.

The library takes 16-bit samples. Source of the numbers below: the headers speex_echo.h and speex_preprocess.h of
speexdsp 1.2.
"""

import ctypes
from functools import cache

import numpy as np

from audio.errors import AudioError
from audio.samples import PCM_FULL_SCALE, PCM_MAX, SAMPLE_RATE, Samples

AEC_FRAME = 256
"""Samples that the canceller takes at once: an AEC frame of 16 ms at 16 kHz."""
AEC_TAPS = 8192
"""Length of the adaptive filter, in samples at 16 kHz: half a second of echo can be cancelled."""
AEC_LATENCY = AEC_FRAME
"""Delay of the output, in samples at 16 kHz: the suppressor works on overlapping windows."""

_ECHO_SET_SAMPLING_RATE = 24
"""Request to speex_echo_ctl: set the sample rate, in Hz."""
_PREPROCESS_SET_NOISE_SUPPRESS = 18
"""Request to speex_preprocess_ctl: set the most attenuation of noise, in dB."""
_PREPROCESS_SET_ECHO_SUPPRESS = 20
"""Request to speex_preprocess_ctl: set the most attenuation of residual echo, in dB."""
_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE = 22
"""Request to speex_preprocess_ctl: set the most attenuation of residual echo during double-talk, in dB."""
_PREPROCESS_SET_ECHO_STATE = 24
"""Request to speex_preprocess_ctl: set the canceller whose residual echo is suppressed."""

SUPPRESS_DB = -50
"""Most attenuation of residual echo while nobody else speaks, in dB."""
SUPPRESS_ACTIVE_DB = -12
"""Most attenuation of residual echo during double-talk, in dB."""


@cache
def library() -> ctypes.CDLL | None:
    """Load libspeexdsp with the signatures of its functions; None where it is not installed."""
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
    """One adaptive filter and one suppressor, for one microphone and one speaker. Works in AEC frames, at 16 kHz."""

    def __init__(self) -> None:
        """Begin with a filter that knows nothing of the room. Raises AudioError where the library is missing."""
        found = library()
        if found is None:
            raise AudioError("Echo is not cancelled, so Limber heeds little while it speaks: install libspeexdsp1.")
        self._library = found
        self._echo = found.speex_echo_state_init(AEC_FRAME, AEC_TAPS)
        self._after = found.speex_preprocess_state_init(AEC_FRAME, SAMPLE_RATE)
        found.speex_echo_ctl(self._echo, _ECHO_SET_SAMPLING_RATE, ctypes.byref(ctypes.c_int(SAMPLE_RATE)))
        found.speex_preprocess_ctl(self._after, _PREPROCESS_SET_ECHO_STATE, self._echo)
        for request, value in (
            (_PREPROCESS_SET_NOISE_SUPPRESS, 0),  # noise is left to the recogniser
            (_PREPROCESS_SET_ECHO_SUPPRESS, SUPPRESS_DB),
            (_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE, SUPPRESS_ACTIVE_DB),
        ):
            found.speex_preprocess_ctl(self._after, request, ctypes.byref(ctypes.c_int(value)))
        self._near_end, self._far_end, self._clean = (np.zeros(AEC_FRAME, np.int16) for _ in range(3))

    def cancel(self, near_end: Samples, far_end: Samples) -> Samples:
        """Cancel the echo of one AEC frame: both of shape (AEC_FRAME,), as is the result, AEC_LATENCY behind them."""
        for samples, into in ((near_end, self._near_end), (far_end, self._far_end)):
            into[:] = np.clip(np.rint(samples * PCM_FULL_SCALE), -PCM_FULL_SCALE, PCM_MAX)
        pointers = (array.ctypes.data for array in (self._near_end, self._far_end, self._clean))
        self._library.speex_echo_cancellation(self._echo, *pointers)
        self._library.speex_preprocess_run(self._after, self._clean.ctypes.data)
        return self._clean.astype(np.float32) / np.float32(PCM_FULL_SCALE)

    def forget(self) -> None:
        """Reset the adaptive filter: the delay of the echo has jumped."""
        self._library.speex_echo_state_reset(self._echo)

    def __del__(self) -> None:
        if getattr(self, "_after", None):
            self._library.speex_preprocess_state_destroy(self._after)
            self._library.speex_echo_state_destroy(self._echo)


class FrameCutter:
    """Cuts a stream that comes in blocks of any length into whole AEC frames."""

    def __init__(self) -> None:
        """Begin with nothing left over."""
        self._rest = np.zeros(0, np.float32)

    def cut(self, samples: Samples) -> Samples:
        """Take the next samples; the frames that are whole by now, shape (n, AEC_FRAME)."""
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // AEC_FRAME * AEC_FRAME
        self._rest = sound[whole:]
        return sound[:whole].reshape(-1, AEC_FRAME)
