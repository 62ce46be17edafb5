"""What is said in an emergency that is neither an order nor an alarm: "you misunderstood me", "which number?"."""

from dataclasses import dataclass
from functools import cache

import yaml

from intents.clauses.lexicon import Phrases
from intents.language import EN
from intents.text.normalize import words_of

_LONGEST = 14
"""Length in words up to which a text is such an answer; longer talk tells something."""
_BEFORE_A_PLACE = frozenset({"in", "from", "to", "visiting"})
"""Words before the name of a place where somebody is."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The content of `en/taken_back.yaml`, each set as that file describes it."""

    mistaken: Phrases
    still_so: Phrases
    eased: Phrases
    calls: Phrases
    afraid: Phrases
    number: Phrases
    elsewhere: Phrases
    places: Phrases


def perhaps_taken_back(text: str) -> bool:
    """Whether a text may say that an emergency was a mistake, or that all is well; it is to be asked about."""
    lexicon = _lexicon()
    return _found(lexicon.mistaken, text) and not _found(lexicon.still_so, text)


def eased(text: str) -> bool:
    """Whether a text tells that what was wrong has gone, is better, or is thought to be harmless."""
    lexicon = _lexicon()
    return _found(lexicon.eased, text) and not _found(lexicon.still_so, text)


def asks_for_calls(text: str) -> bool:
    """Whether a text wants a call made, or tells that there is no phone."""
    return _found(_lexicon().calls, text)


def is_afraid(text: str) -> bool:
    """Whether a text tells of fear."""
    return _found(_lexicon().afraid, text)


def lacks_number(text: str) -> bool:
    """Whether a text asks for the number to call, or tells that it is not known."""
    return _found(_lexicon().number, text)


def is_elsewhere(text: str) -> bool:
    """Whether a text tells where somebody is, so that the number that was set may not hold: "I'm in Germany"."""
    words, places = words_of(text), _lexicon().places
    there = any(word in _BEFORE_A_PLACE and places.length_at(words, at) for at, word in enumerate(words, 1))
    return len(words) <= _LONGEST and (there or _found(_lexicon().elsewhere, text))


def _found(phrases: Phrases, text: str) -> bool:
    words = words_of(text)
    return len(words) <= _LONGEST and phrases.any_in(words)


@cache
def _lexicon() -> _Lexicon:
    data = yaml.safe_load((EN / "taken_back.yaml").read_text(encoding="utf-8"))
    places = [place.strip() for place in data.pop("places").split("|")]
    return _Lexicon(**{name: Phrases(phrases) for name, phrases in data.items()}, places=Phrases(places))
