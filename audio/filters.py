"""Takes away what a lower rate can't hold, at once: a resampler of better quality keeps samples back too long."""

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.samples import Clip

LOW_PASS_TAPS = 63


class LowPass:
    """A filter over a stream of sound. What comes out is 31 samples behind what went in."""

    def __init__(self, factor: int) -> None:
        """`factor`: how many times lower the rate is."""
        at = np.arange(LOW_PASS_TAPS) - LOW_PASS_TAPS // 2
        taps = np.sinc(at / factor) * np.hamming(LOW_PASS_TAPS)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._factor = factor
        self._edge = np.zeros(LOW_PASS_TAPS - 1, np.float32)

    def smooth(self, samples: Clip) -> Clip:
        """The next samples, at the rate they came in."""
        sound = np.concatenate([self._edge, samples])
        self._edge = sound[-len(self._edge) :]
        if not sound.any():
            return np.zeros(len(samples), np.float32)
        return np.convolve(sound, self._taps, "valid")

    def take(self, samples: Clip) -> Clip:
        """The next samples, at the lower rate: as many as the factor goes into them."""
        return self.smooth(samples)[:: self._factor]


def resample(samples: NDArray[np.float32], rate: int, to: int) -> NDArray[np.float32]:
    """Mono samples of shape (n,) from one rate to another, both in samples a second."""
    if rate == to or not samples.size:
        return samples
    converted: NDArray[np.float32] = soxr.resample(samples, rate, to)
    return converted
