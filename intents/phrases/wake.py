"""The phrase that wakes Limber, said alone or in one breath with a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from intents.language import EN
from intents.text.normalize import words_of


@dataclass(frozen=True, slots=True)
class WakePhrase:
    """Two words or more, and how recognisers write each."""

    text: str
    written: tuple[frozenset[str], ...]

    def request(self, words: Sequence[str]) -> list[str] | None:
        """The words after the phrase, perhaps none; None where they do not begin with it."""
        begin = words[: len(self.written)]
        if len(begin) < len(self.written) or any(
            word not in spellings for word, spellings in zip(begin, self.written, strict=True)
        ):
            return None
        return list(words[len(begin) :])


def wake_phrase(chosen: str | None = None) -> WakePhrase:
    """The phrase that was chosen, or the one that Limber comes with."""
    content = _content()
    text = chosen or content.phrase
    return WakePhrase(text, tuple(frozenset([word, *content.written.get(word, ())]) for word in words_of(text)))


@dataclass(frozen=True, slots=True)
class _Content:
    phrase: str
    written: Mapping[str, Sequence[str]]


@cache
def _content() -> _Content:
    return _Content(**yaml.safe_load((EN / "wake.yaml").read_text(encoding="utf-8")))
