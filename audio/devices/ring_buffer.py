"""A ring buffer between one thread that writes and one that reads, without a lock."""

import numpy as np

from audio.samples import Waveform


class RingBuffer:
    """Holds up to `capacity` samples of sound at any rate. Neither side ever waits for the other.

    Threads: `written` is changed by the writing thread alone, `read` by the reading thread alone, and each side may
    look at the other's counter. A counter moves only after the samples that it stands for have been copied.
    """

    def __init__(self, capacity: int) -> None:
        """Begin empty."""
        self._samples = np.zeros(capacity, np.float32)
        self.written = 0
        """Samples that were written so far; changed by the writing thread alone."""
        self.read = 0
        """Samples that were read so far; changed by the reading thread alone."""

    @property
    def filled(self) -> int:
        """Number of samples waiting to be read."""
        return self.written - self.read

    @property
    def free(self) -> int:
        """Number of samples that can be written."""
        return len(self._samples) - self.filled

    def write(self, samples: Waveform) -> int:
        """Write as many of the samples as there is room for; how many that was."""
        count = min(len(samples), self.free)
        at = self.written % len(self._samples)
        first = min(count, len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: count - first] = samples[first:count]
        self.written += count
        return count

    def rewrite(self, samples: Waveform) -> None:
        """Replace the samples that were written last. What the reader has read of them stays as it was."""
        at = (self.written - len(samples)) % len(self._samples)
        first = min(len(samples), len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: len(samples) - first] = samples[first:]

    def read_into(self, out: Waveform) -> int:
        """Fill `out` from its start as far as there are samples; how many that was. The rest of `out` is untouched."""
        count = min(len(out), self.filled)
        at = self.read % len(self._samples)
        first = min(count, len(self._samples) - at)
        out[:first] = self._samples[at : at + first]
        out[first:count] = self._samples[: count - first]
        self.read += count
        return count
