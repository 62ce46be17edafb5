"""Trains the second stage of red flags: `benchmarks/training/phrases/red_flags.txt` → `intents/en/red_flags/weights.npz`.

What the coach is ordinarily told, and what it overhears, is learnt as no red flag beside those phrases.

Run as `python -m benchmarks.train_red_flags` after any change to the lexicons or the training phrases. It needs
scikit-learn, a development dependency; what it writes needs numpy alone.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from benchmarks.rig.places import ROOT, TRAINING_PHRASES
from benchmarks.training.ordinary import misheard, sentences
from intents.reader import IntentReader
from intents.red_flags.concepts import concept_words
from intents.red_flags.detect import signs_in
from intents.red_flags.red_flag_classifier import RedFlagClassifier, feature_rows, feature_value

RED_FLAG_PHRASES = TRAINING_PHRASES / "red_flags.txt"
RED_FLAG_WEIGHTS = ROOT / "intents" / "en" / "red_flags" / "weights.npz"

AVERAGED_FITS = ((10.0, 0), (10.0, 1), (1.0, 1))
"""What is averaged: the inverse of the L2 penalty, and the power to which a feature's rarity is taken."""

OPENERS = (
    "um|oh|oh dear|hang on|wait|sorry|well|listen|hello|limber|i think|i'm afraid|you know|look|right|erm|so|and|"
    "actually|oh no|excuse me|yes|since this morning|my husband says|the thing is"
).split("|")
CLOSERS = (
    "i think|today|now|love|please|you know|again|at the moment|since yesterday|if that helps|and all|so there".split(
        "|"
    )
)
"""What surrounds a phrase without changing what it is; said around both kinds, it learns to weigh nothing."""


OTHER_PERSONS = {
    "he": {"i": "he", "i'm": "he's", "i've": "he's", "my": "his", "me": "him", "myself": "himself"},
    "she": {"i": "she", "i'm": "she's", "i've": "she's", "my": "her", "me": "her", "myself": "herself"},
}
"""Somebody near says the same of somebody else."""

MISHEARD_VARIANTS = 3
"""How often each longer phrase is learnt as a recogniser may write it."""

RAREST_SIGN = 2
"""How often a feature must have been seen to be known."""

ORDINARY_SENTENCES = 20_000
"""Ordinary sentences with something telling in them that are learnt as no red flag; of others none is raised anyway."""
ORDINARY_SEED = 7

SHORT_COMMAND_WEIGHT = 3
"""How often the coach's own short commands are counted: they are said most, and must never be taken for a red flag."""


def labelled_phrases(path: Path = RED_FLAG_PHRASES) -> list[tuple[str, str]]:
    """(flag, phrase) in file order; the flag is empty for the section `[none]`."""
    labelled, flag = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            flag = line.strip("[] ").replace("none", "")
        elif line.strip() and not line.startswith("#"):
            labelled.append((flag, line.strip()))
    return labelled


def ordinary_phrases(labelled: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Commands to the coach and talk it overhears, as `labelled_phrases` gives them, without those in `labelled`."""
    spoken: dict[str, list[str]] = YAML(typ="safe").load(TRAINING_PHRASES / "commands.yaml")
    phrases = [
        *IntentReader.coach().speech_grammar.sentences(limit=5000) * SHORT_COMMAND_WEIGHT,
        *chain.from_iterable(spoken.values()),
    ]
    for name in ("openings.txt", "others.txt"):
        phrases += (TRAINING_PHRASES / name).read_text(encoding="utf-8").splitlines()
    phrases += islice((each for each in sentences(ORDINARY_SEED) if signs_in(each).telling), ORDINARY_SENTENCES)
    known = {tuple(concept_words(phrase)) for _, phrase in labelled}
    return [("", phrase) for phrase in phrases if tuple(concept_words(phrase)) not in {*known, ()}]


def variants(phrase: str, chance: random.Random) -> Iterator[str]:
    """The phrase, and the same as it may also be said or misheard."""
    yield phrase
    yield f"{chance.choice(OPENERS)} {phrase}"
    yield f"{phrase} {chance.choice(CLOSERS)}"
    words = phrase.split()
    others = OTHER_PERSONS[chance.choice(("he", "she"))]
    if words[0] in others:
        yield " ".join(others.get(word, word) for word in words)
    if len(words) > 3:
        for _ in range(MISHEARD_VARIANTS):
            yield " ".join(misheard(words, chance))
        del words[chance.randrange(len(words))]
        yield " ".join(words)


def train(labelled: list[tuple[str, str]]) -> RedFlagClassifier:
    """A classifier of the given (flag, phrase) pairs and their variants."""
    chance = random.Random(0)  # noqa: S311 - the same weights every time
    said = [(flag, each) for flag, phrase in labelled for each in variants(phrase, chance)]
    said += ordinary_phrases(labelled)
    signs = [signs_in(phrase).features() for _, phrase in said]
    every, often = np.unique(np.concatenate(signs), return_counts=True)
    known = every[often >= RAREST_SIGN]
    features = matrix(signs, known)
    flags = [flag for flag, _ in said]
    rarity = np.log((1.0 + features.shape[0]) / (1.0 + np.bincount(features.indices, minlength=len(known))))
    learnt, bias = np.zeros((len(known), len(set(flags)))), np.zeros(len(set(flags)))
    for strength, power in AVERAGED_FITS:
        model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
        model.fit(features @ diags(rarity**power), flags)
        # Rarity only steers what is learnt: it is part of the weights, so that nobody need know it afterwards.
        learnt += model.coef_.T * (rarity**power)[:, np.newaxis] / len(AVERAGED_FITS)
        bias += model.intercept_ / len(AVERAGED_FITS)
    scale = float(np.abs(learnt).max()) / 127.0
    weights = np.round(learnt / scale).astype(np.int8)
    return RedFlagClassifier(tuple(sorted(set(flags))), known, weights, scale, bias.astype(np.float32))


def matrix(every: Sequence[NDArray[np.uint32]], known: NDArray[np.uint32]) -> csr_matrix:
    """One row a text, one column a known feature."""
    columns = [feature_rows(each, known) for each in every]
    rows = np.repeat(np.arange(len(every)), [len(each) for each in columns])
    values = np.repeat([feature_value(each) for each in every], [len(each) for each in columns]).astype(np.float32)
    return csr_matrix((values, (rows, np.concatenate(columns))), shape=(len(every), len(known)))


def main() -> None:
    """Trains on every phrase and writes the weights."""
    labelled = labelled_phrases()
    train(labelled).save(RED_FLAG_WEIGHTS)
    print(
        f"{len(labelled)} phrases → {RED_FLAG_WEIGHTS.relative_to(ROOT)}, {RED_FLAG_WEIGHTS.stat().st_size / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
