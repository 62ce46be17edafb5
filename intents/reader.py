"""Reads text: which intent an utterance means, with which slots, and how surely.

`docs/intents.md` tells the order of the readings and how many of each are right; `python -m benchmarks.intents`
measures them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from intents.grammar.align import align
from intents.grammar.compile import compile_graph
from intents.grammar.graph import Graph
from intents.grammar.graph_cache import coach_graph
from intents.grammar.match import Match, fill, match, match_several
from intents.grammar.templates import read_templates
from intents.likeness.intent_classifier import NO_INTENT, IntentClassifier
from intents.likeness.nearest import NearestSentence
from intents.model import NO_SLOTS, REQUEST, Intent, Reading, asked_intents
from intents.phrases.wake import WakePhrase, wake_phrase
from intents.red_flags.detect import OVERHEARD, SPOKEN_WITH, find_red_flag
from intents.speech_grammar import SpeechGrammar
from intents.text.normalize import words_of
from intents.text.numerals import dictated, numbers_from

SEVERAL_SENTENCES = 0.95
"""Confidence of two or three template sentences said in a row, 0 to 1; one whole sentence has 1."""
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

_BRIEF_WORDS = 10
"""Length in words up to which `LEARNED_AT` suffices: commands are brief, and other talk goes on."""
_LONGEST_TEXT_WORDS = 60
"""Length in words beyond which no text is read as a command; red flags are found in longer ones too."""
_COMPARED_WORDS = 2
"""Length in words of the sentences that short utterances are compared with, letter by letter and by sound."""
_NO_SYMPTOM = frozenset(
    {
        *(Intent.STOP, Intent.PAUSE, Intent.RESUME, Intent.NEXT, Intent.BACK, Intent.SKIP, Intent.START_OVER),
        *(Intent.REPEAT, Intent.REPEAT_SLOWER, Intent.WAIT, Intent.LONGER, Intent.SHORTER, Intent.HOLD_FOR),
        *(Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS, Intent.GENTLER, Intent.SPEAK_FASTER),
        *(Intent.SPEAK_SLOWER, Intent.LOUDER, Intent.QUIETER, Intent.MUTE, Intent.UNDO, Intent.GOODBYE),
        *(Intent.WHERE_AM_I, Intent.WHAT_NEXT, Intent.HOW_LONG, Intent.HOW_MANY, Intent.MORE),
        *(Intent.EMERGENCY_NUMBER, Intent.ASK_EMERGENCY_NUMBER, Intent.DIGITS),
    }
)
"""Intents whose whole sentences tell of no symptom, whatever single words would: "that is too many" is no red flag."""

_FIRST_OF_SEVERAL = (Intent.THAT_HURTS, Intent.GOODBYE, Intent.STOP)
"""Intents that count first among sentences said in one breath, in this order."""
_ALWAYS_OBEYED = frozenset({*_FIRST_OF_SEVERAL, Intent.PAUSE, Intent.RED_FLAG, Intent.WAKE, Intent.UNMUTE})
"""Intents whose whole sentences count whatever the classifier makes of them."""
_WEAK_OF_SEVERAL = frozenset(
    {Intent.YES, Intent.WAIT, Intent.READY, Intent.NEVER_MIND, Intent.PAUSE, Intent.REPEAT, Intent.UNDO}
)
"""Intents that yield to any other one said in the same breath; the last of the others counts."""

_SLOT_OF_GUESS: Mapping[str, tuple[str, bool]] = {
    Intent.START_MOVEMENT: ("movement", True),
    Intent.START_ROUTINE: ("routine", False),
    Intent.HOLD_FOR: ("seconds", True),
    Intent.MORE_REPETITIONS: ("count", False),
    Intent.FEWER_REPETITIONS: ("count", False),
    Intent.MEASURE: ("measure", True),
    Intent.CAUSE: ("cause", True),
    Intent.STRATEGY: ("strategy", True),
}
"""To each intent with a slot: the slot that a guess fills from its words, and whether the intent needs it."""

_NUMBER_SLOTS: Mapping[str, range] = {"seconds": range(2, 181), "count": range(1, 31)}
"""The slots that a bare number fills, and which numbers: seconds of a hold, and repetitions."""

_DICTATED_INTENTS = frozenset({Intent.EMERGENCY_NUMBER, Intent.DIGITS})
"""Intents whose number is said digit by digit."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """A reading that is no whole template sentence, with the confidence it must reach."""

    intent: str
    slots: Mapping[str, str]
    confidence: float
    operating_point: float
    """Least confidence, 0 to 1, at which the guess is accepted."""


class IntentReader:
    """Reads text by sentence templates; the built-in templates also by a classifier and by likeness."""

    def __init__(self, coach: Graph | None, others: Graph | None, wake: WakePhrase | None = None) -> None:
        """`coach`, `others`: graphs of the built-in templates and a caller's own.

        `wake`: the wake phrase; None: the built-in.
        """
        self._coach = coach
        self._others = others
        self._wake = wake or wake_phrase()

    @classmethod
    def coach(cls, wake: str | None = None) -> "IntentReader":
        """The reader of the built-in templates. `wake`: the wake phrase; None: the built-in one."""
        return cls(coach_graph(), None, wake_phrase(wake))

    @classmethod
    def load(cls, sources: Sequence[str]) -> "IntentReader":
        """The reader of `sources`: template files, folders of them, or the word "coach" for the built-in templates.

        Raises IntentsError, which names the file, the field and the remedy.
        """
        others = [Path(source) for source in sources if source != "coach"]
        return cls(
            coach_graph() if "coach" in sources else None,
            compile_graph(read_templates(others)) if others else None,
        )

    def read(self, text: str, valid: Collection[str] | None = None, threshold: float | None = None) -> Reading:
        """The meaning of `text` among the valid intents; None stands for all but `Digits`.

        Letter case, punctuation and the spelling of numbers do not matter. `threshold`: least confidence, 0 to 1, at
        which a guess is accepted; None: the operating point of its kind; 0: the best guess whatever its confidence.
        """
        words = words_of(text)
        if len(words) > _LONGEST_TEXT_WORDS:
            words = []
        own = asked_intents(valid)
        graphs = ((self._others, valid), (self._coach, own))  # whoever brings intents of their own means these
        exact = [m for graph, known in graphs if graph and (m := match(graph, words, known))]
        best = min(exact, key=lambda found: found.skipped) if exact else None
        if self._coach and Intent.RED_FLAG in own and not (best and best.intent in _NO_SYMPTOM):
            overheard = valid is not None and Intent.WAKE in valid
            flag = find_red_flag(text, OVERHEARD if overheard else SPOKEN_WITH)
            # A cry of pain ends the hold as well, and offers a gentler one.
            cried = flag == "stretch_warning" and best is not None and best.intent == Intent.THAT_HURTS
            if flag is not None and not cried:
                return Reading(text, Intent.RED_FLAG, {"flag": flag}, 1.0)
        if self._coach and Intent.WAKE in own:
            request = self._wake.request(words)
            if request is not None and not (request and best):
                return Reading(text, Intent.WAKE, {REQUEST: " ".join(request)} if request else NO_SLOTS, 1.0)
        if best:
            surer = None if best.slots else self._surer(words, own, best.intent)
            if surer and surer.confidence >= (threshold or 0):
                return Reading(text, surer.intent, surer.slots, surer.confidence)
            return Reading(text, best.intent, _slots(best, words), 1.0)
        if not words or (threshold is None and self._meant_elsewhere(words, valid)):
            return Reading(text, None)
        guesses = [guess for guess in self._guesses(words, valid) if _accepted(guess, threshold)]
        if threshold is None and len(words) <= _COMPARED_WORDS:
            # It would end everything: "thanks" is not near enough.
            guesses = [guess for guess in guesses if guess.intent != Intent.GOODBYE]
        if not guesses:
            return Reading(text, None)
        best_guess = max(guesses, key=lambda guess: guess.confidence)
        return Reading(text, best_guess.intent, _slots(best_guess, words), best_guess.confidence)

    def _meant_elsewhere(self, words: list[str], valid: Collection[str] | None) -> bool:
        """Whether the text is a whole short sentence of an intent that is not valid now. Then no likeness is tried."""
        return bool(
            self._coach and valid is not None and len(words) <= _COMPARED_WORDS and match(self._coach, words, None)
        )

    def _guesses(self, words: list[str], valid: Collection[str] | None) -> list[_Guess]:
        """Every guess at a text that is no whole sentence."""
        found: list[_Guess | None] = []
        if self._coach:
            own = asked_intents(valid)
            learned = self._learn(self._coach, words, own)
            found += [
                _several_sentences(self._coach, words, own, learned),
                self._near(self._coach, words, own),
                learned,
            ]
        if self._others:
            found.append(_aligned(self._others, words, valid))
        return [guess for guess in found if guess]

    def _near(self, graph: Graph, words: list[str], valid: Collection[str] | None) -> _Guess | None:
        """The guess by the nearest short sentence, by letters and by sound."""
        intent, chance = self._learned.guess(words, valid)
        least = DOUBTED_AT if intent == NO_INTENT and chance >= SURE_AT else NEAREST_AT
        for sentence, likeness in self._nearest.find(words):
            meant = match(graph, sentence, valid)
            if meant:
                return _Guess(meant.intent, meant.slots, likeness, least)
        return None

    def _learn(self, graph: Graph, words: list[str], valid: Collection[str] | None) -> _Guess | None:
        """The guess of the classifier, with its slot filled from the words."""
        intent, chance = self._learned.guess(words, valid)
        if intent == NO_INTENT:
            return None
        slot, needed = _SLOT_OF_GUESS.get(intent, ("", False))
        value = (fill(graph, words, slot) if slot else None) or _number(words, slot)
        if needed and value is None:
            return None
        least = LEARNED_AT if len(words) <= _BRIEF_WORDS else SURE_AT
        return _Guess(intent, NO_SLOTS if value is None else {slot: value}, chance, least)

    def _surer(self, words: list[str], valid: Collection[str] | None, exact: str) -> _Guess | None:
        """The classifier's guess where it is sure and contradicts a template: some templates are wider than meant."""
        if not self._coach or exact in _ALWAYS_OBEYED or exact not in self._learned.intents:
            return None
        guess = self._learn(self._coach, words, valid)
        doubted = guess and guess.intent not in {exact, *_ALWAYS_OBEYED} and guess.confidence >= SURE_AT
        return guess if doubted else None

    @cached_property
    def speech_grammar(self) -> SpeechGrammar:
        """What a speech recogniser is told, so that it recognises what `read` understands."""
        return SpeechGrammar(self._coach, self._others, self._wake)

    @cached_property
    def _nearest(self) -> NearestSentence:
        """The short sentences of the built-in templates, to compare with."""
        return NearestSentence(self._coach.sentences(None, _COMPARED_WORDS) if self._coach else ())

    @cached_property
    def _learned(self) -> IntentClassifier:
        """The trained classifier, loaded on first use."""
        return IntentClassifier.load()


