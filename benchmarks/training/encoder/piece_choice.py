"""Which word pieces the encoder keeps."""

import re
import string
from collections.abc import Iterator, Sequence

import yaml

from benchmarks.rig.places import ROOT, TRAINING_PHRASES
from intents.encoder.wordpiece import BEGIN_PIECE, END_PIECE, INSIDE, UNKNOWN_PIECE, WordPiece
from intents.grammar.graph_cache import coach_graph
from intents.text.normalize import words_of

MOST_KEPT = 8600
"""How many pieces are kept: as many as leave the encoder below 15 MB."""
_OF_ENGLISH = re.compile(r"(##)?[a-z]+")
"""Pieces that can stand in a text: `words_of` spells out digits, and drops all else."""


def chosen_pieces(published: Sequence[str]) -> list[str]:
    """The special pieces, the letters, the pieces of what the project says and is trained on, then the most frequent.

    `published`: all pieces in their order. The chosen ones are in that order, too.
    """
    splitter = WordPiece(published)
    letters = string.ascii_lowercase + string.digits
    kept = {UNKNOWN_PIECE, BEGIN_PIECE, END_PIECE, *letters, *(INSIDE + letter for letter in letters)}
    kept |= {published[number] for words in _texts() for number in splitter.numbers(words, len(words) * 40 + 2)}
    for piece in published:
        if len(kept) < MOST_KEPT and _OF_ENGLISH.fullmatch(piece):
            kept.add(piece)
    return [piece for piece in published if piece in kept]


def words_among(published: Sequence[str]) -> list[str]:
    """The English words among the pieces, in alphabetical order."""
    return sorted(
        piece for piece in published if re.fullmatch("[a-z]+", piece) and (len(piece) > 1 or piece in {"a", "i", "o"})
    )


def _texts() -> Iterator[list[str]]:
    """The words of the templates, of the training text and of the guidance."""
    graph = coach_graph()
    yield sorted({word for node in graph.nodes for word in node.words})
    for path in sorted(TRAINING_PHRASES.rglob("*.txt")):
        yield from (words_of(line) for line in path.read_text(encoding="utf-8").splitlines())
    for path in sorted([*TRAINING_PHRASES.rglob("*.yaml"), *(ROOT / "assistant" / "guidance").rglob("*.yaml")]):
        yield from _lines_of(yaml.safe_load(path.read_text(encoding="utf-8")))


def _lines_of(value: object) -> Iterator[list[str]]:
    """The words of every text in a YAML document."""
    match value:
        case str():
            yield words_of(value)
        case dict():
            for each in value.values():
                yield from _lines_of(each)
        case list():
            for each in value:
                yield from _lines_of(each)
        case _:
            pass
