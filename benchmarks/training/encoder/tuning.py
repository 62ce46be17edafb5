"""Tunes the published sentence encoder to what is said to a coach: its upper layers learn two tasks at once.

One task is to tell what is meant, the other which alarm is raised; each has a small network of its own on top, which is
thrown away afterwards. What is learnt is nearness: texts of one meaning come to lie together, in whatever words.
The embeddings and the lower layers stay as published: they tell the wording.
"""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from benchmarks.training.encoder.quantised_graph import WORDING_LAYERS
from benchmarks.training.encoder.tuning_text import TuningText, batches
from benchmarks.training.encoder.wheel import HEADS, LAYERS, WIDTH, Published

ROUNDS = 4.0
"""How often the texts are gone through."""
LEARNING_RATE = 6e-5
"""The highest rate at which the encoder's weights learn; it falls to nought."""
_HEAD_RATE = 1e-3
"""That of the networks on top."""
_WARM_UP_STEPS = 200
"""Steps in which the rates rise."""
_DROPPED = 0.1
"""Share of the encoder's values that are dropped in learning."""
_HEAD_DROPPED = 0.2
"""That of the values of the networks on top."""
_HEAD_WIDTH = 384
"""Hidden units of each network on top."""
_VECTOR_SCALE = 6.0
"""By what the vector, whose halves are of length one, is multiplied before the networks on top."""
_SMOOTHING = 0.1
"""Share of the probability that is spread over all labels, so that no text is learnt as quite sure."""
_EPSILON = 1e-12
"""What the network adds to a variance."""
_THREADS = 2
"""Threads of the computation; another number sums in another order."""
_TOLD_EVERY = 100
"""Steps between two lines of progress."""


def tuned(network: Published, kept: Sequence[int], texts: list[TuningText]) -> Published:
    """The network with tuned weights: the same bits for the same input, version of torch and kind of processor.

    `kept`: the numbers, in the network's vocabulary, of the pieces that the texts are written in.
    """
    torch.manual_seed(1)
    torch.set_num_threads(_THREADS)
    torch.use_deterministic_algorithms(mode=True)
    encoder = _Encoder(network.weights, kept)
    heads = [_Head(sorted({each.label for each in texts if each.task == task})) for task in (0, 1)]
    weights = encoder.learning()
    tops = [weight for head in heads for weight in head.layers.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": weights, "lr": LEARNING_RATE}, {"params": tops, "lr": _HEAD_RATE}], weight_decay=0.01
    )
    chance = random.Random(1)  # noqa: S311  the same order every time
    plan = list(batches(texts, chance))
    steps = int(len(plan) * ROUNDS)
    while len(plan) < steps:
        plan += batches(texts, chance)
    began = time.monotonic()
    for step, batch in enumerate(plan[:steps]):
        pace = min(1.0, (step + 1) / _WARM_UP_STEPS) * (1 - step / steps)
        for group, rate in zip(optimiser.param_groups, (LEARNING_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * pace
        loss = heads[batch[0].task].loss(encoder.vectors([each.pieces for each in batch]), batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*weights, *tops], 1.0)
        optimiser.step()
        if (step + 1) % _TOLD_EVERY == 0:
            print(f"step {step + 1} of {steps}, {time.monotonic() - began:.0f} s, loss {loss.item():.3f}", flush=True)
    return replace(network, weights={**network.weights, **encoder.learnt()})


class _Encoder:
    """The published network, whose upper layers learn."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], kept: Sequence[int]) -> None:
        self._weights = {name: torch.tensor(np.array(values)) for name, values in weights.items()}
        words = "embeddings.word_embeddings.weight"
        self._weights[words] = self._weights[words][torch.tensor(kept)]
        self._learning = [
            name
            for name in self._weights
            if any(name.startswith(f"encoder.layer.{layer}.") for layer in range(WORDING_LAYERS, LAYERS))
        ]
        for name in self._learning:
            self._weights[name].requires_grad_()

    def learning(self) -> list[torch.Tensor]:
        """The weights that learn."""
        return [self._weights[name] for name in self._learning]

    def learnt(self) -> dict[str, NDArray[np.float32]]:
        """What they have become, by name."""
        return {name: self._weights[name].detach().numpy() for name in self._learning}

    def vectors(self, texts: Sequence[Sequence[int]]) -> torch.Tensor:
        """The vectors of texts, given as pieces, while learning: shape (texts, 2 * WIDTH)."""
        longest = max(map(len, texts))
        pieces = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
        there = torch.tensor([[at < len(text) for at in range(longest)] for text in texts])
        state = self._weights["embeddings.word_embeddings.weight"][pieces]
        state = state + self._weights["embeddings.position_embeddings.weight"][:longest]
        state = self._normalised(state + self._weights["embeddings.token_type_embeddings.weight"][0], "embeddings.")
        wording = None
        for layer in range(LAYERS):
            if layer == WORDING_LAYERS:
                wording = _mean(state, there)
            state = self._layer(state, there, f"encoder.layer.{layer}.", learns=layer >= WORDING_LAYERS)
        return torch.cat([_mean(state, there), wording], dim=1)

    def _layer(self, state: torch.Tensor, there: torch.Tensor, name: str, *, learns: bool) -> torch.Tensor:
        """Attention, and two matrices with a bent function between them; each added to what went in, and normalised."""
        texts, longest, _ = state.shape
        query, key, value = (
            self._linear(state, f"{name}attention.self.{part}").view(texts, longest, HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        dropped = _DROPPED if learns else 0.0
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=there[:, None, None, :], dropout_p=dropped
        )
        told = self._linear(seen.transpose(1, 2).reshape(texts, longest, WIDTH), f"{name}attention.output.dense")
        state = self._normalised(state + functional.dropout(told, dropped), f"{name}attention.output.")
        inner = functional.gelu(self._linear(state, f"{name}intermediate.dense"))
        outer = self._linear(inner, f"{name}output.dense")
        return self._normalised(state + functional.dropout(outer, dropped), f"{name}output.")

    def _linear(self, state: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(state, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normalised(self, state: torch.Tensor, name: str) -> torch.Tensor:
        scale, bias = (self._weights[f"{name}LayerNorm.{part}"] for part in ("weight", "bias"))
        return functional.layer_norm(state, (WIDTH,), scale, bias, _EPSILON)


class _Head:
    """A small network that tells the label of a vector."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._number = {label: number for number, label in enumerate(labels)}
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(2 * WIDTH, _HEAD_WIDTH),
            torch.nn.GELU(),
            torch.nn.Dropout(_HEAD_DROPPED),
            torch.nn.Linear(_HEAD_WIDTH, len(labels)),
        )
        """What learns."""

    def loss(self, vectors: torch.Tensor, texts: Sequence[TuningText]) -> torch.Tensor:
        """How wrong it is about texts, on average by what they count."""
        labels = torch.tensor([self._number[each.label] for each in texts])
        counts = torch.tensor([each.weight for each in texts])
        scores = self.layers(vectors * _VECTOR_SCALE)
        each = functional.cross_entropy(scores, labels, reduction="none", label_smoothing=_SMOOTHING)
        return (each * counts).sum() / counts.sum()


def _mean(state: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """The mean of the vectors of all pieces of each text, brought to length one."""
    counts = there[..., None].float()
    return functional.normalize((state * counts).sum(1) / counts.sum(1), dim=-1)
