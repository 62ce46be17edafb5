"""Concepts in free text: lexicons as data, matched word by word, with light words skipped between.

A concept is a list of entries between semicolons or line ends, and an entry is a row of words: `a|b` is either, `stem*`
any word that begins so, `?word` may be missing, `~` leaves room for up to four words, `<name>` is any entry of a
concept defined above it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from intents.text.normalize import DIALECT

CONCEPT_GAP = 4
"""How many words `~` leaves room for, at most."""

_SHORTEST_STEM = 2
"""Length in letters of the shortest stem before a `*`."""

MASK = "_"
"""Stands where a word was taken out; no entry matches it."""

_CONTRACTIONS = (
    (re.compile(r"\b(?:cannot|can not)\b"), "cant"),
    (re.compile(r"\bwill not\b"), "wont"),
    (re.compile(r"\b(do|does|did|have|has|had|is|are|was|were|could|would|should) not\b"), r"\1nt"),
    (re.compile(r"\bain ?t\b"), "isnt"),
    (re.compile(r"\bgonna\b"), "going to"),
)
"""Rewrites that make one word of each negation and contraction, however it is written."""
_SHORT_IS = re.compile(r"\b(?!(?:it|he|she|there|that|what|who|where|how|here|let)\b)([a-z]{2,})['’]s\b")
"""An "'s" that is dropped: "my tongue's thick" and "my tongue thick" become one.

After it, he, she and the other listed words it stays.
"""
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
"""Deletes apostrophes of every kind."""


BOUNDARY = "|"
"""Stands between sentences, and before a clause with a subject of its own; a negation does not reach across it."""
_SENTENCE_END = re.compile(r"[.!?;:…\n]+(?:\s|$)|\s[-\u2013\u2014]+\s")
"""What ends a sentence in a typed text."""
_NEW_CLAUSE = re.compile(
    r",\s*(?=(?:and |or |so )?"
    r"(?:my|i|i['’]?m|i['’]?ve|it|it['’]?s|he|he['’]?s|she|she['’]?s|they|the|there|there['’]?s|"
    r"just|only|more|rather|both|now|but|some|his|her|except|apart|instead|today)\b)",
    re.IGNORECASE,
)
"""A comma before a subject of its own: "no fever, my legs are numb"; not one of a list: "no fever, chills or lumps"."""
_ANSWER = re.compile(r"^\W*(?:no|nope|nah|yes|yeah|yep|well|ok|okay|oh|help|stop|wait)\s*,", re.IGNORECASE)
"""A word that answers or calls, before a comma: "no, chest pain"."""


def bounded_words(text: str) -> list[str]:
    """The words of `concept_words`, with `BOUNDARY` between sentences and clauses of a typed text."""
    answer = _ANSWER.match(text)
    opening, rest = (text[: answer.end()], text[answer.end() :]) if answer else ("", text)
    clauses = [opening, *(clause for sentence in _SENTENCE_END.split(rest) for clause in _NEW_CLAUSE.split(sentence))]
    words: list[str] = []
    for clause in clauses:
        if found := concept_words(clause):
            words += [BOUNDARY, *found] if words else found
    return words


def sentence_words(text: str) -> list[list[str]]:
    """The words of `concept_words`, sentence by sentence of a typed text."""
    return [words for sentence in _SENTENCE_END.split(text) if (words := concept_words(sentence))]


def concept_words(text: str) -> list[str]:
    """Lower-case words without punctuation; contractions are one word ("cannot" and "can't" are both `cant`)."""
    words = re.findall(r"\w+", _SHORT_IS.sub(r"\1", text.lower()).translate(_APOSTROPHES).replace("_", " "))
    plain = " ".join(DIALECT.get(word, word) for word in words)
    for pattern, replacement in _CONTRACTIONS:
        plain = pattern.sub(replacement, plain)
    return plain.split()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a concept was found: word positions, the first included, the last not."""

    start: int
    end: int
    """The position after its last word."""


