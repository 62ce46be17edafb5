"""Where templates end: a small linear model over words and letters, trained by benchmarks/train_intents.py."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from intents.language import EN

CLASSIFIER_FILE = EN / "classifier.npz"
SYNONYM_FILE = EN / "synonyms.txt"
NO_INTENT = ""
"""The class of all that is not meant for Limber."""


@cache
def _kinds() -> dict[str, str]:
    """Word to the first of the words that are said in its place; of several such rows the first counts."""
    kinds: dict[str, str] = {}
    for row in SYNONYM_FILE.read_text(encoding="utf-8").splitlines():
        words = row.split()
        for word in words:
            kinds.setdefault(word, words[0])
    return kinds


def features_of(words: list[str]) -> set[str]:
    """What the model sees: words, pairs of neighbours, first and last words, runs of three and four letters.

    Words and pairs count twice, as they are and with words of like meaning taken for one.
    """
    found = {f"={word}" for word in words}
    around = ["^", *words, "$"]
    found.update(f"{first} {second}" for first, second in pairwise(around))
    found.update(f"{first} _ {third}" for first, third in zip(words, words[2:], strict=False))
    kinds = _kinds()
    like = ["^", *(kinds.get(word, word) for word in words), "$"]
    found.update(f"#{kinds[word]}" for word in words if word in kinds)
    found.update(f"#{first} {second}" for first, second in pairwise(like))
    found.update(f"#{first} _ {third}" for first, third in zip(like[1:-1], like[3:-1], strict=False))
    for word in words:
        edged = f"<{word}>"
        found.update(edged[at : at + size] for size in (3, 4) for at in range(len(edged) - size + 1))
    return found


@dataclass(frozen=True, slots=True)
class IntentClassifier:
    """A trained model, in eight-bit weights."""

    columns: dict[str, int]
    """Feature to row of the weights."""
    intents: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    """(features, intents)."""
    scales: npt.NDArray[np.float32]
    """(intents,): what one step of a weight is worth."""
    biases: npt.NDArray[np.float32]
    """(intents,)."""

    @classmethod
    def load(cls, path: Path = CLASSIFIER_FILE) -> "IntentClassifier":
        """Read a model as `benchmarks/train_intents.py` writes it."""
        with np.load(path) as stored:
            features = bytes(stored["features"]).decode().split("\n")
            intents = tuple(bytes(stored["intents"]).decode().split("\n"))
            columns = {feature: row for row, feature in enumerate(features)}
            return cls(columns, intents, stored["weights"], stored["scales"], stored["biases"])

    def guess(self, words: list[str], valid: Collection[str] | None) -> tuple[str, float]:
        """The likeliest of the valid intents and NOTHING, and its probability among them."""
        features = features_of(words)
        rows = [self.columns[feature] for feature in features if feature in self.columns]
        # Unknown features count in the length: strange words make every intent less sure.
        evidence = self.weights[rows].sum(axis=0, dtype=np.int32) / math.sqrt(max(len(features), 1))
        scores = evidence * self.scales + self.biases
        allowed = [
            index for index, name in enumerate(self.intents) if name == NO_INTENT or valid is None or name in valid
        ]
        chances = np.exp(scores[allowed] - scores[allowed].max())
        best = int(chances.argmax())
        return self.intents[allowed[best]], float(chances[best] / chances.sum())
