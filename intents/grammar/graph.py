"""Sentence templates as a word graph: plain data, which text readers and speech recognisers both walk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from intents.model import NO_SLOTS
from intents.text.numerals import in_words

GraphPlace: TypeAlias = tuple[int, tuple[int, ...]]
"""A node, and the nodes to return to from the parts it is within, the innermost last."""

_MOST_NUMBERS = 200
"""How many numbers of a range `Graph.follow` lists, each as a way of its own."""


@dataclass(frozen=True, slots=True)
class PathOutput:
    """What a path through the graph means besides its words: a slot's value, or context."""

    slot: str
    """Name of the slot that is filled; empty for context alone."""
    value: str
    """The slot's value."""
    context: Mapping[str, Any] = field(default_factory=lambda: NO_SLOTS)
    """What a list's value adds to the context that a sentence may require."""


class WordArc(NamedTuple):
    """One word, leading to one node. A tuple, because tens of thousands are made at each start."""

    target: int
    """Index of the node it leads to."""
    outputs: tuple[PathOutput, ...] = ()
    """What the path so far means."""


@dataclass(frozen=True, slots=True)
class NumberArc:
    """Any number of a range, in words, leading to one node."""

    target: int
    """Index of the node it leads to."""
    slot: str
    """Name of the slot that is filled; empty where the number is not kept."""
    numbers: range
    multiplier: float = 1.0
    """The slot's value is the number said, times this."""
    outputs: tuple[PathOutput, ...] = ()
    """What the path before the number means."""

    def value(self, number: int) -> str:
        """The slot's value for a number said, in decimal digits."""
        return f"{number * self.multiplier:.10g}"


@dataclass(frozen=True, slots=True)
class WildArc:
    """One or more words of any kind, leading to one node."""

    target: int
    """Index of the node it leads to."""
    slot: str
    """Name of the slot that the words fill."""
    outputs: tuple[PathOutput, ...] = ()
    """What the path before the words means."""


@dataclass(frozen=True, slots=True)
class Call:
    """Any sentence of a part (a rule or list that is written once), leading to one node."""

    entry: int
    """Index of the part's first node."""
    target: int
    """Index of the node it leads to."""
    outputs: tuple[PathOutput, ...] = ()
    """What the path before the part means."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a whole sentence means: an intent, and the slots it has whatever its words."""

    order: int
    """Place in the template files: the earlier of two equal readings wins."""
    intent: str
    slots: Mapping[str, str]
    requires: Mapping[str, Any]
    """Context that must be there, as hassil's `requires_context`."""
    excludes: Mapping[str, Any]
    """Context that must not be there, as hassil's `excludes_context`."""


@dataclass(frozen=True, slots=True)
class Node:
    """A place between two words, and every way on from it. Tuples, because there are tens of thousands of nodes."""

    words: Mapping[str, tuple[WordArc, ...]]
    """To each word, its arcs."""
    numbers: tuple[NumberArc, ...] = ()
    wild: tuple[WildArc, ...] = ()
    calls: tuple[Call, ...] = ()
    meanings: tuple[tuple[Meaning, tuple[PathOutput, ...]], ...] = ()
    """The sentences that may end here, each with what its last words mean."""
    ends: tuple[tuple[PathOutput, ...], ...] = ()
    """For a part that may end here: what its last words mean, once for each way of ending."""

    def targets(self) -> Iterator[int]:
        """Every node one step further on, parts taken as one step."""
        for arcs in self.words.values():
            yield from (arc.target for arc in arcs)
        yield from (arc.target for arc in self.numbers)
        yield from (arc.target for arc in self.wild)
        yield from (call.target for call in self.calls)


