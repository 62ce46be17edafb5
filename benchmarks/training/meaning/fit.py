"""Fits the classifier of meaning to taught sentences."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.meaning.taught import Lesson
from benchmarks.training.pooled.fit import fitted as fitted_networks
from benchmarks.training.pooled.taught_texts import Size, TaughtTexts
from benchmarks.training.pooled.vectors import TaughtVectors
from intents.encoder.head import Head

SIZE = Size(networks=2, pools=12, pool_width=32, hidden_units=320, rounds=9)
"""As large as the files of the encoder may be; three networks, or wider ones, were hardly better."""
_WEIGHTS = {"original": 2.0, "request": 0.3}
"""What sentences as they were written, and requests to others, count; any other counts 1.

The requests are many, and easily told from what is meant for Limber.
"""


def weight_of(lesson: Lesson) -> float:
    """How much a sentence counts in the fit."""
    if lesson.source == "written" and not lesson.copy:
        return _WEIGHTS["original"]
    return _WEIGHTS.get(lesson.source, 1.0)


def fitted(lessons: Sequence[Lesson], vectors: TaughtVectors, rows: NDArray[np.intp]) -> Head:
    """The classifier fitted to the lessons of some rows."""
    weights = np.array([weight_of(lesson) for lesson in lessons], np.float32)
    texts = TaughtTexts(vectors, np.zeros((len(lessons), 0), np.float32), [lesson.label for lesson in lessons], weights)
    labels, networks = fitted_networks(texts, rows, SIZE)
    return Head(labels, networks, 1.0)