def _slots(meant: Match | _Guess, words: list[str]) -> Mapping[str, str]:
    """The slots of a match or guess. A dictated number has all digits of the text, not those of one place in it."""
    if meant.intent not in _DICTATED_INTENTS:
        return meant.slots
    number = dictated(words)
    return {"number": number} if len(number) > 1 else NO_SLOTS


def _accepted(guess: _Guess, threshold: float | None) -> bool:
    """Whether a guess reaches `threshold`, or with None its operating point."""
    return guess.confidence >= (guess.operating_point if threshold is None else threshold)


def _several_sentences(
    graph: Graph, words: list[str], valid: Collection[str] | None, learned: _Guess | None
) -> _Guess | None:
    """The guess at several whole sentences said in one breath: "no, wait, go back" asks to go back."""
    several = match_several(graph, words, valid)
    if not several:
        return None
    named = {meant.intent: meant for meant in several}
    first = next((named[intent] for intent in _FIRST_OF_SEVERAL if intent in named), None)
    if learned and not first and learned.confidence >= SURE_AT:
        # What looks like several may be one that no template has: "how long before | the next one".
        return _Guess(learned.intent, learned.slots, max(learned.confidence, SEVERAL_SENTENCES), SEVERAL_SENTENCES)
    strong = [meant for meant in several if meant.intent not in _WEAK_OF_SEVERAL]
    chosen = first or (strong or several)[-1]
    return _Guess(chosen.intent, chosen.slots, SEVERAL_SENTENCES, SEVERAL_SENTENCES)


def _aligned(graph: Graph, words: list[str], valid: Collection[str] | None) -> _Guess | None:
    """The guess by the nearest sentence of a caller's own templates, letter by letter."""
    found = align(graph, words, valid)
    meant = match(graph, found[0], valid) if found else None
    return _Guess(meant.intent, meant.slots, found[1], ALIGNED_AT) if found and meant else None


def _number(words: list[str], slot: str) -> str | None:
    """The one number in `words` that may fill `slot`; None where several are said, or minutes are meant."""
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
