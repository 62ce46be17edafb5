"""The sentences expected now as a tree of tokens, in every way the recogniser may write them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.hearing.tokenizer import Tokenizer

COMMA = ","
STOPS = (".", "?", "!")


@dataclass(slots=True)
class _Node:
    following: dict[int, "_Node"] = field(default_factory=dict)
    sentence: int | None = None
    """The place, in what was given, of the sentence that is complete here."""
    word_ends: bool = False


Mark: TypeAlias = int
"""The punctuation just written, as a token; 0 for none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree a text has come to."""

    node: _Node
    mark: Mark = 0


@dataclass(frozen=True, slots=True)
class Continuations:
    """What may follow a place."""

    tokens: NDArray[np.int64]
    """Shape (n,); END is not among them."""
    places: tuple[Place, ...]
    """Where each of the tokens leads."""
    sentence: int | None
    """The sentence that would be complete if END came next."""


class Sentences:
    """Plain sentences, some hundreds at most, in the ways a recogniser writes them.

    Each as given, in lower case or capitalised, with or without commas between words and a stop at the end.
    """

    def __init__(self, sentences: Sequence[str], tokenizer: Tokenizer) -> None:
        self.texts = tuple(sentences)
        self._tokenizer = tokenizer
        self._comma = tokenizer.mark(COMMA)
        self._stops = tuple(tokenizer.mark(stop) for stop in STOPS)
        self._continuations: dict[tuple[int, Mark], Continuations] = {}
        self._root = _Node()
        for index, sentence in enumerate(self.texts):
            for words in _spellings(sentence):
                self._add(words, index)
        self.start = Place(self._root)

    def after(self, place: Place) -> Continuations:
        """What may follow a place that `start` or an earlier continuation led to."""
        key = id(place.node), place.mark
        if key not in self._continuations:
            self._continuations[key] = self._continue(place)
        return self._continuations[key]

    def writings(self, index: int) -> list[tuple[int, ...]]:
        """The likeliest ways to write one sentence, as token ids without END."""
        return [
            tuple(token for word in words for token in self._tokenizer.word(word)) + stop
            for words in _spellings(self.texts[index])
            for stop in ((), *((stop,) for stop in self._stops))
        ]

    def _add(self, words: Sequence[str], index: int) -> None:
        node = self._root
        for word in words:
            for token in self._tokenizer.word(word):
                node = node.following.setdefault(token, _Node())
            node.word_ends = True
        if node is not self._root and node.sentence is None:
            node.sentence = index

    def _continue(self, place: Place) -> Continuations:
        node, mark = place.node, place.mark
        if mark in self._stops:
            return Continuations(np.zeros(0, np.int64), (), node.sentence)
        places = {token: Place(following) for token, following in node.following.items()}
        if node.word_ends and not mark:
            if node.following:
                places[self._comma] = Place(node, self._comma)
            if node.sentence is not None:
                places |= {stop: Place(node, stop) for stop in self._stops}
        complete = node.sentence if not mark else None
        return Continuations(np.array(list(places), np.int64), tuple(places.values()), complete)


def _spellings(sentence: str) -> list[list[str]]:
    """The words in lower case, with the first capitalised, and as given."""
    words = sentence.split()
    lower = [_always_capital(word.lower()) for word in words]
    spellings = [lower, [_capitalised(word) for word in lower[:1]] + lower[1:], words]
    return [spelling for number, spelling in enumerate(spellings) if spelling not in spellings[:number]]


def _always_capital(word: str) -> str:
    return _capitalised(word) if word == "i" or word.startswith("i'") else word


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
