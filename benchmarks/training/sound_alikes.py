"""Finds the common words that sound like a one-word command and are none: closed-set recognition may hear them.

    .venv/bin/python -m benchmarks.training.sound_alikes

Writes intents/en/sound_alikes.txt. Pronunciations, and what is common, are those of the dictionary and the language
model that come with PocketSphinx. A word that sounds just like a command or like another word ("weight", "paws") is
left out: by its sound alone it cannot be told from what was meant.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pocketsphinx
from pocketsphinx import Config, LogMath, NGramModel
from rapidfuzz.distance import Levenshtein

from benchmarks.rig.places import ROOT
from intents.grammar.graph_cache import coach_graph
from intents.model import Intent
from intents.phrases.short import short_sentences_by_intent
from intents.text.normalize import words_of
from intents.text.numerals import in_words

SOUND_ALIKES_FILE = ROOT / "intents/en/sound_alikes.txt"
"""The file that is written."""
NEVER_MISSED = (Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS, Intent.HELP)
"""Intents whose sound-alikes are left out: a word is rather taken for one of these commands than the reverse."""
COMMON_WORDS = 6_000
"""How many of the likeliest words are common."""
COUNTED_NUMBERS = tuple(in_words(number) for number in range(11))
"""Numbers that are added: said in a room where somebody counts, and often misheard as "bye" or "no"."""
SOUND_DISTANCE = 0.34
"""Greatest edit distance of two pronunciations that sound alike, as a share of the command's phones.

One may always differ.
"""
SOUND_ALIKES_HEADER = (
    "# Written by benchmarks/training/sound_alikes.py: words that sound like commands, and are none.\n"
)
"""The head of the file."""


def main() -> None:
    """Find the words and write the file."""
    spoken = pronunciations()
    commands = {text for texts in short_sentences_by_intent().values() for text in texts if len(words_of(text)) == 1}
    sounds = [each for command in commands for each in spoken.get(command, [])]
    urgent = [
        each
        for intent in NEVER_MISSED
        for command in short_sentences_by_intent()[intent]
        for each in spoken.get(command, [])
    ]
    means = {word for (word,) in coach_graph().sentences(None, 1)} | commands
    shared = {sound for sound, words in by_sound(spoken).items() if len(words) > 1}
    found = sorted(
        word
        for word in common_words()
        if word not in means
        and word in spoken
        and shared.isdisjoint(spoken[word])
        and any(alike(own, command) for own in spoken[word] for command in sounds)
        and not any(alike(own, command) for own in spoken[word] for command in urgent)
    )
    SOUND_ALIKES_FILE.write_text(SOUND_ALIKES_HEADER + "\n".join([*found, *COUNTED_NUMBERS]) + "\n", encoding="utf-8")
    print(f"{len(found)} words")


@cache
def pronunciations() -> dict[str, list[tuple[str, ...]]]:
    """To each word of the dictionary, its pronunciations as phones without stress."""
    found = defaultdict(list)
    path = Path(pocketsphinx.get_model_path()) / "en-us/cmudict-en-us.dict"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *sounds = line.split()
        found[re.sub(r"\(\d+\)$", "", word)].append(tuple(sounds))
    return found


@cache
def common_words() -> list[str]:
    """The likeliest words of the language model where no word is before them."""
    folder = Path(pocketsphinx.get_model_path()) / "en-us"
    model = NGramModel(Config(), LogMath(), str(folder / "en-us.lm.bin"))
    known = (word for word in pronunciations() if re.fullmatch("[a-z]+", word))
    return sorted(known, key=lambda word: -model.prob([word]))[:COMMON_WORDS]


def by_sound(spoken: dict[str, list[tuple[str, ...]]]) -> dict[tuple[str, ...], set[str]]:
    """To each pronunciation, the common words that have it."""
    common = set(common_words())
    found = defaultdict(set)
    for word, ways in spoken.items():
        if word in common:
            for way in ways:
                found[way].add(word)
    return found


def alike(word: tuple[str, ...], command: tuple[str, ...]) -> bool:
    """Whether a word's pronunciation is near a command's without being equal."""
    return 0 < Levenshtein.distance(word, command) <= max(1, SOUND_DISTANCE * len(command))


if __name__ == "__main__":
    main()
