"""Ordinary speech by the thousand, also as a recogniser garbles it: what must be read as nothing.

Sentences grow from the rules of `phrases/ordinary.txt`. A few are cut off, run into the next, or have words replaced by
others that sound like them, as happens to what is heard across a room.
"""

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

from benchmarks.rig.places import TRAINING_PHRASES
from intents.phrases.nearest import sound_of
from intents.text.normalize import words_of

ORDINARY_RULES = TRAINING_PHRASES / "ordinary.txt"
"""The file of rules."""
ORDINARY_LENGTH = 30
"""Length in words at which a sentence is cut."""
_RULE_NAME = re.compile(r"<(\w+)>")
"""A reference to a rule."""
_RULE_DEPTH = 6
"""Depth of rules within rules beyond which only lines without any are chosen."""
_GARBLED = 0.3
"""Share of the sentences that are misheard, and greatest share of their words."""
_LIKE = 8
"""Number of words that one may be misheard as."""


@cache
def rules() -> Mapping[str, tuple[str, ...]]:
    """To each rule its lines."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in ORDINARY_RULES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines += line.split(" | ")
    return {name: tuple(lines) for name, lines in found.items()}


def sentences(seed: int) -> Iterator[str]:
    """Ordinary sentences without an end, equal for an equal seed."""
    chance = random.Random(seed)  # noqa: S311 - to be the same again
    while True:
        words = _grown("<sentence>", chance, 0).split()
        if chance.random() < 0.1:
            words += _grown("<sentence>", chance, 0).split()
        if chance.random() < 0.1:
            begin = chance.randrange(len(words))
            words = words[begin : begin + chance.randint(1, 8)]
        words = words[:ORDINARY_LENGTH]
        if chance.random() < _GARBLED:
            words = misheard(words, chance)
        if words:
            yield " ".join(words)


def _grown(line: str, chance: random.Random, depth: int) -> str:
    """A line with each rule replaced by a line of it."""

    def grown(name: re.Match[str]) -> str:
        lines = rules()[name[1]]
        plain = [each for each in lines if "<" not in each] if depth >= _RULE_DEPTH else []
        return _grown(chance.choice(plain or lines), chance, depth + 1)

    return _RULE_NAME.sub(grown, line)


def misheard(words: list[str], chance: random.Random) -> list[str]:
    """Words as a recogniser may write them: some are missing, some are others that sound alike."""
    share = chance.uniform(0, _GARBLED)
    heard = []
    for word in words:
        if chance.random() < share:
            heard += [chance.choice(_alike(word))] if chance.random() < 0.8 else []
        else:
            heard.append(word)
    return heard


@cache
def _alike(word: str) -> tuple[str, ...]:
    """The words that sound most like one."""
    words, sounds = _vocabulary()
    found = process.extract(sound_of(word), sounds, scorer=Indel.normalized_similarity, limit=_LIKE)
    return tuple(words[place] for _, _, place in found)


@cache
def _vocabulary() -> tuple[list[str], list[str]]:
    """Every word of the rules, and its sound."""
    lines = (_RULE_NAME.sub(" ", line) for lines in rules().values() for line in lines)
    words = sorted({word for line in lines for word in words_of(line)})
    return words, [sound_of(word) for word in words]
