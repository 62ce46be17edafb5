"""Reads text: which intents an utterance means, with which slots, and how surely.

`docs/intents.md` tells the order of the readings and how many of each are right; `python -m benchmarks.intents`
measures them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from intents.breath import Breath
from intents.clauses.asking import addressed, asks, to_another_assistant
from intents.clauses.opening import is_help_alone
from intents.clauses.pieces import after_taken_back, pieces_of
from intents.grammar.compile import compile_graph
from intents.grammar.graph import Graph
from intents.grammar.graph_cache import coach_graph
from intents.grammar.match import Match, match
from intents.grammar.open_sentences import NO_NAMES, KnownNames
from intents.grammar.templates import read_templates
from intents.guesses import COMPARED_WORDS, Guesser
from intents.model import (
    ALARM_INTENTS,
    CLASH,
    NO_SLOTS,
    OPEN_INTENTS,
    REMINDING_INTENTS,
    REQUEST,
    ROUTINE_ANSWERS,
    STARTING_INTENTS,
    UNASKED_INTENTS,
    Intent,
    Meant,
    Reading,
    asked_intents,
)
from intents.offers import likely_sentences
from intents.phrases.wake import WakePhrase, wake_phrase
from intents.red_flags.alarm import OVERHEARD, SPOKEN_WITH, find_alarm
from intents.red_flags.detect import tells_of_others
from intents.red_flags.screening_answer import AnswerKind, denied_first, read_screening_answer
from intents.reminding.loose_wish import read_loosely
from intents.sentences import DICTATED_INTENTS, YES_OR_NO, Sentences, dictated_number, setting_slots
from intents.speech_grammar import SpeechGrammar
from intents.text.normalize import words_of
from intents.text.numerals import dictated

LOOSE_WISH = 0.8
"""Confidence, 0 to 1, of a request for a reminder with words that no table has."""
BESIDE_SCREENING_AT = 0.9
"""Least confidence, 0 to 1, of a guess while the question for warning signs is open."""
_OF_THE_PERSON = frozenset({Intent.CONDITION, Intent.SITUATION})
"""What somebody is or has, which matters only of the person who stretches."""
_NAMING = frozenset({Intent.MAKE_ROUTINE, Intent.NAME_ROUTINE, Intent.RENAME_ROUTINE})
"""Intents that give a routine a name."""
_THANKING = frozenset("thanks thank cheers ta".split())
"""Words of thanks."""
_NO_NAME = UNASKED_INTENTS - {
    *(Intent.HELLO, Intent.THANKS, Intent.SMALL_TALK, Intent.TIME, Intent.WHO_ARE_YOU, Intent.OVERVIEW),
    *(Intent.MEASURE, Intent.CAUSE, Intent.CAUSES, Intent.STRATEGY, Intent.PREVENTION, Intent.PAINKILLERS),
    *(Intent.SEE_PROFESSIONAL, Intent.CONDITION, Intent.SITUATION, Intent.HAVE_TIME, Intent.BETTER, Intent.SAME),
    *(Intent.FEELS_GOOD, Intent.PASSED, Intent.QUESTION),
}
"""Intents whose sentences are no names, since they are said to do something: a routine named "stop"."""
_BEGUN_AT_ONCE = re.compile(
    r"[,.;]?\s*\b(?:and|then)\s+(?:then\s+)?(?:start|begin|run|do|let's (?:start|do))"
    r"\s+(?:it|that|this|(?P<named>[\w' ]{1,40}?))\b"
    r"(?:\s+(?:now|please|right away|straight away|at once|for me))*[.!]?\s*$",
    re.IGNORECASE,
)
"""How a text ends that makes or changes a routine and begins it."""
_NAMED_ANEW = re.compile(
    r"\b(?:call|name) it [\w' ]{1,30}?[,;.]?\s+(?:(?:no|sorry|wait|actually|rather)\b[,;]?\s*)+(?=(?:call|name) it\b)",
    re.IGNORECASE,
)
"""A name for a routine that is taken back for another: "call it evening, no, call it bedtime"."""
_ORDERS = frozenset("start begin do run go let try want play".split())
"""Words of an order to begin an exercise."""
_LONGEST_TEXT_WORDS = 60
"""Length in words beyond which no text is read as a command; red flags are found in longer ones too."""
_NO_SYMPTOM = frozenset(
    {
        *(Intent.STOP, Intent.PAUSE, Intent.RESUME, Intent.NEXT, Intent.BACK, Intent.SKIP, Intent.START_OVER),
        *(Intent.REPEAT, Intent.REPEAT_SLOWER, Intent.WAIT, Intent.LONGER, Intent.SHORTER, Intent.HOLD_FOR),
        *(Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS, Intent.GENTLER, Intent.SPEAK_FASTER),
        *(Intent.SPEAK_SLOWER, Intent.LOUDER, Intent.QUIETER, Intent.MUTE, Intent.UNDO, Intent.GOODBYE),
        *(Intent.HIGHER_VOICE, Intent.DEEPER_VOICE, Intent.SETTINGS, Intent.CHANGE_SETTING),
        *(Intent.WHERE_AM_I, Intent.WHAT_NEXT, Intent.HOW_LONG, Intent.HOW_MANY, Intent.MORE),
        *(Intent.EMERGENCY_NUMBER, Intent.ASK_EMERGENCY_NUMBER, Intent.DIGITS, Intent.ONLY_SIDE, Intent.OTHER_SIDE),
        *(Intent.COUNT_ONLY, Intent.HAVE_TIME, Intent.TIME_LEFT, Intent.MOVEMENTS_LEFT, Intent.WHY_THIS, Intent.AGAIN),
        *(Intent.ROUTINE_LENGTH, Intent.FEELS_GOOD, Intent.PASSED, Intent.STILL_BAD, Intent.BETTER, Intent.SAME),
        *(Intent.WORSE, Intent.FALSE_ALARM, Intent.HELP_COMING, Intent.WHY_ASK, Intent.RATING),
    }
)
"""Intents whose whole sentences tell of no symptom, whatever single words would: "that is too many" is no red flag."""
_CRY = frozenset("ambulance paramedic paramedics emergency nine one".split())
"""Words of a call for help that is one even where somebody wants to be reminded of it."""
_BESIDE_AN_ALARM = frozenset(
    {Intent.STOP, Intent.PAUSE, Intent.ASK_EMERGENCY_NUMBER, Intent.HELP_COMING, Intent.LOUDER, Intent.SPEAK_SLOWER}
)
"""What is done as well where an alarm is in the same breath: nothing that goes on with an exercise."""


class IntentReader:
    """Reads text by sentence templates, several at a time, and by guesses where no template has it."""

    def __init__(self, coach: Graph | None, others: Graph | None, wake: WakePhrase | None = None) -> None:
        """`coach`, `others`: graphs of the built-in templates and a caller's own.

        `wake`: the wake phrase; None: the built-in.
        """
        self._coach = coach
        self._others = others
        self._wake = wake or wake_phrase()
        self._guesser = Guesser(coach, others)
        self._taught = self._known = NO_NAMES

    def learn(self, known: KnownNames, wake: str | None = None) -> None:
        """Know these names of the person's own routines from now on, and no others; none that is a command.

        `wake`: the wake phrase from now on; None: as before.
        """
        if wake not in {None, self._wake.text}:
            self._wake = wake_phrase(wake)
            self.speech_grammar.wake_by(self._wake)
        if known != self._taught:
            names = tuple(name for name in known.names if self.clash(name) is None)
            gone = tuple(name for name in known.gone if self.clash(name) is None)
            self._taught, self._known = known, KnownNames(names, known.last if known.last in names else None, gone)
            self.speech_grammar.learn(names)

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

        Letter case and the spelling of numbers do not matter. `threshold`: least confidence, 0 to 1, at which a guess
        is accepted; None: the operating point of its kind; 0: the best guess whatever its confidence.
        """
        if (renamed := _NAMED_ANEW.sub("", text)) != text:
            return replace(self.read(renamed, valid, threshold), text=text)
        begun = _BEGUN_AT_ONCE.search(text)
        if begun and (made := self._begun_at_once(text, begun, valid, threshold)):
            return made
        reading = self._with_clash(_without_others(self._read(text, valid, threshold)))
        if reading.intent not in ALARM_INTENTS and (last := after_taken_back(text)):
            later = self.read(last, valid, threshold)
            reading = (
                replace(later, text=text, why=(*later.why, "after what was taken back")) if later.intent else reading
            )
        if self._coach and reading.intent in DICTATED_INTENTS:
            # Of digits that are corrected the last hold, whatever the clauses they stand in.
            return replace(reading, slots=dictated_number(words_of(text)) or reading.slots)
        if reading.intent == Intent.CHANGE_SETTING:
            return replace(reading, slots=setting_slots(text, reading.slots, self._coach))
        return reading

    def _read(self, text: str, valid: Collection[str] | None, threshold: float | None) -> Reading:
        """As `read`, with what is told of others as if it were the person's own."""
        words = words_of(text)
        if len(words) > _LONGEST_TEXT_WORDS:
            words = []
        own = asked_intents(valid)
        sentences = Sentences(self._coach, own, self._known) if self._coach else None
        # Whoever brings intents of their own means these.
        exact = [
            found
            for found in (
                match(self._others, words, valid) if self._others else None,
                sentences.whole(words) if sentences else None,
            )
            if found
        ]
        best = min(exact, key=lambda found: found.skipped) if exact else None
        told = denied_first(text) if Intent.SCREENING_OPEN in own else text
        if sentences and (alarm := self._alarm(told, valid, own, best)):
            alarm = replace(alarm, text=text)
            others = Breath(sentences, self._guesser, own, threshold).read(text) if not best else None
            return alarm if others is None else replace(alarm, also=_beside(others, alarm))
        if self._coach and sentences:
            # What is no alarm as a whole is none in a part of it: a denial or a tale stands around that part.
            own = frozenset(own) - ALARM_INTENTS
            sentences = Sentences(self._coach, own, self._known)
        if sentences and to_another_assistant(words):
            return Reading(text, None, why=("said to another assistant",))
        if self._coach and sentences and Intent.SCREENING_OPEN in own:
            # "Yes yes, I know" is a yes before it waves anything away.
            answers = best is None or best.intent in {*YES_OR_NO, Intent.NEVER_MIND}
            if answers and (answer := self._screened(text)):
                return answer
            # Beside an open question about danger nothing else is guessed but what is all but certain.
            threshold = BESIDE_SCREENING_AT if threshold is None else threshold
            own = frozenset(own) - YES_OR_NO
            sentences = Sentences(self._coach, own, self._known)
            best = None if best and best.intent in YES_OR_NO else best
        if sentences and Intent.WAKE in own:
            request = self._wake.request(words)
            if request is not None and not (request and best):
                return Reading(text, Intent.WAKE, {REQUEST: " ".join(request)} if request else NO_SLOTS, 1.0)
        if sentences and not ROUTINE_ANSWERS.isdisjoint(own) and _may_answer(words, best):
            best = sentences.answer(words) or best
        if best:
            praised = best.intent == Intent.FEELS_GOOD or best.slots.get("topic") == "compliment"
            if praised and Intent.LONGER not in own and Intent.THANKS in own and not _THANKING.isdisjoint(words):
                return Reading(text, Intent.THANKS, NO_SLOTS, 1.0, why=("thanks, with praise",))
            return Reading(text, best.intent, best.slots, 1.0, why=("a whole sentence of the templates",))
        if sentences and Intent.DIGITS in own and len(words) > 1 and all(len(dictated([word])) == 1 for word in words):
            return Reading(text, Intent.DIGITS, dictated_number(words), 1.0, why=("digits alone",))
        if words and sentences:
            several = Breath(sentences, self._guesser, own, threshold).read(text)
            if several:
                return several
        asked = bool(sentences) and asks(words, question_mark=text.rstrip().endswith("?"))
        if not words or (threshold is None and self._meant_elsewhere(words, valid)):
            return Reading(text, None, asks=asked, likely=likely_sentences(self._coach, self._guesser, words, own))
        guessed = self._guessed(text, addressed(words) or words, own, valid, threshold)
        if sentences and guessed.intent == Intent.AGREED:
            # "My physio knows, so start the shoulder rolls": what was agreed to is asked for as well.
            start = sentences.whole(pieces_of(text)[-1].words)
            also = (Meant(start.intent, start.slots),) if start and start.intent in STARTING_INTENTS else ()
            guessed = replace(guessed, also=also)
        loosely = sentences and threshold is None and (guessed.intent in {None, Intent.REMIND} or Intent.WHEN in own)
        if loosely and (wish := read_loosely(words, own)):
            return Reading(text, wish.intent, wish.slots, LOOSE_WISH, why=("a reminder, in words of no table",))
        likely = likely_sentences(self._coach, self._guesser, words, own) if guessed.intent is None else ()
        return replace(guessed, asks=asked, likely=likely)

    def _alarm(
        self, text: str, valid: Collection[str] | None, own: Collection[str], best: Match | None
    ) -> Reading | None:
        """The red flag in a text, which comes before all else that it says."""
        if Intent.RED_FLAG not in own or (best and best.intent in _NO_SYMPTOM):
            return None
        if best and best.intent == Intent.HELP and is_help_alone(words_of(text)):
            return None
        overheard = valid is not None and Intent.WAKE in valid
        # "At eight to take my tablets" names no eight tablets: of a reminder only what is to be done may be an alarm.
        said = best.slots.get("text", "") if best and best.intent in REMINDING_INTENTS else text
        alarm = find_alarm(said, OVERHEARD if overheard else SPOKEN_WITH)
        if alarm and said is not text and alarm.intent is Intent.CALL_FOR_HELP and _CRY.isdisjoint(words_of(said)):
            return None  # to call the doctor tomorrow
        # A cry of pain ends the hold as well, and offers a gentler one.
        cried = alarm and alarm.slots.get("sign") == "sharp" and best is not None and best.intent == Intent.THAT_HURTS
        # Pain that spreads is only asked about: what a template takes for something else is that.
        else_meant = alarm and alarm.intent is Intent.RADIATES and best is not None
        # "When should I call 999?" asks what an emergency is, and calls nobody.
        about = best.slots.get("about") if best is not None and best.intent == Intent.QUESTION else None
        asked = alarm and alarm.intent is Intent.CALL_FOR_HELP and about == "emergencies"
        if alarm is None or cried or else_meant or asked or alarm.intent not in own:
            return None
        if alarm.slots.get("sign") == "sharp" and valid is not None and {Intent.LONGER, Intent.THAT_HURTS} <= set(own):
            # In a session whatever is sharp is answered as what hurts: let go, and something gentler.
            return Reading(text, Intent.THAT_HURTS, NO_SLOTS, 1.0, why=alarm.why)
        return Reading(text, alarm.intent, alarm.slots, 1.0, why=alarm.why)

    def _begun_at_once(
        self, text: str, begun: re.Match[str], valid: Collection[str] | None, threshold: float | None
    ) -> Reading | None:
        """The reading of what makes or changes a routine, and then begins it; None: it does not."""
        made = self.read(text[: begun.start()], valid, threshold)
        named = made.slots.get("name") or made.slots.get("routine")
        other = begun["named"] is not None and " ".join(words_of(begun["named"])) != named
        if made.intent not in OPEN_INTENTS or not named or other or Intent.START_ROUTINE not in asked_intents(valid):
            return None
        return replace(made, text=text, also=(*made.also, Meant(Intent.START_ROUTINE, {"routine": named})))

    def _with_clash(self, reading: Reading) -> Reading:
        """A reading with the command or the like that the name in it is as well, in the slot CLASH."""
        clash = self.clash(reading.slots.get("name", "")) if reading.intent in _NAMING else None
        return reading if clash is None else replace(reading, slots={**reading.slots, CLASH: clash})

    def clash(self, name: str) -> str | None:
        """The intent of what a name for a routine already means: a command, a movement; None: it may be a name."""
        words = words_of(name)
        if not words or not self._coach:
            return None
        found = Sentences(self._coach, UNASKED_INTENTS).whole(words)
        meant = found.intent if found else self._guesser.sounds_like(words)
        return meant if meant in _NO_NAME else None

    @staticmethod
    def _screened(text: str) -> Reading | None:
        """What answers the open screening question: only a clear no to all of it is No. None: something else."""
        answer = read_screening_answer(text)
        why = (f"answer to the question for warning signs: {answer.kind}",)
        match answer.kind:
            case AnswerKind.CLEAR_NO:
                return Reading(text, Intent.NO, confidence=1.0, why=why)
            case AnswerKind.YES:
                return Reading(text, Intent.YES, confidence=1.0, why=why)
            case AnswerKind.SIGN if answer.alarm:
                return Reading(text, answer.alarm.intent, answer.alarm.slots, 1.0, why=(*answer.alarm.why, *why))
            case _:
                return None

    def _guessed(
        self,
        text: str,
        words: list[str],
        own: Collection[str],
        valid: Collection[str] | None,
        threshold: float | None,
    ) -> Reading:
        """The reading by the best guess at the whole text; without intent where none is accepted."""
        guesses = [guess for guess in self._guesser.guesses(words, own, valid) if guess.accepted(threshold)]
        if not guesses:
            return Reading(text, None)
        best = max(guesses, key=lambda guess: guess.confidence)
        slots = dictated_number(words) if best.intent in DICTATED_INTENTS else best.slots
        if best.intent in OPEN_INTENTS and self._coach and not slots:
            slots = Sentences(self._coach, own, self._known).named_in(words, best.intent)
            if best.intent != Intent.MAKE_ROUTINE and "routine" not in slots:
                return Reading(text, None)
        return Reading(text, best.intent, slots, best.confidence, why=(best.by,))

    def _meant_elsewhere(self, words: list[str], valid: Collection[str] | None) -> bool:
        """Whether the text is a whole short sentence of an intent that is not valid now. Then nothing is guessed."""
        return bool(
            self._coach and valid is not None and len(words) <= COMPARED_WORDS and match(self._coach, words, None)
        )

    @cached_property
    def speech_grammar(self) -> SpeechGrammar:
        """What a speech recogniser is told, so that it recognises what `read` understands."""
        return SpeechGrammar(self._coach, self._others, self._wake)