@dataclass(frozen=True, slots=True)
class _Words:
    """An element that one of some words or stems matches."""

    literals: frozenset[str]
    stems: tuple[str, ...]

    def matches(self, word: str) -> bool:
        """Whether a word is one of the literals or begins with one of the stems."""
        return word in self.literals or (bool(self.stems) and word.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class _Concept:
    """An element that any entry of another concept matches."""

    name: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """An element that any few words match."""


@dataclass(frozen=True, slots=True)
class _Maybe:
    """An element that may be missing."""

    element: _Words | _Concept | _Gap


_Element: TypeAlias = _Words | _Concept | _Gap | _Maybe
"""One element of an entry; the first is never one that may be missing."""
_Entry: TypeAlias = tuple[_Element, ...]
"""A row of elements, to be matched one after the other."""
ConceptSpans: TypeAlias = Mapping[str, Sequence[Span]]
"""To each concept that was found, its spans; a concept that was not found is absent."""


class Lexicon:
    """Named concepts, each a list of entries as the head of this module describes them."""

    def __init__(self, light: frozenset[str], concepts: Mapping[str, str]) -> None:
        """`light`: words that may stand between any two of an entry. Raises ValueError for an unknown `<name>`."""
        self._light = light
        # Entries by what they begin with, so that most are never looked at.
        self._by_word: dict[str, list[tuple[str, _Entry]]] = {}
        self._by_stem: dict[str, list[tuple[str, _Entry]]] = {}
        self._by_concept: dict[str, list[tuple[str, _Entry]]] = {}
        self._order: list[str] = []
        for name, lines in concepts.items():
            for line in _lines(lines):
                for entry in _entries(line, self._order):
                    self._put(name, entry, line)
            self._order.append(name)

    def find(self, words: Sequence[str]) -> ConceptSpans:
        """Every concept in `words`, with all its spans in order of their start."""
        begun: dict[str, list[tuple[int, _Entry]]] = {}
        for start, word in enumerate(words):
            beginning = [*self._by_word.get(word, ())]
            for length in range(_SHORTEST_STEM, len(word) + 1):
                beginning += self._by_stem.get(word[:length], ())
            for name, entry in beginning:
                begun.setdefault(name, []).append((start, entry))
        found: dict[str, list[Span]] = {}
        for name in self._order:
            spans = {
                Span(start, end)
                for start, entry in begun.get(name, ())
                for end in self._ends(entry, words, start, found)
            }
            if not spans:
                continue
            found[name] = sorted(spans, key=lambda span: (span.start, span.end))
            for later, entry in self._by_concept.get(name, ()):
                begun.setdefault(later, []).extend((start, entry) for start in {span.start for span in spans})
        return found

    def _put(self, name: str, entry: _Entry, line: str) -> None:
        """Index an entry by what it begins with. Raises ValueError for an entry that begins with `~`."""
        match entry[0]:
            case _Words(literals, stems):
                for word in literals:
                    self._by_word.setdefault(word, []).append((name, entry))
                for stem in stems:
                    self._by_stem.setdefault(stem, []).append((name, entry))
            case _Concept(first):
                self._by_concept.setdefault(first, []).append((name, entry))
            case _Gap() | _Maybe():
                raise ValueError(f"an entry cannot begin with ~: {line}")

    def _ends(self, entry: _Entry, words: Sequence[str], at: int, found: ConceptSpans, k: int = 0) -> Iterator[int]:
        """Every position at which elements `k` and on of an entry end, if the first of them begins at `at`."""
        if k == len(entry):
            yield at
            return
        element = entry[k]
        if isinstance(element, _Maybe):
            yield from self._ends(entry, words, at, found, k + 1)
            element = element.element
        if isinstance(element, _Gap):
            for room in range(CONCEPT_GAP + 1):
                yield from self._ends(entry, words, at + room, found, k + 1)
            return
        while at < len(words):
            if isinstance(element, _Words):
                if element.matches(words[at]):
                    yield from self._ends(entry, words, at + 1, found, k + 1)
            else:
                for span in found.get(element.name, ()):
                    if span.start == at:
                        yield from self._ends(entry, words, span.end, found, k + 1)
            if k == 0 or words[at] not in self._light:
                return
            at += 1


def _lines(entries: str) -> Iterator[str]:
    """The entries of a concept as they are written."""
    return (line.strip() for line in re.split(r"[;\n]", entries) if line.strip())


def _entries(line: str, known: Collection[str]) -> list[_Entry]:
    """An entry once for each element that it may begin with and each concept that a word of it may stand for."""
    variants: list[_Entry] = [()]
    for token in line.split():
        missing, elements = token.startswith("?"), _elements(token.removeprefix("?"))
        for element in elements:
            if isinstance(element, _Concept) and element.name not in known:
                raise ValueError(f"unknown concept <{element.name}> in entry: {line}; define it above")
        longer = [
            (*variant, _Maybe(each) if missing and variant else each) for variant in variants for each in elements
        ]
        variants = [*longer, ()] if missing and () in variants else longer
    return [variant for variant in variants if variant]


@cache
def _elements(token: str) -> tuple[_Words | _Concept | _Gap, ...]:
    """The elements that one token of an entry stands for; tokens that are equal share them, which saves memory."""
    if token == "~":
        return (_Gap(),)
    elements: list[_Words | _Concept | _Gap] = [
        _Concept(name.strip("<>")) for name in token.split("|") if name.startswith("<")
    ]
    words = [word for word in token.split("|") if not word.startswith("<")]
    if words:
        literals = frozenset(word for word in words if not word.endswith("*"))
        elements.append(_Words(literals, tuple(word[:-1] for word in words if word.endswith("*"))))
    return tuple(elements)
