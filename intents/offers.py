"""What is offered to somebody who was not understood: short sentences of what the words most likely meant."""

from collections.abc import Collection, Sequence

from intents.grammar.graph import Graph
from intents.grammar.match import match
from intents.guesses import Guesser
from intents.model import OFFERED_INTENTS, Meant
from intents.phrases.short import short_sentences_by_intent
from intents.text.normalize import words_of

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
        if sentence := _sentence_of(coach, meant):
            found[sentence] = None
    return tuple(found)


def _sentence_of(coach: Graph, meant: Meant) -> str | None:
    """The first short sentence that means something; None: it has none."""
    for text in short_sentences_by_intent().get(meant.intent, ()):
        read = match(coach, words_of(text), {meant.intent})
        if read and dict(read.slots) == dict(meant.slots):
            return text
    return None
