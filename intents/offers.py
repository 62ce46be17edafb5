"""What is offered to somebody who was not understood: short sentences of what the words most likely meant."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from intents.grammar.graph import Graph
from intents.grammar.match import match
from intents.guesses import Guesser
from intents.model import OFFERED_INTENTS
from intents.phrases.short import short_sentences_by_intent
from intents.text.normalize import words_of

_Meaning: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
"""An intent with its slots."""
OFFERED_AT = 0.01
"""Least probability, 0 to 1, of what is offered."""
MOST_OFFERED = 2
"""Number of sentences that are offered at the most."""


def likely_sentences(
    coach: Graph | None, guesser: Guesser, words: Sequence[str], valid: Collection[str]
) -> tuple[str, ...]:
    """Up to MOST_OFFERED short sentences of what a text most likely means, the likeliest first.

    `coach`: the graph of the built-in templates, None: not in use; `words`: of a text that is none of their sentences.
    """
    if coach is None or not words:
        return ()
    found: dict[str, None] = {}
    for meant, chance in guesser.meaning.likeliest(" ".join(words), frozenset(valid) & OFFERED_INTENTS):
        if chance < OFFERED_AT or len(found) == MOST_OFFERED:
            break
        if sentence := _sentences(coach).get((meant.intent, frozenset(meant.slots.items()))):
            found[sentence] = None
    return tuple(found)


@lru_cache(maxsize=1)
def _sentences(coach: Graph) -> Mapping[_Meaning, str]:
    """To each intent of OFFERED_INTENTS, with its slots, the first short sentence that means it."""
    found: dict[_Meaning, str] = {}
    for intent in OFFERED_INTENTS:
        for text in short_sentences_by_intent().get(intent, ()):
            if read := match(coach, words_of(text), {intent}):
                found.setdefault((intent, frozenset(read.slots.items())), text)
    return found
