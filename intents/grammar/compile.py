"""Compiles parsed sentence templates (hassil's expressions) to the word graph."""

import re
from dataclasses import dataclass
from functools import cache

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.intents import Intents, RangeSlotList, SlotList, TextSlotList, WildcardSlotList

from intents.errors import IntentsError
from intents.grammar.graph import Call, Graph, Meaning, NodeDraft, NumberArc, PathOutput, WildArc, WordArc
from intents.text.normalize import words_of

_PIECE = re.compile(r"[\w'’]+|[^\w'’]+")
"""A run of letters, digits and apostrophes, or of anything else."""
_DEEPEST_GROUP = 60
"""Depth of groups within groups beyond which a rule must be using itself."""


class _Space:
    """Label of an edge where a word ends."""


@dataclass(frozen=True, slots=True)
class _Number:
    """Label of an edge for any number of a range, times `multiplier`."""

    slot: str
    numbers: range
    multiplier: float


@dataclass(frozen=True, slots=True)
class _Wild:
    """Label of an edge for any words."""

    slot: str


@dataclass(frozen=True, slots=True)
class _Call:
    """Label of an edge for any sentence of a rule or list that is written once."""

    entry: int
    """The piece that the rule or list begins at."""


class _End:
    """Label of an edge where a rule or list ends."""


_WORD_BREAK = _Space()
"""The one `_Space`."""
_PART_END = _End()
"""The one `_End`."""
_Label = str | _Space | PathOutput | _Number | _Wild | _Call | _End | Meaning | None
"""What stands on an edge between two pieces: letters of a word as a string, or one of the labels above."""


def compile_graph(templates: Intents) -> Graph:
    """The word graph of all templates. Raises IntentsError for a list or rule that is not defined."""
    pieces = _Pieces(templates)
    order = 0
    for intent in templates.intents.values():
        for block in intent.data:
            slots = {name: str(value) for name, value in block.slots.items()}
            meaning = Meaning(order, intent.name, slots, block.requires_context, block.excludes_context)
            order += 1
            for sentence in block.sentences:
                pieces.add_sentence(sentence, meaning, block.slot_lists, block.expansion_rules)
    skips: dict[str, list[tuple[str, ...]]] = {}
    for phrase in templates.skip_words:
        if words := tuple(words_of(phrase)):
            skips.setdefault(words[0], []).append(words)
    walked = _WordNodes(pieces)
    fillings: dict[str, tuple[int, ...]] = {}
    for (_, slot), entry in pieces.entries.items():
        if slot:
            fillings[slot] = (*fillings.get(slot, ()), walked.node(entry))
    nodes = tuple(node.finished() for node in walked.nodes)
    return Graph(nodes, {first: tuple(phrases) for first, phrases in skips.items()}, fillings)


def _stands_alone(items: list[Expression], index: int) -> bool:
    """Whether an item has space on both sides: only then does none of its words go on outside it."""
    before, after = items[max(index - 1, 0) : index], items[index + 1 : index + 2]
    return all(isinstance(each, TextChunk) and each.text[-1:].isspace() for each in before) and all(
        isinstance(each, TextChunk) and each.text[:1].isspace() for each in after
    )


