"""Keywords in running speech: when a recognition pass is due after one was spotted, and for which keywords."""

from collections.abc import Mapping
from dataclasses import dataclass

from audio.keywords.spotter import Keyword, KeywordSpotter
from audio.samples import SAMPLE_RATE, Samples
from audio.vad.endpoint import EndpointCandidate

KEYWORD_PASSES = 6
"""Number of passes for each hit: what follows the keyword may decide only after half a second."""
KEYWORD_PASS_EVERY = SAMPLE_RATE // 10
"""Interval between two of those passes, in samples (100 ms)."""


@dataclass(frozen=True, slots=True)
class KeywordCue:
    """A phrase in which keywords were spotted while the voice goes on."""

    phrase: EndpointCandidate
    """What is being said, as if the voice fell silent now."""
    words: tuple[Keyword, ...]
    """The keywords that were spotted of late."""

    @property
    def decided(self) -> int:
        """The number of samples that were fed when the cue came."""
        return self.phrase.decided


class KeywordWatch:
    """Tells when a recognition pass for keywords is due. Positions are samples since the start.

    Threads: all of a watch belongs to the thread that feeds it.
    """

    def __init__(self) -> None:
        """Begin at sample 0 of a stream."""
        self._spotter = KeywordSpotter()
        self._left: dict[Keyword, int] = {}
        """Passes left for each keyword that was spotted."""
        self._next = 0
        """The sample at which the next pass is due."""
        self._taken = 0

    @property
    def best_scores(self) -> Mapping[Keyword, float]:
        """The highest probability of each keyword in what is being said, or was said last."""
        return self._spotter.best_scores

    def due(self, samples: Samples, *, speaking: bool) -> tuple[Keyword, ...]:
        """Take the next samples; the keywords that a pass is due for. `speaking`: whether somebody speaks."""
        self._taken += len(samples)
        if not speaking:
            self._left.clear()
        for hit in self._spotter.feed(samples, speaking=speaking):
            self._left[hit.word] = KEYWORD_PASSES
            self._next = hit.at
        if not self._left or self._taken < self._next:
            return ()
        words = tuple(self._left)
        self._left = {word: left - 1 for word, left in self._left.items() if left > 1}
        self._next = self._taken + KEYWORD_PASS_EVERY
        return words
