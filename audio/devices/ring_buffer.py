"""A ring of samples between one thread that writes and one that reads, without a lock."""

import numpy as np
from numpy.typing import NDArray


class RingBuffer:
    """Holds up to `capacity` samples. Each side moves its own counter only, so neither ever waits for the other."""

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(capacity, np.float32)
        self._written = 0
        self._read = 0

    @property
    def filled(self) -> int:
        """Samples waiting to be read."""
        return self._written - self._read

    @property
    def free(self) -> int:
        """Samples that can be written."""
        return len(self._samples) - self.filled

    def write(self, samples: NDArray[np.float32]) -> int:
        """Take as many of the samples as there is room for; how many that was."""
        count = min(len(samples), self.free)
        at = self._written % len(self._samples)
        first = min(count, len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: count - first] = samples[first:count]
        self._written += count
        return count

    def rewrite(self, samples: NDArray[np.float32]) -> None:
        """Put others in the place of the last that were written. What has been read of those stays as it was."""
        at = (self._written - len(samples)) % len(self._samples)
        first = min(len(samples), len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: len(samples) - first] = samples[first:]

    def read_into(self, out: NDArray[np.float32]) -> int:
        """Fill `out` from its start as far as there are samples; how many that was. The rest of it is untouched."""
        count = min(len(out), self.filled)
        at = self._read % len(self._samples)
        first = min(count, len(self._samples) - at)
        out[:first] = self._samples[at : at + first]
        out[first:count] = self._samples[: count - first]
        self._read += count
        return count
