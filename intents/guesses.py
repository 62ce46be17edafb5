"""Readings of text that no template has: by meaning, and short ones by sound, each with its confidence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intents.clauses.negation import denied
from intents.clauses.opening import is_no_order
from intents.encoder.meaning import CLOSED_SLOTS, MeaningModel
from intents.grammar.align import align
from intents.grammar.graph import Graph
from intents.grammar.match import fill, match
from intents.model import REMINDING_INTENTS, STARTING_INTENTS, UNASKED_INTENTS, Intent
from intents.phrases.nearest import NearestSentence
from intents.phrases.short import short_sentences_by_intent
from intents.phrases.told_settings import open_values
from intents.reminding.time_words import times_anywhere
from intents.sentences import HEDGES, YES_OR_NO
from intents.text.correction import Correction
from intents.text.lengths import with_lengths
from intents.text.normalize import words_of
from intents.text.numerals import numbers_from
from intents.text.ratings import RATING, may_rate

NEAREST_AT = 0.84
"""Least likeness, 0 to 1, at which the nearest short sentence is taken for what was said.

With `DOUBTED_AT`, `LEARNED_AT`, `SURE_AT` and `ALIGNED_AT` it is an operating point; `python -m benchmarks.intents`
measures what they find and what they take that was not meant.
"""
DOUBTED_AT = 0.9
"""Least likeness of the nearest sentence, 0 to 1, where its meaning is surely (`SURE_AT`) none."""
LEARNED_AT = 0.7
"""Least probability, 0 to 1, at which an intent is taken for what was meant."""
SURE_AT = 0.8
"""Probability, 0 to 1, from which the meaning is sure: it counts for a long text, and for one that may be several."""
FOREIGN_AT = 0.95
"""Probability, 0 to 1, that a text means nothing, from which a request in it is about what the rest of it tells."""
SOUNDS_LIKE_AT = 0.93
"""Likeness, 0 to 1, from which a name for a routine is too much like a command."""
ELSEWHERE_AT = 0.96
"""The same, in a session, for what leads elsewhere."""
HALT_AT = 0.55
"""The same for what halts a hold: a missed "stop" is worse than a false one."""
UNNAMED_CONDITION_AT = 0.97
"""The same for an illness or the like that no word of the text names."""
GOODBYE_AT = 0.9
"""The same for a goodbye, which ends everything."""
FRAMED_AT = 0.5
"""Least probability, 0 to 1, of the meaning of a text that begins or ends with a sentence of that meaning."""
FRAMED_HALT_AT = 0.12
"""The same for what halts a hold, while one may be on, and for a complaint at rest."""
SPELLED = 0.93
"""Confidence of a template sentence once its spelling is corrected, 0 to 1."""
ALIGNED_AT = 0.72
"""Least likeness, 0 to 1, at which the nearest sentence of a caller's own templates is taken."""
COMPARED_WORDS = 2
"""Length in words of the sentences that short utterances are compared with, letter by letter and by sound."""

_SHORTEST_FRAMED = 2
"""Length in words of the shortest sentence that a text may begin or end with, besides a remark."""
_MOST_SPELLED_WORDS = 12
"""Length in words of the longest text whose spelling is corrected."""
_LONGEST_GUESSED_HOLD = 180
"""The longest hold that is guessed, in seconds, where no hold is named: longer times are for ovens and timers."""
_BRIEF_WORDS = 12
"""Length in words up to which `LEARNED_AT` suffices: commands are brief, and other talk goes on."""

