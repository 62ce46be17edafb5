"""The encoder as an ONNX graph, with its weights in eight bits."""

from collections.abc import Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from benchmarks.training.encoder.wheel import HEADS, LAYERS, WIDTH, Published

MOST_PIECES = 80
"""Length in pieces, with those of begin and end, of the longest text that is encoded."""
WORDING_LAYERS = 2
"""How many layers are below that whose mean tells of the wording."""
_OPSET = 20
_IR_VERSION = 9
_MIDDLE = 128
"""What stands for a weight of nought in eight bits without a sign."""
_EPSILON = 1e-12
"""What the network adds to a variance."""


class QuantisedGraph:
    """Builds the graph, operation by operation.

    Each matrix has one scale for each of its outputs. What goes into it is quantised as it comes, one scale for all.
    """

    def __init__(self, network: Published, pieces: Sequence[str]) -> None:
        """`pieces`: those that are kept, all of them in the network's vocabulary."""
        self._weights = network.weights
        number = {piece: at for at, piece in enumerate(network.pieces)}
        self._kept = [number[piece] for piece in pieces]
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """From `pieces`, int64 of shape (texts, pieces), to `sentence`, (texts, 2 * WIDTH), and `states`, one a piece.

        The first half is of the last layer, the second of a lower one. Those of `sentence` are the means over all
        pieces, each brought to length one; `states` is of shape (texts, pieces, 2 * WIDTH).
        """
        state = self._embedded()
        wording = ""
        for layer in range(LAYERS):
            if layer == WORDING_LAYERS:
                wording = state
            state = self._layer(state, f"encoder.layer.{layer}.")
        means = [self._mean(state), self._mean(wording)]
        self._nodes.append(helper.make_node("Concat", means, ["sentence"], name="sentence", axis=-1))
        self._nodes.append(helper.make_node("Concat", [state, wording], ["states"], name="states", axis=-1))
        graph = helper.make_graph(
            self._nodes,
            "sentence_encoder",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["texts", "pieces"])],
            [
                helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["texts", 2 * WIDTH]),
                helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "pieces", 2 * WIDTH]),
            ],
            self._constants,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION, producer_name="limber"
        )
        onnx.checker.check_model(model)
        return model

    def _embedded(self) -> str:
        """The sum of the vectors of pieces, of places and of the one kind of text, normalised."""
        words, scales = _in_eight_bits(self._weights["embeddings.word_embeddings.weight"][self._kept])
        looked_up = self._add("Cast", [self._add("Gather", [self._constant("words", words), "pieces"])], to=1)
        scale = self._add("Gather", [self._constant("word_scales", scales), "pieces"])
        places = self._weights["embeddings.position_embeddings.weight"][:MOST_PIECES]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        shape = self._add("Shape", ["pieces"], start=1, end=2)
        begin = self._constant("begin", np.array([0], np.int64))
        place = self._add("Slice", [self._constant("places", places), begin, shape, begin])
        return self._normalised(self._add("Add", [self._add("Mul", [looked_up, scale]), place]), "embeddings.LayerNorm")

    def _layer(self, state: str, name: str) -> str:
        """Attention, and two matrices with a bent function between them; each added to what went in, and normalised."""
        parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        three = self._linear(state, parts)
        heads = self._add("Reshape", [three, self._constant("heads", np.array([0, 0, 3, HEADS, -1], np.int64))])
        split = self._add("Transpose", [heads], perm=[2, 0, 3, 1, 4])
        query, key, value = (
            self._add("Gather", [split, self._constant(f"part{at}", np.array(at, np.int64))], axis=0) for at in range(3)
        )
        likeness = self._add("MatMul", [query, self._add("Transpose", [key], perm=[0, 1, 3, 2])])
        root = self._constant("root", np.array(1 / np.sqrt(WIDTH // HEADS), np.float32))
        attention = self._add("Softmax", [self._add("Mul", [likeness, root])], axis=-1)
        seen = self._add("Transpose", [self._add("MatMul", [attention, value])], perm=[0, 2, 1, 3])
        joined = self._add("Reshape", [seen, self._constant("joined", np.array([0, 0, WIDTH], np.int64))])
        told = self._linear(joined, [f"{name}attention.output.dense"])
        state = self._normalised(self._add("Add", [state, told]), f"{name}attention.output.LayerNorm")
        inner = self._add("Gelu", [self._linear(state, [f"{name}intermediate.dense"])])
        outer = self._linear(inner, [f"{name}output.dense"])
        return self._normalised(self._add("Add", [state, outer]), f"{name}output.LayerNorm")

    def _linear(self, state: str, names: Sequence[str]) -> str:
        """Matrices side by side, and their biases."""
        name = names[0]
        matrix, scales = _in_eight_bits(np.concatenate([self._weights[f"{each}.weight"] for each in names]))
        bias = np.concatenate([self._weights[f"{each}.bias"] for each in names])
        quantised, step, zero = self._several("DynamicQuantizeLinear", [state], 3)
        # Unsigned, around 128: products of signed ones overflow on processors without instructions for them.
        weights = self._constant(f"{name}.weight", (matrix.T.astype(np.int16) + _MIDDLE).astype(np.uint8))
        middle = self._constant("middle", np.array(_MIDDLE, np.uint8))
        whole = self._add("Cast", [self._add("MatMulInteger", [quantised, weights, zero, middle])], to=1)
        step = self._add("Mul", [step, self._constant(f"{name}.scale", scales[:, 0])])
        return self._add("Add", [self._add("Mul", [whole, step]), self._constant(f"{name}.bias", bias)])

    def _mean(self, state: str) -> str:
        """The mean of the vectors of all pieces, brought to length one."""
        mean = self._add("ReduceMean", [state, self._constant("axis", np.array([1], np.int64))], keepdims=0)
        length = self._add("ReduceL2", [mean, self._constant("last", np.array([-1], np.int64))], keepdims=1)
        return self._add("Div", [mean, length])

    def _normalised(self, state: str, name: str) -> str:
        """Mean zero and variance one, then scaled and moved as learnt."""
        scale = self._constant(f"{name}.weight", self._weights[f"{name}.weight"])
        bias = self._constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self._add("LayerNormalization", [state, scale, bias], axis=-1, epsilon=_EPSILON)

    def _add(self, operation: str, inputs: list[str], **attributes: object) -> str:
        """An operation of one output; its name."""
        return self._several(operation, inputs, 1, **attributes)[0]

    def _several(self, operation: str, inputs: list[str], outputs: int, **attributes: object) -> list[str]:
        """An operation; the names of its outputs."""
        name = f"{operation}{len(self._nodes)}"
        found = [f"{name}_{at}" for at in range(outputs)]
        self._nodes.append(helper.make_node(operation, inputs, found, name=name, **attributes))
        return found

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A constant; one that is there already is taken again."""
        if all(constant.name != name for constant in self._constants):
            self._constants.append(numpy_helper.from_array(values, name))
        return name


def _in_eight_bits(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix as whole numbers from -127 to 127, and what one of them is worth: shape (rows, 1)."""
    scales = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), np.float32(1e-8)) / np.float32(127)
    return np.round(matrix / scales).astype(np.int8), scales.astype(np.float32)
