"""Whether an utterance is complete at a pause, by its words: endpointing waits shorter after a complete one."""

from collections.abc import Collection, Mapping
from enum import Enum, auto
from functools import cache

from rapidfuzz import fuzz, process

from intents.phrases.short import short_sentences_by_intent
from intents.text.normalize import words_of

_Intents = frozenset[str]
"""Names of intents."""
BEGINNING_LIKENESS = 85.0
"""Edit similarity, 0 to 100, from which misheard words count as a beginning: "held for" is one of "hold for"."""
BEGINNING_WORDS = 2
"""Least length in words of a beginning that may be misheard: single words are all much alike."""


class Completeness(Enum):
    """What the words said up to a pause tell of its being the end of the utterance."""

    COMPLETE = auto()
    """A command to which nothing is likely to be added that changes its meaning."""
    INCOMPLETE = auto()
    """Only the beginning of a command."""
    UNKNOWN = auto()
    """The words do not tell."""


def completeness(text: str, valid: Collection[str] | None = None, *, understood: bool = False) -> Completeness:
    """How complete `text` is among the short sentences of the valid intents (None: of all).

    `understood`: `text` surely has a meaning as it stands, though it need not be a short sentence.
    """
    said = tuple(words_of(text))
    meant, to_come = (
        intents if valid is None else intents.intersection(valid)
        for intents in (_sentences().get(said, frozenset()), _beginnings().get(said, frozenset()))
    )
    if meant:
        # "Next" may become "next one", which is the same; "repeat" may become "repeat slower".
        return Completeness.COMPLETE if to_come <= meant else Completeness.UNKNOWN
    if understood and said not in _sentences():
        return Completeness.UNKNOWN if to_come else Completeness.COMPLETE
    return Completeness.INCOMPLETE if to_come or _misheard(said, valid) else Completeness.UNKNOWN


def _misheard(said: tuple[str, ...], valid: Collection[str] | None) -> bool:
    """Whether the words are much like a beginning of equal length, as a recogniser may have misheard one."""
    if len(said) < BEGINNING_WORDS or said in _sentences():
        return False
    likely = [
        " ".join(words)
        for words, intents in _beginnings().items()
        if len(words) == len(said) and (valid is None or not intents.isdisjoint(valid))
    ]
    return process.extractOne(" ".join(said), likely, scorer=fuzz.ratio, score_cutoff=BEGINNING_LIKENESS) is not None


@cache
def _sentences() -> Mapping[tuple[str, ...], _Intents]:
    """The words of each short sentence, and the intents it stands for."""
    found: dict[tuple[str, ...], _Intents] = {}
    for intent, texts in short_sentences_by_intent().items():
        for text in texts:
            words = tuple(words_of(text))
            found[words] = found.get(words, frozenset()) | {intent}
    return found


@cache
def _beginnings() -> Mapping[tuple[str, ...], _Intents]:
    """The words that short sentences begin with, and the intents of those sentences."""
    found: dict[tuple[str, ...], _Intents] = {}
    for words, intents in _sentences().items():
        for length in range(1, len(words)):
            found[words[:length]] = found.get(words[:length], frozenset()) | intents
    return found
