"""The built-in word graphs as files: compiling the templates takes seconds on a small machine, reading them 0.1 s.

`python -m intents.grammar.graph_cache` writes them, as `script/train-intents` does.
"""

import gc
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from intents.grammar.compile import compile_graph
from intents.grammar.graph import Call, Graph, Meaning, Node, NumberArc, PathOutput, WildArc, WordArc
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.language import EN
from intents.model import NO_SLOTS

GRAPH_FILE = EN / "graph.json.gz"
"""The stored graph, gzipped: a line of JSON for what the nodes share, then one for each node.

A line is read at a time: the JSON values of all nodes together would take more memory than the graph.
"""


@dataclass(frozen=True, slots=True)
class StoredGraph:
    """The graph of some of the built-in templates, and its file."""

    file: Path
    """Where it is stored."""
    templates: tuple[Path, ...]
    """The files, or folders of files, that it is compiled from."""

    def graph(self) -> Graph:
        """The graph: the stored one where it belongs to the templates, else compiled anew."""
        if self.file.exists():
            # Tens of thousands of new objects, none of them garbage: collecting takes longer than reading.
            collecting = gc.isenabled()
            gc.disable()
            try:
                with gzip.open(self.file, "rt", encoding="utf-8") as lines:
                    shared = json.loads(next(lines))
                    if shared["digest"] == self.digest():
                        return _unpacked(shared, map(json.loads, lines))
            finally:
                if collecting:
                    gc.enable()
        return self._compiled()

    def _compiled(self) -> Graph:
        return compile_graph(read_templates(self.templates))

    def stored_form(self) -> bytes:
        """The templates, compiled, as the content of the file before compression."""
        shared, nodes = _packed(self._compiled())
        lines = (
            json.dumps(values, separators=(",", ":"), ensure_ascii=False)
            for values in ({"digest": self.digest()} | shared, *nodes)
        )
        return "".join(f"{line}\n" for line in lines).encode()

    def digest(self) -> str:
        """The SHA-256 sum of the template files, which tells whether the stored graph belongs to them."""
        summed = hashlib.sha256()
        for source in self.templates:
            for path in sorted(source.glob("*.yaml")) if source.is_dir() else [source]:
                summed.update(path.read_bytes())
        return summed.hexdigest()


COACH_GRAPH = StoredGraph(GRAPH_FILE, (COACH_TEMPLATES,))
"""The graph of the built-in templates."""
OPEN_GRAPH = StoredGraph(
    EN / "open" / "graph.json.gz", (COACH_TEMPLATES / "_common.yaml", EN / "open" / "routines.yaml")
)
"""The graph of the templates with open words, and the rules and filler words that all templates share."""


@cache
def coach_graph() -> Graph:
    """The graph of the built-in templates, read once."""
    return COACH_GRAPH.graph()


@cache
def open_graph() -> Graph:
    """The graph of the templates with open words, read once."""
    return OPEN_GRAPH.graph()


def _packed(graph: Graph) -> tuple[dict[str, Any], list[list[Any]]]:
    """A graph as JSON values: what its nodes share, and each node."""
    meanings: dict[int, Meaning] = {}
    nodes = []
    for node in graph.nodes:
        meanings.update((meaning.order, meaning) for meaning, _ in node.meanings)
        nodes.append(
            [
                {
                    word: [[arc.target, *_packed_outputs(arc.outputs)] for arc in arcs]
                    for word, arcs in node.words.items()
                },
                [
                    [arc.target, arc.slot, *_packed_range(arc.numbers), arc.multiplier, *_packed_outputs(arc.outputs)]
                    for arc in node.numbers
                ],
                [[arc.target, arc.slot, *_packed_outputs(arc.outputs)] for arc in node.wild],
                [[call.entry, call.target, *_packed_outputs(call.outputs)] for call in node.calls],
                [[meaning.order, *_packed_outputs(outputs)] for meaning, outputs in node.meanings],
                [_packed_outputs(outputs) for outputs in node.ends],
            ]
        )
    shared = {
        "meanings": [[m.order, m.intent, dict(m.slots)] for m in meanings.values()],
        "skips": dict(graph.skips),
        "fillings": dict(graph.fillings),
    }
    return shared, nodes


def _unpacked(shared: Mapping[str, Any], nodes_as_json: Iterable[list[Any]]) -> Graph:
    """The graph of JSON values that `_packed` gave."""
    meanings = {order: Meaning(order, intent, slots, NO_SLOTS, NO_SLOTS) for order, intent, slots in shared["meanings"]}
    only = cache(_only_arc)
    nodes = tuple(
        Node(
            {
                sys.intern(word): only(*arcs[0]) if len(arcs) == 1 else tuple(only(*arc)[0] for arc in arcs)
                for word, arcs in words.items()
            },
            tuple(
                NumberArc(target, slot, range(start, stop, step), multiplier, _unpacked_outputs(said))
                for target, slot, start, stop, step, multiplier, *said in numbers
            ),
            tuple(WildArc(target, slot, _unpacked_outputs(said)) for target, slot, *said in wild),
            tuple(Call(entry, target, _unpacked_outputs(said)) for entry, target, *said in calls),
            tuple((meanings[order], _unpacked_outputs(said)) for order, *said in meant),
            tuple(_unpacked_outputs(said) for said in ends),
        )
        for words, numbers, wild, calls, meant, ends in nodes_as_json
    )
    skips = {first: tuple(map(tuple, phrases)) for first, phrases in shared["skips"].items()}
    return Graph(nodes, skips, {slot: tuple(entries) for slot, entries in shared["fillings"].items()})


def _only_arc(target: int, *said: str) -> tuple[WordArc]:
    """The one arc of a word, with the outputs that `_packed_outputs` gave. Most words share theirs with others."""
    return (WordArc(target, _unpacked_outputs(said)),)


def _packed_range(numbers: range) -> list[int]:
    """A range as start, stop and step."""
    return [numbers.start, numbers.stop, numbers.step]


def _packed_outputs(outputs: tuple[PathOutput, ...]) -> list[str]:
    """Outputs as slot and value in turn: the built-in templates use no context."""
    return [text for output in outputs for text in (output.slot, output.value)]


def _unpacked_outputs(said: Sequence[str]) -> tuple[PathOutput, ...]:
    """The outputs that `_packed_outputs` gave."""
    return tuple(PathOutput(slot, value) for slot, value in zip(said[::2], said[1::2], strict=True))


if __name__ == "__main__":
    for stored in (COACH_GRAPH, OPEN_GRAPH):
        stored.file.write_bytes(gzip.compress(stored.stored_form(), mtime=0))
