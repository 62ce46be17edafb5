"""Matches a whole text with the word graph: every word is accounted for, or there is no match."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hassil.util import check_excluded_context, check_required_context

from intents.grammar.graph import Graph, Meaning, PathOutput
from intents.text.numerals import NUMBER_WORDS, numbers_from

_WILD_WORD = 100
"""Cost of a word that only a wildcard takes; that of a skipped filler word is 1."""
_MOST_SENTENCES = 3
"""How many sentences may be said in one breath."""
_NEGATIONS = frozenset({"not", "never"})
"""Words after which no word is filler."""
_FILLER = "/filler"
"""The slot of the outputs that note skipped words; no template can name it."""
_LONGEST_ECHO = 4
"""Length in words up to which a phrase said twice in a row ("stop it stop it") counts once."""


_KEPT_GRAPHS = 8
"""Of how many graphs the words are kept."""
_KEPT_RULES = 4096
"""Number of rules and lists whose first words are cached; the built-in templates have about 150."""
_KEPT_TEXTS = 512
"""How many texts are not matched again: a text is read as a whole, and its parts several times over."""


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the graph that a text matches."""

    intent: str
    slots: Mapping[str, str]
    skipped: int
    """How many words were skipped as filler; a word that only a wildcard took counts `_WILD_WORD`."""
    filler: frozenset[str] = frozenset()
    """The words that were skipped."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How a node was reached: a chain of steps back to the first word."""

    cost: int
    """The cost of all words so far."""
    before: "_Way | None" = None
    outputs: tuple[PathOutput, ...] = ()

    def all_outputs(self) -> list[PathOutput]:
        """What the whole way means, from its first word on."""
        way: _Way | None = self
        chain = []
        while way is not None:
            chain.append(way.outputs)
            way = way.before
        return [output for outputs in reversed(chain) for output in outputs]


def match(graph: Graph, words: list[str], valid: Collection[str] | None = None) -> Match | None:
    """The valid sentence that `words` are, with the fewest skipped; None where there is none."""
    return _best(graph, _ways_to_end(graph, tuple(words)), valid)


def matches(graph: Graph, words: list[str], valid: Collection[str] | None = None) -> list[Match]:
    """Every valid meaning that `words` have as a sentence, the one with the fewest skipped words first."""
    return [found for _, found in sorted(_ended(graph, _ways_to_end(graph, tuple(words)), valid), key=_rank)]


def match_several(graph: Graph, words: list[str], valid: Collection[str] | None = None) -> list[Match]:
    """The fewest valid sentences in a row that `words` are.

    Empty where there are none, or more than three are needed.
    """
    parse = _Parse(graph, words)
    said: list[tuple[int, list[Match]] | None] = [(0, []), *([None] * len(words))]
    for cut in range(len(words)):
        before = said[cut]
        if before is None or len(before[1]) == _MOST_SENTENCES:
            continue
        for end, ways in enumerate(parse.chart(0, cut)[cut + 1 :], start=cut + 1):
            meant = _best(graph, ways, valid)
            if meant:
                rank = (len(before[1]) + 1, before[0] + meant.skipped)
                known = said[end]
                if known is None or rank < (len(known[1]), known[0]):
                    said[end] = rank[1], [*before[1], meant]
    last = said[-1]
    return last[1] if last else []


def fill(graph: Graph, words: list[str], slot: str) -> str | None:
    """The value that the longest phrase in `words` has in the lists of a slot; None where none of it is in them."""
    parse = _Parse(graph, words)
    found: tuple[int, str] | None = None
    for entry in graph.fillings.get(slot, ()):
        for start in range(len(words)):
            for end, way in parse.part(entry, start):
                value = next((output.value for output in way.all_outputs() if output.slot == slot), None)
                if value is not None and (found is None or end - start > found[0]):
                    found = end - start, value
    return found[1] if found else None


