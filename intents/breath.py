"""Reads a text of more than one clause: what it begins with, several things at once, and corrections."""

from collections.abc import Collection, Iterator, Sequence

from intents.clauses.agenda import STEPS, TOPICS, Agenda, Clause, agenda, only_done
from intents.clauses.asking import addressed, asks
from intents.clauses.beside_talk import COUNTS_ALONE, OF_WHAT_WAS_TOLD, counts_beside_talk, refers_to_talk, unread_in
from intents.clauses.lexicon import clause_lexicon
from intents.clauses.negation import denied
from intents.clauses.opening import Opening, is_no_order, opening
from intents.clauses.pieces import Link, Piece, last_words, pieces_of
from intents.clauses.remarks import (
    GO_ON_AFTER,
    NO_REQUESTS,
    TOLD_ANYWHERE,
    beside_remark,
    calls_away,
    denies_itself,
)
from intents.clauses.splice import spliced, without_denied
from intents.grammar.match import Match
from intents.guesses import FOREIGN_AT, FRAMED_AT, SURE_AT, Guess, Guesser
from intents.model import OPEN_INTENTS, STARTING_INTENTS, Intent, Meant, Reading
from intents.sentences import HEDGES, Sentences
from intents.text.numerals import numbers_from

SEVERAL_SENTENCES = 0.95
"""Confidence of several template sentences said in one breath, 0 to 1; one whole sentence has 1."""
WHOLE_AT = 0.97
"""Least confidence, 0 to 1, at which a guess at a whole text is preferred to a question found in a part of the text."""
BESIDE_EXACT_AT = 0.8
"""Least confidence, 0 to 1, of a guess at a clause beside a clause that is a whole sentence."""