_ALIKE = (
    frozenset(
        {
            *(Intent.QUESTION, Intent.MEASURE, Intent.CAUSE, Intent.CAUSES, Intent.STRATEGY, Intent.PREVENTION),
            *(Intent.PAINKILLERS, Intent.SEE_PROFESSIONAL, Intent.OVERVIEW, Intent.WHAT_HELPS),
            *(Intent.ROUTINE_LENGTH, Intent.TIME_LEFT, Intent.MOVEMENTS_LEFT, Intent.HOW_LONG, Intent.HOW_MANY),
            *(Intent.WHAT_NEXT, Intent.WHY_THIS),
        }
    ),
    frozenset({Intent.SMALL_TALK, Intent.WHO_ARE_YOU, Intent.HELLO, Intent.THANKS}),
    frozenset({Intent.STOP, Intent.SKIP, Intent.PAUSE, Intent.WAIT, Intent.GOODBYE}),
)
"""Intents that are answered and change nothing; that are company; that end a hold. It is sure that one of such a group
is meant before it is sure which."""
_TIMES = frozenset({Intent.HOLD_FOR, Intent.HAVE_TIME, Intent.LONGER, Intent.SHORTER})
"""Intents that a length of time may mean."""
_SECONDS = frozenset({"second", "seconds"})
"""Words after the length of a hold."""
_ENDS_ANOTHER_THING = frozenset((verb, a) for verb in ("finish", "end") for a in "the your his her our these".split())
"""The ends of a stop, with the word after them, that stop something else; with "my arms hurt" it is a reason."""
_HALTS = frozenset({Intent.STOP, Intent.PAUSE, Intent.WAIT})
"""What halts a hold."""
_ELSEWHERE = frozenset(
    {
        Intent.START_MOVEMENT,
        Intent.START_ROUTINE,
        Intent.HOLD_FOR,
        Intent.COUNT_ALOUD,
        Intent.RADIATES,
        Intent.SITUATION,
    }
)
"""What leads elsewhere in a session, and is worded as Limber's own instructions, or as what a stretch feels like."""
_SAID_TO_ANYBODY = frozenset(
    {Intent.HELLO, Intent.THANKS, Intent.SMALL_TALK, Intent.WHO_ARE_YOU, Intent.TIME, Intent.SITUATION, Intent.RESUME}
)
"""What people say to each other as often as to Limber."""
_COMPLAINTS = frozenset({Intent.THAT_HURTS})
"""What is said of the pain itself, which at rest is answered by what helps, however it goes on."""
_REASONS = frozenset({Intent.WHAT_HELPS, Intent.STILL_BAD, Intent.CAUSE, Intent.THAT_HURTS, Intent.SITUATION})
"""What tells why something is asked for, where it stands beside a whole sentence that asks."""
_ASKED_WHOLE = 4
"""Least length in words of such a sentence."""
_MAIN_PART = 0.4
"""Least probability, 0 to 1, of the likeliest of such a group, where it is sure that one of it is meant."""
_SURE_VALUE = 0.9
"""Probability, 0 to 1, from which the value by meaning comes before a word list's, whose words have other senses, too.

"How long", "I am in ...", "may I go to bed with the hot water bottle".
"""

