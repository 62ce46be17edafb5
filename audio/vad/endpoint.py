"""Lulls: the voice has just fallen silent inside an utterance, and what was said may be complete.

Known by a drop of the level within a few chunks, long before it is sure that the utterance has ended; in noise by the
voice activity detector, later. The closure of a "p" or
a "t" is a lull too, of up to 0.2 s: how long a lull has lasted tells more of a sentence's end than its words do.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FIRST_LOOK_CHUNKS = 5
LOOK_EVERY_CHUNKS = 2
LAST_LOOK_CHUNKS = 15
"""Chunks of a lull at which it is told of: the first time, the time between, and the last time."""
PHRASE_GAP = 7
"""Chunks of a lull that is longer than any inside a word, and after which what follows is another phrase."""
DETECTOR_LATE = 1
"""Chunks by which a lull is longer than the voice activity detector says."""
PHRASE_LEAD = 8
"""Chunks kept before a phrase that follows a lull."""
LONGEST_PHRASE = 78
"""Chunks (2.5 s). None of the sentences that act early takes longer."""
LOUDEST_OF = 47
"""Chunks (1.5 s) whose loudest the level is compared with."""
DROP_SHARE = 0.6
LEAST_DROP, MOST_DROP = 6.0, 24.0
"""Share of the way from the loudest chunk down to the room's level that makes a lull, and its bounds in dB."""


@dataclass(frozen=True, slots=True)
class EndpointCandidate:
    """A phrase that may be complete, in an utterance that has not ended. All positions are samples."""

    samples: NDArray[np.float32]
    """Mono, 16 kHz, shape (n,): what was said since the utterance began, or since the last long lull in it."""
    whole: NDArray[np.float32]
    """All that was said since the utterance began, with a little before it."""
    utterance: int
    """Where the utterance began, as in `Utterance.began`."""
    began: int
    """Where the phrase began."""
    until: int
    """Where the voice fell silent."""
    decided: int
    """Now: the number of samples it took to know."""
    certain: bool
    """It has lasted longer than the silence inside a word or between two that belong together."""
    brief: bool
    """The phrase is no longer than any of the sentences that act early."""


class GapTracker:
    """Follows one utterance. Positions are chunks."""

    def __init__(self, began: int) -> None:
        self.phrase = began
        """Where what is being said since the last long lull began."""
        self.since = began
        """Where the lull began that there is now."""
        self.quiet = 0
        """For how long the voice has been silent; 0 where there is no lull."""
        self._levels: deque[float] = deque(maxlen=LOUDEST_OF)
        self._low = self._silent = 0

    def take(self, index: int, level: float, room: float, *, speech: bool) -> bool:
        """Whether to look now, at chunk `index` of a level and in a room of a level, both in dBFS.

        `speech`: the voice activity detector hears it.
        """
        self._levels.append(level)
        loudest = max(self._levels)
        drop = min(max(DROP_SHARE * (loudest - room), LEAST_DROP), MOST_DROP)
        self._low = self._low + 1 if level < loudest - drop else 0
        self._silent = 0 if speech else self._silent + 1
        # In noise the level tells nothing. The detector, which takes its time, is then late already.
        quiet = max(self._low, self._silent + DETECTOR_LATE if self._silent else 0)
        if not quiet:
            if self.quiet >= PHRASE_GAP:
                self.phrase = max(self.phrase, index - min(self.quiet - 2, PHRASE_LEAD))
            self.quiet = 0
            return False
        if not self.quiet:
            self.since = index
        longer = quiet > self.quiet
        self.quiet = quiet
        return longer and quiet in range(FIRST_LOOK_CHUNKS, LAST_LOOK_CHUNKS + 1, LOOK_EVERY_CHUNKS)