class Breath:
    """Reads what is said in one breath, among the intents that are valid now."""

    def __init__(
        self, sentences: Sentences, guesser: Guesser, valid: Collection[str], threshold: float | None = None
    ) -> None:
        """`threshold`: as in `IntentReader.read`."""
        self._sentences = sentences
        self._guesser = guesser
        self._valid = valid
        self._threshold = threshold

    def read(self, text: str) -> Reading | None:
        """The reading of a text that is no whole sentence; None where its clauses tell nothing."""
        pieces = pieces_of(text)
        words = [word for piece in pieces for word in piece.whole]
        begins = opening(words)
        if begins is not None and self._means_else(pieces, begins):
            begins = None
        if begins is not None and (begins.intent is None or self._obeyed(begins.intent)):
            return self._opened(text, pieces, begins)
        chosen = self._without_denied(words)
        if chosen:
            return _reading(text, Agenda((chosen,), SEVERAL_SENTENCES, (), True))
        clauses = self._clauses(pieces)
        found = agenda(clauses)
        believed = bool(found.meant) and self._believed(words, pieces, clauses, found)
        if believed and found.confidence >= SEVERAL_SENTENCES:
            return _reading(text, found)
        beside = self._beside_remark(text, words) if not any(piece.marked for piece in pieces) else None
        return beside or (_reading(text, found) if believed else None)

    def _beside_remark(self, text: str, words: Sequence[str]) -> Reading | None:
        """The request that stands unmarked beside a remark: "talk slower I'm a bit deaf"."""
        for begin, end in beside_remark(words):
            part = words[begin:end]
            ordered = asks(part)
            exact = self._sentences.whole(part)
            meant = exact or (self._guess(part, SEVERAL_SENTENCES) if ordered else None)
            if meant is None or meant.intent in NO_REQUESTS or (end < len(words) and meant.intent in GO_ON_AFTER):
                continue
            # What comes before the request may deny it: "there's no need to stop".
            apart = ordered and denies_itself(words[:begin])
            if denied(part if apart else words[:end], meant.intent):
                continue
            # A routine, a topic or a number may be named in any remark: "the next one is the doorway stretch".
            if meant.intent in STARTING_INTENTS | TOPICS | TOLD_ANYWHERE and not ordered:
                continue
            if meant.intent in TOPICS and (whole := self._guess(words, WHOLE_AT)) and whole.intent != meant.intent:
                return None  # "can the cramp come because I drink too little" asks about the reason
            topic = exact is None and meant.intent in TOPICS  # "how many days off have I taken" is about no rest
            nothing = self._guesser.surely_nothing(words, self._valid, FRAMED_AT if topic else SURE_AT)
            why = ("beside a remark",)
            return None if nothing else Reading(text, meant.intent, meant.slots, SEVERAL_SENTENCES, why=why)
        return None

    def _means_else(self, pieces: Sequence[Piece], begins: Opening) -> bool:
        """Whether the first clause is a whole phrase that only changes how it goes on: "stop counting, ..."."""
        found = [self._sentences.whole(pieces[0].whole), self._sentences.whole(pieces[0].words)]
        # "Stop speak slower" stops: only what is left off may stand before something else.
        if begins.rest and (begins.rest[0].endswith("ing") or begins.rest[0] in _LEFT_OFF):
            # "Stop counting, it drives me mad", "stop reminding me it's a nuisance", with or without the comma.
            found += [*self._sentences.several(pieces[0].words)[:1]]
            found += [self._sentences.whole(pieces[0].whole[:length]) for length in (2, 3)]
        return any(each is not None and each.intent in _QUIETER for each in found)

    def _obeyed(self, intent: str) -> str | None:
        """The valid intent that an urgent word stands for now; None where it stands for none."""
        wanted = (Intent.WAIT, Intent.PAUSE) if intent == Intent.WAIT else (intent,)
        return next((each for each in wanted if each in self._valid), None)

    def _opened(self, text: str, pieces: Sequence[Piece], begins: Opening) -> Reading | None:
        """The reading of a text that begins with "stop", "pause", "wait" or "help"."""
        intent = self._obeyed(begins.intent) if begins.intent else None
        if intent is None:
            return Reading(text, None, why=(f"an idiom with {begins.said!r}",))
        after = last_words(pieces, len(begins.rest))
        first = Clause((), Link.FIRST, Meant(intent))
        clauses = self._clauses(after)
        found = agenda([first, *clauses])
        # Nothing goes on that could wait ("no wait, what was that second thing"), or it goes on elsewhere at once.
        waits = intent in {Intent.WAIT, Intent.PAUSE} and begins.said != "pause"
        goes_on = any(clause.meant and clause.meant.intent in STEPS - {Intent.WAIT, Intent.PAUSE} for clause in clauses)
        if waits and (goes_on or Intent.LONGER not in self._valid) and (rest := agenda(clauses)).meant:
            found = rest
        if not found.meant:
            found = agenda([first])  # "pause zero no" still pauses: nothing else is meant
        return _reading(text, found, f"begins with {begins.said!r}")

    def _clauses(self, pieces: Sequence[Piece]) -> list[Clause]:
        """The clauses that the pieces make, each read: as many pieces as possible are one sentence."""
        clauses: list[Clause] = []
        if pieces and pieces[0].lead and pieces[0].words:
            # "No, that's not what I said": the first word is an answer as well.
            answer = self._sentences.whole(pieces[0].lead)
            if answer and answer.intent in {Intent.YES, Intent.NO}:
                clauses.append(Clause((), Link.FIRST, Meant(answer.intent)))
        # Its name alone greets; before something else it only tells whom that is said to.
        at = 1 if len(pieces) > 1 and addressed(pieces[0].whole) == [] else 0
        while at < len(pieces):
            if _takes_back(self._sentences, pieces[at], clauses):
                clauses.pop()
                at += 1
                continue
            before = clauses[-1] if clauses else None
            if before and (pointed := _pointed_at(pieces[at], before)):
                clauses.append(pointed)
                at += 1
                continue
            for end in range(len(pieces), at, -1):
                found = self._joined(pieces[at:end], before)
                if found:
                    clauses += found
                    at = end
                    break
            else:
                # "After this one, what is coming?" asks for nothing before its question; nor does ", or a nurse" after.
                first = pieces[at].words[0] if pieces[at].words else ""
                only_tells = len(pieces) > 1 and (first in _WHEN or (first == "or" and at > 0))
                clauses += [Clause(pieces[at].words, Link.REASON, None)] if only_tells else self._alone(pieces[at])
                at += 1
        if any(clause.meant and clause.confidence >= SEVERAL_SENTENCES for clause in clauses):
            clauses = [Clause(each.words, each.link, None) if _only_guessed(each) else each for each in clauses]
        if len(clauses) > 1 and clauses[-1].words in _TAGS and any(clause.meant for clause in clauses[:-1]):
            clauses.pop()
        return clauses

    def _joined(self, pieces: Sequence[Piece], before: Clause | None) -> list[Clause]:
        """The clause that all these pieces are together; empty where they are no sentence."""
        first, *others = pieces
        tail = tuple(word for piece in others for word in piece.whole)
        words = (*first.words, *tail)
        if not words:
            # A word of correction alone is the answer or the request that it is else.
            words = first.whole
        if len(pieces) == 1 and self._sentences.filler(words) and not self._sentences.whole(words):
            return [Clause(() if HEDGES.isdisjoint(words) else words, first.link, None)]
        if before is not None and len(pieces) == 1:
            completed = self._completed(before, words, first.link)
            if completed:
                return [completed]
        found = self._sentences.whole(words) or (self._sentences.whole((*first.whole, *tail)) if first.lead else None)
        found = found or _refused(self._sentences, words)
        if found is None or first.link is Link.REASON:
            return []
        return [Clause(words, first.link, Meant(found.intent, found.slots))]

    def _completed(self, before: Clause, words: Sequence[str], link: Link) -> Clause | None:
        """The clause that `words` are with those of the clause before: the same thing with other slots."""
        if not before.words:
            return None
        alone = self._sentences.whole(words)
        for whole in spliced(before.words, words):
            found = self._sentences.whole(whole)
            if found is None:
                continue
            if before.meant is None:
                if alone is None and link is not Link.NEXT:
                    return Clause(whole, link, Meant(found.intent, found.slots), completed=True)
            elif (
                found.intent == before.meant.intent
                and found.slots != before.meant.slots
                and (
                    alone is None
                    or alone.intent == found.intent
                    or link is not Link.NEXT
                    or _names(words, alone, found)
                )
            ):
                return Clause(whole, link, Meant(found.intent, found.slots), completed=True)
        return None

    def _alone(self, piece: Piece) -> list[Clause]:
        """The clauses of one piece that is no sentence: several in a row, or a guess, or nothing."""
        if piece.link is Link.REASON or clause_lexicon().reasons.are(piece.words) or calls_away(piece.words):
            return [Clause(piece.words, Link.REASON, None)]
        guess = self._guess(piece.words) if len(piece.words) > 1 else None
        in_a_row = _told_in_a_row(piece.words, self._sentences.several(piece.words))
        obeyed = any(found.intent in _OBEYED_IN_A_ROW for found in in_a_row)
        torn = guess and guess.confidence >= SURE_AT and guess.intent not in {found.intent for found in in_a_row}
        if in_a_row and (obeyed or not torn):
            links = (piece.link, *(Link.NEXT for _ in in_a_row[1:]))
            return [
                Clause((), link, Meant(found.intent, found.slots), SEVERAL_SENTENCES)
                for link, found in zip(links, in_a_row, strict=True)
            ]
        if guess:
            return [Clause(piece.words, piece.link, Meant(guess.intent, guess.slots), guess.confidence)]
        last = self._at_end(piece.words)
        return [Clause(piece.words, piece.link, last)]

    def _guess(self, words: Sequence[str], least: float = 0.0) -> Guess | None:
        """The guess at a clause, where it is accepted and its confidence is at least `least`, 0 to 1."""
        words = addressed(words) or words
        found = [
            guess
            for guess in self._guesser.guesses(words, self._valid, frozenset())
            if guess.accepted(self._threshold)
            and guess.confidence >= least
            and not denied(words, guess.intent)
            and guess.intent not in _READ_WHOLE
        ]
        return max(found, key=lambda guess: guess.confidence, default=None)

    def _at_end(self, words: Sequence[str]) -> Meant | None:
        """A stop at the end of a clause that is nothing else: "this is awful please stop"."""
        at = max((at for at, word in enumerate(words) if word == "stop"), default=0)
        if not at or is_no_order(words, at) or Intent.STOP not in self._valid:
            return None
        last = opening(words[at:])
        return Meant(Intent.STOP) if last and last.intent == Intent.STOP and not last.rest else None

    def _without_denied(self, words: Sequence[str]) -> Meant | None:
        """What is meant where something else is denied: "fifteen, not fifty, seconds"."""
        # "No, not the full one, the quick one" answers and corrects at once.
        for rest, other in without_denied(words[1:] if words[:2] == ["no", "not"] else words):
            found = self._sentences.whole(rest)
            if found and found.slots and any(self._named(other, slot) for slot in found.slots):
                return Meant(found.intent, found.slots)
        return None

    def _named(self, words: Sequence[str], slot: str) -> bool:
        """Whether a value of a slot is named in `words`."""
        return self._sentences.named(words, slot) is not None or (
            slot in {"seconds", "count"} and any(True for _ in _numbers(words))
        )

    def _believed(
        self, words: Sequence[str], pieces: Sequence[Piece], clauses: Sequence[Clause], found: Agenda
    ) -> bool:
        """Whether the clauses that were understood are meant for Limber, though others may mean nothing."""
        read = [clause for clause in clauses if clause.meant]
        unread = unread_in(clauses)
        guess = self._guess(words) if unread or len(pieces) > 1 else None
        if guess and guess.confidence >= SURE_AT:
            corrected = found.corrected or any(_denied(self._sentences, piece) for piece in pieces)
            one = len(read) < 2 and not corrected and not any(clause.completed for clause in read)
            # "Are you some sort of physio, or a nurse": guesses at parts are less than a surer one at the whole.
            elsewhere = guess.intent not in {each.intent for each in found.meant}
            guessed_parts = found.confidence < min(guess.confidence, SEVERAL_SENTENCES)
            if one or (elsewhere and (guessed_parts or any("or" in piece.whole[:2] for piece in pieces))):
                return False
        only = read[0] if len(read) == 1 and len(clauses) > 1 else None
        guessed = only and only.confidence < SEVERAL_SENTENCES and only.meant
        # A guess at a part of what was said: the whole must not mean something else.
        if (
            guessed
            and guessed.intent not in COUNTS_ALONE
            and self._guesser.likelihood(words, guessed.intent, self._valid) < FRAMED_AT
        ):
            return False
        if not unread:
            return True
        if refers_to_talk(clauses) and self._guesser.surely_nothing(words, self._valid, FOREIGN_AT):
            return False
        counts = counts_beside_talk(words, pieces, clauses)
        least = FRAMED_AT if all(each.meant and each.meant.intent in OF_WHAT_WAS_TOLD for each in read) else SURE_AT
        return not self._guesser.surely_nothing(words, self._valid, least) if counts is None else counts


