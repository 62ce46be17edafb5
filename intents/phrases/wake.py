"""The wake phrase ("hey Limber"), said alone or in one breath with a request."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from intents.language import EN
from intents.text.normalize import words_of

UNFIT = "unfit"
"""The slot of a wake phrase that cannot be one, with the reason."""
PHRASE_SHORT, PHRASE_LONG, PHRASE_COMMON, LIKE_A_COMMAND = "short", "long", "common", "command"
"""The reasons: it would be heard in noise, it is long-winded, people say it by the way, or it means something else."""
SHORTEST_PHRASE, LONGEST_PHRASE, LEAST_SYLLABLES = 2, 6, 3
"""Bounds of a wake phrase, in words and in syllables; shorter ones are heard in any talk."""
COMMAND_WORDS = frozenset("stop pause help yes no wait ambulance emergency".split())
"""Words that no wake phrase holds: each is acted on by itself."""
_SYLLABLE = re.compile(r"[aeiouy]+")
"""About one syllable of a written word."""


@dataclass(frozen=True, slots=True)
class WakePhrase:
    """A phrase of two or more words, and how recognisers write each."""

    text: str
    """The phrase."""
    written: tuple[frozenset[str], ...]
    """To each word, all written forms that count as it."""

    def request(self, words: Sequence[str]) -> list[str] | None:
        """The words after the phrase, perhaps none; None where `words` do not begin with it."""
        begin = words[: len(self.written)]
        if len(begin) < len(self.written) or any(
            word not in spellings for word, spellings in zip(begin, self.written, strict=True)
        ):
            return None
        return list(words[len(begin) :])


def unfit_phrase(words: Sequence[str]) -> str | None:
    """What speaks against some words as a wake phrase, whatever else they mean; None: nothing does."""
    syllables = sum(len(_SYLLABLE.findall(word.removesuffix("e"))) or 1 for word in words)
    if not SHORTEST_PHRASE <= len(words) <= LONGEST_PHRASE:
        return PHRASE_SHORT if len(words) < SHORTEST_PHRASE else PHRASE_LONG
    if syllables < LEAST_SYLLABLES:
        return PHRASE_SHORT
    return PHRASE_COMMON if all(word in _content().common for word in words) else None


def wake_phrase(chosen: str | None = None) -> WakePhrase:
    """The phrase that was chosen; None: the built-in one."""
    content = _content()
    text = chosen or content.phrase
    return WakePhrase(text, tuple(frozenset([word, *content.written.get(word, ())]) for word in words_of(text)))


@dataclass(frozen=True, slots=True)
class _Content:
    """The content of `wake.yaml`."""

    phrase: str
    """The built-in phrase."""
    written: Mapping[str, Sequence[str]]
    """To a word, the other forms in which recognisers write it."""
    common: frozenset[str]
    """Words of everyday talk; a phrase of nothing else is said by the way."""


@cache
def _content() -> _Content:
    """The content of `wake.yaml`, read once."""
    content = yaml.safe_load((EN / "wake.yaml").read_text(encoding="utf-8"))
    return _Content(content["phrase"], content["written"], frozenset(content["common"].split()))
