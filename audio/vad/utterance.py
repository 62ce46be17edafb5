"""What the segmenter reports: an onset of speech, and a whole utterance."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.samples import level_db, peak_level_db
from audio.vad.endpoint import EndpointCandidate

CHUNK = 512
"""Samples the voice activity detector takes at once (32 ms)."""


ONSET_DELAY = 4 * CHUNK
"""Samples by which speech may begin before it is known to: they tell nothing of what was before it."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Someone speaks; reported as soon as it is sure, before the utterance is complete."""

    at: int
    """The sample at which speech began."""
    decided: int
    """The number of samples it took to know."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech between silences. All positions are samples from the first ever fed."""

    samples: NDArray[np.float32]
    """Mono, 16 kHz, shape (n,): the speech with a little of what surrounds it."""
    first: int
    """Where `samples` begin."""
    began: int
    """Where speech began."""
    until: int
    """Where speech ended."""
    silent: int
    """Where the voice fell silent: `until` of the lull that it ended in."""
    decided: int
    """The number of samples it took to know that it had ended; at least `until`."""

    @property
    def prominence_db(self) -> float:
        """By how many dB its loudest moments stand out from what was right before and after it."""
        return speech_prominence_db(self.samples, self.began - self.first, self.until - self.first)

    @property
    def peak_db(self) -> float:
        """Of its loudest moment, in dBFS."""
        return peak_level_db(self.samples[self.began - self.first : self.until - self.first])


Segment: TypeAlias = SpeechBegan | EndpointCandidate | Utterance


def speech_prominence_db(samples: NDArray[np.float32], began: int, until: int) -> float:
    """By how many dB the loudest moments of speech, from `began` to `until`, stand out from the rest of the samples."""
    before, after = samples[: max(0, began - ONSET_DELAY)], samples[until:]
    beside = [level_db(part) for part in (before, after) if len(part) >= CHUNK]
    return peak_level_db(samples[began:until]) - max(beside, default=-120.0)
