"""The intent classifier: a linear model over words and letters, for sentences that no template has.

`python -m benchmarks.training.intent_model` trains it, as `script/train-intents` does.
"""

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
"""The trained weights."""
SYNONYM_FILE = EN / "synonyms.txt"
"""Words of like meaning, a row of them a line."""
NO_INTENT = ""
"""The class of all that is not meant for Limber."""


@cache
def _synonyms() -> dict[str, str]:
    """To each word, the first word of its row of synonyms; where several rows have it, that of the first row."""
    first_synonym: dict[str, str] = {}
    for row in SYNONYM_FILE.read_text(encoding="utf-8").splitlines():
        words = row.split()
        for word in words:
            first_synonym.setdefault(word, words[0])
    return first_synonym


def features_of(words: list[str]) -> set[str]:
    """The features of a text: words, pairs of neighbours, first and last words, runs of three and four letters.

    Words and pairs count twice: as they are, and with each word replaced by the first of its synonyms.
    """
    found = {f"={word}" for word in words}
    around = ["^", *words, "$"]
    found.update(f"{first} {second}" for first, second in pairwise(around))
    found.update(f"{first} _ {third}" for first, third in zip(words, words[2:], strict=False))
    first_synonym = _synonyms()
    like = ["^", *(first_synonym.get(word, word) for word in words), "$"]
    found.update(f"#{first_synonym[word]}" for word in words if word in first_synonym)
    found.update(f"#{first} {second}" for first, second in pairwise(like))
    found.update(f"#{first} _ {third}" for first, third in zip(like[1:-1], like[3:-1], strict=False))
    for word in words:
        edged = f"<{word}>"
        found.update(edged[at : at + size] for size in (3, 4) for at in range(len(edged) - size + 1))
    return found


@dataclass(frozen=True, slots=True)
class IntentClassifier:
    """A trained linear model with eight-bit weights."""

    columns: dict[str, int]
    """To each feature, its row of the weights."""
    intents: tuple[str, ...]
    """The classes: names of intents, and NO_INTENT."""
    weights: npt.NDArray[np.int8]
    """Shape (features, intents)."""
    scales: npt.NDArray[np.float32]
    """Shape (intents,): what one step of a weight is worth."""
    biases: npt.NDArray[np.float32]
    """Shape (intents,)."""

    @classmethod
    def load(cls, path: Path = CLASSIFIER_FILE) -> "IntentClassifier":
        """The model in a file that `benchmarks.training.intent_model` has written."""
        with np.load(path) as stored:
            features = bytes(stored["features"]).decode().split("\n")
            intents = tuple(bytes(stored["intents"]).decode().split("\n"))
            columns = {feature: row for row, feature in enumerate(features)}
            return cls(columns, intents, stored["weights"], stored["scales"], stored["biases"])

    def guess(self, words: list[str], valid: Collection[str] | None) -> tuple[str, float]:
        """The likeliest of the valid intents and NO_INTENT, and its probability among these, 0 to 1."""
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
