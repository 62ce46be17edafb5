"""Makes a clause whole with the words of the one before: "on the right, sorry, on the left"; "and for how long"."""

from collections.abc import Iterator, Sequence

_LONGEST_TAIL = 8
"""How many last words of the clause before may be replaced."""
_ASKS_ANEW = frozenset("how what which where when why who is are can could should do does may".split())
"""Words with which a clause begins a question that goes on as the one before."""


def spliced(before: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The clauses that `words` may stand for, the likeliest first.

    The last words of the clause before are replaced, as few as possible; in a question the first words are ("how long
    do I use heat, and how often").
    """
    if words and words[0] in _ASKS_ANEW:
        yield from ((*words, *before[at:]) for at in range(1, len(before)))
    for at in range(len(before) - 1, max(0, len(before) - 1 - _LONGEST_TAIL), -1):
        if before[at - 1] != words[0]:  # "at half seven, no, half eight" is no "half half eight"
            yield (*before[:at], *words)


def without_denied(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is left of "fifteen, not fifty, seconds" and "not fifty but fifteen": (the rest, what was denied)."""
    for at, word in enumerate(words):
        if word == "not":
            skip = 1
        elif word in {"instead", "rather"} and words[at + 1 : at + 2] in (["of"], ["than"], ("of",), ("than",)):
            skip = 2
        else:
            continue
        for end in range(at + skip + 1, len(words) + 1):
            rest_begins = end + 1 if end < len(words) and words[end] in {"but", "and"} else end
            yield (*words[:at], *words[rest_begins:]), tuple(words[at + skip : end])
