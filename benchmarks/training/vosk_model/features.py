"""The features that the network sees: Kaldi's MFCC, as `conf/mfcc.conf` sets them, without dither."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audio.samples import SAMPLE_RATE, Floats

FRAME_STEP = 160
"""Samples at 16 kHz from one frame to the next: 10 ms."""
FRAME_WIDTH = 400
"""Samples at 16 kHz of a frame: 25 ms."""
COEFFICIENTS = 40
"""Number of mel bands, and of cepstral coefficients."""
LOWEST, HIGHEST = 20, 7600
"""Lowest and highest frequency of the mel bands, in Hz."""
_POINTS = 512
"""Points of the FFT."""
_LIFTER = 22
"""Kaldi's cepstral lifter."""
_PREEMPHASIS = np.float32(0.97)
"""Coefficient of the pre-emphasis filter."""
_LEAST = np.float32(np.finfo(np.float32).eps)
"""Least energy of a band, before the logarithm."""


def cepstra(samples: Floats) -> Floats:
    """The MFCC of mono samples at 16 kHz in 16-bit steps, shape (n,) with n >= FRAME_WIDTH: (frames, COEFFICIENTS)."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float32), FRAME_WIDTH)[::FRAME_STEP]
    frames = frames - frames.mean(1, keepdims=True)
    emphasized = frames - _PREEMPHASIS * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(emphasized * _window(), _POINTS))[:, : _POINTS // 2].astype(np.float32) ** 2
    result: Floats = np.log(np.maximum(power @ _bands(), _LEAST)) @ _transform()
    return result


@cache
def _window() -> Floats:
    """Povey's window, shape (FRAME_WIDTH,)."""
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME_WIDTH) / (FRAME_WIDTH - 1))
    return (hann**0.85).astype(np.float32)


@cache
def _bands() -> Floats:
    """The mel filters, shape (points, bands): overlapping triangles, evenly spaced in mel."""
    points = _mel(np.arange(_POINTS // 2) * SAMPLE_RATE / _POINTS)[:, None]
    edges = np.linspace(_mel(np.float64(LOWEST)), _mel(np.float64(HIGHEST)), COEFFICIENTS + 2)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (points - left) / (middle - left), (right - points) / (right - middle)
    return np.maximum(np.minimum(rising, falling), 0).astype(np.float32)


def _mel(hertz: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    """A frequency in mel."""
    return np.asarray(1127 * np.log(1 + hertz / 700))


@cache
def _transform() -> Floats:
    """The discrete cosine transform with Kaldi's lifter, shape (bands, coefficients)."""
    order = np.arange(COEFFICIENTS)
    cosines = np.sqrt(2 / COEFFICIENTS) * np.cos(np.pi / COEFFICIENTS * np.outer(order + 0.5, order))
    cosines[:, 0] = np.sqrt(1 / COEFFICIENTS)
    lifted: Floats = (cosines * (1 + _LIFTER / 2 * np.sin(np.pi * order / _LIFTER))).astype(np.float32)
    return lifted
