"""Words in passing: after one was spotted while the voice goes on, when to look closer, and at what."""

from collections.abc import Mapping
from dataclasses import dataclass

from audio.keywords.spotter import Keyword, KeywordSpotter
from audio.samples import Floats
from audio.vad.endpoint import EndpointCandidate

KEYWORD_LOOKS = 6
"""How often a word is looked for, once it was spotted: what follows may tell only after half a second."""
KEYWORD_LOOK_EVERY = 1600
"""Samples between two looks."""


@dataclass(frozen=True, slots=True)
class KeywordCue:
    """A phrase that may hold what acts early, while the voice goes on."""

    phrase: EndpointCandidate
    """What was said so far, as if the voice fell silent now."""
    words: tuple[Keyword, ...]
    """Those that were spotted of late."""

    @property
    def decided(self) -> int:
        """The number of samples it took to know."""
        return self.phrase.decided


class KeywordWatch:
    """Tells when to look for words. Positions are samples."""

    def __init__(self) -> None:
        self._spotter = KeywordSpotter()
        self._left: dict[Keyword, int] = {}
        self._next = 0
        self._taken = 0

    @property
    def best_scores(self) -> Mapping[Keyword, float]:
        """The highest probability of each word in what is being said, or was said last."""
        return self._spotter.best_scores

    def due(self, samples: Floats, *, speaking: bool) -> tuple[Keyword, ...]:
        """Take the next samples; the words to look for now. `speaking`: somebody speaks who may say one."""
        self._taken += len(samples)
        if not speaking:
            self._left.clear()
        for spot in self._spotter.feed(samples, speaking=speaking):
            self._left[spot.word] = KEYWORD_LOOKS
            self._next = spot.at
        if not self._left or self._taken < self._next:
            return ()
        words = tuple(self._left)
        self._left = {word: left - 1 for word, left in self._left.items() if left > 1}
        self._next = self._taken + KEYWORD_LOOK_EVERY
        return words
