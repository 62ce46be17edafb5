"""Fits the classifier of meaning to taught sentences."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.training.meaning.taught import Lesson
from intents.encoder.meaning import Head

HIDDEN_UNITS = 512
"""Number of hidden units."""
ROUNDS = 15
"""How often all sentences are gone through."""
_DECAY = 0.01
"""Weight of the squares of the weights in what is minimised."""
_LEAST_SPREAD = 1e-4
"""Least standard deviation of a number of the vectors that it is divided by."""


def fitted(lessons: Sequence[Lesson], vectors: NDArray[np.float32], seed: int = 1) -> Head:
    """The classifier fitted to lessons and their vectors, the same for the same ones."""
    model = MLPClassifier((HIDDEN_UNITS,), alpha=_DECAY, batch_size=256, max_iter=ROUNDS, random_state=seed)
    middle, spread = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), _LEAST_SPREAD)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
        model.fit((vectors - middle) / spread, [lesson.label for lesson in lessons])
    (hidden, out), (hidden_bias, out_bias) = model.coefs_, model.intercepts_
    hidden = hidden / spread[:, None]  # so that the vectors need not be brought to one spread
    return Head(
        tuple(str(label) for label in model.classes_),
        hidden.astype(np.float32),
        (hidden_bias - middle @ hidden).astype(np.float32),
        out.astype(np.float32),
        out_bias.astype(np.float32),
    )
