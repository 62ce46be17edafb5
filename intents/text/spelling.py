"""What else may be written for words in their one spelling: the way back from `text.words_of`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from intents.text.normalize import ENDINGS, IS, SPELLINGS
from intents.text.numerals import in_words

MOST_IN_DIGITS = 200
"""Numbers under this are written in digits, too."""
_SUBJECTS = "i you he she we they it that this there these those what who where how when why".split()
_AUXILIARIES = "is are was were do does did have has had could would should must need".split()
_OPENED = {"not": _AUXILIARIES, "are": _SUBJECTS, "have": [*_SUBJECTS, *_AUXILIARIES], "will": _SUBJECTS}
_OPENED |= {"would": _SUBJECTS, "am": ["i"]}
"""Before which words the end of a contraction is usual."""


@dataclass(slots=True)
class Forms:
    """Other ways to write some words in a row, as a tree of the words."""

    written: list[str] = field(default_factory=list)
    """For the words that lead here."""
    longer: dict[str, "Forms"] = field(default_factory=dict)
    """By the next word."""

    def add(self, words: list[str], written: str) -> None:
        """Put a way to write the words in its place."""
        node = self
        for word in words:
            node = node.longer.setdefault(word, Forms())
        node.written.append(written)


@cache
def forms() -> Forms:
    """Contractions, short forms, and numbers in digits."""
    tree = Forms()
    proper = [*_contractions(), *SPELLINGS.items()]
    careless = {written.replace("'", "") for written, _ in proper if "'" in written}
    for written, words in proper:
        if written not in careless:
            tree.add(words.split(), written)
    for number in range(MOST_IN_DIGITS):
        tree.add(in_words(number).split(), str(number))
    return tree


def _contractions() -> Iterator[tuple[str, str]]:
    for ending, opened in ENDINGS.items():
        for word in _OPENED[opened.strip()]:
            yield word + ending, word + opened
    for word in sorted(IS):
        yield f"{word}'s", f"{word} is"
