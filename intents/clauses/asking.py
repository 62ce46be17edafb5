"""Whether a text asks or orders something, so that it was perhaps said to Limber; and what it begins with, its name."""

from collections.abc import Sequence

from intents.clauses.lexicon import Phrases, clause_lexicon
from intents.clauses.opening import opening

NAME = "limber"
"""What Limber is called."""
_GREETINGS = Phrases(
    ["hey", "hi", "hello", "okay", "oh", "so", "well", "and", "please", "listen", "yo", "excuse me", "sorry"]
)
"""What may stand before the name."""

_PLAYING = frozenset("play plays skip hear shuffle change queue add download".split())
"""Verbs of orders to a player of music."""
_MUSIC = frozenset("song songs playlist album albums spotify podcast tune tunes track".split())
"""What such a player plays."""
_AS_NEAR = 3
"""How many words after the verb may hold the music; further off, a remark names it: "skip, I hate this song"."""


def asks(words: Sequence[str], *, question_mark: bool = False) -> bool:
    """Whether a text is a question or an order. `question_mark`: it was typed with one at its end."""
    lexicon = clause_lexicon()
    start = 0
    while length := max(lexicon.openers.length_at(words, start), lexicon.connectives.length_at(words, start)):
        start += length
    polite = lexicon.requests.length_at(words, start)
    begins = lexicon.questions.length_at(words, start) or lexicon.orders.length_at(words, start)
    return bool(words) and (question_mark or bool(polite) or bool(begins) or addressed(words) is not None)


def to_another_assistant(words: Sequence[str]) -> bool:
    """Whether a text is meant for another assistant that it calls by name first: "hey Siri, set a timer".

    Or for one that plays music: "skip this song". A lone "stop" or "pause" after a name is said to Limber out of habit.
    """
    if any(_plays(words, at) for at in range(len(words))) and opening(words) is None:
        return True
    assistants = clause_lexicon().assistants
    start = _GREETINGS.skipped(words, 0)
    while start > 0 and not assistants.length_at(words, start):
        start -= 1  # "hey Google" and "okay Google" are names as a whole
    length = assistants.length_at(words, start)
    if not length or len(words) == start + length:
        return False
    begins = opening(words)
    return begins is None or begins.intent is None or bool(begins.rest)


def _plays(words: Sequence[str], at: int) -> bool:
    """Whether the word at a position orders what follows from a player of music."""
    return words[at] in _PLAYING and not _MUSIC.isdisjoint(words[at + 1 : at + 1 + _AS_NEAR])


def perhaps_to_others(words: Sequence[str]) -> bool:
    """Whether a text is an order that may be meant for people or animals in the room: "get down", "put that down"."""
    lexicon = clause_lexicon()
    start = 0
    while length := max(lexicon.openers.length_at(words, start), lexicon.connectives.length_at(words, start)):
        start += length
    polite = lexicon.requests.length_at(words, start) or addressed(words) is not None
    length = lexicon.orders_to_anybody.length_at(words, start)
    return bool(length) and not polite and words[start + length : start + length + 1] != ["me"]


def addressed(words: Sequence[str]) -> list[str] | None:
    """The words after or before Limber's name where the text calls it by that name, perhaps none; else None."""
    start = _GREETINGS.skipped(words, 0)
    if start < len(words) and words[start] == NAME:
        return list(words[start + 1 :])
    if len(words) > 1 and words[-1] == NAME:
        return list(words[:-1])
    return None
