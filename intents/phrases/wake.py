"""The wake phrase ("hey Limber"), said alone or in one breath with a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from intents.language import EN
from intents.text.normalize import words_of


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


@cache
def _content() -> _Content:
    """The content of `wake.yaml`, read once."""
    return _Content(**yaml.safe_load((EN / "wake.yaml").read_text(encoding="utf-8")))
