"""What is to be done of several things said in one breath: corrections hold, remarks yield, "stop" comes first.

Pure data: clauses that have been read in, things that are meant out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intents.clauses.pieces import Link
from intents.model import STARTING_INTENTS, Intent, Meant

MOST_MEANT = 4
"""How many things are done of one text."""

STEPS = frozenset(
    {
        *(Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.RESUME, Intent.NEXT, Intent.BACK, Intent.SKIP, Intent.REPEAT),
        *(Intent.REPEAT_SLOWER, Intent.START_OVER, Intent.START_ROUTINE, Intent.START_MOVEMENT, Intent.READY),
        *(Intent.OTHER_SIDE, Intent.ONLY_SIDE, Intent.GOODBYE, Intent.AGAIN, Intent.NEVER_MIND),
    }
)
"""Intents that move about: only one of them can be meant where somebody corrects themselves."""
SETTINGS = frozenset(
    {
        *(Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_FASTER, Intent.SPEAK_SLOWER, Intent.LONGER, Intent.SHORTER),
        *(Intent.HOLD_FOR, Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS, Intent.COUNT_ALOUD),
        *(Intent.COUNT_SILENTLY, Intent.COUNT_ONLY, Intent.GENTLER, Intent.TOO_EASY, Intent.MUTE),
        *(Intent.HIGHER_VOICE, Intent.DEEPER_VOICE, Intent.CHANGE_SETTING),
    }
)
"""Intents that change how it goes on; an answer in the same breath is an answer still ("yes, but slower")."""
TOPICS = frozenset(
    {
        *(Intent.CAUSE, Intent.CAUSES, Intent.WHAT_HELPS, Intent.OVERVIEW, Intent.MEASURE, Intent.STRATEGY),
        *(Intent.PREVENTION, Intent.PAINKILLERS, Intent.SEE_PROFESSIONAL, Intent.RADIATES, Intent.QUESTION),
    }
)
"""What is asked of the guidance."""
_GROUPS = (
    STEPS,
    TOPICS,
    frozenset({Intent.LONGER, Intent.SHORTER, Intent.HOLD_FOR}),
    frozenset({Intent.SPEAK_FASTER, Intent.SPEAK_SLOWER}),
    frozenset({Intent.HIGHER_VOICE, Intent.DEEPER_VOICE}),
    frozenset({Intent.LOUDER, Intent.QUIETER, Intent.MUTE}),
    frozenset({Intent.MORE_REPETITIONS, Intent.FEWER_REPETITIONS}),
    frozenset({Intent.TOO_EASY, Intent.GENTLER}),
    frozenset({Intent.COUNT_ALOUD, Intent.COUNT_SILENTLY, Intent.COUNT_ONLY}),
    frozenset({Intent.YES, Intent.NO}),
    frozenset({Intent.BETTER, Intent.SAME, Intent.WORSE}),
    frozenset({Intent.RATING}),
)
"""Intents that exclude one another: of two in a row with a word of correction between them, the later holds."""
_EXCLUSIVE = frozenset().union(*_GROUPS[2:])
"""The settings and answers that exclude one another without a word of correction, too."""
_FIRST = (Intent.CALL_FOR_HELP, Intent.RED_FLAG, Intent.SELF_HARM, Intent.STOP, Intent.THAT_HURTS, Intent.PAUSE)
"""What comes first of all that is meant, in this order, wherever it was said."""
_REMARKS = frozenset(
    {Intent.THANKS, Intent.HELLO, Intent.FEELS_GOOD, Intent.SMALL_TALK, Intent.NEVER_MIND, Intent.UNDO}
)
"""What is only a remark beside anything that is asked for."""
_ASKED_OF_LIMBER = frozenset({"doctor", "person", "privacy", "age", "joke"})
"""Topics of small talk that ask for an answer: "hang on, are you a doctor?"."""
_INSTEAD_OF = (
    (Intent.START_OVER, Intent.START_ROUTINE),
    (Intent.HELP, Intent.START_ROUTINE),
    (Intent.HAVE_TIME, Intent.WHAT_HELPS),
    (Intent.START_ROUTINE, Intent.HAVE_TIME),
    (Intent.START_ROUTINE, Intent.WHAT_HELPS),
    (Intent.START_MOVEMENT, Intent.WHAT_HELPS),
    (Intent.START_OVER, Intent.REPEAT),
    (Intent.REPEAT_SLOWER, Intent.REPEAT),
    (Intent.REPEAT_SLOWER, Intent.LONGER),
    (Intent.REPEAT_SLOWER, Intent.SPEAK_SLOWER),
    (Intent.WHERE_AM_I, Intent.WHAT_NEXT),
    (Intent.MORE, Intent.RESUME),
    (Intent.PAUSE, Intent.WAIT),
    (Intent.LOUDER, Intent.COUNT_ONLY),
    (Intent.GENTLER, Intent.WAIT),
    (Intent.SITUATION, Intent.RADIATES),
)
"""To an intent, the one that it makes needless beside it."""
_REASONS_BESIDE = frozenset({Intent.SITUATION, Intent.WHAT_HELPS, Intent.THAT_HURTS, Intent.SKIP})
"""What only repeats, or gives the reason, why a movement that is named cannot be done."""
_FOR_AGE = frozenset(
    {
        *(Intent.GENTLER, Intent.SHORTER, Intent.FEWER_REPETITIONS, Intent.LOUDER, Intent.SPEAK_SLOWER),
        *(Intent.REPEAT, Intent.REPEAT_SLOWER, Intent.PAUSE, Intent.WAIT),
    }
)
"""What an age gives the reason for: "gentler please, I'm eighty-one" tells of no new pain."""
_AGES = frozenset({"over_50", "under_20"})
"""Conditions that are an age."""
_WAITING = frozenset({Intent.WAIT, Intent.PAUSE, Intent.READY})
"""What has no meaning after "stop"."""
_GOES_ON = frozenset({Intent.RESUME, Intent.READY})
"""Intents that continue a session which was just stopped: "stop, sorry, go on"."""
_ANSWERS = frozenset({Intent.YES, Intent.NO})
"""What answers a question that is open."""


_DONE = frozenset({"done", "finished"})
"""Words of a stop that may tell only that this movement is done: "finished, next"."""
_AFTER_THIS = frozenset({Intent.NEXT, Intent.START_MOVEMENT, Intent.START_ROUTINE})
"""Intents that ask for the next movement: after one of these words they show that the session is not to end."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that has been read."""

    words: tuple[str, ...]
    """Its words, made whole with those of the clause before where they are missing."""
    link: Link
    """How it follows the clause before."""
    meant: Meant | None
    """What it means; None: nothing that Limber does."""
    confidence: float = 1.0
    """How surely, 0 to 1; 1: a sentence of the templates."""
    completed: bool = False
    """Whether it was read with the words of the clause before."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be done."""

    meant: tuple[Meant, ...]
    """In order; empty: nothing was understood."""
    confidence: float
    """The confidence of the least sure of them, 0 to 1."""
    unread: tuple[tuple[str, ...], ...]
    """The words of each clause that means nothing to Limber."""
    corrected: bool
    """Whether somebody corrected themselves."""


