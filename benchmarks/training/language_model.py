"""Writes `audio/asr/moonshine/language_model.npz`: which tokens follow each other in what is said to a coach.

    .venv/bin/python -m benchmarks.training.language_model

To be run after any change to the templates or the training phrases. The n-grams are those of the phrases of red flags
and intents, of the short sentences, of template sentences drawn at random, and of ordinary talk and requests to other
assistants, so that no other talk is bent into a sign of danger. Estimated by Witten and Bell's rule.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.moonshine.language_model import (
    BACK_OFF_SHARE,
    LANGUAGE_MODEL_FILE,
    ORDER,
    QUANTUM,
    RAREST_CONTEXT,
    START_TOKEN,
    VOCABULARY,
    key_of,
)
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer
from benchmarks.rig.places import ROOT, TRAINING_PHRASES, meaning_phrase_files
from benchmarks.training.red_flag_model import denied_signs, labelled_phrases, other_requests
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
MADE_UP_WEIGHT = 0.5
"""How much a sentence counts that is made by a rule, or is said to another assistant; any other counts 1."""


def main() -> None:
    """Collect the phrases, count, and write the file."""
    tokenizer = MoonshineRecogniser().tokenizer
    counts = counted(weighted_phrases(), tokenizer)
    arrays = estimated(counts)
    np.savez_compressed(LANGUAGE_MODEL_FILE, allow_pickle=False, **arrays)
    size = LANGUAGE_MODEL_FILE.stat().st_size / 1000
    print(f"{len(arrays['contexts'])} contexts → {LANGUAGE_MODEL_FILE.relative_to(ROOT)}, {size:.0f} kB")


def weighted_phrases() -> Iterator[tuple[str, float]]:
    """All phrases, each with its weight."""
    coach, load = IntentReader.coach(), YAML(typ="safe").load
    files = [TRAINING_PHRASES / "commands.yaml", *meaning_phrase_files()]
    others = (TRAINING_PHRASES / "others.txt").read_text(encoding="utf-8").splitlines()
    said = chain(
        (text for _, text in labelled_phrases()),
        chain.from_iterable(texts for path in files for texts in load(path).values()),
        coach.speech_grammar.sentences(limit=5000),
        (line for line in others if not line.startswith("#")),
    )
    made_up = chain(drawn(coach.speech_grammar.walk), other_requests(), (text for _, text in denied_signs()))
    yield from ((text, 1.0) for text in said)
    yield from ((text, MADE_UP_WEIGHT) for text in made_up)


def drawn(walk: Walk) -> Iterator[str]:
    """Template sentences, each drawn by a random walk."""
    chance = random.Random(DRAWING_SEED)  # noqa: S311 - the same sentences every time
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


def counted(phrases: Iterable[tuple[str, float]], tokenizer: Tokenizer) -> dict[tuple[int, ...], Counter[int]]:
    """How often each token follows each context of fewer than ORDER tokens. `phrases`: each with its weight."""
    counts: defaultdict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
    for phrase, weight in phrases:
        words = [word for word in (each.strip(',.?!;:"()').lower() for each in phrase.split()) if word]
        words = ["I" + word[1:] if word == "i" or word.startswith("i'") else word for word in words]
        # A recogniser writes the first word with a capital, or goes on in lower case.
        for first in {word[:1].upper() + word[1:] for word in words[:1]} | set(words[:1]):
            tokens = [
                START_TOKEN,
                *chain.from_iterable(tokenizer.word(word) for word in [first, *words[1:]]),
                END_TOKEN,
            ]
            for at in range(1, len(tokens)):
                for length in range(min(ORDER, at + 1)):
                    counts[tuple(tokens[at - length : at])][tokens[at]] += weight / 2  # type: ignore[assignment]
    return counts


def estimated(counts: Mapping[tuple[int, ...], Counter[int]]) -> dict[str, NDArray[Any]]:
    """The arrays of the file, by Witten and Bell's rule: to each probability comes part of that in a shorter one."""
    alone = np.full(VOCABULARY, 1 / VOCABULARY)
    probable: dict[tuple[int, ...], dict[int, float]] = {}
    rows = []
    for context in sorted(counts, key=lambda context: (len(context), context)):
        found = counts[context]
        often = sum(found.values())
        if len(context) > 1 and often < RAREST_CONTEXT:
            continue
        unseen = len(found) * (BACK_OFF_SHARE if context else 1.0)
        share = unseen / (often + unseen)
        if not context:
            alone *= share
            alone[list(found)] += np.array(list(found.values())) / (often + unseen)
            continue
        # What was seen after a context was seen after the shorter one at its end as well.
        below = probable[context[1:]] if context[1:] else alone
        probable[context] = {
            token: float(count / (often + unseen) + share * below[token]) for token, count in sorted(found.items())
        }
        rows.append((key_of(context), share, probable[context]))
    rows.sort(key=lambda row: row[0])
    return {
        "contexts": np.array([key for key, _, _ in rows], np.int64),
        "back_off": quantised([share for _, share, _ in rows]),
        "counts": np.array([len(found) for _, _, found in rows], np.int32),
        "tokens": np.array([token for _, _, found in rows for token in found], np.uint16),
        "following": quantised([share for _, _, found in rows for share in found.values()]),
        "alone": np.log(alone).astype(np.float16),
    }


def quantised(probabilities: Sequence[float]) -> NDArray[np.uint8]:
    """Log-probabilities in a byte each, as `language_model.py` reads them."""
    return np.minimum(np.round(-np.log(probabilities) * QUANTUM), 255).astype(np.uint8)


if __name__ == "__main__":
    main()
