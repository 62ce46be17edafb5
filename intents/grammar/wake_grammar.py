"""The sentences of someone who calls: the wake phrase, alone or in one breath with a request."""

from collections.abc import Mapping
from typing import TypeAlias

from intents.grammar.walk import Walk, WalkContinuation, WalkPlace, WalkStep
from intents.phrases.wake import WakePhrase
from intents.text.normalize import words_of

_Called: TypeAlias = int | WalkPlace
"""How many words of the phrase were said; after all of them, a place in the request."""

WAKE_KIND = 1
"""The one kind of all these sentences."""


class WakeGrammar:
    """The wake phrase before the sentences of a walk; see `Walk`."""

    start: int = 0

    def __init__(self, phrase: WakePhrase, walk: Walk, requests: int) -> None:
        """`requests`: the kinds of sentences that may be asked for in the same breath, as bits of the walk."""
        self._said, self._written = words_of(phrase.text), phrase.written
        self._walk, self._requests = walk, requests

    def after(self, place: "_Called") -> "tuple[Mapping[str, tuple[str, _Called, int]], int]":
        """What may come at a place that `start` or an earlier step led to."""
        if isinstance(place, int) and place < len(self._said):
            return dict.fromkeys(sorted(self._written[place]), (self._said[place], place + 1, WAKE_KIND)), 0
        begun: WalkContinuation = self._walk.after(self._walk.start if isinstance(place, int) else place)
        whole = isinstance(place, int) or bool(begun.complete & self._requests)
        words = {word: self._one(step) for word, step in begun.words.items() if step.intent_mask & self._requests}
        return words, WAKE_KIND if whole else 0

    def _one(self, step: WalkStep) -> "tuple[str, _Called, int]":
        return step.spoken, step.place, WAKE_KIND
