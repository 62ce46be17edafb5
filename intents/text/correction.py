"""Correction of spelling: a word that does not exist becomes the one word of a vocabulary that is a slip away."""

from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.text.english import exists

_SHORTEST = 4
"""Length in letters of the shortest word that is corrected: shorter ones are a slip away from too many."""


class Correction:
    """Corrects words towards a vocabulary; a word that exists stays, whatever it is like."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._words = sorted(word for word in vocabulary if len(word) >= _SHORTEST)
        self._vocabulary = frozenset(vocabulary)

    def corrected(self, words: Sequence[str]) -> list[str] | None:
        """`words` without slips of letters; None where nothing was to be corrected, or a word stays unknown."""
        found = [self._meant(word) for word in words]
        said = [word for word in found if word is not None]
        return None if len(said) < len(words) or said == list(words) else said

    def _meant(self, word: str) -> str | None:
        """The word that was meant by one; None where it is none, and like none or like several."""
        if word in self._vocabulary or exists(word):
            return word
        if len(word) < _SHORTEST:
            return None
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=1, limit=2)
        return str(near[0][0]) if len(near) == 1 else None
