"""What networks are fitted to, and how large they are. Needs no PyTorch, unlike the fit itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.pooled.vectors import TaughtVectors


@dataclass(frozen=True, slots=True)
class TaughtTexts:
    """Texts and what they mean."""

    vectors: TaughtVectors
    """What the encoder makes of them."""
    beside: NDArray[np.float32]
    """What else is known of each, shape (texts, numbers); there may be none."""
    labels: Sequence[str]
    """What each means."""
    weights: NDArray[np.float32]
    """How much each counts, shape (texts,)."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size of networks, and of their training."""

    networks: int
    """How many are fitted, each from another start."""
    pools: int
    """How many kinds of pieces each looks for."""
    pool_width: int
    """How many numbers it takes from each kind."""
    hidden_units: int
    """Number of hidden units of each."""
    rounds: int
    """How often all texts are gone through."""
