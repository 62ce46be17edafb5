"""Whether an answer doubts ("I dunno", "could be", "hard to say"), or begins with a yes."""

from functools import cache

import yaml

from intents.clauses.lexicon import Phrases
from intents.language import EN
from intents.text.normalize import words_of

_YES = frozenset("yes yeah yep yup yah aye yea".split())
_NO = frozenset("no not nope nothing none never".split())
_LONGEST = 12
"""Length in words up to which an answer may be a doubt; longer talk tells something."""


def doubts(text: str) -> bool:
    """Whether a text is an answer that doubts, or hedges a yes."""
    words = words_of(text)
    phrases = _phrases()
    return len(words) <= _LONGEST and any(phrases.length_at(words, at) for at in range(len(words)))


def begins_with_yes(text: str) -> bool:
    """Whether a text begins with a yes, and denies nothing after it."""
    words = words_of(text)
    return bool(words) and words[0] in _YES and _NO.isdisjoint(words)


@cache
def _phrases() -> Phrases:
    """The phrases of `en/doubt.yaml`, read once."""
    return Phrases(yaml.safe_load((EN / "doubt.yaml").read_text(encoding="utf-8")))
