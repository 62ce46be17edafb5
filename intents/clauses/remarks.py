"""Remarks around a request. Where no mark parts them, nothing but the grammar of both tells where one ends.

"Talk slower I'm a bit deaf", "you're gabbling talk slower": a recogniser seldom writes the mark between them.
"""

from collections.abc import Iterator, Sequence

from intents.clauses.lexicon import clause_lexicon
from intents.model import Intent

NO_REQUESTS = frozenset({Intent.YES, Intent.NO, Intent.HELLO, Intent.SMALL_TALK, Intent.THANKS, Intent.WHO_ARE_YOU})
"""What is said to anybody, and is no request beside a remark."""
_LONGEST_WITH_REMARK = 16
"""Length in words up to which a request is looked for beside a remark."""
_PEOPLE = frozenset("i you we he she they it that this there".split())
"""Words that a remark begins with."""
_THINGS = frozenset("the my our this that her his".split())
"""Words before a noun that a remark begins with."""
_TELLS = frozenset(
    "am is are was were be been have has had do does did can could will would keep keeps got get gets hurts".split()
)
"""Verbs by which a remark tells something."""
_LONGEST_SUBJECT = 3
"""Most words of a remark before its verb."""
_SHORTEST_REMARK = 3
"""Fewest words of a remark."""
_LONGEST_REASON = 7
"""Length in words up to which a clause tells who or what is there."""
_THERE = frozenset(
    {"here", "back", "home", "ringing", "calling", "crying", "waiting", "barking", "at the door", "on the phone"}
)
"""Where somebody or something is that calls away."""
_LEADS_ON = frozenset(
    "to not never do does did can could will would shall should may might must let make makes made and or but that if "
    "when while than as the a an my your his her our their this these those of in on at for with from by about i you "
    "we he she they who what which where how why is are was were am be been have has had say said says saying tell "
    "told tells ask asked asks want wants wanted need needs like go going me him them us".split()
)
"""Words that no request ends with, and that no remark before a request ends with."""


def beside_remark(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the parts of `words` begin and end that may be a request while the rest is a remark, the longest first.

    None in a long text.
    """
    if len(words) > _LONGEST_WITH_REMARK:
        return
    for length in range(len(words) - _SHORTEST_REMARK, 1, -1):
        if _is_remark(words[length:]) and words[length - 1] not in _LEADS_ON:
            yield 0, length
        at = len(words) - length
        if _is_remark(words[:at]) and words[at - 1] not in _LEADS_ON:
            yield at, len(words)


def _is_remark(words: Sequence[str]) -> bool:
    """Whether words begin as a sentence that tells something, or asks for something else: "have you nothing harder"."""
    words = words[clause_lexicon().openers.skipped(words, 0) :]
    if len(words) < _SHORTEST_REMARK:
        return False
    if words[0] in _TELLS and words[1] in _PEOPLE:
        return True
    if words[0] in _PEOPLE and (words[0] == "i" or words[1] in _TELLS):
        return True
    return words[0] in _THINGS and any(word in _TELLS for word in words[2 : 2 + _LONGEST_SUBJECT])


def calls_away(words: Sequence[str]) -> bool:
    """Whether a clause tells that somebody or something is there or calls, which is a reason: "my daughter is here"."""
    there = words[-1:] if words[-2:-1] == ("is",) else words[-3:] if words[-4:-3] == ("is",) else ()
    return len(words) <= _LONGEST_REASON and words[:1] in (("my",), ("the",)) and " ".join(there) in _THERE