_POINTING = frozenset({(verb, it) for verb in ("start", "begin", "do", "run", "play") for it in ("it", "that", "this")})
"""Clauses that start the routine or the movement that was just named."""
_BESIDE_POINTING = frozenset("please then now just let us i want to can you we could with one".split())
"""Words that may stand beside such a clause and add nothing to it: "please start it now"."""
_WHEN = frozenset("after before once when while until as".split())
"""Words that begin a clause that only tells when."""
_TAGS = frozenset({("sure",), ("right",), ("you", "know"), ("so",)})
"""What may end a text after a mark and answers nothing: "ah, forget about it, sure"."""
_POINTS_BACK = frozenset(
    "start begin do try go want i that it this these one please with let us for me now can you we".split()
)
"""Words of a clause that only points back at what was said: "the ear one, start that"."""
_QUIETER = frozenset(
    {Intent.COUNT_SILENTLY, Intent.COUNT_ONLY, Intent.SKIP_INSTRUCTIONS, Intent.STOP_REMINDING, Intent.NOT_TODAY}
)
"""What "stop counting", "stop talking" and "stop reminding me" mean, whatever follows: no stop."""
_LEFT_OFF = frozenset("the your those these all with so numbers reminders counts commentary instructions".split())
"""Words after "stop" that name what Limber shall leave off, besides verbs in "-ing": "stop the numbers"."""
_READ_WHOLE = OPEN_INTENTS | {Intent.REMIND}
"""Intents whose names and times stand in the whole text, so that none is guessed from a part."""
_OBEYED_IN_A_ROW = frozenset({Intent.STOP, Intent.THAT_HURTS, Intent.GOODBYE})
"""Intents that count in a row of sentences, however surely another is meant."""