def _may_answer(words: Sequence[str], best: Match | None) -> bool:
    """Whether words may answer the question for a name or for movements, though they are a sentence as well."""
    if best is None or best.intent not in _NO_NAME:
        return True
    # Movements and routines that are named with nothing else are no order to begin them.
    return best.intent in {Intent.START_MOVEMENT, Intent.START_ROUTINE} and _ORDERS.isdisjoint(words)


def _without_others(reading: Reading) -> Reading:
    """A reading without the conditions and situations of a relative or friend: "my sister is pregnant, not me"."""
    meant = (Meant(reading.intent, reading.slots), *reading.also) if reading.intent else ()
    kept = [each for each in meant if each.intent not in _OF_THE_PERSON]
    if len(kept) == len(meant) or not tells_of_others(reading.text):
        return reading
    if not kept:
        return Reading(reading.text, None, asks=reading.asks)
    return replace(reading, intent=kept[0].intent, slots=kept[0].slots, also=tuple(kept[1:]))


def _beside(reading: Reading, alarm: Reading) -> tuple[Meant, ...]:
    """What of a reading is done although an alarm is in the same breath; with a condition, a consent too."""
    meant = (Meant(reading.intent, reading.slots), *reading.also) if reading.intent else ()
    told = {Intent.AGREED} if "condition" in alarm.slots else set()
    return tuple(each for each in meant if each.intent in _BESIDE_AN_ALARM | told)
