"""Trains the second stage of red flags: `intents/training/red_flags.txt` → `intents/en/red_flags/weights.npz`.

Run as `python -m benchmarks.train_red_flags` after any change to the lexicons or the training phrases. It needs
scikit-learn, a development dependency; what it writes needs numpy alone.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from intents.red_flag_model import ROWS, Classifier, Signs, row_value
from intents.red_flags import signs_in

ROOT = Path(__file__).parent.parent
PHRASES = ROOT / "intents" / "training" / "red_flags.txt"
WEIGHTS = ROOT / "intents" / "en" / "red_flags" / "weights.npz"

STRENGTH = 100.0
"""Inverse of the L2 penalty."""

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


def labelled_phrases(path: Path = PHRASES) -> list[tuple[str, str]]:
    """(flag, phrase) in file order; the flag is empty for the section `[none]`."""
    labelled, flag = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            flag = line.strip("[] ").replace("none", "")
        elif line.strip() and not line.startswith("#"):
            labelled.append((flag, line.strip()))
    return labelled


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
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit(matrix([signs_in(phrase) for _, phrase in said]), [flag for flag, _ in said])
    scale = float(np.abs(model.coef_).max()) / 127.0
    weights = np.round(model.coef_.T / scale).astype(np.int8)
    return Classifier(tuple(model.classes_), weights, scale, model.intercept_.astype(np.float32))


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
