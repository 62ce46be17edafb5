"""Whether an answer doubts ("I dunno", "could be", "hard to say"), begins with a yes, or declines to answer."""

from collections.abc import Mapping
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
    return _says("doubt", text)


def still_partly(text: str) -> bool:
    """Whether a text tells of a sign that it is there in part: "nearly gone"."""
    return _says("partly", text)


def has_gone(text: str) -> bool:
    """Whether a text tells of a sign that it has gone, without a doubt: "no, only for a second"."""
    return _says("gone", text) and not still_partly(text) and not doubts(text)


def declines(text: str) -> bool:
    """Whether a text refuses to answer, or wants to be left alone."""
    return _says("declined", text)


def begins_with_yes(text: str) -> bool:
    """Whether a text begins with a yes, and denies nothing after it."""
    words = words_of(text)
    return bool(words) and words[0] in _YES and _NO.isdisjoint(words)


def _says(name: str, text: str) -> bool:
    """Whether a text is short, and has one of the phrases of a list of `en/doubt.yaml`."""
    words, phrases = words_of(text), _lists()[name]
    return len(words) <= _LONGEST and phrases.any_in(words)


@cache
def _lists() -> Mapping[str, Phrases]:
    """The lists of `en/doubt.yaml`, read once."""
    data = yaml.safe_load((EN / "doubt.yaml").read_text(encoding="utf-8"))
    return {name: Phrases(phrases) for name, phrases in data.items()}