def fill_all(graph: Graph, words: list[str], slot: str) -> list[tuple[int, int, str]]:
    """Every phrase in `words` that the lists of a slot have: where it begins and ends, and its value.

    From left to right, the longest at each place; none overlaps another.
    """
    parse = _Parse(graph, words)
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        # Filler at its end is no part of a phrase.
        here = [
            (end - way.cost, -end, output.value)
            for entry in graph.fillings.get(slot, ())
            for end, way in parse.part(entry, at)
            for output in way.all_outputs()
            if output.slot == slot
        ]
        if here:
            _, end, value = max(here)
            end = -end
            found.append((at, end, value))
            at = end
        else:
            at += 1
    return found


def is_filler(graph: Graph, words: Sequence[str]) -> bool:
    """Whether all of `words` are filler phrases of the graph, which mean nothing by themselves."""
    reached = {0}
    for at in range(len(words)):
        if at in reached:
            reached.update(_skippable(graph, words, at))
    return len(words) in reached


@lru_cache(maxsize=_KEPT_GRAPHS)
def _known_words(graph: Graph) -> frozenset[str] | None:
    """Every word that some sentence may hold; None where a wildcard takes any."""
    if any(node.wild for node in graph.nodes):
        return None
    fillers = {word for phrases in graph.skips.values() for phrase in phrases for word in phrase}
    return graph.words() | fillers | NUMBER_WORDS


@lru_cache(maxsize=_KEPT_TEXTS)
def _ways_to_end(graph: Graph, words: tuple[str, ...]) -> Mapping[int, _Way]:
    """The nodes that are reached with the last word, and the cheapest way to each."""
    known = _known_words(graph)
    if known is not None and not known.issuperset(words):
        return {}  # most text beside a request ends here, long before its last word
    return _Parse(graph, list(words)).chart(0, 0)[-1]


class _Parse:
    """One text against one graph; what a part matches at a place is found once."""

    def __init__(self, graph: Graph, words: list[str]) -> None:
        self._graph = graph
        self._words = words
        self._parts: dict[tuple[int, int], list[tuple[int, _Way]]] = {}
        self._skips = [_skippable(graph, words, at) for at in range(len(words))]
        self._numbers = [numbers_from(words, at) for at in range(len(words))]

    def chart(self, entry: int, start: int) -> list[dict[int, _Way]]:
        """For each position from `start` on: the nodes reached there, and the cheapest way to each."""
        words, nodes = self._words, self._graph.nodes
        chart: list[dict[int, _Way]] = [{} for _ in range(len(words) + 1)]
        chart[start][entry] = _Way(0)
        for at in range(start, len(words)):
            ways = chart[at]
            if not ways:
                continue
            for end in self._skips[at]:
                for index, way in ways.items():
                    _reach(chart[end], index, way, (PathOutput(_FILLER, " ".join(words[at:end])),), end - at)
            for index, way in ways.items():
                node = nodes[index]
                for arc in node.words.get(words[at], ()):
                    _reach(chart[at + 1], arc.target, way, arc.outputs)
                for number in node.numbers:
                    for end, value in self._numbers[at]:
                        if value in number.numbers:
                            told = PathOutput(number.slot, number.value(value))
                            _reach(chart[end], number.target, way, (*number.outputs, told))
                for wild in node.wild:
                    for end in range(at + 1, len(words) + 1):
                        told = PathOutput(wild.slot, " ".join(words[at:end]))
                        _reach(chart[end], wild.target, way, (*wild.outputs, told), _WILD_WORD * (end - at))
                for call in node.calls:
                    for end, part in self.part(call.entry, at):
                        outputs = (*call.outputs, *part.all_outputs())
                        _reach(chart[end], call.target, way, outputs, part.cost)
        return chart

    def part(self, entry: int, start: int) -> list[tuple[int, _Way]]:
        """Where a rule or list that begins at `start` may end, each with the cheapest way there."""
        key = (entry, start)
        if key not in self._parts:
            found = []
            # Most rules and lists begin with other words.
            chart = self.chart(entry, start) if self._may_begin(entry, start) else []
            for end, ways in enumerate(chart):
                ended = [
                    _Way(way.cost, way, outputs)
                    for index, way in ways.items()
                    for outputs in self._graph.nodes[index].ends
                ]
                if ended and end > start:
                    found.append((end, min(ended, key=lambda way: way.cost)))
            self._parts[key] = found
        return self._parts[key]

    def _may_begin(self, entry: int, start: int) -> bool:
        """Whether a rule or list may begin with the word at a position."""
        if start >= len(self._words):
            return False
        if self._skips[start] or self._numbers[start]:
            return True
        first = _first_words(self._graph, entry)
        return first is None or self._words[start] in first