@dataclass(slots=True)
class NodeDraft:
    """A node while its graph is built."""

    words: dict[str, list[WordArc]] = field(default_factory=dict)
    numbers: list[NumberArc] = field(default_factory=list)
    wild: list[WildArc] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    meanings: list[tuple[Meaning, tuple[PathOutput, ...]]] = field(default_factory=list)
    ends: list[tuple[PathOutput, ...]] = field(default_factory=list)

    def finished(self) -> Node:
        """The node as it stays."""
        words = {word: tuple(arcs) for word, arcs in self.words.items()}
        return Node(
            words, tuple(self.numbers), tuple(self.wild), tuple(self.calls), tuple(self.meanings), tuple(self.ends)
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """Every sentence of a set of templates."""

    nodes: tuple[Node, ...]
    """All nodes; sentences begin at node 0."""
    skips: Mapping[str, tuple[tuple[str, ...], ...]]
    """Filler phrases that may stand anywhere and mean nothing, by their first word."""
    fillings: Mapping[str, tuple[int, ...]]
    """To each slot, the first nodes of the lists that fill it."""

    def __hash__(self) -> int:
        """By identity, so that what was found in a graph can be kept: to hash tens of thousands of nodes takes long."""
        return object.__hash__(self)

    def intents(self) -> frozenset[str]:
        """The names of all intents that a sentence means."""
        return frozenset(meaning.intent for node in self.nodes for meaning, _ in node.meanings)

    def words(self) -> frozenset[str]:
        """Every word of every sentence; numbers aside."""
        return frozenset(word for node in self.nodes for word in node.words)

    def leading_to(self, valid: Collection[str] | None) -> frozenset[int]:
        """The nodes from which a sentence with a valid meaning can still be completed; `valid` None: any meaning."""
        before: dict[int, list[int]] = {}
        reached = []
        for index, node in enumerate(self.nodes):
            for target in node.targets():
                before.setdefault(target, []).append(index)
            if any(valid is None or meaning.intent in valid for meaning, _ in node.meanings):
                reached.append(index)
        found = set(reached)
        while reached:
            for index in before.get(reached.pop(), ()):
                if index not in found:
                    found.add(index)
                    reached.append(index)
        return frozenset(found)

    def follow(self, place: GraphPlace) -> Iterator[tuple[str, GraphPlace]]:
        """Every word that may come at a place, a number as if it were one word, and the place after it."""
        for index, back in self._around(place):
            node = self.nodes[index]
            for word, arcs in node.words.items():
                yield from ((word, (arc.target, back)) for arc in arcs)
            for arc in node.numbers:
                for number in arc.numbers[:_MOST_NUMBERS]:
                    yield in_words(number), (arc.target, back)

    def may_end(self, place: GraphPlace, valid: Collection[str] | None) -> bool:
        """Whether a sentence with a valid meaning may end at a place; `valid` None: any meaning."""
        return any(
            not back and (valid is None or meaning.intent in valid)
            for index, back in self._around(place)
            for meaning, _ in self.nodes[index].meanings
        )

    def _around(self, place: GraphPlace) -> Iterator[GraphPlace]:
        """A place, and those that are reached from it without a word."""
        waiting, seen = [place], {place}
        while waiting:
            index, back = waiting.pop()
            yield index, back
            node = self.nodes[index]
            further: list[GraphPlace] = [(call.entry, (*back, call.target)) for call in node.calls]
            if node.ends and back:
                further.append((back[-1], back[:-1]))
            for each in further:
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)

    def sentences(self, valid: Collection[str] | None, words: int) -> frozenset[tuple[str, ...]]:
        """All sentences of at most `words` words with a valid meaning, without numbers and wildcards."""
        return frozenset(_Phrases(self, valid).to_end(0, words, within=False))


def listed_graph(sentences: Iterable[tuple[str, Sequence[str]]]) -> Graph:
    """The graph of plain sentences: to each its intent and its words."""
    nodes = [NodeDraft()]
    for order, (intent, words) in enumerate(sentences):
        at = 0
        for word in words:
            nodes.append(NodeDraft())
            nodes[at].words.setdefault(word, []).append(WordArc(len(nodes) - 1))
            at = len(nodes) - 1
        nodes[at].meanings.append((Meaning(order, intent, NO_SLOTS, NO_SLOTS, NO_SLOTS), ()))
    return Graph(tuple(node.finished() for node in nodes), {}, {})


class _Phrases:
    """The short paths through a graph, those of each part found once."""

    def __init__(self, graph: Graph, valid: Collection[str] | None) -> None:
        self._nodes = graph.nodes
        self._valid = valid
        self._alive = graph.leading_to(valid)
        self._found: dict[tuple[int, int, bool], set[tuple[str, ...]]] = {}

    def to_end(self, index: int, most: int, within: bool) -> set[tuple[str, ...]]:
        """The paths of at most `most` words from a node to the end of its part (`within`) or of its sentence."""
        key = (index, most, within)
        if key in self._found:
            return self._found[key]
        found = self._found[key] = set[tuple[str, ...]]()
        node = self._nodes[index]
        if node.ends if within else any(self._valid is None or m.intent in self._valid for m, _ in node.meanings):
            found.add(())
        if most == 0:
            return found
        for word, arcs in node.words.items():
            for arc in arcs:
                if within or arc.target in self._alive:
                    found.update((word, *rest) for rest in self.to_end(arc.target, most - 1, within))
        for call in node.calls:
            if within or call.target in self._alive:
                for first in self.to_end(call.entry, most, within=True):
                    found.update((*first, *rest) for rest in self.to_end(call.target, most - len(first), within))
        return found