def only_done(words: Sequence[str], stop: str, later: str) -> bool:
    """Whether the intent `stop`, read from `words`, only reports a finished movement, as `later` asks for the next."""
    return stop == Intent.STOP and later in _AFTER_THIS and not _DONE.isdisjoint(words)


def agenda(clauses: Sequence[Clause]) -> Agenda:
    """What is to be done of all clauses."""
    standing: list[Clause] = []
    unread: list[tuple[str, ...]] = []
    corrected = False
    for clause in clauses:
        if clause.meant is None:
            if clause.words:
                unread.append(clause.words)
            continue
        if standing and _replaces(clause, standing[-1]):
            standing.pop()
            corrected = True
        standing.append(clause)
    meant = _ordered(_weighed([clause.meant for clause in standing if clause.meant]))[:MOST_MEANT]
    if unread and len(meant) == 1 and meant[0].intent in _ANSWERS:
        # "No, just" and something else: that is no clear answer.
        meant = []
    sure = [clause.confidence for clause in standing if clause.meant in meant]
    return Agenda(tuple(meant), min(sure, default=0.0), tuple(unread), corrected)


def _replaces(later: Clause, earlier: Clause) -> bool:
    """Whether the later of two clauses takes the place of the earlier."""
    if later.meant is None or earlier.meant is None:
        return False
    if only_done(earlier.words, earlier.meant.intent, later.meant.intent):
        return True
    intents = {later.meant.intent, earlier.meant.intent}
    alike = len(intents) == 1 or any(intents <= group for group in _GROUPS)
    if alike and intents <= _EXCLUSIVE and not intents & _ANSWERS:
        # "Louder, quieter": of two settings of one thing the later holds, with or without a word of correction.
        return True
    if later.link is Link.CORRECTION:
        # A halt is taken back only by a step elsewhere: "stop, no, go on".
        return alike or earlier.meant.intent not in {Intent.STOP, Intent.PAUSE}
    # "Stop, I want my left" stops as well: a word that need not correct takes a stop back only to go on.
    return later.link is Link.WEAK and alike and (earlier.meant.intent != Intent.STOP or later.meant.intent in _GOES_ON)


