"""Moonshine's neural network: an encoder of sound, and a decoder that predicts the next token of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.asr.moonshine.tokenizer import BEGIN_TOKEN
from audio.onnx import open_network
from audio.samples import Floats, Samples

MOONSHINE_REMEDY = "Install moonshine-voice again, at most 0.0.73."
"""What to do where a file of the network is missing."""
DECODER_HEADS, HEAD_WIDTH = 8, 36
"""Number of the decoder's attention heads, and of the values that each keeps for a position."""


@dataclass(frozen=True, slots=True)
class EncodedUtterance:
    """An encoded utterance, and the decoder's state after the BEGIN token."""

    states: Floats
    """The encoder's output: shape (1, n, 288), n about 41.5 a second."""
    attention: dict[str, Floats]
    """The decoder's keys and values for the states, each of shape (1, DECODER_HEADS, n, HEAD_WIDTH)."""
    past: dict[str, Floats]
    """The decoder's keys and values for the BEGIN token, each of shape (1, DECODER_HEADS, 1, HEAD_WIDTH)."""
    first: Floats
    """Log-probability of each first token: shape (1, vocabulary)."""


class MoonshineNetwork:
    """Moonshine's encoder and decoder, which compute in one thread each."""

    def __init__(self, folder: Path) -> None:
        """`folder`: of the network's files. Raises AudioError when they can't be loaded."""
        self._encoder = open_network(folder / "encoder_model.ort", MOONSHINE_REMEDY)
        self._decoder = open_network(folder / "decoder_model_merged.ort", MOONSHINE_REMEDY)
        self._caches = [node.name for node in self._decoder.get_inputs() if node.name.startswith("past")]
        outputs = [node.name for node in self._decoder.get_outputs()]
        self._changing = [name for name in outputs if ".encoder." not in name]

    def encode(self, samples: Samples) -> EncodedUtterance:
        """Encode an utterance of at least half a second."""
        sound = samples[np.newaxis]
        states = self._encoder.run(None, {"input_values": sound, "attention_mask": np.ones(sound.shape, np.int64)})[0]
        empty = {name: np.zeros((1, DECODER_HEADS, 0, HEAD_WIDTH), np.float32) for name in self._caches}
        logits, caches = self._decode(states, np.array([[BEGIN_TOKEN]]), empty, cached=False)
        return EncodedUtterance(
            states,
            {name: cache for name, cache in caches.items() if ".encoder." in name},
            {name: cache for name, cache in caches.items() if ".decoder." in name},
            log_softmax(logits[:, -1]),
        )

    def step(
        self, encoded: EncodedUtterance, past: dict[str, Floats], tokens: Sequence[int]
    ) -> tuple[Floats, dict[str, Floats]]:
        """Append one token to each of several texts.

        `past`: the decoder's keys and values for the texts so far, in the same order. Returns the log-probabilities of
        the next token, of shape (texts, vocabulary), and the new past.
        """
        logits, caches = self._decode(
            encoded.states, np.array(tokens)[:, np.newaxis], past | encoded.attention, cached=True
        )
        return log_softmax(logits[:, -1]), {name: caches[name] for name in past}

    def _decode(
        self, states: Floats, tokens: NDArray[np.int64], caches: dict[str, Floats], *, cached: bool
    ) -> tuple[Floats, dict[str, Floats]]:
        """Run the decoder; its logits, of shape (texts, tokens, vocabulary), and its keys and values by name.

        `cached`: whether `caches` hold keys and values of earlier tokens.
        """
        # The states are given once for all texts: the decoder repeats them itself, and faster.
        outputs: list[Any] = self._decoder.run(
            None if not cached else self._changing,
            {
                # A mask as long as the states crashes above 384 of them; a single 1 admits all.
                "encoder_attention_mask": np.ones((len(tokens), 1), np.int64),
                "input_ids": tokens,
                "encoder_hidden_states": states,
                "use_cache_branch": np.array([cached]),
            }
            | caches,
        )
        names = self._caches if not cached else [name for name in self._caches if ".decoder." in name]
        return outputs[0], dict(zip(names, outputs[1:], strict=True))


def log_softmax(logits: Floats) -> Floats:
    """Convert logits to log-probabilities, over the last axis."""
    shifted: Floats = logits - logits.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted
