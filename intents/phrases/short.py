"""The short sentences that a recogniser is told to expect: each command as people say it briefly."""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import product, zip_longest
from string import Formatter
from typing import Any

import yaml

from intents.language import EN
from intents.text.normalize import words_of


@cache
def short_sentences(valid: frozenset[str] | None) -> tuple[str, ...]:
    """The short sentences of the valid intents (None: of all), the likeliest of each intent first."""
    listed = [texts for intent, texts in short_sentences_by_intent().items() if valid is None or intent in valid]
    found = dict.fromkeys(text for row in zip_longest(*listed) for text in row if text)
    return tuple(found)


@cache
def sound_alikes() -> frozenset[str]:
    """Common words that sound like a one-word command and are none; `benchmarks.training.sound_alikes` finds them."""
    lines = (EN / "sound_alikes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def fillers() -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """What may be said before and after a sentence and adds nothing to it, in words."""
    before, after = (
        tuple(tuple(words_of(text)) for text in _content()[place]) for place in ("said_before", "said_after")
    )
    return before, after


@cache
def short_sentences_by_intent() -> dict[str, tuple[str, ...]]:
    """To each intent its short sentences, the likeliest first."""
    names = _content()["names"]
    return {
        intent: tuple(filled for text in texts for filled in _filled(text, names))
        for intent, texts in _content()["sentences"].items()
    }


@cache
def _content() -> dict[str, Any]:
    """The content of `short.yaml`, as that file describes it."""
    content: dict[str, Any] = yaml.safe_load((EN / "short.yaml").read_text(encoding="utf-8"))
    return content


def _filled(text: str, names: dict[str, Collection[str]]) -> Iterator[str]:
    """A sentence with each name of a list in the place of that list."""
    fields = [field for _, field, _, _ in Formatter().parse(text) if field]
    for values in product(*(names[field] for field in fields)):
        yield text.format(**dict(zip(fields, values, strict=True)))
