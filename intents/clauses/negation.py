"""Whether a guess is the opposite of what was said: "don't skip it" asks to skip nothing.

Templates match every word, negations among them; a guess by likeness does not see them, and is checked here.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from intents.clauses.lexicon import clause_lexicon
from intents.model import Intent

NEGATIONS = frozenset("not never without nobody nothing none neither nor hardly barely".split())
"""Words that deny what comes after them."""
REACH = 5
"""How many words after a negation it can reach."""
_ENDS = frozenset("but and so because then though although just only instead please if".split())
"""Words that end what a negation reaches."""
_NEGATED_ANYWHERE = frozenset(
    "no not never without against nothing nobody forbade forbids forbid forbidden banned refused refuses vetoed rest "
    "resting wait waiting avoid avoiding stop unsure until unless before if".split()
)
"""Words with which no consent is told."""
_CONSENTS = frozenset(
    "fine okay right good yes agreed agrees agree approved approves allowed allows allow can could may cleared clear "
    "ahead happy permission permitted recommended recommends encouraged encourages encourage blessing exercise "
    "exercises stretch stretching stretches moving active thumbs green safe should".split()
)
"""Words without which none is told."""
_TAKES_BACK = frozenset("forget ignore disregard scrap joking kidding stopped used".split())
"""Words with which a condition is no longer told of."""
_UNSURE = frozenset("sure know certain whether if".split())
"""Words of somebody who does not know whether they have one."""
_ORDERS = frozenset("give keep make let can could would will show tell".split())
"""Words with which an order begins: after one or more words, or after a noun that denies, they end the reach, too.

