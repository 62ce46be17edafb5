"""Writes `intents/en/word_pairs.txt`: which words follow each other in what is said to a coach.

    .venv/bin/python -m benchmarks.training.word_pairs

To be run after any change to the templates or the training phrases. The pairs are those of the phrases of red flags and
intents, of the short sentences, and of template sentences drawn at random.
"""

import random
from collections.abc import Iterator
from itertools import chain

from ruamel.yaml import YAML

from benchmarks.rig.places import ROOT, TRAINING_PHRASES
from benchmarks.training.red_flag_model import labelled_phrases
from intents.grammar.bigrams import BIGRAM_FILE, Bigrams
from intents.grammar.walk import Walk
from intents.reader import IntentReader

DRAWN_SENTENCES = 3000
"""How many template sentences are drawn."""
DRAWING_SEED = 1
"""The seed of the drawing."""
GOING_ON_CHANCE = 0.6
"""How likely a sentence that is complete goes on, where it can."""
DRAWN_LENGTH = 10
"""Length in words from which a drawn sentence ends where it can."""


def main() -> None:
    """Collect the pairs and write the file."""
    coach = IntentReader.coach()
    spoken: dict[str, list[str]] = YAML(typ="safe").load(TRAINING_PHRASES / "commands.yaml")
    phrases = [*chain.from_iterable(spoken.values()), *(text for flag, text in labelled_phrases() if flag)]
    pairs = Bigrams.of([*phrases, *coach.speech_grammar.sentences(limit=5000), *drawn(coach.speech_grammar.walk)])
    path = ROOT / "intents" / "en" / BIGRAM_FILE
    path.write_text(str(pairs), encoding="utf-8")
    print(f"{len(phrases)} phrases → {path.relative_to(ROOT)}, {path.stat().st_size / 1000:.0f} kB")


def drawn(walk: Walk) -> Iterator[str]:
    """Template sentences, each drawn by a random walk."""
    chance = random.Random(DRAWING_SEED)  # noqa: S311 - the same pairs every time
    for _ in range(DRAWN_SENTENCES):
        place, said = walk.start, list[str]()
        while True:
            after = walk.after(place)
            over = len(said) >= DRAWN_LENGTH or chance.random() > GOING_ON_CHANCE
            if not after.words or (after.complete and over):
                break
            word = chance.choice(sorted(after.words))
            said.append(word)
            place = after.words[word].place
        yield " ".join(said)


if __name__ == "__main__":
    main()
