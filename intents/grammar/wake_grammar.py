"""The grammar of a sleeping Limber: its wake phrase, alone or before a request in one breath, and alarms."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from intents.grammar.walk import Walk, WalkContinuation, WalkPlace
from intents.phrases.wake import WakePhrase
from intents.text.normalize import words_of

_WakePlace: TypeAlias = int | tuple[WalkPlace, int]
"""How many words of the phrase were said; or a place in a walk, and the intents that count there."""

WAKE_MASK = 1
"""The intent mask of every sentence of this grammar."""


class WakeGrammar:
    """A grammar whose sentences are the wake phrase, what a walk allows after it, and what it allows without it."""

    start: int = 0
    """The place before the first word."""

    def __init__(self, phrase: WakePhrase, walk: Walk, requests: int, alone: int = 0) -> None:
        """`requests`: the intents that may be asked for in the same breath, as an intent mask of `walk`.

        `alone`: the intents that need no wake phrase.
        """
        self._said, self._written = words_of(phrase.text), phrase.written
        self._walk, self._requests, self._alone = walk, requests, alone

    def after(self, place: "_WakePlace") -> "tuple[Mapping[str, tuple[str, _WakePlace, int]], int]":
        """What may come at a place that `start` or an earlier step led to.

        The words with their steps, and WAKE_MASK where a sentence may end there, else 0.
        """
        if not isinstance(place, int):
            return self._walked(*place)
        if place == len(self._said):
            return self._walked(self._walk.start, self._requests)[0], WAKE_MASK
        said = dict.fromkeys(sorted(self._written[place]), (self._said[place], place + 1, WAKE_MASK))
        return (self._walked(self._walk.start, self._alone)[0] if place == 0 else {}) | said, 0

    def parts(self, place: "_WakePlace") -> "Sequence[_WakePlace]":
        """The place alone: this grammar is so small that its places share nothing worth working out once."""
        return (place,)

    def _walked(self, place: WalkPlace, intents: int) -> "tuple[dict[str, tuple[str, _WakePlace, int]], int]":
        """What the walk allows at a place, of the sentences that mean one of these intents."""
        begun: WalkContinuation = self._walk.after(place)
        words: dict[str, tuple[str, _WakePlace, int]] = {
            word: (step.spoken, (step.place, intents), WAKE_MASK)
            for word, step in begun.words.items()
            if step.intent_mask & intents
        }
        return words, WAKE_MASK if begun.complete & intents else 0
