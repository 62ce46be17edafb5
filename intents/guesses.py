"""Readings of text that is no whole template sentence: by likeness, and by the classifier, each with its confidence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intents.clauses.negation import denied
from intents.clauses.opening import is_no_order
from intents.grammar.align import align
from intents.grammar.graph import Graph
from intents.grammar.match import fill, match
from intents.likeness.intent_classifier import NO_INTENT, IntentClassifier
from intents.likeness.nearest import NearestSentence
from intents.model import NO_SLOTS, Intent
from intents.sentences import HEDGES, YES_OR_NO
from intents.text.lengths import with_lengths
from intents.text.numerals import numbers_from

NEAREST_AT = 0.84
"""Least likeness, 0 to 1, at which the nearest short sentence is taken for what was said.

With `DOUBTED_AT`, `LEARNED_AT`, `SURE_AT` and `ALIGNED_AT` it is an operating point: with these, none of the 125
phrases of other talk in `benchmarks.intents` becomes a command.
"""
DOUBTED_AT = 0.9
"""Least likeness of the nearest sentence, 0 to 1, where the classifier is sure (`SURE_AT`) that nothing is meant."""
LEARNED_AT = 0.7
"""Least probability, 0 to 1, at which the classifier's intent is taken for what was meant."""
SURE_AT = 0.9
"""Probability, 0 to 1, from which the classifier is sure: it outdoes a template, and may read a long text."""
ALIGNED_AT = 0.72
"""Least likeness, 0 to 1, at which the nearest sentence of a caller's own templates is taken."""
COMPARED_WORDS = 2
"""Length in words of the sentences that short utterances are compared with, letter by letter and by sound."""

_BRIEF_WORDS = 10
"""Length in words up to which `LEARNED_AT` suffices: commands are brief, and other talk goes on."""

_SLOT_OF_GUESS: Mapping[str, tuple[str, bool]] = {
    Intent.START_MOVEMENT: ("movement", True),
    Intent.START_ROUTINE: ("routine", False),
    Intent.ROUTINE_LENGTH: ("routine", False),
    Intent.HOLD_FOR: ("seconds", True),
    Intent.MORE_REPETITIONS: ("count", False),
    Intent.FEWER_REPETITIONS: ("count", False),
    Intent.MEASURE: ("measure", True),
    Intent.CAUSE: ("cause", True),
    Intent.STRATEGY: ("strategy", True),
}
"""To each intent with a slot: the slot that a guess fills from its words, and whether the intent needs it."""
_NUMBER_SLOTS: Mapping[str, range] = {"seconds": range(2, 3601), "count": range(1, 31)}
"""The slots that a bare number fills, and which numbers: seconds of a hold, and repetitions."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading that is no whole template sentence, with the confidence it must reach."""

    intent: str
    slots: Mapping[str, str]
    confidence: float
    operating_point: float
    """Least confidence, 0 to 1, at which the guess is accepted."""
    by: str
    """What guessed it."""

    def accepted(self, threshold: float | None) -> bool:
        """Whether the guess reaches `threshold`, or with None its operating point."""
        return self.confidence >= (self.operating_point if threshold is None else threshold)


class Guesser:
    """Guesses what a text means that no template has."""

    def __init__(self, coach: Graph | None, others: Graph | None) -> None:
        """`coach`, `others`: graphs of the built-in templates and a caller's own; None: not in use."""
        self._coach = coach
        self._others = others

    def guesses(self, words: Sequence[str], own: Collection[str], valid: Collection[str] | None) -> list[Guess]:
        """Every guess; `own`: the valid intents of the built-in templates, `valid`: those of a caller's."""
        found: list[Guess | None] = []
        if self._coach:
            found += [self._near(self._coach, list(words), own), self.learned(words, own)]
        if self._others:
            found.append(_aligned(self._others, list(words), valid))
        return [guess for guess in found if guess and not _unmeant(words, guess.intent)]

    def learned(self, words: Sequence[str], valid: Collection[str]) -> Guess | None:
        """The guess of the classifier, with its slot filled from the words."""
        if not self._coach:
            return None
        said = list(words)
        intent, chance = self._learned.guess(said, valid)
        if intent == NO_INTENT or _unmeant(said, intent):
            return None
        slot, needed = _SLOT_OF_GUESS.get(intent, ("", False))
        in_seconds = with_lengths(said) if slot == "seconds" else said
        value = (fill(self._coach, in_seconds, slot) if slot else None) or _number(in_seconds, slot)
        if needed and value is None:
            return None
        least = LEARNED_AT if len(said) <= _BRIEF_WORDS else SURE_AT
        return Guess(intent, NO_SLOTS if value is None else {slot: value}, chance, least, "classifier")

    def surely_nothing(self, words: Sequence[str], valid: Collection[str]) -> bool:
        """Whether the classifier is sure that a text is not meant for Limber."""
        intent, chance = self._learned.guess(list(words), valid)
        return intent == NO_INTENT and chance >= SURE_AT

    def knows(self, intent: str) -> bool:
        """Whether the classifier was trained with an intent."""
        return intent in self._learned.intents

    def _near(self, graph: Graph, words: list[str], valid: Collection[str]) -> Guess | None:
        """The guess by the nearest short sentence, by letters and by sound."""
        least = DOUBTED_AT if self.surely_nothing(words, valid) else NEAREST_AT
        for sentence, likeness in self._nearest.find(words):
            meant = match(graph, sentence, valid)
            # It would end everything: "thanks" is not near enough.
            if meant and not (meant.intent == Intent.GOODBYE and len(words) <= COMPARED_WORDS):
                return Guess(meant.intent, meant.slots, likeness, least, f"like {' '.join(sentence)!r}")
        return None

    @cached_property
    def _nearest(self) -> NearestSentence:
        """The short sentences of the built-in templates, to compare with."""
        return NearestSentence(self._coach.sentences(None, COMPARED_WORDS) if self._coach else ())

    @cached_property
    def _learned(self) -> IntentClassifier:
        """The trained classifier, loaded on first use."""
        return IntentClassifier.load()


def _unmeant(words: Sequence[str], intent: str) -> bool:
    """Whether the words of a guess deny it, doubt it, or have its word as a noun: "a bus stop"."""
    if denied(words, intent) or (intent in YES_OR_NO and not HEDGES.isdisjoint(words)):
        return True
    stops = [at for at, word in enumerate(words) if word == "stop"]
    return intent == Intent.STOP and bool(stops) and all(is_no_order(words, at) for at in stops)


def _aligned(graph: Graph, words: list[str], valid: Collection[str] | None) -> Guess | None:
    """The guess by the nearest sentence of a caller's own templates, letter by letter."""
    found = align(graph, words, valid)
    meant = match(graph, found[0], valid) if found else None
    return Guess(meant.intent, meant.slots, found[1], ALIGNED_AT, "like a sentence") if found and meant else None


def _number(words: list[str], slot: str) -> str | None:
    """The one number in `words` that may fill `slot`; None where several are said."""
    allowed = _NUMBER_SLOTS.get(slot)
    if allowed is None or "minute" in words or "minutes" in words:
        return None
    values = []
    at = 0
    while at < len(words):
        numbers = numbers_from(words, at)
        if numbers:
            at, value = numbers[-1]
            values.append(value)
        else:
            at += 1
    return str(values[0]) if len(values) == 1 and values[0] in allowed else None
