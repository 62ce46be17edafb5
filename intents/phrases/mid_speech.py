"""What was said in the midst of talk that goes on: "no, please stop, I can't", as the words are written so far.

Of "stop" alone nobody knows: "counting" may follow, or "at the shop". So it waits for a next word that can't be its
object. What is before it must not make it a noun or its opposite: "the bus stop", "don't stop".
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
"""The words that are waited for, and how each is written."""
TAKES_AN_OBJECT = frozenset({"stop", "pause"})
HARDLY_HALF = frozenset("i my no oh ow please now okay wait".split())
"""What begins another sentence, or ends this one, and is hardly what half of another word is written as."""
NEXT_SENTENCE = HARDLY_HALF | frozenset("ah ouch hold hang right enough there someone somebody limber sorry we".split())
"""The same, once it is a whole word."""
POINTING = frozenset({"it", "that", "this"})
TOLD_OF_IT = frozenset("hurts really still burns stings aches please now i my no right okay".split())
"""What shows that such a word is no object either: "stop, it hurts", but not "stop it first" or "stop that noise"."""
MAKES_IT_ANOTHER = frozenset(
    "not never without bus full non pit tram train short a an the next last one he she they who which to nothing "
    "nobody long brief little dramatic awkward".split()
)


def mid_utterance_command(text: str, words: Collection[str], sentences: Collection[str]) -> str | None:
    """Which of these sentences has been said, ending in one of some words of WRITINGS; None: none, or too soon to tell.

    `text`: what was said so far, whose last word may be half of one.
    """
    said = words_of(text)
    for end in range(len(said), 0, -1):
        word = next((word for word in words if said[end - 1] in KEYWORD_SPELLINGS[word]), None)
        if word is None:
            continue
        if word in TAKES_AN_OBJECT and not _goes_on_otherwise(said[end:]):
            continue
        said[end - 1] = word if word in TAKES_AN_OBJECT else said[end - 1]
        for start in range(end):
            whole = (" ".join(said[start:until]) for until in range(len(said), end - 1, -1))
            sentence = next((each for each in whole if each in sentences), None)
            if sentence is not None and not (start and said[start - 1] in MAKES_IT_ANOTHER):
                return sentence
    return None


def _goes_on_otherwise(after: Sequence[str]) -> bool:
    """Whether these words, the last perhaps half a word, can't be the object of what was before."""
    if after and after[0] in POINTING:
        return len(after) > 1 and after[1] in TOLD_OF_IT
    return bool(after) and after[0] in (NEXT_SENTENCE if len(after) > 1 else HARDLY_HALF)
