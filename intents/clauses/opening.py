"""What a text begins with: "stop", "pause", "wait" and "help" are done at once, whatever follows.

Interjections, oaths, a stutter and the names of other assistants may come before. Only a whole phrase that means
something else is something else; that is for the templates to say ("stop counting"), or an idiom ("stop sign").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intents.clauses.lexicon import Phrases, clause_lexicon
from intents.model import Intent

_LONGEST_STUTTER = 3
"""Length in letters of the longest beginning of a word that is said before the word itself: "st st stop"."""
_NO_VERB_AFTER = frozenset(
    "not never without bus full non pit tram train short a an the next last one he she they who which to nothing "
    "nobody long brief little dramatic awkward will would did does do can could must that it and".split()
)
"""Words after which "stop" is no order: "the bus stop", "don't stop", "he told me to stop"."""
_WHICH_STOP = frozenset("wrong right usual nearest final first second third only same whole".split())
"""Adjectives that, after a word of `_BEFORE_A_STOP`, make "stop" a bus stop: "got off at the wrong stop"."""
_BEFORE_A_STOP = frozenset("the a my our your his her their this that at".split())
"""Articles and the like before such an adjective."""
_TELLS = frozenset(
    "i my it there we he she this that what how where something someone somebody stop pause wait".split()
)
"""Words that begin a sentence of their own after "help"; after others something is to be helped with."""
_WISHES = frozenset("want wants like need wish prefer ought got".split())
"""Words after which "to stop", or "you to stop", is asked for."""
_OTHERS = frozenset({"me", "us", "somebody", "someone", "anybody"})
"""Words that make "help" a call to somebody."""
_SUBJECTS = frozenset("it this that there here".split())
"""Objects that begin a clause of their own before one of `_BEING`."""
_BEING = frozenset("is was are were has had will would does did looks sounds feels hurts".split())
"""Verbs whose subject the word before them is: "that is the phone"."""
_DEPENDENT = frozenset("when whenever until if unless after before once every while since because".split())
"""Words that begin a clause in which somebody's stopping is told: "only when you stop"."""
_ASK = frozenset("what when where why how who does did do will would is was has have".split())
"""Words with which a question begins, which asks about stopping and doesn't order it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a text begins."""

    intent: str | None
    """What is to be done at once; None: an idiom, such as "stop sign", which is nothing."""
    said: str
    """The word that tells it."""
    rest: tuple[str, ...]
    """The words after it and its objects ("it", "now")."""


def opening(words: Sequence[str]) -> Opening | None:
    """What `words` begin with; None where nothing there is urgent.

    "Stop" comes before all else that the text begins with: "help, stop" stops.
    """
    found = _first(words)
    best = found
    while found and found.rest:
        found = _first(found.rest)
        if found and found.intent and best and _rank(found) <= _rank(best):
            best = found
    return best


def without_oaths(words: Sequence[str]) -> list[str]:
    """`words` without the oaths and insults in them, which ask for nothing."""
    oaths = clause_lexicon().oaths
    said, at = [], 0
    while at < len(words):
        if length := oaths.length_at(words, at):
            at += length
        else:
            said.append(words[at])
            at += 1
    return said


def is_help_alone(words: Sequence[str]) -> bool:
    """Whether a text only asks for help with Limber ("help please"); "help me" is a call for help."""
    begins = opening(words)
    return begins is not None and begins.intent == Intent.HELP and not begins.rest and _OTHERS.isdisjoint(words)


def is_no_order(words: Sequence[str], at: int) -> bool:
    """Whether "stop" at a position is a noun, or what somebody else does: "a stop", "will it stop"."""
    told = words[at - 1] in _NO_VERB_AFTER or words[0] in _ASK or not _DEPENDENT.isdisjoint(words[max(at - 3, 0) : at])
    told |= words[at - 1] in _WHICH_STOP and words[max(at - 2, 0)] in _BEFORE_A_STOP
    return bool(at) and told and not _wished(words, at)


def _wished(words: Sequence[str], at: int) -> bool:
    """Whether the verb at a position is what the speaker wishes: "I want to stop", "I would like you to stop"."""
    before = [word for word in words[max(at - 3, 0) : at] if word != "you"]
    asked = len(before) > 1 and before[-1] == "to" and before[-2] in _WISHES
    return asked and "i" in words[:at] and {"not", "never"}.isdisjoint(words[:at])


def _first(words: Sequence[str]) -> Opening | None:
    """What `words` begin with, looking at their first urgent word alone."""
    lexicon = clause_lexicon()
    start = _skipped(words, 0, (lexicon.openers, lexicon.oaths, lexicon.assistants))
    asked = _skipped(words, start, (lexicon.requests, lexicon.openers, lexicon.oaths))
    for begin in dict.fromkeys((start, asked)):
        for intent, phrases in lexicon.urgent.items():
            length = phrases.length_at(words, begin)
            if not length:
                continue
            end = begin + length
            said = " ".join(words[begin:end])
            idioms = lexicon.idioms.get(said)
            if idioms and idioms.length_at(words, end):
                return Opening(None, said, ())
            after = _skipped(words, end, (lexicon.objects, lexicon.oaths, lexicon.assistants))
            if after > end and words[after - 1] in _SUBJECTS and after < len(words) and words[after] in _BEING:
                after -= 1  # "pause, that is the phone": not "pause that"
            end = after
            asked_for_more = begin > start or (intent == Intent.HELP and words[min(end, len(words) - 1)] not in _TELLS)
            if asked_for_more and end < len(words) and not _new_clause(words, end):
                return None
            return Opening(intent, said, tuple(words[end:]))
    length = lexicon.leaving.length_at(words, start)
    if length:
        end = _skipped(words, start + length, (lexicon.objects, lexicon.oaths, lexicon.assistants))
        if end == len(words) or _new_clause(words, end):
            return Opening(Intent.STOP, " ".join(words[start : start + length]), tuple(words[end:]))
    return None


def _rank(found: Opening) -> int:
    """How urgent an opening is; the least comes first."""
    order = [*clause_lexicon().urgent]
    return order.index(found.intent) if found.intent in order else len(order)


def _new_clause(words: Sequence[str], at: int) -> bool:
    """Whether a new clause begins at a position: a connective, or a correction."""
    lexicon = clause_lexicon()
    return bool(lexicon.connectives.length_at(words, at) or lexicon.correction_at(words, at))


def _skipped(words: Sequence[str], at: int, sets: Sequence[Phrases]) -> int:
    """The first position from `at` on that is no phrase of any set, and no stutter before an urgent word."""
    while at < len(words):
        length = max(each.length_at(words, at) for each in sets) or _stutter(words, at)
        if not length:
            break
        at += length
    return at


def _stutter(words: Sequence[str], at: int) -> int:
    """How many words at a position are beginnings of the urgent word after them: "st st stop"."""
    end = at
    while end < len(words) and len(words[end]) <= _LONGEST_STUTTER:
        end += 1
    target = words[end] if end < len(words) else ""
    urgent = any(phrases.length_at(words, end) for phrases in clause_lexicon().urgent.values())
    return end - at if end > at and urgent and all(target.startswith(word) for word in words[at:end]) else 0
