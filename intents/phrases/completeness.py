"""Whether somebody who falls silent for a moment has said all: it tells how long to wait for more."""

from collections.abc import Collection, Mapping
from functools import cache

from rapidfuzz import fuzz, process

from intents.phrases.short import short_sentences_by_intent
from intents.text.normalize import words_of

Intents = frozenset[str]
BEGINNING_LIKENESS = 85.0
"""Likeness, of 100, from which misheard words are taken for a beginning: "held for", "cold for twenty"."""
BEGINNING_WORDS = 2
"""Of a beginning that may be misheard: single words are all alike."""


def completeness(text: str, valid: Collection[str] | None = None, *, understood: bool = False) -> bool | None:
    """True: a short sentence, to which nothing is likely to be added that changes it. False: but the beginning of one.

    None: there is no telling. `valid` are the intents that are valid now; None stands for all. `understood`: it surely
    means something as it stands, though it need not be a short sentence.
    """
    said = tuple(words_of(text))
    meant, to_come = (
        intents if valid is None else intents.intersection(valid)
        for intents in (_sentences().get(said, frozenset()), _beginnings().get(said, frozenset()))
    )
    if meant:
        # "Next" may become "next one", which is the same; "repeat" may become "repeat slower".
        return True if to_come <= meant else None
    if understood and said not in _sentences():
        return None if to_come else True
    return False if to_come or _misheard(said, valid) else None


def _misheard(said: tuple[str, ...], valid: Collection[str] | None) -> bool:
    if len(said) < BEGINNING_WORDS or said in _sentences():
        return False
    likely = [
        " ".join(words)
        for words, intents in _beginnings().items()
        if len(words) == len(said) and (valid is None or not intents.isdisjoint(valid))
    ]
    return process.extractOne(" ".join(said), likely, scorer=fuzz.ratio, score_cutoff=BEGINNING_LIKENESS) is not None


@cache
def _sentences() -> Mapping[tuple[str, ...], Intents]:
    """What each short sentence means."""
    found: dict[tuple[str, ...], Intents] = {}
    for intent, texts in short_sentences_by_intent().items():
        for text in texts:
            words = tuple(words_of(text))
            found[words] = found.get(words, frozenset()) | {intent}
    return found


@cache
def _beginnings() -> Mapping[tuple[str, ...], Intents]:
    """What the sentences that begin so, and go on, mean."""
    found: dict[tuple[str, ...], Intents] = {}
    for words, intents in _sentences().items():
        for length in range(1, len(words)):
            found[words[:length]] = found.get(words[:length], frozenset()) | intents
    return found
