"""Fits networks over the encoder's vectors with PyTorch, which nothing else needs (dependency group `training`)."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.training.pooled.taught_texts import Size, TaughtTexts
from intents.encoder.pooled_network import PooledNetwork
from intents.encoder.sentence_encoder import ENCODED_WIDTH, PIECE_WIDTH

_BATCH = 256
"""Texts in one step, of about one length."""
_LONGEST = 32
"""Length in pieces beyond which the rest of a text is not taught."""
_LEFT_OUT = 0.2
"""Share of the inputs, and of the hidden units, that are left out at random in each step."""
_FIRST_STEP, _DECAY = 1e-3, 1e-4
"""Learning rate at the beginning, which falls to nought as half a cosine, and weight decay of AdamW."""
_LEAST_SPREAD = 1e-4
"""Least standard deviation of a number of the vectors that it is divided by."""


def fitted(texts: TaughtTexts, rows: NDArray[np.intp], size: Size) -> tuple[tuple[str, ...], tuple[PooledNetwork, ...]]:
    """The labels, in alphabetical order, and the networks fitted to the texts of some rows.

    The same texts give the same networks with one version of PyTorch on one kind of processor.
    """
    labels = tuple(sorted({texts.labels[row] for row in rows.tolist()}))
    taught = _Taught(texts, rows, labels)
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
        return labels, tuple(pool.map(partial(_network, taught, size), range(1, size.networks + 1)))


class _Taught:
    """The texts of a fit as tensors."""

    def __init__(self, texts: TaughtTexts, rows: NDArray[np.intp], labels: Sequence[str]) -> None:
        self.labels = len(labels)
        number = {label: at for at, label in enumerate(labels)}
        self.meant = torch.tensor([number[texts.labels[row]] for row in rows.tolist()])
        self.weights = torch.from_numpy(texts.weights[rows])
        self.beside = texts.beside.shape[1]
        self._texts, self._vectors, self._rows = texts, texts.vectors, rows
        self.lengths = np.minimum(np.diff(texts.vectors.begins)[rows], _LONGEST)

    def batches(self, dice: np.random.Generator) -> list[NDArray[np.intp]]:
        """All sentences once, in batches of about one length, in a random order."""
        by_length = np.argsort(self.lengths + 4 * dice.random(len(self.lengths)))
        batches = np.array_split(by_length, len(by_length) // _BATCH + 1)
        return [batches[at] for at in dice.permutation(len(batches))]

    def inputs(self, batch: NDArray[np.intp]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The vectors of the texts, those of their pieces, which of these are there, and what else is known."""
        longest = int(self.lengths[batch].max())
        pieces = np.zeros((len(batch), longest, PIECE_WIDTH), np.float32)
        there = np.arange(longest) < self.lengths[batch][:, None]
        for at, (row, length) in enumerate(zip(self._rows[batch], self.lengths[batch], strict=True)):
            begin = self._vectors.begins[row]
            pieces[at, :length] = self._vectors.pieces[begin : begin + length]
        texts, beside = (array[self._rows[batch]] for array in (self._vectors.texts, self._texts.beside))
        return torch.from_numpy(texts), torch.from_numpy(pieces), torch.from_numpy(there), torch.from_numpy(beside)


class _Fitted(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """`PooledNetwork` as it is fitted."""

    def __init__(self, taught: _Taught, size: Size, dice: np.random.Generator) -> None:
        super().__init__()
        sample = dice.choice(len(taught.lengths), min(4000, len(taught.lengths)), replace=False)
        texts, pieces, there, _ = taught.inputs(sample)
        pieces = pieces[there]
        self.text_middle, self.text_spread = texts.mean(0), texts.std(0).clamp(min=_LEAST_SPREAD)
        self.piece_middle, self.piece_spread = pieces.mean(0), pieces.std(0).clamp(min=_LEAST_SPREAD)
        self._size, pooled = size, size.pools * size.pool_width
        self.query = nn.Linear(PIECE_WIDTH, size.pools, bias=False)
        self.value = nn.Linear(PIECE_WIDTH, pooled)
        self.hidden = nn.Linear(ENCODED_WIDTH + pooled + taught.beside, size.hidden_units)
        self.out = nn.Linear(size.hidden_units, taught.labels)
        self.left_out = nn.Dropout(_LEFT_OUT)

    def forward(self, texts: Tensor, pieces: Tensor, there: Tensor, beside: Tensor) -> Tensor:
        """The scores of the labels."""
        even = self.left_out((pieces - self.piece_middle) / self.piece_spread)
        attention = self.query(even).masked_fill(~there[:, :, None], -1e9).softmax(1)
        values = self.value(even).relu().unflatten(2, (self._size.pools, self._size.pool_width))
        pools = (attention[..., None] * values).sum(1).flatten(1)
        inputs = torch.cat(((texts - self.text_middle) / self.text_spread, pools, beside), 1)
        scores: Tensor = self.out(self.left_out(self.hidden(inputs).relu()))
        return scores

    def network(self) -> PooledNetwork:
        """What was fitted."""

        def matrix(tensor: Tensor) -> NDArray[np.float32]:
            found: NDArray[np.float32] = tensor.detach().numpy().T.copy()
            return found

        return PooledNetwork(
            matrix(self.piece_middle),
            matrix(self.piece_spread),
            matrix(self.query.weight),
            matrix(self.value.weight),
            matrix(self.value.bias),
            matrix(self.text_middle),
            matrix(self.text_spread),
            matrix(self.hidden.weight),
            matrix(self.hidden.bias),
            matrix(self.out.weight),
            matrix(self.out.bias),
        )


def _network(taught: _Taught, size: Size, seed: int) -> PooledNetwork:
    """One network."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    dice = np.random.default_rng(seed)
    fitting = _Fitted(taught, size, dice)
    steps = size.rounds * len(taught.batches(dice))
    optimizer = torch.optim.AdamW(fitting.parameters(), lr=_FIRST_STEP, weight_decay=_DECAY)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(size.rounds):
        for batch in taught.batches(dice):
            losses = nn.functional.cross_entropy(fitting(*taught.inputs(batch)), taught.meant[batch], reduction="none")
            loss = (losses * taught.weights[batch]).sum() / taught.weights[batch].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            slower.step()
    return fitting.network()
