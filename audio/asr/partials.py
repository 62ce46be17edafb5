"""Early commands in the partial transcripts of a streaming recogniser, where no gap comes.

One command tells nothing yet: what follows may be its object ("stop counting"), and half a second passes before the
partial transcript has that word. Two in a row leave no room for an object ("stop, it hurts"), unless they end in a word
that other sentences begin with ("stop, stop counting out loud"). They are only a cue for a recognition pass: Vosk's
grammar rejects nothing, so Moonshine must find the same words in the sound so far.
"""

from collections.abc import Collection
from dataclasses import dataclass

from audio.vad.endpoint import EndpointCandidate

COMMANDS_IN_A_ROW = 2
"""Number of commands in a row that make a cue."""
PARTIAL_PASSES = 4
"""Most passes for one partial transcript: its words may be known before or after their last sound."""
PARTIAL_PASS_EVERY = 1024
"""Interval between two of those passes, in samples (64 ms)."""


@dataclass(frozen=True, slots=True)
class PartialCue:
    """A phrase in which commands were recognised while the voice goes on."""

    phrase: EndpointCandidate
    """What is being said, as if the voice fell silent now."""
    words: str
    """The partial transcript of the phrase."""

    @property
    def decided(self) -> int:
        """The number of samples that were fed when the cue came."""
        return self.phrase.decided


def commands_in_a_row(words: str, sentences: Collection[str]) -> int:
    """Count the sentences that the words consist of, one after the other, at most; 0 where any other word is there."""
    said = words.split()
    most = {0: 0}
    for end in range(1, len(said) + 1):
        before = [count for start, count in most.items() if " ".join(said[start:end]) in sentences]
        if before:
            most[end] = max(before) + 1
    return most.get(len(said), 0)


class PartialWatch:
    """Watches the partial transcripts of one utterance for cues."""

    def __init__(self, sentences: Collection[str], expected: Collection[str]) -> None:
        """`sentences`: the commands that act early; `expected`: all sentences that mean something now."""
        self._sentences = frozenset(sentences)
        others = [sentence.split() for sentence in set(expected) - self._sentences]
        self._beginnings = {" ".join(words[:end]) for words in others for end in range(1, len(words))}
        self._words = ""
        """The last partial transcript."""
        self._left = 0
        """Passes left for it."""
        self._next = 0
        """The sample at which the next pass is due."""

    def due(self, words: str, at: int) -> bool:
        """Whether a pass is due at a sample, with these words as the partial transcript; each pass is told of once."""
        if words != self._words:
            self._words = words
            self._left = PARTIAL_PASSES if self._complete(words) else 0
            self._next = at
        if not self._left or at < self._next:
            return False
        self._left -= 1
        self._next = at + PARTIAL_PASS_EVERY
        return True

    def _complete(self, words: str) -> bool:
        """Whether the words are enough commands, and end in no word that another sentence begins with."""
        said = words.split()
        going_on = any(" ".join(said[start:]) in self._beginnings for start in range(len(said)))
        return not going_on and commands_in_a_row(words, self._sentences) >= COMMANDS_IN_A_ROW
