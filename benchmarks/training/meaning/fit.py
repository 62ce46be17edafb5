"""Fits the classifier of meaning to taught sentences."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.training.meaning.taught import Lesson
from intents.encoder.meaning import Head

NETWORKS = 4
"""How many networks are fitted, each from another start; their mean is sure only where they agree."""
HIDDEN_UNITS = 128
"""Number of hidden units of each."""
ROUNDS = 15
"""How often all sentences are gone through."""
_DECAY = 0.01
"""Weight of the squares of the weights in what is minimised."""
_WEIGHTS = {"original": 2.0, "request": 0.3}
"""What sentences as they were written, and requests to others, count; any other counts 1.

The requests are many, and easily told from what is meant for Limber.
"""
_LEAST_SPREAD = 1e-4
"""Least standard deviation of a number of the vectors that it is divided by."""


def weight_of(lesson: Lesson) -> float:
    """How much a sentence counts in the fit."""
    if lesson.source == "written" and not lesson.copy:
        return _WEIGHTS["original"]
    return _WEIGHTS.get(lesson.source, 1.0)


def fitted(lessons: Sequence[Lesson], vectors: NDArray[np.float32]) -> Head:
    """The classifier fitted to lessons and their vectors, the same for the same ones."""
    middle, spread = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), _LEAST_SPREAD)
    even = (vectors - middle) / spread
    labels = [lesson.label for lesson in lessons]
    weights = [weight_of(lesson) for lesson in lessons]
    models = [_network(even, labels, weights, seed) for seed in range(1, NETWORKS + 1)]
    # Side by side they are one network, whose scores are the mean of theirs. It takes vectors as they are.
    hidden = np.hstack([model.coefs_[0] for model in models]) / spread[:, None]
    hidden_bias = np.hstack([model.intercepts_[0] for model in models]) - middle @ hidden
    return Head(
        tuple(str(label) for label in models[0].classes_),
        hidden.astype(np.float32),
        hidden_bias.astype(np.float32),
        (np.vstack([model.coefs_[1] for model in models]) / NETWORKS).astype(np.float32),
        (np.sum([model.intercepts_[1] for model in models], axis=0) / NETWORKS).astype(np.float32),
    )


def _network(vectors: NDArray[np.float32], labels: list[str], weights: list[float], seed: int) -> MLPClassifier:
    """One network."""
    model = MLPClassifier((HIDDEN_UNITS,), alpha=_DECAY, batch_size=256, max_iter=ROUNDS, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
        return model.fit(vectors, labels, sample_weight=weights)
