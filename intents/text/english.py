"""Which English words exist, so that none of them is corrected to another."""

from functools import cache

from intents.language import EN

WORDS_FILE = EN / "words.txt"
"""English words, one a line; `python -m benchmarks.training.encoder --choose` writes it."""
_ENDINGS = "s es d ed ing er ers est ly".split()
"""What other forms of a word end in."""
_SHORTEST_STEM = 3
"""Length in letters of the shortest word that an ending may follow."""


def exists(word: str) -> bool:
    """Whether a word surely exists: it is in the lexicon, or its stem before a usual ending is."""
    words = every_word()
    return word in words or any(
        word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and word.removesuffix(ending) in words
        for ending in _ENDINGS
    )


@cache
def every_word() -> frozenset[str]:
    """The words of the file."""
    return frozenset(WORDS_FILE.read_text(encoding="utf-8").split())