def _weighed(meant: Iterable[Meant]) -> list[Meant]:
    """What is meant, each once, without what yields to the rest."""
    every = list({(each.intent, tuple(sorted(each.slots.items()))): each for each in meant}.values())
    sides = [each for each in every if each.intent == Intent.ONLY_SIDE]
    if len(sides) > 1:
        every = [each for each in every if each.intent != Intent.ONLY_SIDE]
    intents = {each.intent for each in every}
    if {Intent.REPEAT, Intent.SPEAK_SLOWER} <= intents:
        # "Say again, not so quick": that once more, slower.
        every = [each for each in every if each.intent != Intent.SPEAK_SLOWER]
        every = [Meant(Intent.REPEAT_SLOWER) if each.intent == Intent.REPEAT else each for each in every]
        intents = {each.intent for each in every}
    remarks = [each for each in every if _is_remark(each)]
    if Intent.NEVER_MIND in intents and len(remarks) < len(every) and intents - {m.intent for m in remarks} <= _ANSWERS:
        # "No, never mind" and "never mind, please" both wave away what was asked.
        return [Meant(Intent.NEVER_MIND)]
    every = [each for each in every if each not in remarks] or every
    if intents - _ANSWERS - SETTINGS:
        # "No, go back": the answer is the beginning of something else.
        others = [each for each in every if each.intent not in _ANSWERS]
        every = others or every
    if len(intents & _ANSWERS) > 1:
        every = [each for each in every if each.intent not in _ANSWERS]
    if Intent.STOP in intents:
        every = [each for each in every if each.intent not in _WAITING]
    if len(every) > 1 and Intent.READY in intents:
        every = [each for each in every if each.intent != Intent.READY]
    named = any(each.intent in STARTING_INTENTS and each.slots for each in every)
    if named:
        # "The ear one, start that": what is to start was named.
        every = [each for each in every if each.slots or each.intent not in {*STARTING_INTENTS, Intent.READY}]
    if any(each.intent == Intent.SITUATION and "movement" in each.slots for each in every):
        # Which movement cannot be done was named: "them" is that, and a complaint beside it is the reason.
        every = [each for each in every if each.intent not in _REASONS_BESIDE or _names_more(each)]
    if not intents.isdisjoint(_FOR_AGE):
        every = [each for each in every if "age" not in each.slots and each.slots.get("condition") not in _AGES]
    for stronger, weaker in _INSTEAD_OF:
        if any(each.intent == stronger for each in every):
            every = [each for each in every if each.intent != weaker]
    return every


def _is_remark(meant: Meant) -> bool:
    """Whether something is only a remark beside anything that is asked for; questions about Limber are none."""
    return meant.intent in _REMARKS and meant.slots.get("topic") not in _ASKED_OF_LIMBER


def _names_more(meant: Meant) -> bool:
    """Whether something tells more than that the movement which is on cannot be done."""
    return bool(meant.slots) and dict(meant.slots) != {"situation": "cannot_do_this"}


def _ordered(meant: Iterable[Meant]) -> list[Meant]:
    """What is meant, the urgent first, else as it was said."""
    return sorted(meant, key=lambda each: _FIRST.index(each.intent) if each.intent in _FIRST else len(_FIRST))
