"""The third stage of alarms: a small network over a text's meaning and what the rules and lexicons found in it.

The meaning is the vector of the sentence encoder (`intents/encoder`), which knows what is said in words that no lexicon
has; the concepts tell it what is negated, asked about or long past, which the vector does not.
`python -m benchmarks.training.red_flag_model` trains it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.encoder.sentence_encoder import Vector
from intents.red_flags.calls import Calls
from intents.red_flags.red_flag_classifier import Signs

VECTOR_SCALE = 6.0
"""By what the vector, whose halves are of length one, is multiplied, so that it weighs as much as the concepts do."""
DENIED = "not "
"""Before the name of a concept or call that is there but taken back."""
RULE = "rule "
"""Before the name of a flag or call that a rule raises."""


def clues(signs: Signs, calls: Calls) -> frozenset[str]:
    """What rules and lexicons found, each as a name."""
    return frozenset(
        {
            *signs.standing,
            *(DENIED + name for name in signs.taken_back | calls.doubted),
            *(RULE + name for name in (*signs.ruled, *calls.raised)),
            *(mark for mark, seen in (("asks", signs.asks), ("over", signs.over)) if seen),
        }
    )


@dataclass(frozen=True, slots=True)
class AlarmNetwork:
    """The trained network: one hidden layer, weights in eight bits."""

    classes: tuple[str, ...]
    """The flags and calls, one an output; the empty string is no alarm."""
    clues: tuple[str, ...]
    """The names of the inputs beside the vector."""
    hidden: NDArray[np.int8]
    """Shape (width of the vector + clues, hidden units)."""
    hidden_scale: NDArray[np.float32]
    """What one unit of a weight is worth, shape (hidden units,)."""
    hidden_bias: NDArray[np.float32]
    """Shape (hidden units,)."""
    out: NDArray[np.float32]
    """Shape (hidden units, classes)."""
    out_bias: NDArray[np.float32]
    """Shape (classes,)."""

    @classmethod
    def load(cls, path: Path) -> "AlarmNetwork":
        """The network in a file that `save` has written. Raises FileNotFoundError where there is none."""
        with np.load(path) as stored:
            return cls(
                tuple(str(each) for each in stored["classes"]),
                tuple(str(each) for each in stored["clues"]),
                stored["hidden"],
                stored["hidden_scale"],
                stored["hidden_bias"],
                stored["out"].astype(np.float32),
                stored["out_bias"],
            )

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        np.savez_compressed(
            path,
            classes=np.array(self.classes),
            clues=np.array(self.clues),
            hidden=self.hidden,
            hidden_scale=self.hidden_scale,
            hidden_bias=self.hidden_bias,
            out=self.out.astype(np.float16),
            out_bias=self.out_bias,
        )

    def likelihoods(self, vector: Vector, found: frozenset[str]) -> Mapping[str, float]:
        """To each of `classes` its probability, 0 to 1; together 1. `found`: what `clues` gives."""
        inputs = network_inputs(vector, found, self.clues)
        units = np.maximum(inputs @ self.hidden.astype(np.float32) * self.hidden_scale + self.hidden_bias, 0.0)
        scores = units @ self.out + self.out_bias
        likely = np.exp(scores - scores.max())
        return dict(zip(self.classes, (likely / likely.sum()).tolist(), strict=True))


def network_inputs(vector: Vector, found: frozenset[str], names: Sequence[str]) -> NDArray[np.float32]:
    """The inputs of the network: the vector, then a one for each of `names` that was found."""
    marks = np.array([name in found for name in names], np.float32)
    return np.concatenate((vector * np.float32(VECTOR_SCALE), marks))
