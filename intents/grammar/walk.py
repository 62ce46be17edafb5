"""Walks the sentences of templates word by word, for closed-set recognition: none is enumerated, no way is a dead end.

Which intents are valid is told by a bit mask, one bit an intent, so that a change of state needs no new graph.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache
from typing import NamedTuple, TypeAlias

from intents.grammar.graph import Graph
from intents.text.numerals import in_words
from intents.text.spelling import MOST_IN_DIGITS, Forms, forms

_WalkItem: TypeAlias = tuple[int, int, tuple[int, ...], tuple[str, ...]]
"""Index of a graph, of a node in it, the nodes to return to from the parts it is within, and words still unsaid."""

WalkPlace: TypeAlias = frozenset[_WalkItem]
"""Every position in the graphs that the words said so far may have led to."""


class WalkStep(NamedTuple):
    """One way on from a place."""

    spoken: str
    """The words in one spelling, where the written form is short for several: "i am" for "i'm"."""
    place: WalkPlace
    """The place after them."""
    intent_mask: int
    """The intents of the sentences that go this way, as bits."""


class WalkContinuation(NamedTuple):
    """What may come at a place."""

    words: Mapping[str, WalkStep]
    """To each written form of a next word, its step."""
    complete: int
    """The intents of the sentences that may end here, as bits."""


class Fillers(NamedTuple):
    """Phrases that add nothing to a sentence, in their words."""

    before: tuple[tuple[str, ...], ...] = ()
    """Those that may stand before a sentence, one after the other: "could you"."""
    after: tuple[tuple[str, ...], ...] = ()
    """Those of which one may stand after a sentence: "please"."""


NO_FILLERS = Fillers()
"""No fillers."""
_OVER = ""
"""Stands for the end of a sentence among the words still unsaid: nothing comes after it."""


class Walk:
    """The sentences of one or more graphs. Wildcards are left out: nothing tells which words they would be."""

    def __init__(self, graphs: Sequence[Graph], fillers: Fillers = NO_FILLERS) -> None:
        """`fillers`: what may stand around each sentence."""
        self._fillers = fillers
        names = sorted({intent for graph in graphs for intent in graph.intents()})
        self._bits = {intent: 1 << number for number, intent in enumerate(names)}
        self._ways = [_Ways(graph, self._bits) for graph in graphs]
        self.start: WalkPlace = frozenset((number, 0, (), ()) for number in range(len(graphs)))

    def extended(self, graph: Graph) -> "Walk":
        """A walk of these sentences and of those of one more graph. What is known of these is kept, and shared."""
        wider = copy(self)
        new = sorted(graph.intents() - self._bits.keys())
        wider._bits = self._bits | {intent: 1 << number for number, intent in enumerate(new, len(self._bits))}
        wider._ways = [*self._ways, _Ways(graph, wider._bits)]
        wider.start = self.start | {(len(self._ways), 0, (), ())}
        return wider

    def intent_mask(self, valid: Collection[str] | None) -> int:
        """A set of intents as bits; None stands for all."""
        return sum(bit for intent, bit in self._bits.items() if valid is None or intent in valid)

    def after(self, place: WalkPlace) -> WalkContinuation:
        """What may come at a place that `start` or an earlier step led to."""
        reached: dict[str, set[_WalkItem]] = {}
        complete = 0
        for item in self._around(place):
            if not item[2] and item[3] in {(), (_OVER,)}:
                complete |= self._ways[item[0]].ends[item[1]]
            for word, further in self._onward(item):
                reached.setdefault(word, set()).add(further)
        words = {word: self._step(word, items) for word, items in reached.items()}
        for first in forms().longer.keys() & words.keys():
            for written, step in self._forms(forms().longer[first], words[first]):
                words.setdefault(written, step)
        return WalkContinuation(words, complete)

    def parts(self, place: WalkPlace) -> Sequence[WalkPlace]:
        """What a place consists of: where a sentence may begin, the beginning is a part of its own."""
        return (place - self.start, self.start) if self.start < place else (place,)

    def _step(self, spoken: str, items: Iterable[_WalkItem]) -> WalkStep:
        """The step to some positions, with the intents that they lead to."""
        place, intents = frozenset(items), 0
        for number, index, back, _ in place:
            intents |= self._ways[number].leads[back[0] if back else index]
        return WalkStep(spoken, place, intents)

    def _forms(self, tree: Forms, step: WalkStep) -> Iterator[tuple[str, WalkStep]]:
        """The other written forms of the words that led to `step`, and of these with the next ones."""
        yield from ((written, step) for written in tree.written)
        around = list(self._around(step.place)) if tree.longer else []
        for word, longer in tree.longer.items():
            if items := {further for item in around for _, further in self._onward(item, word)}:
                yield from self._forms(longer, self._step(f"{step.spoken} {word}", items))

    def _onward(self, item: _WalkItem, only: str | None = None) -> Iterator[tuple[str, _WalkItem]]:
        """Each next word from a position, or only the given one, with the position after it."""
        number, index, back, unsaid = item
        if unsaid:
            if unsaid[0] != _OVER and (only is None or only == unsaid[0]):
                yield unsaid[0], (number, index, back, unsaid[1:])
            return
        ways = self._ways[number]
        if not back:
            before = self._fillers.before if index == 0 else ()
            after = self._fillers.after if ways.ends[index] else ()
            for filler in (*before, *((*words, _OVER) for words in after)):
                if only is None or only == filler[0]:
                    yield filler[0], (number, index, (), filler[1:])
        node, live = ways.nodes[index], ways.finishes if back else ways.leads
        for word, arcs in node.words.items() if only is None else ((only, node.words.get(only, ())),):
            for arc in arcs:
                if live[arc.target]:
                    yield word, (number, arc.target, back, ())
        for each in node.numbers:
            if live[each.target]:
                by_first = _spelled(each.numbers)
                for first in by_first if only is None else (only,):
                    for rest in by_first.get(first, ()):
                        yield first, (number, each.target, back, rest)

    def _around(self, place: WalkPlace) -> Iterator[_WalkItem]:
        """The positions of a place, and those that are reached from them without a word."""
        waiting, seen = list(place), set(place)
        while waiting:
            item = waiting.pop()
            yield item
            number, index, back, unsaid = item
            if unsaid:
                continue
            ways = self._ways[number]
            node, live = ways.nodes[index], ways.finishes if back else ways.leads
            further: list[_WalkItem] = [
                (number, call.entry, (*back, call.target), ())
                for call in node.calls
                if live[call.target] and ways.finishes[call.entry]
            ]
            if node.ends and back:
                further.append((number, back[-1], back[:-1], ()))
            for each in further:
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)


class _Ways:
    """One graph, with what its nodes lead on to."""

    def __init__(self, graph: Graph, bits: Mapping[str, int]) -> None:
        self.nodes = graph.nodes
        self.ends = [0] * len(graph.nodes)
        """To each node, the intents of the sentences that may end there, as bits."""
        for index, node in enumerate(graph.nodes):
            for meaning, _ in node.meanings:
                self.ends[index] |= bits[meaning.intent]
        self._before: list[list[tuple[int, int | None]]] = [[] for _ in graph.nodes]
        """To each node, the nodes one step before, and the part that step leads through (None: a word or number)."""
        for index, node in enumerate(graph.nodes):
            targets = {arc.target for arcs in node.words.values() for arc in arcs}
            for target in targets.union(arc.target for arc in node.numbers):
                self._before[target].append((index, None))
            for call in node.calls:
                self._before[call.target].append((index, call.entry))
        self.finishes = self._find_finishes()
        """To each node, whether words lead from there to the end of the part it is in."""
        self.leads = self._find_leads()
        """To each node, the intents of the sentences that words can complete from there, as bits."""

    def _find_finishes(self) -> list[bool]:
        """Fixed point of: a node finishes where its part ends, or where a word or a part leads to one that finishes."""
        through: dict[int, list[tuple[int, int]]] = {}
        for index, node in enumerate(self.nodes):
            for call in node.calls:
                through.setdefault(call.entry, []).append((index, call.target))
        finishes = [False] * len(self.nodes)
        waiting = [index for index, node in enumerate(self.nodes) if node.ends]
        while waiting:
            found = waiting.pop()
            if not finishes[found]:
                finishes[found] = True
                waiting += [index for index, entry in self._before[found] if entry is None or finishes[entry]]
                waiting += [index for index, target in through.get(found, ()) if finishes[target]]
        return finishes

    def _find_leads(self) -> list[int]:
        """Fixed point of: a node leads to the intents that end there, and to those its next nodes lead to."""
        leads = list(self.ends)
        waiting = [index for index, bits in enumerate(leads) if bits]
        while waiting:
            found = waiting.pop()
            for index, entry in self._before[found]:
                if leads[found] & ~leads[index] and (entry is None or self.finishes[entry]):
                    leads[index] |= leads[found]
                    waiting.append(index)
        return leads


@cache
def _spelled(numbers: range) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The numbers of a range in words: to each first word, the rests that follow it."""
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for number in numbers[:MOST_IN_DIGITS]:
        first, *rest = in_words(number).split()
        by_first[first] = (*by_first.get(first, ()), tuple(rest))
    return by_first
