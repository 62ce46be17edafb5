"""What the segmenter reports: an onset of speech, an endpoint candidate, and a whole utterance."""

from dataclasses import dataclass
from typing import TypeAlias

from audio.samples import SILENCE_DBFS, Samples, level_db, peak_level_db
from audio.vad.endpoint import EndpointCandidate

CHUNK = 512
"""Samples that the voice activity detector takes at once (32 ms at 16 kHz)."""
ONSET_DELAY = 4 * CHUNK
"""Samples by which speech may begin before its onset is detected: they tell nothing of what was before the speech."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """The onset of an utterance, reported as soon as it is detected. Positions are samples since the start."""

    at: int
    """Where speech began."""
    decided: int
    """The number of samples that were fed when the onset was reported."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech between silences. Positions are samples since the start."""

    samples: Samples
    """The speech with a little of what surrounds it."""
    first: int
    """Where `samples` begin."""
    began: int
    """Where speech began."""
    until: int
    """Where the voice activity detector last found speech."""
    silent: int
    """Where the voice fell silent: where the last gap began, as in `EndpointCandidate.until`."""
    decided: int
    """The number of samples that were fed when the utterance was reported; at least `until`."""

    @property
    def prominence_db(self) -> float:
        """Level of the loudest moment of the speech over what was right before and after it, in dB."""
        return speech_prominence_db(self.samples, self.began - self.first, self.until - self.first)

    @property
    def peak_db(self) -> float:
        """Level of the loudest moment of the speech, in dBFS."""
        return peak_level_db(self.samples[self.began - self.first : self.until - self.first])


Segment: TypeAlias = SpeechBegan | EndpointCandidate | Utterance
"""One report of the segmenter."""


def speech_prominence_db(samples: Samples, began: int, until: int) -> float:
    """Measure the loudest moment of speech, from `began` to `until`, over the louder of what is before and after.

    In dB; over digital silence (SILENCE_DBFS) where there is too little on both sides.
    """
    before, after = samples[: max(0, began - ONSET_DELAY)], samples[until:]
    beside = [level_db(part) for part in (before, after) if len(part) >= CHUNK]
    return peak_level_db(samples[began:until]) - max(beside, default=SILENCE_DBFS)