def _pointed_at(piece: Piece, before: Clause) -> Clause | None:
    """What a piece starts that only points back: "how long is the gentle routine, and then start it"."""
    words = tuple(word for word in piece.words if word not in _BESIDE_POINTING)
    if words not in _POINTING or before.meant is None:
        return None
    for slot, intent in (("routine", Intent.START_ROUTINE), ("movement", Intent.START_MOVEMENT)):
        if slot in before.meant.slots and before.meant.intent not in STARTING_INTENTS:
            return Clause(words, Link.NEXT, Meant(intent, {slot: before.meant.slots[slot]}))
    return None


def _only_guessed(clause: Clause) -> bool:
    """Whether a clause is no more than a guess, which counts for nothing beside a whole sentence; a halt still does."""
    halts = clause.meant is not None and clause.meant.intent in {Intent.STOP, Intent.PAUSE}
    return clause.meant is not None and clause.confidence < BESIDE_EXACT_AT and not halts


def _refused(sentences: Sentences, words: Sequence[str]) -> Match | None:
    """What "no" right before an exercise refuses: "no shoulder rolls" leaves them out, "no exercises" is a stop."""
    begin = clause_lexicon().openers.skipped(words, 0)
    at = next((at for at in range(begin + 1) if clause_lexicon().refuses_at(words, at, 0)), None)
    if at is None:
        return None
    rest = words[at + 1 :]
    return sentences.whole(("leave", "out", *rest)) or sentences.whole(("no", "more", *rest))