_SLOT_OF_GUESS: Mapping[str, tuple[str, bool]] = {
    Intent.HOLD_FOR: ("seconds", True),
    Intent.MORE_REPETITIONS: ("count", False),
    Intent.FEWER_REPETITIONS: ("count", False),
    Intent.RATING: (RATING, True),
}
"""To each intent with a number: the slot that a guess fills from its words, and whether the intent needs it."""
_NEVER_BESIDE: Mapping[str, frozenset[str]] = {
    Intent.UNDO: frozenset({"keep", "leave"}),
    Intent.PAUSE: frozenset({"gave", "gives", "given"}),
    Intent.START_ROUTINE: frozenset({"maintenance", "inspection"}),
}
"""To an intent, the words of a text that means something else: "keep it like that", "it gave me pause"."""
_WITH_A_CONDITION = frozenset({"but", "except", "unless", "if", "only", "keep"})
"""Words with which a yes is none to all of it: "yes but keep today"."""
_UNFINISHED = frozenset({"about", "the", "a", "an", "my", "your", "and", "or", "but", "of", "very"})
"""Words that end no sentence: what a text that breaks off there means is not known yet ("tell me about")."""
_BEFORE_A_NOUN = frozenset("a an the my your his her our their not is was are on for".split())
"""Words after which a phrase at the end names a thing, or is denied or told: "what a carry on", "not the quick one"."""
_OTHERS = frozenset({"he", "she", "they"})
"""Subjects of what somebody else is to do: "he is going to start the quick routine"."""
_REGAINED = ("has_", "can_")
"""What the values of a situation begin with that is possible, perhaps again."""
_TELLS_REGAINED = frozenset("can could able again have got found has there is borrowed brought fetched managed".split())
"""Words without which no such is told: "my neck's gone stiff" is none."""
_TELLS_NEXT = frozenset({"is", "are", "was", "were", "has", "have", "feels", "feel", "keeps", "keep"})
"""Words after which it is told what is the matter with "my arm"."""
_TELLS_NOTHING = HEDGES | frozenset("could may might be it that i so do know".split())
"""Words of a doubt that tells nothing else: "could be, maybe"."""
_ASKING_WHAT = frozenset({"what", "who", "which"})
"""Words with which a question begins that may end in "about"."""
_FOR_WHOM = frozenset({"painkiller_allowed", "heat_allowed", "safe_now", "stretch_safe", "meantime"})
"""The facts that depend on what the person has, so that a question names the condition."""
_NUMBER_SLOTS: Mapping[str, range] = {"seconds": range(2, 3601), "count": range(1, 31), RATING: range(11)}
"""The slots that a bare number fills, and which numbers: seconds of a hold, repetitions, and how the back is."""


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
        if self._coach and list(words[:1]) == ["not"] and match(self._coach, list(words[1:]), own):
            return []  # "not the quick one" asks for something else, whatever is likely
        if self._coach:
            found += [
                self._spelled(self._coach, words, own),
                self._near(self._coach, list(words), own),
                self._framed(self._coach, list(words), own),
                self.learned(words, own),
            ]
        if self._others:
            found.append(_aligned(self._others, list(words), valid))
        return [guess for guess in found if guess and not _unmeant(words, guess.intent, own)]

    def learned(self, words: Sequence[str], valid: Collection[str]) -> Guess | None:
        """The guess by meaning. Its slot is filled from the words, or else by what the words mean.

        A question also has the condition that it asks about, where it names one.
        """
        if not self._coach:
            return None
        said = list(words)
        if not said or said[-2:] == ["can", "not"] or (said[-1] in _UNFINISHED and said[0] not in _ASKING_WHAT):
            return None
        if (said[0] == "my" and said[-1] in _TELLS_NEXT) or _TELLS_NOTHING.issuperset(said):
            return None
        likely = self.meaning.guess(" ".join(said), valid)
        if likely.intent is None or _unmeant(said, likely.intent, valid):
            return None
        if likely.intent in REMINDING_INTENTS:
            return Guess(likely.intent, times_anywhere(said), likely.probability, LEARNED_AT, "meaning")
        slot, needed = _SLOT_OF_GUESS.get(likely.intent) or (CLOSED_SLOTS.get(likely.intent, ""), False)
        in_seconds = with_lengths(said) if slot == "seconds" else said
        value = likely.slots.get(slot)
        if value is None or likely.value_probability < _SURE_VALUE:
            value = (fill(self._coach, in_seconds, slot) if slot else None) or _number(in_seconds, slot) or value
        if needed and value is None:
            return None
        too_long = likely.intent == Intent.HOLD_FOR and int(value or 0) > _LONGEST_GUESSED_HOLD
        if too_long and "hold" not in said:
            return None
        regained = likely.intent == Intent.SITUATION and (value or "").startswith(_REGAINED)
        if regained and _TELLS_REGAINED.isdisjoint(said):
            return None
        least = self._least(likely.intent, said, valid)
        if likely.intent == Intent.CONDITION and fill(self._coach, said, "condition") is None:
            # An illness that is not named is seldom the nearest one that is known.
            least = UNNAMED_CONDITION_AT
        slots = {} if value is None else {slot: value}
        if likely.intent == Intent.CHANGE_SETTING:
            slots |= open_values(said, slots.get(slot, ""))
        if "about" in likely.slots and value in {None, likely.slots.get(slot)}:
            slots["about"] = likely.slots["about"]
        depends = slots.get("about") in _FOR_WHOM
        about_whom = fill(self._coach, said, "condition") if depends else None
        if about_whom:
            slots["condition"] = about_whom
        sure = likely.probability
        alike = next((group for group in _ALIKE if likely.intent in group), None)
        if likely.intent == Intent.HOLD_FOR and not _SECONDS.isdisjoint(in_seconds):
            alike = _TIMES  # nobody has only seconds for a routine
        if alike and sure >= _MAIN_PART:
            sure = max(sure, self.meaning.together(" ".join(said), alike, valid))
        return Guess(likely.intent, slots, sure, least, "meaning")

    def sounds_like(self, words: Sequence[str]) -> str | None:
        """The intent of the built-in templates that a word or two are all but a sentence of, by letters or by sound."""
        for sentence, likeness in self._short.find(list(words)):
            found = match(self._coach, sentence, UNASKED_INTENTS) if self._coach else None
            if found:
                return found.intent if likeness >= SOUNDS_LIKE_AT else None
        return None

    def surely_nothing(self, words: Sequence[str], valid: Collection[str], least: float = SURE_AT) -> bool:
        """Whether a text is not meant for Limber with a probability of at least `least`, 0 to 1."""
        likely = self.meaning.guess(" ".join(words), valid)
        return likely.intent is None and likely.probability >= least

    def _near(self, graph: Graph, words: list[str], valid: Collection[str]) -> Guess | None:
        """The guess by the nearest short sentence, by letters and by sound."""
        least = DOUBTED_AT if self.surely_nothing(words, valid) else NEAREST_AT
        for sentence, likeness in self._nearest.find(words):
            meant = match(graph, sentence, valid)
            # It would end everything: "thanks" is not near enough.
            if meant and not (meant.intent == Intent.GOODBYE and len(words) <= COMPARED_WORDS):
                return Guess(meant.intent, meant.slots, likeness, least, f"like {' '.join(sentence)!r}")
        return None

    @staticmethod
    def _least(intent: str, words: Sequence[str], valid: Collection[str]) -> float:
        """The operating point of a guess by meaning."""
        if intent in _HALTS:
            return HALT_AT if intent != Intent.WAIT or Intent.LONGER in valid else SURE_AT
        if intent == Intent.GOODBYE:
            return GOODBYE_AT
        if intent == Intent.FALSE_ALARM:
            return SURE_AT
        in_session = Intent.LONGER in valid
        if in_session and intent in _ELSEWHERE:
            return ELSEWHERE_AT
        return SURE_AT if len(words) > _BRIEF_WORDS or intent in _SAID_TO_ANYBODY else LEARNED_AT

    @staticmethod
    def _least_framed(intent: str, valid: Collection[str]) -> float:
        """The operating point of a guess by a sentence that the text begins or ends with."""
        in_session = Intent.LONGER in valid
        if (in_session and intent in _HALTS) or (not in_session and intent in _COMPLAINTS):
            return FRAMED_HALT_AT
        return ELSEWHERE_AT if in_session and intent in _ELSEWHERE else FRAMED_AT

    def likelihood(self, words: Sequence[str], intent: str, valid: Collection[str]) -> float:
        """The probability, 0 to 1, that a text means `intent`, among the valid ones and none."""
        return self.meaning.together(" ".join(words), {intent}, valid)

    def _framed(self, graph: Graph, words: list[str], valid: Collection[str]) -> Guess | None:
        """The guess by the longest sentence that a text begins or ends with: "one moment please, the dog's in the way".

        The rest of the text may change what is meant, so that the meaning of the whole must agree.
        """
        told = False  # whether the end of the text only names or tells what would be a sentence
        for length in range(len(words) - 1, _SHORTEST_FRAMED - 1, -1):
            for part in (words[:length], words[-length:]):
                at_end = part == words[-length:]
                if at_end and told:
                    continue
                if not at_end and words[length] == "with":
                    continue  # "I'm done with the dishes"
                meant = match(graph, part, valid)
                if meant is None or meant.intent in YES_OR_NO:
                    continue
                before = words[-length - 1] if at_end else ""
                if before in _BEFORE_A_NOUN or (before == "to" and words[0] in _OTHERS):
                    told = True
                    continue
                if tuple(words[length - 1 : length + 1]) in _ENDS_ANOTHER_THING and not at_end:
                    continue  # "I'll finish the ironing"
                # What is asked for comes with what it is for: "begin the gentle one, my shoulders are stiff".
                alike = {meant.intent}
                if length >= _ASKED_WHOLE:
                    # Which exercise is meant, the sentence tells more surely than the whole text.
                    alike |= _REASONS | (STARTING_INTENTS if meant.intent in STARTING_INTENTS else set())
                sure = self.meaning.together(" ".join(words), alike, valid)
                least = self._least_framed(meant.intent, valid)
                likely = self.meaning.guess(" ".join(words), valid)
                if not meant.slots and likely.slots and {meant.intent, likely.intent} <= STARTING_INTENTS:
                    # "Can we do the tilting one" is no routine whose name goes on.
                    return None
                return Guess(meant.intent, meant.slots, sure, least, f"{' '.join(part)!r} and a remark")
        return None

    def _spelled(self, graph: Graph, words: Sequence[str], valid: Collection[str]) -> Guess | None:
        """The guess by the sentence that a text is without its slips of spelling."""
        said = self._correction.corrected(words) if len(words) <= _MOST_SPELLED_WORDS else None
        meant = match(graph, said, valid) if said else None
        if not said or not meant:
            return None
        return Guess(meant.intent, meant.slots, SPELLED, SPELLED, f"spelled {' '.join(said)!r}")

    @cached_property
    def _correction(self) -> Correction:
        """Towards the words of the built-in templates."""
        return Correction(self._coach.words() if self._coach else ())

    @cached_property
    def _nearest(self) -> NearestSentence:
        """The short sentences of the built-in templates, to compare with."""
        return NearestSentence(self._coach.sentences(None, COMPARED_WORDS) if self._coach else ())

    @cached_property
    def _short(self) -> NearestSentence:
        """The short sentences that are said most, which a name for a routine is compared with."""
        said = (tuple(words_of(text)) for texts in short_sentences_by_intent().values() for text in texts)
        return NearestSentence({words for words in said if len(words) <= COMPARED_WORDS})

    @cached_property
    def meaning(self) -> MeaningModel:
        """What reads a text by its meaning, loaded on first use."""
        return MeaningModel.load()


def _unmeant(words: Sequence[str], intent: str, valid: Collection[str]) -> bool:
    """Whether the words of a guess deny it, doubt it, or have its word as a noun: "a bus stop"."""
    unrated = intent == Intent.RATING and not may_rate(words, asked=Intent.RATING_ALONE in valid)
    if unrated or denied(words, intent) or (intent in YES_OR_NO and not HEDGES.isdisjoint(words)):
        return True
    if intent == Intent.YES and not _WITH_A_CONDITION.isdisjoint(words):
        return True
    if not _NEVER_BESIDE.get(intent, frozenset()).isdisjoint(words):
        return True
    if intent == Intent.STOP and words[0] in _OTHERS:
        return True  # "they had enough of them": it tells of somebody
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
