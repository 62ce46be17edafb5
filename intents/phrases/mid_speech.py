"""Finds a command in the midst of unbroken speech: "no, please stop, I can't", from the words recognised so far.

"Stop" alone may be the beginning of "stop counting", so that the next word must show that it has no object. The word
before must not make it a noun or its opposite: "the bus stop", "don't stop". `python -m benchmarks.mid_utterance`
measures how many are found, and how much else.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from intents.text.normalize import words_of

KEYWORD_SPELLINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "stop": frozenset({"stop"}),
        "pause": frozenset({"pause", "paws", "pores", "pours"}),
        "hurts": frozenset({"hurts"}),
        "ow": frozenset({"ow", "ouch"}),
    }
)
"""The keywords that end such a command, and how recognisers write each."""
KEYWORDS_WITH_OBJECT = frozenset({"stop", "pause"})
"""Keywords that may have an object, and so wait for the next word."""
SAFE_NEXT_WORDS = frozenset("i my no oh ow please now okay wait".split())
"""Words after a keyword that show it has no object, though they may be only half of a word as yet."""
NEXT_SENTENCE_WORDS = SAFE_NEXT_WORDS | frozenset(
    "ah ouch hold hang right enough there someone somebody limber sorry we".split()
)
"""Words after a keyword that show it has no object, once a further word shows that they are whole."""
DEMONSTRATIVES = frozenset({"it", "that", "this"})
"""Words after a keyword that are its object or the next sentence's subject: "stop that noise", "stop, that hurts"."""
AFTER_DEMONSTRATIVE = frozenset("hurts really still burns stings aches please now i my no right okay".split())
"""Words after a demonstrative that show it begins the next sentence: "stop, it hurts", but not "stop it first"."""
CHANGES_KEYWORD = frozenset(
    "not never without bus full non pit tram train short a an the next last one he she they who which to nothing "
    "nobody long brief little dramatic awkward".split()
)
"""Words before a keyword that make it a noun, or turn it round: "bus stop", "don't stop"."""


def mid_utterance_command(text: str, words: Collection[str], sentences: Collection[str]) -> str | None:
    """The one of `sentences` that has been said and ends in one of the keywords `words`; None: none, or not sure yet.

    `text`: the words recognised so far, whose last may be half of one. `words`: keys of `KEYWORD_SPELLINGS`.
    """
    said = words_of(text)
    for end in range(len(said), 0, -1):
        word = next((word for word in words if said[end - 1] in KEYWORD_SPELLINGS[word]), None)
        if word is None:
            continue
        if word in KEYWORDS_WITH_OBJECT and not _goes_on_otherwise(said[end:]):
            continue
        said[end - 1] = word if word in KEYWORDS_WITH_OBJECT else said[end - 1]
        for start in range(end):
            whole = (" ".join(said[start:until]) for until in range(len(said), end - 1, -1))
            sentence = next((each for each in whole if each in sentences), None)
            if sentence is not None and not (start and said[start - 1] in CHANGES_KEYWORD):
                return sentence
    return None


def _goes_on_otherwise(after: Sequence[str]) -> bool:
    """Whether the words after a keyword, the last perhaps half of one, show that they are not its object."""
    if after and after[0] in DEMONSTRATIVES:
        return len(after) > 1 and after[1] in AFTER_DEMONSTRATIVE
    return bool(after) and after[0] in (NEXT_SENTENCE_WORDS if len(after) > 1 else SAFE_NEXT_WORDS)
