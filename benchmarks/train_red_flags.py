"""Trains the second stage of red flags: `intents/training/red_flags.txt` → `intents/en/red_flags/weights.npz`.

What the coach is ordinarily told, and what it overhears, is learnt as no red flag beside those phrases.

Run as `python -m benchmarks.train_red_flags` after any change to the lexicons or the training phrases. It needs
scikit-learn, a development dependency; what it writes needs numpy alone.
"""

import random
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from intents.recognize import Recognizer
from intents.red_flag_concepts import words_of
from intents.red_flag_model import ROWS, Classifier, Signs, row_value
from intents.red_flags import signs_in

ROOT = Path(__file__).parent.parent
PHRASES = ROOT / "intents" / "training" / "red_flags.txt"
ORDINARY = ROOT / "benchmarks" / "intents_training"
WEIGHTS = ROOT / "intents" / "en" / "red_flags" / "weights.npz"

FITS = ((10.0, 0), (10.0, 1), (1.0, 1))
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


SHORT_WEIGHS = 3
"""How often the coach's own short commands are counted: they are said most, and must never be taken for a red flag."""


def labelled_phrases(path: Path = PHRASES) -> list[tuple[str, str]]:
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
    spoken: dict[str, list[str]] = YAML(typ="safe").load(ORDINARY / "commands.yaml")
    phrases = [*Recognizer.coach().sentences(limit=5000) * SHORT_WEIGHS, *chain.from_iterable(spoken.values())]
    for name in ("openings.txt", "others.txt"):
        phrases += (ORDINARY / name).read_text(encoding="utf-8").splitlines()
    known = {tuple(words_of(phrase)) for _, phrase in labelled}
    return [("", phrase) for phrase in phrases if tuple(words_of(phrase)) not in {*known, ()}]


def variants(phrase: str, chance: random.Random) -> Iterator[str]:
    """The phrase, and the same as it may also be said or misheard."""
    yield phrase
    yield f"{chance.choice(OPENERS)} {phrase}"
    yield f"{phrase} {chance.choice(CLOSERS)}"
    words = phrase.split()
    if len(words) > 3:
        del words[chance.randrange(len(words))]
        yield " ".join(words)


def train(labelled: list[tuple[str, str]]) -> Classifier:
    """A classifier of the given (flag, phrase) pairs and their variants."""
    chance = random.Random(0)  # noqa: S311 - the same weights every time
    said = [(flag, each) for flag, phrase in labelled for each in variants(phrase, chance)]
    said += ordinary_phrases(labelled)
    features = matrix([signs_in(phrase) for _, phrase in said])
    flags = [flag for flag, _ in said]
    rarity = np.log((1.0 + features.shape[0]) / (1.0 + np.bincount(features.indices, minlength=ROWS)))
    learnt, bias = np.zeros((ROWS, len(set(flags)))), np.zeros(len(set(flags)))
    for strength, power in FITS:
        model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
        model.fit(features @ diags(rarity**power), flags)
        # Rarity only steers what is learnt: it is part of the weights, so that nobody need know it afterwards.
        learnt += model.coef_.T * (rarity**power)[:, np.newaxis] / len(FITS)
        bias += model.intercept_ / len(FITS)
    scale = float(np.abs(learnt).max()) / 127.0
    weights = np.round(learnt / scale).astype(np.int8)
    return Classifier(tuple(sorted(set(flags))), weights, scale, bias.astype(np.float32))


def matrix(every: list[Signs]) -> csr_matrix:
    """One row a text, one column a row of the table of weights."""
    rows = [signs.rows() for signs in every]
    places = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    values = np.concatenate([np.full(len(each), row_value(each)) for each in rows])
    return csr_matrix((values, (places, np.concatenate(rows))), shape=(len(rows), ROWS))


def main() -> None:
    """Trains on every phrase and writes the weights."""
    labelled = labelled_phrases()
    train(labelled).save(WEIGHTS)
    print(f"{len(labelled)} phrases → {WEIGHTS.relative_to(ROOT)}, {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
