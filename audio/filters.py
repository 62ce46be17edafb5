"""Resampling: a streaming low-pass filter with a short delay, and soxr for whole sounds.

The filter delays by 31 frames (0.6 ms). soxr's streaming resampler, of better quality, keeps sound back for too long
where the far end must be at hand when its echo arrives.
"""

import numpy as np
import soxr

from audio.samples import FRAMES_PER_SAMPLE, Clip, Samples, Waveform

LOW_PASS_TAPS = 63
"""Length of the low-pass filter, in frames at 48 kHz; its delay is half of that."""


class LowPass:
    """A windowed-sinc low-pass filter over a stream at 48 kHz, for the step down to 16 kHz.

    The cut-off is 8 kHz. The output is 31 frames behind the input.
    """

    def __init__(self) -> None:
        """Begin with silence before the first frame."""
        at = np.arange(LOW_PASS_TAPS) - LOW_PASS_TAPS // 2
        taps = np.sinc(at / FRAMES_PER_SAMPLE) * np.hamming(LOW_PASS_TAPS)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._edge = np.zeros(LOW_PASS_TAPS - 1, np.float32)

    def smooth(self, block: Clip) -> Clip:
        """Filter the next frames of the stream; as many come out, still at 48 kHz."""
        sound = np.concatenate([self._edge, block])
        self._edge = sound[-len(self._edge) :]
        if not sound.any():
            return np.zeros(len(block), np.float32)
        return np.convolve(sound, self._taps, "valid")

    def decimate(self, block: Clip) -> Samples:
        """Filter the next frames and keep every third: samples at 16 kHz. The block's length is a multiple of three."""
        return self.smooth(block)[::FRAMES_PER_SAMPLE]


def resample(sound: Waveform, rate: int, to: int) -> Waveform:
    """Resample a whole sound from one rate to another, both in Hz; without a delay."""
    if rate == to or not sound.size:
        return sound
    converted: Waveform = soxr.resample(sound, rate, to)
    return converted
