"""The third stage of alarms: a small network over a text's meaning and what the rules and lexicons found in it.

The meaning is in the vectors of the sentence encoder (`intents/encoder`), which know what is said in words that no
lexicon has; the concepts tell it what is negated, asked about or long past, which the vectors do not.
`python -m benchmarks.training.red_flag_model` trains it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.encoder.pooled_network import PooledNetwork, mean_probabilities, restored_networks, stored_networks
from intents.encoder.sentence_encoder import Encoded
from intents.red_flags.calls import Calls
from intents.red_flags.red_flag_classifier import Signs

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
    """The trained networks, of which the mean counts."""

    classes: tuple[str, ...]
    """The flags and calls, one an output; the empty string is no alarm."""
    clues: tuple[str, ...]
    """The names of what they are told beside the text's vectors."""
    networks: tuple[PooledNetwork, ...]
    """At least one."""

    @classmethod
    def load(cls, path: Path) -> "AlarmNetwork":
        """The networks in a file that `save` has written. Raises FileNotFoundError where there is none."""
        with np.load(path) as stored:
            classes, names = ([str(each) for each in stored[name]] for name in ("classes", "clues"))
            return cls(tuple(classes), tuple(names), restored_networks(stored))

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        np.savez_compressed(
            path,
            classes=np.array(self.classes),
            clues=np.array(self.clues),
            **stored_networks(self.networks),  # type: ignore[arg-type]  # none is named as an option is
        )

    def likelihoods(self, encoded: Encoded, found: frozenset[str]) -> Mapping[str, float]:
        """To each of `classes` its probability, 0 to 1; together 1. `found`: what `clues` gives."""
        likely = mean_probabilities(self.networks, encoded, marks(found, self.clues))
        return dict(zip(self.classes, likely.tolist(), strict=True))


def marks(found: frozenset[str], names: Sequence[str]) -> NDArray[np.float32]:
    """A one for each of `names` that was found."""
    return np.array([name in found for name in names], np.float32)
