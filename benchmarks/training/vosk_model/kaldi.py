"""Writes Kaldi's and OpenFst's files in their binary forms, as far as a small model needs them.

Kaldi: every value follows a byte that tells its size; tokens end with a space. An HMM has one state here, so that
transition 2p - 1 of phone p stays in it and transition 2p leaves it.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audio.samples import Floats


@dataclass(frozen=True, slots=True)
class Layer:
    """One affine layer of a time-delay network."""

    offsets: tuple[int, ...]
    """The frames that it sees, relative to its own."""
    weights: Floats
    """Shape (outputs, offsets * inputs)."""
    biases: Floats
    """Shape (outputs,)."""


@dataclass(frozen=True, slots=True)
class FstArc:
    """An arc of an FST from one state to another."""

    source: int
    target: int
    input: int
    output: int
    cost: float
    """Its weight in the tropical semiring: a negative log-probability."""


def forward_transition(phone: int) -> int:
    """The transition that leaves a phone."""
    return 2 * phone


def loop_transition(phone: int) -> int:
    """The transition that stays in a phone."""
    return 2 * phone - 1


def acoustic_model(outputs: Sequence[int], layers: Sequence[Layer], inputs: int, priors: Floats) -> bytes:
    """The content of `final.mdl`.

    `outputs`: to phones 1, 2 and on, the network's output that each belongs to. `inputs`: coefficients of a frame. ReLU
    between the layers, log-softmax after the last. `priors`: of each output.
    """
    reach_back = -sum(min(layer.offsets) for layer in layers)
    reach_ahead = sum(max(layer.offsets) for layer in layers)
    return b"".join(
        (
            b"\0B",
            _transition_model(outputs),
            _network(layers, inputs),
            _token("<LeftContext>") + _integer(reach_back),
            _token("<RightContext>") + _integer(reach_ahead),
            _token("<Priors>") + _vector(priors),
        )
    )


def graph(arcs: Iterable[FstArc], finals: Mapping[int, float]) -> bytes:
    """A vector FST of OpenFst over the tropical semiring, from state 0, the arcs of each state sorted by output."""
    arcs = list(arcs)
    states = 1 + max(max(arc.source, arc.target) for arc in arcs)
    leaving: list[list[FstArc]] = [[] for _ in range(states)]
    for arc in arcs:
        leaving[arc.source].append(arc)
    magic, version, flags, properties, start = 2_125_659_606, 2, 0, 3, 0
    content = [
        struct.pack("<i", magic) + _string("vector") + _string("standard"),
        struct.pack("<iiQqqq", version, flags, properties, start, states, len(arcs)),
    ]
    for state, those in enumerate(leaving):
        content.append(struct.pack("<fq", finals.get(state, math.inf), len(those)))
        content += (
            struct.pack("<iifi", arc.input, arc.output, arc.cost, arc.target)
            for arc in sorted(those, key=lambda arc: arc.output)
        )
    return b"".join(content)


def _transition_model(outputs: Sequence[int]) -> bytes:
    """Kaldi's transition model."""
    phones = range(1, len(outputs) + 1)
    half = _float(0.5)
    emitting = _integer(0) + _integer(2) + _integer(0) + half + _integer(1) + half
    final = _integer(-1) + _integer(0)
    topology = _integers(phones) + _integers([-1, *(0 for _ in phones)]) + _integer(1) + _integer(2) + emitting + final
    triples = b"".join(_integer(phone) + _integer(0) + _integer(outputs[phone - 1]) for phone in phones)
    chances = np.array([0, *[math.log(0.5)] * 2 * len(outputs)], np.float32)
    return b"".join(
        (
            _token("<TransitionModel>"),
            _token("<Topology>") + topology + _token("</Topology>"),
            _token("<Triples>") + _integer(len(outputs)) + triples + _token("</Triples>"),
            _token("<LogProbs>") + _vector(chances) + _token("</LogProbs>"),
            _token("</TransitionModel>"),
        )
    )


def _network(layers: Sequence[Layer], inputs: int) -> bytes:
    """Kaldi's nnet3 of the layers."""
    wiring = [f"input-node name=input dim={inputs}"]
    components: list[tuple[str, bytes]] = []
    before = "input"
    for number, layer in enumerate(layers):
        last = number == len(layers) - 1
        seen = [f"Offset({before}, {offset})" if offset else before for offset in layer.offsets]
        source = f"Append({', '.join(seen)})" if len(seen) > 1 else seen[0]
        affine, bend = f"affine{number}", f"bend{number}"
        wiring.append(f"component-node name={affine} component={affine} input={source}")
        wiring.append(f"component-node name={bend} component={bend} input={affine}")
        components.append((affine, _affine(layer)))
        components.append((bend, _bend("LogSoftmaxComponent" if last else "RectifiedLinearComponent", layer)))
        before = bend
    wiring.append(f"output-node name=output input={before} objective=linear")
    return b"".join(
        (
            _token("<Nnet3>") + b"\n" + "".join(line + "\n" for line in wiring).encode() + b"\n",
            _token("<NumComponents>") + _integer(len(components)),
            *(_token("<ComponentName>") + _token(name) + content for name, content in components),
            _token("</Nnet3>"),
        )
    )


def _affine(layer: Layer) -> bytes:
    """A fixed affine component."""
    name = "FixedAffineComponent"
    matrix = _token("<LinearParams>") + _matrix(layer.weights) + _token("<BiasParams>") + _vector(layer.biases)
    return _token(f"<{name}>") + matrix + _token(f"</{name}>")


def _bend(name: str, layer: Layer) -> bytes:
    """A nonlinear component, without statistics."""
    nothing = _vector(np.zeros(0, np.float32))
    statistics = _token("<ValueAvg>") + nothing + _token("<DerivAvg>") + nothing + _token("<Count>") + _double(0)
    return _token(f"<{name}>") + _token("<Dim>") + _integer(len(layer.biases)) + statistics + _token(f"</{name}>")


def _token(text: str) -> bytes:
    """A token as Kaldi writes it."""
    return text.encode() + b" "


def _string(text: str) -> bytes:
    """A string as OpenFst writes it."""
    return struct.pack("<i", len(text)) + text.encode()


def _integer(value: int) -> bytes:
    """An integer of 32 bits as Kaldi writes it."""
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    """A float of 32 bits as Kaldi writes it."""
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    """A float of 64 bits as Kaldi writes it."""
    return b"\x08" + struct.pack("<d", value)


def _integers(values: Sequence[int]) -> bytes:
    """A list of integers as Kaldi writes it."""
    return b"\x04" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes()


def _vector(values: Floats) -> bytes:
    """A vector as Kaldi writes it."""
    return _token("FV") + _integer(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: Floats) -> bytes:
    """A matrix as Kaldi writes it."""
    rows, columns = values.shape
    return _token("FM") + _integer(rows) + _integer(columns) + values.astype("<f4").tobytes()
