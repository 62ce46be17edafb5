"""Networks over the encoder's vectors, which look at every piece of a text and not only at the mean of all.

Attention finds the pieces that tell a thing, wherever they stand: a request beside a remark, a sign in a long sentence.
The mean blurs these. `benchmarks/training/pooled/` fits them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
import threadpoolctl
from numpy.typing import NDArray

from intents.encoder.sentence_encoder import Encoded

Matrix = NDArray[np.float32]
NOTHING_BESIDE: Matrix = np.zeros(0, np.float32)
"""What a network is told that looks at the text alone."""


@dataclass(frozen=True, slots=True)
class PooledNetwork:
    """Attention pools the vectors of the pieces; one hidden layer follows, over the text's vector, pools and more."""

    piece_middle: Matrix
    """What is subtracted from the vectors of pieces, shape (PIECE_WIDTH,)."""
    piece_spread: Matrix
    """What they are divided by then, shape (PIECE_WIDTH,)."""
    query: Matrix
    """How much each pool attends to a piece, shape (PIECE_WIDTH, pools)."""
    value: Matrix
    """What is taken from a piece, shape (PIECE_WIDTH, pools * width of a pool)."""
    value_bias: Matrix
    """Shape (pools * width of a pool,)."""
    text_middle: Matrix
    """What is subtracted from the text's vector, shape (ENCODED_WIDTH,)."""
    text_spread: Matrix
    """What it is divided by then, shape (ENCODED_WIDTH,)."""
    hidden: Matrix
    """Shape (ENCODED_WIDTH + pools * width of a pool + what is beside, hidden units)."""
    hidden_bias: Matrix
    """Shape (hidden units,)."""
    out: Matrix
    """Shape (hidden units, labels)."""
    out_bias: Matrix
    """Shape (labels,)."""

    def scores(self, encoded: Encoded, beside: Matrix = NOTHING_BESIDE) -> Matrix:
        """To each label its score, the logarithm of a probability but for a constant. `beside`: what else is known."""
        pieces: Matrix = (encoded.pieces - self.piece_middle) / self.piece_spread
        attention = _softmax(pieces @ self.query)
        values = np.maximum(pieces @ self.value + self.value_bias, 0).reshape(len(pieces), self.query.shape[1], -1)
        pools = np.einsum("np,npw->pw", attention, values).ravel()
        text = (encoded.text - self.text_middle) / self.text_spread
        units = np.maximum(np.concatenate((text, pools, beside)) @ self.hidden + self.hidden_bias, 0)
        found: Matrix = units @ self.out + self.out_bias
        return found


def mean_probabilities(
    networks: Sequence[PooledNetwork], encoded: Encoded, beside: Matrix = NOTHING_BESIDE, sharpness: float = 1.0
) -> Matrix:
    """To each label its probability by the mean of the networks' scores, multiplied by `sharpness`; together 1."""
    scores: Matrix = np.stack([network.scores(encoded, beside) for network in networks]).mean(axis=0)
    return _softmax(scores * np.float32(sharpness))


def stored_networks(networks: Sequence[PooledNetwork]) -> Mapping[str, NDArray[Any]]:
    """The arrays to write: matrices in eight bits, with a scale for each column, and the rest in sixteen."""
    found = {"networks": np.array(len(networks))}
    for number, network in enumerate(networks):
        found |= dict(_stored(network, f"{number} "))
    return found


def restored_networks(stored: Mapping[str, NDArray[Any]]) -> tuple[PooledNetwork, ...]:
    """The networks from what `stored_networks` gave."""
    _multiply_on_one_thread()
    return tuple(_network(stored, number) for number in range(int(stored["networks"])))


@cache
def _multiply_on_one_thread() -> None:
    """Have NumPy multiply matrices on one thread, in the whole process.

    More threads gain nothing for matrices this small. While other threads keep the cores busy, as a recogniser does,
    they wait for each other: a network then took ten times as long, and took that time from the sound.
    """
    threadpoolctl.threadpool_limits(limits=1, user_api="blas")


def _softmax(scores: Matrix) -> Matrix:
    """Scores as shares of one, along the first axis."""
    chances = np.exp(scores - scores.max(axis=0))
    shares: Matrix = chances / chances.sum(axis=0)
    return shares


def _stored(network: PooledNetwork, prefix: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays of a network as they are written."""
    for field in fields(network):
        array: Matrix = getattr(network, field.name)
        if array.ndim == 1:
            yield prefix + field.name, array.astype(np.float16)
            continue
        scales = np.maximum(np.abs(array).max(axis=0), np.float32(1e-8)) / np.float32(127)
        yield prefix + field.name, np.round(array / scales).astype(np.int8)
        yield f"{prefix}{field.name} scale", scales.astype(np.float32)


def _network(stored: Mapping[str, NDArray[Any]], number: int) -> PooledNetwork:
    """A network from the arrays that `_stored` gave."""

    def array(name: str) -> Matrix:
        key = f"{number} {name}"
        whole: Matrix = stored[key].astype(np.float32)
        return whole * stored[f"{key} scale"] if whole.ndim > 1 else whole

    return PooledNetwork(**{field.name: array(field.name) for field in fields(PooledNetwork)})
