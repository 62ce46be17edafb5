"""The classifier of meaning: from the encoder's vectors of a text to the probability of each label.

`python -m benchmarks.training.meaning` trains it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from intents.encoder.pooled_network import (
    Matrix,
    PooledNetwork,
    mean_probabilities,
    restored_networks,
    stored_networks,
)
from intents.encoder.sentence_encoder import Encoded
from intents.errors import IntentsError
from intents.language import EN

HEAD_FILE = EN / "encoder" / "head.npz"
"""The classifier that ships."""


@dataclass(frozen=True, slots=True)
class Head:
    """Several networks, begun otherwise each: sure only where they agree."""

    labels: tuple[str, ...]
    """`Intent`, `Intent/value`, and those of what is not meant for Limber."""
    networks: tuple[PooledNetwork, ...]
    """At least one."""
    sharpness: float
    """What the mean of their scores is multiplied by, so that probabilities come true."""

    @classmethod
    def load(cls, path: Path = HEAD_FILE) -> "Head":
        """Read what `save` has written. Raises IntentsError where there is none."""
        if not path.is_file():
            raise IntentsError(f"{path} is missing. Get Limber's files again.")
        with np.load(path) as stored:
            labels = tuple(bytes(stored["labels"]).decode().split("\n"))
            return cls(labels, restored_networks(stored), float(stored["sharpness"]))

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        np.savez_compressed(
            path,
            labels=np.frombuffer("\n".join(self.labels).encode(), dtype=np.uint8),
            sharpness=np.array(self.sharpness),
            **stored_networks(self.networks),  # type: ignore[arg-type]  # none is named as an option is
        )

    def probabilities(self, encoded: Encoded) -> Matrix:
        """To each label its probability; together 1."""
        return mean_probabilities(self.networks, encoded, sharpness=self.sharpness)