class _Pieces:
    """The templates as a graph of pieces of words: "light[s]" is two pieces, the second optional."""

    def __init__(self, templates: Intents) -> None:
        self.edges: list[list[tuple[_Label, int]]] = [[]]
        self._templates = templates
        self._lists: dict[str, SlotList] = {}
        self._rules: dict[str, Sentence] = {}
        self._place = ""
        self.entries: dict[tuple[int, str], int] = {}
        self._unfinished: set[tuple[int, str]] = set()

    def add_sentence(
        self, sentence: Sentence, meaning: Meaning, lists: dict[str, SlotList], rules: dict[str, Sentence]
    ) -> None:
        """Add a template, with the lists and rules of its block."""
        self._lists = {**self._templates.slot_lists, **lists}
        self._rules = {**self._templates.expansion_rules, **rules}
        self._place = f"intent {meaning.intent}, sentence '{sentence.text}'"
        end = self._add(sentence.expression, 0, 0)
        self._edge(end, meaning)

    def _edge(self, start: int, label: _Label, end: int | None = None) -> int:
        """Add an edge, to a new piece where `end` is None; the piece it leads to."""
        if end is None:
            end = len(self.edges)
            self.edges.append([])
        self.edges[start].append((label, end))
        return end

    def _add(self, expression: Expression, start: int, depth: int) -> int:
        """Add an expression after `start`; the piece it ends at."""
        if depth > _DEEPEST_GROUP:
            raise IntentsError(f"{self._place}: a rule uses itself; write it without")
        match expression:
            case TextChunk():
                for piece in _PIECE.findall(expression.text):
                    if piece[0] == "'" or piece[0].isalnum():
                        start = self._edge(start, piece)
                    else:
                        start = self._edge(start, _WORD_BREAK)
                        for word in words_of(piece) if piece.strip() else ():
                            start = self._edge(self._edge(start, word), _WORD_BREAK)
                return start
            case Alternative():
                end = self._edge(start, None) if not expression.items else len(self.edges)
                self.edges.append([])
                for item in expression.items:
                    self._edge(self._add(item, start, depth + 1), None, end)
                return end
            case Permutation():
                return self._add_permutation(expression.items, start, depth)
            case Sequence():
                for index, item in enumerate(expression.items):
                    if isinstance(item, RuleReference | ListReference) and _stands_alone(expression.items, index):
                        start = self._call(item, start, depth)
                    else:
                        start = self._add(item, start, depth + 1)
                return start
            case RuleReference():
                return self._add(self._rule(expression).expression, start, depth + 1)
            case ListReference():
                return self._add_list(expression, start, depth)
            case _:
                raise IntentsError(f"{self._place}: {type(expression).__name__} is not known; write it otherwise")

    def _rule(self, reference: RuleReference) -> Sentence:
        """The rule that is referred to. Raises IntentsError where it is not defined."""
        rule = self._rules.get(reference.rule_name)
        if rule is None:
            raise IntentsError(f"{self._place}: rule <{reference.rule_name}> is not there; define it")
        return rule

    def _call(self, reference: RuleReference | ListReference, start: int, depth: int) -> int:
        """Refer to a rule or list instead of writing it out, so that the graph grows no longer than the templates."""
        if isinstance(reference, RuleReference):
            if self._may_be_empty(reference, depth):
                return self._add(reference, start, depth + 1)
            key = (id(self._rule(reference)), "")
        else:
            named = self._lists.get(reference.list_name)
            if not isinstance(named, TextSlotList):
                return self._add_list(reference, start, depth)
            key = (id(named), "" if reference.is_capture else reference.slot_name)
        if key not in self.entries:
            if key in self._unfinished:
                raise IntentsError(f"{self._place}: a rule uses itself; write it without")
            self._unfinished.add(key)
            entry = len(self.edges)
            self.edges.append([])
            self._edge(self._add(reference, entry, depth + 1), _PART_END)
            self.entries[key] = entry
        return self._edge(start, _Call(self.entries[key]))

    def _may_be_empty(self, expression: Expression, depth: int) -> bool:
        """Whether an expression matches no words at all."""
        if depth > _DEEPEST_GROUP:
            raise IntentsError(f"{self._place}: a rule uses itself; write it without")
        match expression:
            case TextChunk():
                return not expression.text.strip()
            case Alternative():
                return any(self._may_be_empty(item, depth + 1) for item in expression.items)
            case Group():
                return all(self._may_be_empty(item, depth + 1) for item in expression.items)
            case RuleReference():
                return self._may_be_empty(self._rule(expression).expression, depth + 1)
            case _:
                return False

    def _add_permutation(self, items: list[Expression], start: int, depth: int) -> int:
        """Add items in any order: a node for each subset of items already said, 2^n of them rather than n!."""
        nodes = {frozenset[int](): start}
        for said in range(len(items)):
            for done in [each for each in nodes if len(each) == said]:
                for index in set(range(len(items))) - done:
                    more = done | {index}
                    if more not in nodes:
                        nodes[more] = len(self.edges)
                        self.edges.append([])
                    self._edge(self._add(items[index], nodes[done], depth + 1), None, nodes[more])
        return nodes[frozenset(range(len(items)))]

    def _add_list(self, reference: ListReference, start: int, depth: int) -> int:
        """Add the values of a list after `start`; the piece they end at.

        Raises IntentsError where it is not defined.
        """
        slot = "" if reference.is_capture else reference.slot_name
        inline = reference.get_inline_range()
        if inline:
            low, high, step = inline
            return self._edge(start, _Number(slot, range(low, high + 1, step), 1.0))
        match self._lists.get(reference.list_name):
            case TextSlotList(values=values):
                end = len(self.edges)
                self.edges.append([])
                for value in values:
                    said = self._add(value.text_in, start, depth + 1)
                    out = "" if value.value_out is None else str(value.value_out)
                    self._edge(said, PathOutput(slot, out, value.context or {}), end)
                return end
            case RangeSlotList() as numbers:
                spread = range(numbers.start, numbers.stop + 1, numbers.step)
                return self._edge(start, _Number(slot, spread, numbers.multiplier or 1.0))
            case WildcardSlotList():
                return self._edge(start, _Wild(slot))
            case _:
                raise IntentsError(f"{self._place}: list {{{reference.list_name}}} is not there; define it")


