"""Where one clause of a text ends and the next begins: by punctuation, connectives, and words of correction."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from intents.clauses.lexicon import clause_lexicon
from intents.text.normalize import words_of

_MARKS = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|[.!?…]+(?=\s|$|[\"”')])|[\n\r]|\s[-\u2013]+\s|\u2014|[()\"“”]")
"""Punctuation between clauses; not that within a number or a word."""

_GOES_ON_AFTER = frozenset(
    "not never to without the a an my your is are was were be am of with can will would could should have has there "
    "i you we said says say saying told tells tell advised means meant want wants need needs got make makes or "
    "why".split()
)
"""Words that no clause ends with; a correction after them is a part of the clause: "there is no pain"."""


_ASKING = frozenset("what how who where which when".split())
"""Words that begin a question."""
_JOINED_BY_AND = frozenset({"go", "come"})
"""Orders that "and" joins to the next one: "go and play" is one thing."""
_WHOSE_AIM = frozenset("i we that it".split())
"""Words after "so" that begin a reason: "so I can follow"."""


_TAKING_BACK = frozenset("do not no please oh actually wait sorry limber just on second thoughts".split())
"""Words that are all of a clause that takes back what was said before: "no, don't"."""


class Link(Enum):
    """How a clause follows the one before it."""

    FIRST = auto()
    """Nothing is before it."""
    NEXT = auto()
    """Punctuation or a connective is between them: both are meant."""
    REASON = auto()
    """It says why ("because my arm is tired")."""
    WEAK = auto()
    """A word is between them that may be a correction ("sorry", "wait"), or may not."""
    CORRECTION = auto()
    """It corrects what is before it ("no", "I mean")."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that may be a clause."""

    words: tuple[str, ...]
    """Its words, without the words that link it; may be empty, as in a lone "wait"."""
    link: Link
    """How it follows the piece before."""
    lead: tuple[str, ...] = ()
    """The words that link it: "and then", "no I mean"."""
    marked: bool = False
    """Whether punctuation is before it: then somebody wrote it as a clause of its own."""

    @property
    def whole(self) -> tuple[str, ...]:
        """All its words."""
        return (*self.lead, *self.words)


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of `text`, each from one mark, connective or correction to the next."""
    words: list[str] = []
    marks: set[int] = set()
    for part in _MARKS.split(text):
        marks.add(len(words))
        words += words_of(part)
    found: list[Piece] = []
    begin = 0
    while begin < len(words):
        link, lead = _lead(words, begin, marks)
        end = begin + len(lead)
        # Punctuation after a connective or a correction parts nothing: "no, thirty" is one piece.
        while end < len(words) and not (end > begin + len(lead) and (end in marks or _begins(words, end))):
            end += 1
        if lead[-1:] == ("so",) and link is Link.NEXT and _WHOSE_AIM.intersection(words[begin + len(lead) :][:1]):
            link = Link.REASON  # "count aloud so I can follow"
        found.append(Piece(tuple(words[begin + len(lead) : end]), link, lead, begin in marks and begin > 0))
        begin = end
    return tuple(found)


def after_taken_back(text: str) -> str | None:
    """What a text says after a clause that only takes back what is before it: "go on", of "no, don't, go on".

    None where there is no such clause. Only punctuation tells it from "don't go on", which asks for the opposite.
    """
    parts = _MARKS.split(text)
    said = [(words_of(part), part) for part in parts]
    for at in range(len(said) - 2, -1, -1):
        words = said[at][0]
        if words[-2:] == ["do", "not"] and _TAKING_BACK.issuperset(words):
            return ", ".join(part.strip() for words, part in said[at + 1 :] if words) or None
    return None


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a connective or a correction begins at a position."""
    if words[at - 1] in _GOES_ON_AFTER or (words[at - 1] in _JOINED_BY_AND and words[at] == "and"):
        return False
    if words[at - 1] in _ASKING and words[at] == "actually":
        return False  # "what actually is a cramp?"
    lexicon = clause_lexicon()
    return bool(lexicon.connectives.length_at(words, at) or lexicon.correction_at(words, at))


def _lead(words: Sequence[str], at: int, marks: Collection[int]) -> tuple[Link, tuple[str, ...]]:
    """How the piece at a position is linked, and with which words. `marks`: where punctuation is."""
    lexicon = clause_lexicon()
    end = at
    sentence = max((mark for mark in marks if mark <= at), default=0)
    while end < len(words) and not (end + 1 not in marks and lexicon.refuses_at(words, end, sentence)):
        length = lexicon.correction_at(words, end) or lexicon.connectives.length_at(words, end)
        if not length:
            break
        end += length
    lead = tuple(words[at:end])
    return (link_of(lead) if at else Link.FIRST), lead


def link_of(lead: Sequence[str]) -> Link:
    """How the words of a lead link a clause to the one before."""
    lexicon = clause_lexicon()
    link, at = Link.NEXT, 0
    while at < len(lead):
        if length := lexicon.correction_at(lead, at):
            weak = tuple(lead[at : at + length]) in lexicon.weak_corrections and link is not Link.CORRECTION
            link = Link.WEAK if weak else Link.CORRECTION
        elif lead[at] == "because":
            link = Link.REASON
        at += length or lexicon.connectives.length_at(lead, at) or 1
    return link


def last_words(pieces: Sequence[Piece], count: int) -> list[Piece]:
    """The last `count` words of the pieces, as pieces."""
    kept: list[Piece] = []
    left = count
    for piece in reversed(pieces):
        if left <= 0:
            break
        if len(piece.whole) <= left and piece.link is not Link.FIRST:
            kept.append(piece)
            left -= len(piece.whole)
            continue
        lead = (
            piece.lead[max(0, len(piece.lead) - max(0, left - len(piece.words))) :] if left > len(piece.words) else ()
        )
        words = piece.words if left >= len(piece.words) else piece.words[len(piece.words) - left :]
        kept.append(Piece(words, link_of(lead), lead, piece.marked))
        left = 0
    return kept[::-1]
