"""Draws sentences from the templates, and says them otherwise."""

import random
from collections.abc import Sequence

from intents.grammar.graph import Call, Graph
from intents.text.normalize import words_of
from intents.text.numerals import in_words


class TemplateSampler:
    """Draws sentences of the word graph, short ones more often."""

    def __init__(self, graph: Graph, dice: random.Random) -> None:
        self._nodes = graph.nodes
        self._dice = dice

    def draw(self, intent: str, alive: frozenset[int]) -> list[str]:
        """A sentence of an intent; `alive`: the nodes that lead to one."""
        return self._from(0, intent, alive)

    def _from(self, index: int, intent: str | None, alive: frozenset[int] | None) -> list[str]:
        """Words from a node to the end of a sentence of `intent`, or with None to the end of a part."""
        words: list[str] = []
        while True:
            node = self._nodes[index]
            over = bool(node.ends) if intent is None else any(m.intent == intent for m, _ in node.meanings)
            ways: list[tuple[list[str], int]] = [
                ([word], arc.target) for word, arcs in node.words.items() for arc in arcs
            ]
            ways += [([], -1 - at) for at in range(len(node.calls))]
            ways += [(in_words(self._dice.choice(arc.numbers)).split(), arc.target) for arc in node.numbers]
            if alive is not None:
                ways = [way for way in ways if self._target(node.calls, way[1]) in alive]
            if over and (not ways or self._dice.random() < 0.6):
                return words
            if not ways:
                return words
            said, target = self._dice.choice(ways)
            if target < 0:
                call = node.calls[-1 - target]
                words += self._from(call.entry, None, None)
                index = call.target
            else:
                words += said
                index = target

    @staticmethod
    def _target(calls: Sequence[Call], target: int) -> int:
        """The node that a way leads to; a negative target stands for a call."""
        return calls[-1 - target].target if target < 0 else target


def altered(
    words: Sequence[str], skips: Sequence[str], openings: Sequence[list[str]], dice: random.Random
) -> list[str]:
    """A sentence said otherwise: with a hesitation, without a word, with a reason before it."""
    words = list(words)
    if len(words) > 3 and dice.random() < 0.3:
        del words[dice.randrange(len(words))]
    if dice.random() < 0.35:
        at = dice.choice([0, len(words), dice.randrange(len(words) + 1)])
        words[at:at] = words_of(dice.choice(skips))
    if dice.random() < 0.15:
        opening = dice.choice(openings)
        words = [*opening, *words] if dice.random() < 0.6 else [*words, *opening]
    return words