class _WordNodes:
    """The graph of words, made by walking the graph of pieces from word to word."""

    def __init__(self, pieces: _Pieces) -> None:
        self.nodes: list[NodeDraft] = []
        self._edges = pieces.edges
        self._made: dict[int, int] = {}
        self._open: list[int] = []
        self.node(0)
        while self._open:
            self._walk(self._open.pop())

    def node(self, piece: int) -> int:
        """The node of a piece, made on first use."""
        if piece not in self._made:
            self._made[piece] = len(self.nodes)
            self.nodes.append(NodeDraft())
            self._open.append(piece)
        return self._made[piece]

    def _walk(self, piece: int) -> None:
        """Find every word that leads on from a piece, and the arcs of its node."""
        node = self.nodes[self._made[piece]]
        ways: list[tuple[int, str, tuple[PathOutput, ...]]] = [(piece, "", ())]
        seen = set()
        while ways:
            way = ways.pop()
            at, word, outputs = way
            key = (at, word, tuple(map(id, outputs)))
            if key in seen:
                continue
            seen.add(key)
            for label, end in reversed(self._edges[at]):
                match label:
                    case None:
                        ways.append((end, word, outputs))
                    case str():
                        ways.append((end, word + label, outputs))
                    case PathOutput():
                        ways.append((end, word, (*outputs, label)))
                    case _ if word:
                        self._say(node, word, self.node(end if isinstance(label, _Space) else at), outputs)
                    case _Space():
                        ways.append((end, "", outputs))
                    case Meaning():
                        node.meanings.append((label, outputs))
                    case _End():
                        node.ends.append(outputs)
                    case _Call():
                        node.calls.append(Call(self.node(label.entry), self.node(end), outputs))
                    case _Number():
                        arc = NumberArc(self.node(end), label.slot, label.numbers, label.multiplier, outputs)
                        node.numbers.append(arc)
                    case _Wild():
                        node.wild.append(WildArc(self.node(end), label.slot, outputs))

    def _say(self, node: NodeDraft, word: str, target: int, outputs: tuple[PathOutput, ...]) -> None:
        """Add an arc for a word, through new nodes where it is spelled as several words."""
        *first, last = _spelled(word)
        for each in first:
            between = len(self.nodes)
            self.nodes.append(NodeDraft())
            node.words.setdefault(each, []).append(WordArc(between))
            node = self.nodes[between]
        arc = WordArc(target, outputs)
        arcs = node.words.setdefault(last, [])
        if arc not in arcs:
            arcs.append(arc)


@cache
def _spelled(word: str) -> tuple[str, ...]:
    """A word in the one spelling of `words_of`; a single empty word where nothing is left of it."""
    return tuple(words_of(word)) or ("",)