@lru_cache(maxsize=_KEPT_RULES)
def _first_words(graph: Graph, entry: int) -> frozenset[str] | None:
    """The words that a rule or list may begin with, numbers aside; None where a wildcard takes any."""
    node = graph.nodes[entry]
    if node.wild:
        return None
    found = set(node.words)
    for call in node.calls:
        first = _first_words(graph, call.entry)
        if first is None:
            return None
        found |= first
    return frozenset(found)


def _reach(ways: dict[int, _Way], node: int, way: _Way, outputs: tuple[PathOutput, ...], cost: int = 0) -> None:
    """Note a way to a node where none as cheap is known."""
    known = ways.get(node)
    if known is None or way.cost + cost < known.cost:
        ways[node] = _Way(way.cost + cost, way, outputs)


def _skippable(graph: Graph, words: Sequence[str], at: int) -> list[int]:
    """Where the filler phrases and echoes that begin at a position end.

    None begins after a negation, which would then deny something else: "I am not well", "not great".
    """
    if at and words[at - 1] in _NEGATIONS:
        return []
    ends = [
        at + len(phrase) for phrase in graph.skips.get(words[at], ()) if tuple(words[at : at + len(phrase)]) == phrase
    ]
    echoes = (n for n in range(1, _LONGEST_ECHO + 1) if at >= n and words[at : at + n] == words[at - n : at])
    return ends + [at + n for n in echoes]


_Ranked = tuple[tuple[int, int], Match]
"""A sentence with its cost and its place in the template files."""


def _rank(ranked: _Ranked) -> tuple[int, int]:
    return ranked[0]


def _best(graph: Graph, ways: Mapping[int, _Way], valid: Collection[str] | None) -> Match | None:
    """The cheapest valid sentence that ends here; of equals the earliest in the template files."""
    best = min(_ended(graph, ways, valid), key=_rank, default=None)
    return best[1] if best else None


def _ended(graph: Graph, ways: Mapping[int, _Way], valid: Collection[str] | None) -> Iterator[_Ranked]:
    """The valid sentences that end here."""
    for index, way in ways.items():
        for meaning, last in graph.nodes[index].meanings:
            if valid is not None and meaning.intent not in valid:
                continue
            outputs = [*way.all_outputs(), *last]
            if _context_holds(meaning, outputs):
                slots = {**meaning.slots, **{output.slot: output.value for output in outputs if output.slot}}
                filler = slots.pop(_FILLER, "") and " ".join(each.value for each in outputs if each.slot == _FILLER)
                found = Match(meaning.intent, slots, way.cost, frozenset(filler.split()))
                yield (way.cost, meaning.order), found


def _context_holds(meaning: Meaning, outputs: Sequence[PathOutput]) -> bool:
    """Whether the outputs of a sentence give the context that its meaning requires, and none that it excludes."""
    if not meaning.requires and not meaning.excludes:
        return True
    context: dict[str, Any] = {}
    for output in outputs:
        context.update(output.context)
    return check_required_context(dict(meaning.requires), context) and check_excluded_context(
        dict(meaning.excludes), context
    )
