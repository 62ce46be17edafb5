"""Remarks around a request. Where no mark parts them, the words at the seam tell whether one may end there.

"Talk slower I'm a bit deaf", "you're gabbling talk slower": a recogniser seldom writes the mark between them.
The rest is a remark where it begins as a sentence.
"""

from collections.abc import Iterator, Sequence

from intents.clauses.lexicon import clause_lexicon
from intents.clauses.negation import NEGATIONS
from intents.model import Intent

NO_REQUESTS = frozenset(
    {
        *(Intent.YES, Intent.NO, Intent.HELLO, Intent.SMALL_TALK, Intent.THANKS, Intent.WHO_ARE_YOU, Intent.WHEN),
        *(Intent.CONDITION, Intent.SITUATION, Intent.AGREED, Intent.DIGITS, Intent.PASSED, Intent.BETTER, Intent.SAME),
        *(Intent.WORSE, Intent.FEELS_GOOD, Intent.STILL_BAD, Intent.AGAIN, Intent.MORE, Intent.ONLY_SIDE),
        *(Intent.OTHER_SIDE, Intent.WHAT_CAN_I_SAY, Intent.RATING),
    }
)
"""What is said to anybody, tells something or answers: no request beside a remark."""
GO_ON_AFTER = frozenset(
    {
        *(Intent.HOW_LONG, Intent.HOW_MANY, Intent.HOW_FAR, Intent.HOW_MUCH, Intent.HELP, Intent.TIME),
        *(Intent.LAST_TIME, Intent.NEVER_MIND),
    }
)
"""What goes on with what it asks about, or is said to a dog ("drop it"): what comes after it is no remark."""
TOLD_ANYWHERE = frozenset({Intent.TIME, Intent.HOLD_FOR, Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS})
"""Intents whose sentences may be a time or a number that any talk tells ("all the time", "twice today")."""
_LONGEST_WITH_REMARK = 18
"""Length in words up to which a request is looked for beside a remark."""
_SHORTEST_REQUEST = 2
"""Fewest words of a request."""
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
    "told tells ask asked asks want wants wanted need needs like go going me him them us ever even always just".split()
)
"""Words that no request ends with, and that no remark before a request ends with."""
_HOW = frozenset("very too so really quite rather far much awfully terribly way a".split())
"""Words that begin or go before an adverb of manner: "speaking very fast"."""
_PEOPLE = frozenset("i you we he she they it that this there".split())
"""Words that a sentence begins with which tells something."""
_THINGS = frozenset("the my our this that her his".split())
"""Words before a noun that such a sentence begins with."""
_TELLS = frozenset(
    "am is are was were be been have has had do does did can could will would keep keeps got get gets hurts".split()
)
"""Verbs by which it tells it."""
_LONGEST_SUBJECT = 3
"""Most words before its verb."""
_DENIED_ITSELF = 2
"""How many words after a negation are enough for it to deny those, and not the request after them."""


def beside_remark(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the parts of `words` begin and end that may be a request while the rest is a remark, the longest first.

    None in a long text.
    """
    if len(words) > _LONGEST_WITH_REMARK:
        return
    for length in range(len(words) - _SHORTEST_REMARK, _SHORTEST_REQUEST - 1, -1):
        if _is_remark(words[length:]) and words[length - 1] not in _LEADS_ON:
            yield 0, length
        at = len(words) - length
        # "You are speaking very fast" tells how, and asks for nothing fast.
        tells_how = words[at - 1] in _HOW or (words[at - 1].endswith("ing") and words[at] in _HOW)
        if _is_remark(words[:at]) and words[at - 1] not in _LEADS_ON and not tells_how:
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


def denies_itself(remark: Sequence[str]) -> bool:
    """Whether no negation of a remark reaches a request after it: "I'm not hearing you well, talk louder"."""
    last = max((at for at, word in enumerate(remark) if word in NEGATIONS), default=None)
    return last is None or len(remark) - 1 - last >= _DENIED_ITSELF


def calls_away(words: Sequence[str]) -> bool:
    """Whether a clause tells that somebody or something is there or calls, or puts off what it names.

    Either is a reason: "my daughter is here", "next time I'll do more".
    """
    if tuple(words[:4]) == ("next", "time", "i", "will"):
        return True
    there = words[-1:] if words[-2:-1] == ("is",) else words[-3:] if words[-4:-3] == ("is",) else ()
    return len(words) <= _LONGEST_REASON and words[:1] in (("my",), ("the",)) and " ".join(there) in _THERE