"Ten seconds isn't enough, keep me here longer", "that was nothing, give me something harder".
"""
_DENYING_NOUNS = frozenset({"nothing", "none", "neither", "nobody"})
"""Negations that may be all that is denied."""
_SENSES = frozenset("hear understand follow catch remember find see tell".split())
"""After "can not": who cannot hear something asks for it, and denies no wish."""

_DENIED: Mapping[str, frozenset[str]] = {
    intent: frozenset(words.split())
    for intent, words in (
        (Intent.PAUSE, "pause pausing break rest wait waiting hold stop freeze"),
        (Intent.WAIT, "wait waiting hold hang"),
        (Intent.STOP, "stop stopping end ending quit quitting finish finishing cease cancel done leave exit abort"),
        (Intent.GOODBYE, "go going leave leaving bye goodbye end close done finish"),
        (Intent.SKIP, "skip skipping leave miss omit jump drop cut pass"),
        (Intent.NEXT, "next move moving forward on ready another different"),
        (Intent.BACK, "back previous last return before rewind"),
        (Intent.REPEAT, "repeat repeating again say saying once"),
        (Intent.REPEAT_SLOWER, "repeat again slower slowly say"),
        (Intent.START_OVER, "over restart again beginning start top scratch"),
        (Intent.RESUME, "resume continue go carry keep start proceed ready back"),
        (Intent.READY, "ready set start begin go there"),
        (Intent.AGAIN, "again more another once repeat"),
        (Intent.LONGER, "too longer long more add extend lengthen extra"),
        (Intent.SHORTER, "too shorter short shorten less reduce cut"),
        (Intent.HOLD_FOR, "hold second seconds minute minutes make set change"),
        (Intent.MORE_REPETITIONS, "more another extra again add"),
        (Intent.FEWER_REPETITIONS, "fewer less reduce"),
        (Intent.COUNT_ALOUD, "count counting aloud loud numbers"),
        (Intent.COUNT_SILENTLY, "stop silent silently quiet quietly head"),
        (Intent.COUNT_ONLY, "stop only"),
        (Intent.SPEAK_FASTER, "too faster fast quicker hurry rush speed up quickly"),
        (Intent.SPEAK_SLOWER, "too slower slow slowly down"),
        (Intent.HIGHER_VOICE, "too higher high raise"),
        (Intent.DEEPER_VOICE, "too deeper deep lower"),
        (Intent.LOUDER, "too louder loud raise shout shouting"),
        (Intent.QUIETER, "too quieter quiet down softer soft lower whisper"),
        (Intent.MUTE, "mute sleep quiet silent off stop"),
        (Intent.UNDO, "undo change put revert back"),
        (Intent.GENTLER, "too gentler easier softer hard difficult strenuous tough"),
        (Intent.TOO_EASY, "too easy easier harder hard challenging difficult tough light simple"),
        (Intent.THAT_HURTS, "too hurt hurts hurting pain painful ache aches aching sore bad sharp stabbing"),
        (
            Intent.START_ROUTINE,
            "start begin do want ready routine routines session stretch stretches stretching exercise exercises",
        ),
        (
            Intent.START_MOVEMENT,
            "start begin do want go like stretch turn roll tilt squeeze breathe turns rolls tilts squeezes rotations",
        ),
        (Intent.OTHER_SIDE, "switch other change side swap"),
        (Intent.ONLY_SIDE, "only left right side"),
        (Intent.FEELS_GOOD, "good great nice well right better lovely pleasant fine comfortable stretch"),
        (Intent.BETTER, "better good well great fine easier improved improving"),
        (Intent.WORSE, "worse bad"),
        (Intent.SAME, "same"),
        (Intent.PASSED, "gone passed away over better stopped went go feeling"),
        (Intent.YES, "yes sure okay do want think know so good great like agree well right fine"),
        (Intent.NO, "sure certain know"),
        (Intent.AGREED, "said agreed fine okay allowed know asked happy"),
        (Intent.HELP_COMING, "coming called way rung rang here"),
        (Intent.FALSE_ALARM, "false mistake fine okay joke kidding alarm"),
        (Intent.MORE, "more tell know on"),
        (Intent.WAKE, "wake"),
        (Intent.UNMUTE, "listen listening unmute wake"),
        (Intent.HELP, "help"),
        (
            Intent.CONDITION,
            "pregnant pregnancy thinner thinners warfarin pressure osteoporosis pacemaker cancer steroids",
        ),
        (Intent.CALL_FOR_HELP, "help call ambulance emergency"),
    )
}
"""To an intent, words that tell of it: where a negation reaches one of them, the opposite was said."""


def denied(words: Sequence[str], intent: str, reach: int = REACH) -> bool:
    """Whether `words` deny what `intent` stands for. `reach`: how many words after a negation it can reach."""
    if intent == Intent.AGREED and (_NEGATED_ANYWHERE.intersection(words) or _CONSENTS.isdisjoint(words)):
        # What a professional said not to do was not agreed to, wherever the "not" stands.
        return True
    if intent == Intent.CONDITION and (not _TAKES_BACK.isdisjoint(words) or not _UNSURE.isdisjoint(words)):
        # "Forget that I take it" tells of nothing; "I'm not sure if I'm pregnant" may tell of it.
        return _UNSURE.isdisjoint(words)
    if intent == Intent.UNDO and ("not", "mean") in pairwise(words):
        return False  # "I didn't mean that, undo it" says why it is to be undone
    telling = _DENIED.get(intent)
    return telling is not None and any(telling.intersection(after) for after in _reaches(words, reach))


def _denies_noun(words: Sequence[str], at: int) -> bool:
    """Whether "no" denies what stands at a position, rather than answering: "no need", "no stretches"."""
    lexicon = clause_lexicon()
    return bool(lexicon.no_nouns.length_at(words, at) or lexicon.exercises.length_at(words, at))


def _reaches(words: Sequence[str], reach: int) -> list[Sequence[str]]:
    """The words that each negation reaches."""
    reaches = []
    for at, word in enumerate(words):
        if word not in NEGATIONS and not (word == "no" and _denies_noun(words, at + 1)):
            continue
        if words[max(at - 1, 0)] in {"can", "could"} and _SENSES.intersection(words[at + 1 : at + 2]):
            continue
        end = at + 1
        while end < min(len(words), at + 1 + reach) and words[end] not in _ENDS:
            if words[end] in _ORDERS and (end > at + 1 or word in _DENYING_NOUNS):
                break
            end += 1
        reaches.append(words[at + 1 : end])
    return reaches
