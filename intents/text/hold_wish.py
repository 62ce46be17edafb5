"""How long somebody wants to hold, said with the wish for a session or before it begins: words in, seconds out."""

from collections.abc import Sequence

from intents.text.lengths import span_from
from intents.text.numerals import numbers_from

HOLD = "hold"
"""Slot of a wish for a session: the length of its holds, in seconds."""
HOLD_ALONE = "hold_alone"
"""Slot of such a wish that was there before: nothing but that length was said."""
_HOLDS = frozenset("hold holds holding held".split())
"""Words that name a hold."""
_BETWEEN = frozenset("it them each one all every for to only just about around of at most no more than".split())
"""Words between that and the length."""


def hold_wished(words: Sequence[str]) -> int | None:
    """The length of the holds that is asked for, in seconds; None: none is."""
    said = list(words)
    for at, word in enumerate(said):
        if word not in _HOLDS:
            continue
        begin = at + 1
        while begin < len(said) and said[begin] in _BETWEEN:
            begin += 1
        if begin < len(said) and (span := span_from(said, begin)) is not None:
            return span[1]
        numbers = numbers_from(said, begin) if said[begin - 1 : begin] == ["for"] else []
        if numbers and numbers[-1][0] == len(said):
            return numbers[-1][1]  # "hold for ten"
        for start in range(max(0, at - 4), at):
            if (span := span_from(said, start)) is not None and span[0] == at:
                return span[1]  # "ten second holds"
    return None
