"""Running speech: sentences that act early, heard in the midst of it by an ear that follows, where no lull comes.

One of them tells nothing yet: what follows may be its object ("stop counting"), and half a second passes before the ear
that follows knows that word. Two in a row leave no room for one ("stop, it hurts"), unless they end in a word that
other sentences begin with ("stop, stop counting out loud"). They are only a cue to look: that ear's grammar has no
rejection, and so the ear that is sure of itself must find the same words in the sound so far.
"""

from collections.abc import Collection
from dataclasses import dataclass

from audio.vad.endpoint import EndpointCandidate

COMMANDS_IN_A_ROW = 2
"""How many sentences it takes."""
PARTIAL_LOOKS = 4
PARTIAL_LOOK_EVERY = 1024
"""How often the same words are looked for, and samples between: they are known before or after their last sound."""


@dataclass(frozen=True, slots=True)
class PartialCue:
    """A phrase that may hold what acts early, while the voice goes on."""

    phrase: EndpointCandidate
    """What was said so far, as if the voice fell silent now."""
    words: str
    """What the ear that follows has heard in it."""

    @property
    def decided(self) -> int:
        """The number of samples it took to know."""
        return self.phrase.decided


def commands_in_a_row(words: str, sentences: Collection[str]) -> int:
    """How many of these sentences the words are, one after the other, at most; 0 where anything else is among them."""
    said = words.split()
    most = {0: 0}
    for end in range(1, len(said) + 1):
        before = [count for start, count in most.items() if " ".join(said[start:end]) in sentences]
        if before:
            most[end] = max(before) + 1
    return most.get(len(said), 0)


class PartialWatch:
    """Watches what is heard of one utterance for when to look."""

    def __init__(self, sentences: Collection[str], expected: Collection[str]) -> None:
        """`sentences`: those that act early; `expected`: all that are."""
        self._sentences = frozenset(sentences)
        others = [sentence.split() for sentence in set(expected) - self._sentences]
        self._beginnings = {" ".join(words[:end]) for words in others for end in range(1, len(words))}
        self._words = ""
        self._left = 0
        self._next = 0

    def due(self, words: str, at: int) -> bool:
        """Whether to look now, at a sample, when these words have been heard so far; not told twice of one look."""
        if words != self._words:
            self._words = words
            self._left = PARTIAL_LOOKS if self._complete(words) else 0
            self._next = at
        if not self._left or at < self._next:
            return False
        self._left -= 1
        self._next = at + PARTIAL_LOOK_EVERY
        return True

    def _complete(self, words: str) -> bool:
        said = words.split()
        going_on = any(" ".join(said[start:]) in self._beginnings for start in range(len(said)))
        return not going_on and commands_in_a_row(words, self._sentences) >= COMMANDS_IN_A_ROW
