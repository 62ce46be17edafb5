"""Whole sentences of the built-in templates, read with lengths of time in any words and with no regard to oaths."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from intents.clauses.agenda import TOPICS
from intents.clauses.forbidden import forbids
from intents.clauses.lexicon import clause_lexicon
from intents.clauses.negation import denied
from intents.clauses.opening import without_oaths
from intents.grammar.graph import Graph
from intents.grammar.match import Match, fill, is_filler, match, match_several
from intents.grammar.open_sentences import NO_NAMES, KnownNames, OpenSentences
from intents.model import NO_SLOTS, UNASKED_INTENTS, Intent
from intents.phrases.told_settings import NUMBER, PHRASE, read_setting
from intents.phrases.wake import COMMAND_WORDS, LIKE_A_COMMAND, UNFIT, unfit_phrase
from intents.reminding.loose_wish import read_loosely
from intents.reminding.quiet_words import read_quiet_hours
from intents.reminding.wish_words import read_reminding, without_courtesy
from intents.text.lengths import with_lengths
from intents.text.normalize import words_of
from intents.text.numerals import dictated
from intents.text.ratings import whole_rating

LENGTH_INTENTS = frozenset({Intent.HOLD_FOR, Intent.LONGER, Intent.SHORTER})
"""Intents whose sentences are compared with every length of time said in seconds."""
DOSE_INTENTS = LENGTH_INTENTS | {Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS}
"""Intents that set how long, or how many times."""
DICTATED_INTENTS = frozenset({Intent.EMERGENCY_NUMBER, Intent.DIGITS})
"""Intents whose number is said digit by digit."""
YES_OR_NO = frozenset({Intent.YES, Intent.NO})
"""Intents that no doubt may stand beside."""
HEDGES = frozenset("maybe perhaps possibly think guess suppose believe might could wonder".split())
"""Words beside an answer that make it none: "maybe no"."""

_ROW_REACH = 4
"""How many words a negation reaches in a row of sentences: less than in one, as it may belong to another."""
_TAKES_BACK = frozenset("no sorry mean wait actually rather".split())
"""Words after which digits are said anew."""
_REQUESTS = frozenset("can could would will".split())
"""Filler words of a polite request, which is no cry for help: "can you help me"."""


_RATED = frozenset({Intent.RATING, Intent.RATING_ALONE})
"""Intents of a number that tells how the back is; one that stands alone is read as the same."""
_WITH_TIMES = frozenset({Intent.REMIND, Intent.WHEN})
"""Intents that mean nothing without the times in their words."""


class Sentences:
    """The sentences of the built-in templates, among the intents that are valid now."""

    def __init__(self, graph: Graph, valid: Collection[str], known: KnownNames = NO_NAMES) -> None:
        """`known`: the names of the person's own routines."""
        self._graph = graph
        self._valid = valid
        self._open = OpenSentences(graph, known)

    def whole(self, words: Sequence[str], valid: Collection[str] | None = None) -> Match | None:
        """The sentence that `words` are; None where they are none. `valid`: other intents than those valid now."""
        valid = self._valid if valid is None else valid
        said = list(words)
        if refused := _forbidden(said, valid):
            return refused
        if named := self._open.named(said, valid):
            return named
        if reminding := read_quiet_hours(said, valid) or read_reminding(said, valid):
            return Match(reminding.intent, reminding.slots, 0)
        if setting := read_setting(without_courtesy(said), valid):
            return Match(setting.intent, setting.slots, 0)
        found = self._known(said, valid)
        if found and found.intent == Intent.QUIET_HOURS:
            quiet = read_quiet_hours([word for word in said if word not in found.filler], valid)
            return Match(quiet.intent, quiet.slots, found.skipped) if quiet else None
        if found and found.intent in _WITH_TIMES:
            # The words about time were read by tables, which know no "pet" at the end.
            told = [word for word in said if word not in found.filler]
            read = [each for each in (read_reminding(told, valid), read_loosely(said, valid)) if each]
            timed = max(read, key=lambda each: len(each.slots), default=None)
            return Match(timed.intent, timed.slots, found.skipped) if timed else None
        return found or self._open.whole(said, valid)

    def answer(self, words: Sequence[str]) -> Match | None:
        """What `words` answer to the question for a name or for movements; None where none is asked, or they do not."""
        return self._open.answer(words, self._valid)

    def named_in(self, words: Sequence[str], intent: str) -> Mapping[str, str]:
        """The movements and the routine that are named in `words`, for a guess at an intent with open words."""
        return self._open.named_in(words, intent)

    def _known(self, said: list[str], valid: Collection[str]) -> Match | None:
        """The sentence of known words that a text is; None where it is none."""
        found = match(self._graph, said, valid)
        if found is None or found.intent in LENGTH_INTENTS:
            in_seconds = with_lengths(said)
            other = match(self._graph, in_seconds, valid) if in_seconds != said else None
            found = other if other and other.intent in LENGTH_INTENTS else found
        if found and found.intent == Intent.HOLD_FOR and found.slots.get("seconds") == "1":
            # Nobody holds a stretch for a second: "one second please" is a wait.
            found = match(self._graph, said, [each for each in valid if each != Intent.HOLD_FOR]) or found
        if found is None:
            plain = without_oaths(said)
            found = match(self._graph, plain, valid) if plain and plain != said else None
        if found is None:
            found = self._bounded(said, valid)
        if found is None:
            asked = _without_reasons(said)
            found = match(self._graph, asked, valid) if asked and asked != said else None
            found = None if found and found.intent in YES_OR_NO else found
        if found and found.intent == Intent.FALSE_ALARM and Intent.OVERVIEW in valid:
            # Outside an emergency "ignore that" takes back something else.
            return match(self._graph, said, [each for each in valid if each != Intent.FALSE_ALARM]) or found
        if found and found.slots.get("about") == "how_long_lasts" and Intent.LONGER in valid:
            # In a session "how long does this last" asks about the hold, not the cramp.
            found = match(self._graph, said, [each for each in valid if each != Intent.QUESTION]) or found
        if found and found.slots.get("topic") == "how_are_you" and "i" in said and _asked_how_it_is(valid):
            return Match(Intent.BETTER, NO_SLOTS, found.skipped)
        if found and found.intent in DICTATED_INTENTS:
            return replace(found, slots=dictated_number(said))
        found = _rated(found) if found else None
        if found and found.intent == Intent.CALL_FOR_HELP and not _REQUESTS.isdisjoint(found.filler):
            return match(self._graph, said, [each for each in valid if each != Intent.CALL_FOR_HELP])
        return None if found and found.intent in YES_OR_NO and not HEDGES.isdisjoint(found.filler) else found

    def _bounded(self, said: list[str], valid: Collection[str]) -> Match | None:
        """The dose that a text names and then bounds, which is no stop: "hold for forty seconds, no more"."""
        bounds = clause_lexicon().bounds
        end = next((at for at in range(1, len(said)) if bounds.skipped(said, at) == len(said)), len(said))
        found = self._known(said[:end], valid) if end < len(said) else None
        return found if found and found.intent in DOSE_INTENTS and found.slots else None

    def several(self, words: Sequence[str]) -> list[Match]:
        """The two or three sentences in a row that `words` are; empty where they are not."""
        found = [_rated(each) for each in match_several(self._graph, list(words), self._valid)]
        doubted = not HEDGES.isdisjoint(words) and any(each.intent in YES_OR_NO for each in found)
        return [] if doubted or any(denied(words, each.intent, _ROW_REACH) for each in found) else found

    def filler(self, words: Sequence[str]) -> bool:
        """Whether `words` mean nothing by themselves ("please", "thank you")."""
        return is_filler(self._graph, words)

    def named(self, words: Sequence[str], slot: str) -> str | None:
        """The value of a slot that is named in `words`, or None."""
        return fill(self._graph, list(words), slot)


