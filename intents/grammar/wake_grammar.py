"""The grammar of the wake phrase, alone or before a request in the same breath."""

from collections.abc import Mapping
from typing import TypeAlias

from intents.grammar.walk import Walk, WalkContinuation, WalkPlace, WalkStep
from intents.phrases.wake import WakePhrase
from intents.text.normalize import words_of

_WakePlace: TypeAlias = int | WalkPlace
"""How many words of the phrase were said; after all of them, a place in the request."""

WAKE_MASK = 1
"""The intent mask of every sentence of this grammar."""


class WakeGrammar:
    """A grammar whose sentences are the wake phrase and what a walk allows after it."""

    start: int = 0
    """The place before the first word."""

    def __init__(self, phrase: WakePhrase, walk: Walk, requests: int) -> None:
        """`requests`: the intents that may be asked for in the same breath, as an intent mask of `walk`."""
        self._said, self._written = words_of(phrase.text), phrase.written
        self._walk, self._requests = walk, requests

    def after(self, place: "_WakePlace") -> "tuple[Mapping[str, tuple[str, _WakePlace, int]], int]":
        """What may come at a place that `start` or an earlier step led to.

        The words with their steps, and WAKE_MASK where a sentence may end there, else 0.
        """
        if isinstance(place, int) and place < len(self._said):
            return dict.fromkeys(sorted(self._written[place]), (self._said[place], place + 1, WAKE_MASK)), 0
        begun: WalkContinuation = self._walk.after(self._walk.start if isinstance(place, int) else place)
        whole = isinstance(place, int) or bool(begun.complete & self._requests)
        words = {word: self._one(step) for word, step in begun.words.items() if step.intent_mask & self._requests}
        return words, WAKE_MASK if whole else 0

    def _one(self, step: WalkStep) -> "tuple[str, _WakePlace, int]":
        """A step of the walk as a step of this grammar."""
        return step.spoken, step.place, WAKE_MASK
