"""How sure the classifier of meaning may be: measured on sentences that were kept back from its training."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.meaning.fit import fitted
from benchmarks.training.meaning.taught import Lesson
from benchmarks.training.pooled.vectors import TaughtVectors
from intents.encoder.meaning import REJECTED

PARTS = 5
"""In so many parts the sentences are divided; one is judged by a classifier that was trained on the others."""
_CALIBRATED_AT = tuple(np.geomspace(0.5, 2.0, 61))
"""What the scores are multiplied by, of which the best is searched."""


@dataclass(frozen=True, slots=True)
class KeptBackGuess:
    """What the classifier made of one sentence that was kept back."""

    lesson: Lesson
    intent: str
    """The likeliest intent, all its values taken together; REJECTED: none."""
    probability: float
    """Of that intent, 0 to 1."""
    value_right: bool
    """Whether the likeliest label of the intent is the sentence's."""

    @property
    def meant(self) -> str:
        """The intent of the sentence, or REJECTED."""
        return intent_of(self.lesson.label)


def intent_of(label: str) -> str:
    """The intent that a label names, or REJECTED."""
    return label.partition("/")[0]


def scores_kept_back(
    lessons: Sequence[Lesson], vectors: TaughtVectors
) -> tuple[list[Lesson], NDArray[np.float32], tuple[str, ...]]:
    """One part of the sentences written by hand, other talk and requests; the scores of their labels; the labels.

    They are scored by a classifier that saw neither them nor a copy of them.
    """
    labels = tuple(sorted({lesson.label for lesson in lessons}))
    kept = np.array([lesson.said % PARTS == 0 and lesson.source != "template" for lesson in lessons])
    head = fitted(lessons, vectors, np.flatnonzero(~kept))
    at_label = [labels.index(label) for label in head.labels]
    rows = [row for row in np.flatnonzero(kept).tolist() if not lessons[row].copy]
    scores = np.full((len(rows), len(labels)), -np.inf, np.float32)
    for at, row in enumerate(rows):
        scores[at, at_label] = np.log(np.maximum(head.probabilities(vectors.encoded(row)), 1e-12))
    return [lessons[row] for row in rows], scores, labels


def judged(
    lessons: Sequence[Lesson], scores: NDArray[np.float32], labels: Sequence[str], sharpness: float
) -> list[KeptBackGuess]:
    """What the classifier makes of sentences, its scores multiplied by `sharpness`."""
    intents = sorted({intent_of(label) for label in labels})
    owner = np.array([intents.index(intent_of(label)) for label in labels])
    found = []
    for lesson, row in zip(lessons, scores, strict=True):
        chances = _softmax(row * sharpness)
        by_intent = np.bincount(owner, chances, len(intents))
        best = int(by_intent.argmax())
        likeliest = labels[int(np.where(owner == best, chances, -1).argmax())]
        found.append(KeptBackGuess(lesson, intents[best], float(by_intent[best]), likeliest == lesson.label))
    return found


def calibrated(lessons: Sequence[Lesson], scores: NDArray[np.float32], labels: Sequence[str]) -> float:
    """What scores must be multiplied by so that probabilities come true: the likeliest by what was kept back."""
    right = np.array([labels.index(lesson.label) for lesson in lessons])
    # Commands and all else weigh the same, however many there are of each.
    rejected = np.array([intent_of(lesson.label) == REJECTED for lesson in lessons])
    weights = np.where(rejected, 1 / max(rejected.sum(), 1), 1 / max((~rejected).sum(), 1))

    def loss(sharpness: float) -> float:
        chances = np.array([_softmax(row * sharpness) for row in scores])
        return float(-(weights * np.log(np.maximum(chances[np.arange(len(right)), right], 1e-9))).sum())

    return float(min(_CALIBRATED_AT, key=loss))


def table_of_points(found: Sequence[KeptBackGuess], points: Sequence[float]) -> str:
    """To each least probability: commands understood and misunderstood, other talk and requests taken, as Markdown."""
    commands = [each for each in found if each.meant != REJECTED]
    talk = [each for each in found if each.meant == REJECTED and each.lesson.source != "request"]
    requests = [each for each in found if each.lesson.source == "request"]
    kinds = f"right intent, of {len(commands)} | another | talk taken, of {len(talk)}"
    lines = [
        f"| from | {kinds} | requests taken, of {len(requests)} |",
        "| --- | --- | --- | --- | --- |",
    ]
    for point in points:
        right = np.mean([each.intent == each.meant and each.probability >= point for each in commands])
        other = np.mean([each.intent not in {each.meant, REJECTED} and each.probability >= point for each in commands])
        taken = [
            np.mean([each.intent != REJECTED and each.probability >= point for each in kind])
            for kind in (talk, requests)
        ]
        lines.append(f"| {point:.2f} | {right:.1%} | {other:.1%} | {taken[0]:.2%} | {taken[1]:.2%} |")
    return "\n".join(lines)


def table_of_trust(found: Sequence[KeptBackGuess]) -> str:
    """To each range of the probability: how often the intent was right, as Markdown."""
    lines = ["| probability | intents guessed | of them right |", "| --- | --- | --- |"]
    for low, high in pairwise((0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.01)):
        inside = [each for each in found if each.intent != REJECTED and low <= each.probability < high]
        if inside:
            right = np.mean([each.intent == each.meant for each in inside])
            lines.append(f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {right:.0%} |")
    return "\n".join(lines)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Probabilities of scores."""
    chances: NDArray[np.float64] = np.exp(scores.astype(np.float64) - scores.max())
    chances /= chances.sum()
    return chances
