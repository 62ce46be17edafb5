"""Endpoint candidates: the voice has just fallen silent inside an utterance, and what was said may be complete.

A gap is known by a drop of the level within a few chunks (32 ms each), long before the utterance counts as ended; in
noise, by the voice activity detector, later. The closure of a "p" or a "t" is a gap too, of up to 0.2 s: how long a
gap has lasted tells more of a sentence's end than its words do.
"""

from collections import deque
from dataclasses import dataclass

from audio.samples import Samples

FIRST_CANDIDATE_CHUNKS = 5
"""Length of a gap at its first candidate, in chunks (160 ms)."""
CANDIDATE_EVERY_CHUNKS = 2
"""Interval from one candidate of a gap to the next, in chunks (64 ms)."""
LAST_CANDIDATE_CHUNKS = 15
"""Length of a gap at its last candidate, in chunks (480 ms)."""
PHRASE_GAP_CHUNKS = 7
"""Length of a gap, in chunks (224 ms), longer than any inside a word: what follows it is another phrase."""
DETECTOR_LATE_CHUNKS = 1
"""Delay of the voice activity detector at the end of speech, in chunks."""
PHRASE_LEAD_CHUNKS = 8
"""Most chunks kept before a phrase that follows a gap (256 ms)."""
PHRASE_TRAIL_CHUNKS = 2
"""Chunks at the start of a gap that belong to the phrase before it: the fading of its last sound."""
LONGEST_PHRASE_CHUNKS = 78
"""Longest phrase that is judged early, in chunks (2.5 s): none of the sentences that act early takes longer."""
LOUDEST_OF_CHUNKS = 47
"""Chunks (1.5 s) whose loudest is what the drop of the level is measured from."""
DROP_SHARE = 0.6
"""Share of the way from the loudest chunk down to the room's level by which the level drops in a gap."""
LEAST_DROP_DB, MOST_DROP_DB = 6.0, 24.0
"""Bounds of that drop, in dB."""


@dataclass(frozen=True, slots=True)
class EndpointCandidate:
    """A phrase that may be complete, in an utterance that has not ended. Positions are samples since the start."""

    samples: Samples
    """What was said since the utterance began, or since the last gap in it of at least PHRASE_GAP_CHUNKS."""
    whole: Samples
    """All that was said since the utterance began, with a little before it."""
    utterance: int
    """Where the utterance began: `Utterance.began` of the utterance that this will be part of."""
    began: int
    """Where the phrase began."""
    until: int
    """Where the voice fell silent."""
    decided: int
    """The number of samples that were fed when the candidate was reported."""
    certain: bool
    """Whether the gap has lasted longer than the silence inside a word or between two that belong together."""
    brief: bool
    """Whether the phrase is no longer than any of the sentences that act early."""


class GapTracker:
    """Follows the gaps of one utterance. Positions and lengths are chunks."""

    def __init__(self, began: int) -> None:
        """Begin at the first chunk of an utterance."""
        self.phrase = began
        """Where the current phrase began: after the last gap of at least PHRASE_GAP_CHUNKS."""
        self.gap_began = began
        """Where the current gap, or the last one, began."""
        self.quiet = 0
        """Length of the current gap; 0 while the voice sounds."""
        self._levels: deque[float] = deque(maxlen=LOUDEST_OF_CHUNKS)
        self._low = 0
        """Chunks in a row whose level has dropped."""
        self._silent = 0
        """Chunks in a row in which the detector found no speech."""

    def observe(self, index: int, level: float, room: float, *, speech: bool) -> bool:
        """Take the next chunk; whether it makes an endpoint candidate.

        `index`: its position; `level` and `room`: its level and the room's, in dBFS; `speech`: whether the voice
        activity detector finds speech in it.
        """
        self._levels.append(level)
        loudest = max(self._levels)
        drop = min(max(DROP_SHARE * (loudest - room), LEAST_DROP_DB), MOST_DROP_DB)
        self._low = self._low + 1 if level < loudest - drop else 0
        self._silent = 0 if speech else self._silent + 1
        # In noise the level tells nothing, and the detector, which tells late, is all there is.
        quiet = max(self._low, self._silent + DETECTOR_LATE_CHUNKS if self._silent else 0)
        if not quiet:
            if self.quiet >= PHRASE_GAP_CHUNKS:
                self.phrase = max(self.phrase, index - min(self.quiet - PHRASE_TRAIL_CHUNKS, PHRASE_LEAD_CHUNKS))
            self.quiet = 0
            return False
        if not self.quiet:
            self.gap_began = index
        longer = quiet > self.quiet
        self.quiet = quiet
        return longer and quiet in range(FIRST_CANDIDATE_CHUNKS, LAST_CANDIDATE_CHUNKS + 1, CANDIDATE_EVERY_CHUNKS)