def dictated_number(words: list[str]) -> Mapping[str, str]:
    """The slots of a number that is said digit by digit: all digits of the text, not those of one place in it."""
    # Of digits that are corrected the last hold: "nine one one, no, sorry, one one two".
    begins = max((at + 1 for at, word in enumerate(words) if word in _TAKES_BACK), default=0)
    number = dictated(words[begins:])
    if len(number) < 2:
        number = dictated(words)
    return {"number": number} if len(number) > 1 else NO_SLOTS


def _rated(found: Match) -> Match:
    """A match; one with a number that tells how the back is as a Rating with a whole one."""
    rated = found.intent in _RATED
    return replace(found, intent=Intent.RATING, slots=whole_rating(found.slots)) if rated else found


def setting_slots(text: str, slots: Mapping[str, str], coach: Graph | None) -> Mapping[str, str]:
    """The slots of a setting: a number as it is written, and what speaks against a wake phrase, in `UNFIT`."""
    written = "".join(re.findall(r"\d+", text))
    if slots.get(NUMBER) and len(written) > 1:
        return {**slots, NUMBER: written}  # read as words, "0800" has lost its zeros
    unfit = _unfit(words_of(slots[PHRASE]), coach) if PHRASE in slots else None
    return {**slots, UNFIT: unfit} if unfit else slots


def _unfit(words: list[str], coach: Graph | None) -> str | None:
    """What speaks against some words as a wake phrase; None: nothing does."""
    if not COMMAND_WORDS.isdisjoint(words):
        return LIKE_A_COMMAND
    if coach and len(words) > 1:
        # "Hey computer" is a greeting, and a computer a cause: both are fit for a name.
        sentences = Sentences(coach, UNASKED_INTENTS - TOPICS - {Intent.WAKE, Intent.HELLO})
        if sentences.whole(words) or sentences.whole(words[1:]):
            return LIKE_A_COMMAND
    return unfit_phrase(words)


def _asked_how_it_is(valid: Collection[str]) -> bool:
    """Whether it was asked how the person feels after a session: then "I'm fine" answers that."""
    skippable = {Intent.SKIP, Intent.READY} - ({Intent.SKIP} if Intent.RATING_ALONE in valid else set())
    return Intent.BETTER in valid and Intent.YES in valid and skippable.isdisjoint(valid)


def _forbidden(words: list[str], valid: Collection[str]) -> Match | None:
    """What is meant where somebody tells that exercise was forbidden them: never a consent, and no exercise."""
    asked = Intent.NO in valid and Intent.READY in valid and Intent.SCREENING_OPEN not in valid
    if not forbids(words, asked=asked):
        return None
    if asked:
        return Match(Intent.NO, NO_SLOTS, 0)
    if Intent.LONGER in valid and Intent.STOP in valid:
        return Match(Intent.STOP, NO_SLOTS, 0)
    # What may be done meanwhile is told.
    return Match(Intent.QUESTION, {"about": "meantime"}, 0) if Intent.QUESTION in valid else None


def _without_reasons(words: list[str]) -> list[str]:
    """`words` without the reasons and remarks that they begin and end with: "I wasn't listening, say it again"."""
    reasons = clause_lexicon().reasons
    begin = reasons.skipped(words, 0)
    end = next((at for at in range(begin, len(words)) if reasons.skipped(words, at) == len(words)), len(words))
    return words[begin:end]
