"""Whether a text doubts: neither a yes nor a no, but "I dunno", "could be", "hard to say"."""

from functools import cache

import yaml

from intents.clauses.lexicon import Phrases
from intents.language import EN
from intents.text.normalize import words_of

_LONGEST = 12
"""Length in words up to which an answer may be a doubt; longer talk tells something."""


def doubts(text: str) -> bool:
    """Whether a text is an answer that doubts, or hedges a yes."""
    words = words_of(text)
    phrases = _phrases()
    return len(words) <= _LONGEST and any(phrases.length_at(words, at) for at in range(len(words)))


@cache
def _phrases() -> Phrases:
    """The phrases of `en/doubt.yaml`, read once."""
    return Phrases(yaml.safe_load((EN / "doubt.yaml").read_text(encoding="utf-8")))
