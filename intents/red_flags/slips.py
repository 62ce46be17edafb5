"""Slips of letters in words of danger: "my lips are sweling", "tightnes in my chest".

Only a word that does not exist is taken for another, so that nothing a recogniser prints is changed.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.language import EN
from intents.text.english import every_word, exists

_SHORTEST = 4
"""Length in letters of the shortest word that is taken for another: shorter ones are a slip away from too many."""
_STEM_AND_ENDING = 5
"""Length in letters up to which a word is none for having a stem and an ending alone: "ches"."""
_MOST_MEANT = 3
"""How many words one may stand for, and how many texts are tried."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word as it is typed."""


def without_slips(text: str) -> Iterator[str]:
    """The texts that `text` may be without its slips of letters, the likeliest first; none where it has no such."""
    found = [(word, _meant(word.group().lower())) for word in _WORD.finditer(text)]
    slips = [(word, meant) for word, meant in found if meant]
    if not slips:
        return
    for chosen in islice(product(*(meant for _, meant in slips)), _MOST_MEANT):
        parts, end = [], 0
        for (word, _), other in zip(slips, chosen, strict=True):
            parts += [text[end : word.start()], other]
            end = word.end()
        yield "".join([*parts, text[end:]])


@cache
def _meant(word: str) -> tuple[str, ...]:
    """The words of danger that a word may be, if it does not exist; none where it does, or is like none."""
    danger = _words_of_danger()
    known = word in every_word() or word in danger or (len(word) > _STEM_AND_ENDING and exists(word))
    if len(word) < _SHORTEST or not word.isalpha() or known:
        return ()
    near = process.extract(word, sorted(danger), scorer=OSA.distance, score_cutoff=1, limit=2 * _MOST_MEANT)
    # The first letter is seldom the wrong one.
    ranked = sorted((other[0] != word[0], other) for other, _, _ in near if _is_slip(word, other))
    return tuple(other for _, other in ranked[:_MOST_MEANT])


def _is_slip(word: str, other: str) -> bool:
    """Whether a word may be another with a letter too few, too many or out of place; not with one exchanged.

    A word that was not known to exist, as "cricked", is more often a letter from "cracked" than a slip of it.
    """
    return len(word) != len(other) or sorted(word) == sorted(other)


@cache
def _words_of_danger() -> frozenset[str]:
    """The words of the lexicon of red flags, with those that exist of each stem."""
    data = tomllib.loads((EN / "red_flags" / "concepts.toml").read_text(encoding="utf-8"))
    said = {token.lstrip("?") for entries in data["concepts"].values() for token in re.split(r"[\s;|]+", entries)}
    stems = tuple(token[:-1] for token in said if token.endswith("*") and len(token) > _SHORTEST)
    every = {word for word in every_word() if word.startswith(stems)} | {token for token in said if token.isalpha()}
    return frozenset(word for word in every if len(word) >= _SHORTEST)
