"""The acoustic model: a small time-delay network, trained on frames whose phones are known."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from audio.samples import Floats
from benchmarks.training.vosk_model.corpus import Corpus
from benchmarks.training.vosk_model.features import COEFFICIENTS
from benchmarks.training.vosk_model.kaldi import Layer

_log = logging.getLogger(__name__)

LAYER_OFFSETS = ((-2, -1, 0, 1, 2), (-3, 0, 3), (-3, 0, 3), (-6, 0, 6), (0,))
"""To each layer, the frames that it sees, relative to its own."""
_REACH = sum(max(offsets) for offsets in LAYER_OFFSETS)
"""Frames that the network sees on either side."""
LAYER_WIDTH = 64
"""Units of a hidden layer."""
_EPOCHS = 6
"""Passes over the corpus."""
_BATCH = 32
"""Examples of a step."""
_STRETCH = 120
"""Frames of one example."""
_GARBAGE = 0.1
"""Share of every speech frame that belongs to the output for speech of any kind."""
_SMOOTHING = 0.02
"""Weight of label smoothing."""
_FASTEST = 4e-3
"""Greatest learning rate."""
_LEAST_PRIOR = 2e-3
"""Least prior of an output."""
_GARBAGE_PRIOR = 0.3
"""Prior of the output for speech of any kind."""


@dataclass(frozen=True, slots=True)
class Trained:
    """An acoustic model. Its outputs are silence, the phones of the corpus, and speech of any kind."""

    layers: tuple[Layer, ...]
    """The affine layers."""
    priors: Floats
    """The prior of each output, shape (outputs,)."""
    accuracy: float
    """Share of frames that were right in the last epoch."""


def train(corpus: Corpus, seed: int) -> Trained:
    """Train on one thread; an equal corpus, seed and version of PyTorch give an equal network."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    outputs = len(corpus.phones) + 2
    every = np.concatenate(corpus.features)
    mean, spread = every.mean(0), every.std(0)
    sounds = [_padded((features - mean) / spread) for features in corpus.features]
    network = _network(outputs)
    accuracy = _fit(network, sounds, corpus.labels, np.random.default_rng(seed))
    frames = np.bincount(np.concatenate(corpus.labels), minlength=outputs)
    priors = np.maximum(frames / frames.sum(), _LEAST_PRIOR)
    priors[-1] = _GARBAGE_PRIOR
    return Trained(_layers(network, mean, spread), priors.astype(np.float32), accuracy)


def _network(outputs: int) -> "torch.nn.Sequential":
    """The untrained network."""
    widths = (COEFFICIENTS, *[LAYER_WIDTH] * (len(LAYER_OFFSETS) - 1), outputs)
    parts: list[torch.nn.Module] = []
    for offsets, before, after in zip(LAYER_OFFSETS, widths, widths[1:], strict=False):
        step = offsets[1] - offsets[0] if len(offsets) > 1 else 1
        parts += [torch.nn.Conv1d(before, after, len(offsets), dilation=step), torch.nn.ReLU()]
    return torch.nn.Sequential(*parts[:-1])


def _padded(features: Floats) -> Floats:
    """Features as (coefficients, frames), with the first and last frame repeated for `_REACH` frames."""
    return np.ascontiguousarray(np.pad(features, ((_REACH, _REACH), (0, 0)), mode="edge").T)


def _fit(
    network: "torch.nn.Sequential",
    sounds: Sequence[Floats],
    labels: Sequence[NDArray[np.int64]],
    random_state: np.random.Generator,
) -> float:
    """Train a network; the share of frames that were right in the last epoch."""
    places = np.array(
        [
            (number, first)
            for number, label in enumerate(labels)
            if len(label) >= _STRETCH
            for first in range(0, len(label), _STRETCH)
        ]
    )
    batches = len(places) // _BATCH
    optimizer = torch.optim.Adam(network.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _FASTEST, total_steps=_EPOCHS * batches, pct_start=0.15)
    right = 0.0
    for epoch in range(_EPOCHS):
        random_state.shuffle(places)
        right = 0.0
        for batch in np.split(places[: batches * _BATCH], batches):
            seen, meant = [], []
            for number, first in batch:
                moved = first + random_state.integers(-_STRETCH // 2, _STRETCH // 2)
                at = int(np.clip(moved, 0, len(labels[number]) - _STRETCH))
                seen.append(sounds[number][:, at : at + _STRETCH + 2 * _REACH])
                meant.append(labels[number][at : at + _STRETCH])
            target = torch.from_numpy(np.stack(meant))
            heard = network(torch.from_numpy(np.stack(seen)))
            loss = _loss(torch.log_softmax(heard, 1), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            right += float((heard.argmax(1) == target).float().mean())
        _log.info("epoch %d: %.3f of the frames right", epoch + 1, right / batches)
    return right / batches


def _loss(scores: "torch.Tensor", target: "torch.Tensor") -> "torch.Tensor":
    """Cross-entropy of (examples, outputs, frames), a share of all speech going to the last output."""
    wanted = scores.gather(1, target[:, None])[:, 0]
    share = _GARBAGE * (target > 0).float()
    return -((1 - share) * wanted + share * scores[:, -1]).mean() - _SMOOTHING * scores.mean()


def _layers(network: "torch.nn.Sequential", mean: Floats, spread: Floats) -> tuple[Layer, ...]:
    """The affine layers of a network, with the normalisation of its input in the first."""
    layers: list[Layer] = []
    for offsets, part in zip(LAYER_OFFSETS, (part for part in network if hasattr(part, "weight")), strict=True):
        weights, biases = part.weight.detach().numpy(), part.bias.detach().numpy()
        if not layers:  # the network saw normalised features, and Kaldi gives it plain ones
            weights = weights / spread[:, None]
            biases = biases - (weights * mean[:, None]).sum((1, 2))
        flat = weights.transpose(0, 2, 1).reshape(len(weights), -1)
        layers.append(Layer(offsets, _rounded(flat), _rounded(biases)))
    return tuple(layers)


def _rounded(values: Floats) -> Floats:
    """Values in half precision, which the network does not notice and which packs to half the size."""
    return values.astype(np.float16).astype(np.float32)
