"""Writes `intents/en/word_pairs.txt`: which words follow each other in what is said to a coach.

Run as `python -m benchmarks.word_pairs` after any change to the templates or to the phrases that are learnt. The
phrases are those of the red flags and of the intents' training, and sentences of the templates drawn by chance.
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
DRAWING_SEED = 1
GOING_ON_CHANCE = 0.6
"""How likely a sentence that is complete goes on, where it can."""
DRAWN_LENGTH = 10
"""Words of a sentence that is drawn, where it can end."""


def main() -> None:
    """Write them."""
    coach = IntentReader.coach()
    spoken: dict[str, list[str]] = YAML(typ="safe").load(TRAINING_PHRASES / "commands.yaml")
    phrases = [*chain.from_iterable(spoken.values()), *(text for flag, text in labelled_phrases() if flag)]
    pairs = Bigrams.of([*phrases, *coach.speech_grammar.sentences(limit=5000), *drawn(coach.speech_grammar.walk)])
    path = ROOT / "intents" / "en" / BIGRAM_FILE
    path.write_text(str(pairs), encoding="utf-8")
    print(f"{len(phrases)} phrases → {path.relative_to(ROOT)}, {path.stat().st_size / 1000:.0f} kB")


def drawn(walk: Walk) -> Iterator[str]:
    """Sentences of templates."""
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
