"""The other written forms of words in their one spelling: the way back from `words_of`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from intents.text.normalize import ENDINGS, IS, SPELLINGS
from intents.text.numerals import in_words

MOST_IN_DIGITS = 200
"""The number below which digits are a written form, too."""
_SUBJECTS = "i you he she we they it that this there these those what who where how when why".split()
"""Words before which no contraction is unusual: "they're", "who'll"."""
_AUXILIARIES = "is are was were do does did have has had could would should must need".split()
"""Verbs that are contracted with "not" and "have"."""
_OPENED = {"not": _AUXILIARIES, "are": _SUBJECTS, "have": [*_SUBJECTS, *_AUXILIARIES], "will": _SUBJECTS}
"""To the words that the end of a contraction stands for, the words before it with which it is usual."""
_OPENED |= {"would": _SUBJECTS, "am": ["i"]}
"""Before which words the end of a contraction is usual."""


@dataclass(slots=True)
class Forms:
    """The other written forms of words in a row, as a tree by word."""

    written: list[str] = field(default_factory=list)
    """The written forms of the words that lead to this node."""
    longer: dict[str, "Forms"] = field(default_factory=dict)
    """To each next word, the node of the longer row."""

    def add(self, words: list[str], written: str) -> None:
        """Add a written form of `words`."""
        node = self
        for word in words:
            node = node.longer.setdefault(word, Forms())
        node.written.append(written)


@cache
def forms() -> Forms:
    """All contractions, short forms, and numbers in digits."""
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
    """Every usual contraction, and the words it stands for."""
    for ending, opened in ENDINGS.items():
        for word in _OPENED[opened.strip()]:
            if word + ending not in SPELLINGS:  # "what'd you say" is oftener "did" than "would"
                yield word + ending, word + opened
    for word in sorted(IS):
        yield f"{word}'s", f"{word} is"
