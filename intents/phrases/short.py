"""The short sentences a recogniser of speech is told to expect: the closed set, as people say it briefly."""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import product, zip_longest
from string import Formatter

import yaml

from intents.language import EN


@cache
def short_sentences(valid: frozenset[str] | None) -> tuple[str, ...]:
    """The sentences of the intents that are valid, the likeliest of each first."""
    listed = [texts for intent, texts in short_sentences_by_intent().items() if valid is None or intent in valid]
    found = dict.fromkeys(text for row in zip_longest(*listed) for text in row if text)
    return tuple(found)


@cache
def sound_alikes() -> frozenset[str]:
    """Common words that sound like a short sentence, and mean nothing: see `benchmarks/sound_alikes.py`."""
    lines = (EN / "sound_alikes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def short_sentences_by_intent() -> dict[str, tuple[str, ...]]:
    """The sentences of each intent."""
    content = yaml.safe_load((EN / "short.yaml").read_text(encoding="utf-8"))
    names = content["names"]
    return {
        intent: tuple(filled for text in texts for filled in _filled(text, names))
        for intent, texts in content["sentences"].items()
    }


def _filled(text: str, names: dict[str, Collection[str]]) -> Iterator[str]:
    fields = [field for _, field, _, _ in Formatter().parse(text) if field]
    for values in product(*(names[field] for field in fields)):
        yield text.format(**dict(zip(fields, values, strict=True)))