def _denied(sentences: Sentences, piece: Piece) -> Match | None:
    """The sentence with "not" before it by which a piece corrects what came before: "no, not the full one"."""
    denies = piece.link is Link.CORRECTION and piece.words[:1] == ("not",)
    return sentences.whole(piece.words[1:]) if denies else None


def _takes_back(sentences: Sentences, piece: Piece, clauses: Sequence[Clause]) -> bool:
    """Whether a piece takes the clause before it back in its own words: "start the full one, no, not the full one"."""
    if piece.words[:1] != ("not",) or not clauses or not clauses[-1].meant:
        return False
    found, last = sentences.whole(piece.words[1:]), clauses[-1].meant
    return found is not None and (found.intent, found.slots) == (last.intent, last.slots)


def _told_in_a_row(words: Sequence[str], in_a_row: list[Match]) -> list[Match]:
    """The sentences of a row that are requests by themselves; the first one where none of them is.

    Without a mark between them, the words of a topic give a reason for what is to be done: "I'm weak, make it shorter".
    "Start" begins "start counting aloud", and "a bit" begins "a bit more volume".
    """
    if len(in_a_row) > 1 and only_done(words, in_a_row[0].intent, in_a_row[1].intent):
        in_a_row = in_a_row[1:]
    told = [
        found
        for found in in_a_row
        if found.intent not in TOPICS | {Intent.WAIT} and (found.intent != Intent.START_ROUTINE or found.slots)
    ]
    return told or in_a_row[:1]


def _names(words: Sequence[str], alone: Match, completed: Match) -> bool:
    """Whether a clause only names what the completed one is about: "and the full one" after a question."""
    return words[0] in {"the", "a", "my", "that", "for"} and alone.slots.keys() == completed.slots.keys()


def _numbers(words: Sequence[str]) -> Iterator[int]:
    """The numbers in `words`."""
    for at in range(len(words)):
        yield from (value for _, value in numbers_from(list(words), at))


def _reading(text: str, found: Agenda, *why: str) -> Reading:
    """The reading of an agenda that means something."""
    first, *also = found.meant
    unread = "; ".join(" ".join(words) for words in found.unread if asks(words) and not _POINTS_BACK.issuperset(words))
    reasons = (*why, *(("corrected",) if found.corrected else ()), *((f"{len(also) + 1} clauses",) if also else ()))
    return Reading(
        text,
        first.intent,
        first.slots,
        found.confidence,
        also=tuple(also),
        unread=unread,
        why=reasons or ("one clause of several",),
    )
