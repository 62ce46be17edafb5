"""Training phrases as the recogniser wrote them in noise, which `heard_phrases.py` collects: what is learnt of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Indel

from benchmarks.rig.places import TRAINING_PHRASES
from intents.phrases.nearest import sound_of
from intents.text.normalize import words_of

HEARD_PHRASES = TRAINING_PHRASES / "heard.jsonl"
"""One line a phrase: `said`; its `flag` ("" for no alarm) or the `label` of its intent; `heard`, the texts."""
LEARNT_FROM = 0.7
"""Least likeness of their sounds, 0 to 1, at which a text is learnt as its phrase: the rest has lost its meaning."""


@dataclass(frozen=True, slots=True)
class HeardText:
    """A text that the recogniser wrote."""

    said: str
    """The phrase that was said."""
    text: str
    """What was written, in lower case."""
    flag: str | None
    """Flag or call of the phrase, "" for no alarm; None where it is labelled by its intent."""
    label: str | None
    """Label of its intent, as `taught.py` has it; None where it is labelled by its flag."""


@cache
def heard_texts() -> tuple[HeardText, ...]:
    """What is learnt, in file order; none where the file is missing."""
    return tuple(_heard()) if HEARD_PHRASES.is_file() else ()


@cache
def _by_phrase() -> dict[str, list[str]]:
    """To each phrase labelled by its intent, what is learnt of it."""
    found: dict[str, list[str]] = {}
    for heard in heard_texts():
        if heard.label is not None:
            found.setdefault(heard.said, []).append(heard.text)
    return found


def heard_as(said: str) -> list[str]:
    """The texts that a phrase labelled by its intent was heard as, in lower case."""
    return _by_phrase().get(said, [])


def _heard() -> Iterator[HeardText]:
    """The texts that still sound like what was said."""
    for line in HEARD_PHRASES.read_text(encoding="utf-8").splitlines():
        phrase = json.loads(line)
        spoken = _sound(phrase["said"])
        for text in phrase["heard"]:
            if Indel.normalized_similarity(spoken, _sound(text)) >= LEARNT_FROM:
                yield HeardText(phrase["said"], text, phrase.get("flag"), phrase.get("label"))


def _sound(text: str) -> str:
    """How a text sounds, word by word."""
    return " ".join(sound_of(word) for word in words_of(text))
