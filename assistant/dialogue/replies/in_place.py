"""What a reading means where it was said: at the end of a session, in one, or right after a list.

Pure: a reading in, a reading out. What means the same everywhere is left as it is.
"""

from dataclasses import replace
from itertools import pairwise

from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingFelt,
    AskingForget,
    Coaching,
    Emergency,
    Idle,
    Offering,
    Screening,
    Topic,
    WantsSession,
)
from assistant.dialogue.parts.plain_talk import complains, is_afraid
from assistant.dialogue.parts.telling import LISTED_AT_ONCE, MOVEMENTS, ROUTINES
from assistant.dialogue.replies.starting_out.in_words import answered_in_words
from assistant.dialogue.state import Conversation, in_session, state_of, valid_now
from assistant.guidance.schema import Guidance
from assistant.script.stretching import ORDINALS
from assistant.states import State
from intents.clauses.doubt import begins_with_yes
from intents.model import ALARM_INTENTS, NO_SLOTS, STARTING_INTENTS, Intent, Meant, Reading
from intents.text.hold_wish import HOLD, HOLD_ALONE, hold_wished
from intents.text.normalize import words_of
from intents.text.ratings import RATING

LAST_OF_ALL = "alone"
"""Slot of a movement after which nothing of the session is to come."""
COUNTED = "one two three four five six seven eight nine ten".split()
"""Which entry of a list, from 1 on, as a number: "number two"."""
LAST = frozenset({"last", "final"})
"""Words for the last entry."""
BESIDE_AN_ORDINAL = frozenset(
    "the a that number one routine movement exercise stretch please do start begin take i will would like want let us "
    "us then okay ok yes and with go for try of them those these have".split()
)
"""Words that may stand beside an ordinal which chooses from a list."""
SAYING = frozenset("say said saying repeat tell told what question hear heard read explain pardon sorry".split())
"""Words of somebody who wants something said again, not done."""
DOING_AGAIN = (("once", "more"), ("one", "more"), ("another", "go"), ("another", "round"), ("again",))
"""What asks for more of the same."""
YIELDS = frozenset({Intent.WHAT_HELPS, Intent.NEXT, Intent.REPEAT, Intent.STRATEGY, Intent.START_ROUTINE})
"""What a title, or a place in a list, is read as elsewhere."""
SHORTEST_HOLD = 3
"""Length, in seconds, from which on "hold for so long" is a hold, where nothing goes on that could wait."""
_HELD_UP = frozenset({None, Intent.WAIT, Intent.PAUSE})
"""What the length of a hold may have been read as, where no hold is on."""
FEAR = "fear"
"""The topic of somebody who is afraid."""
_TOLD_PLAINLY = frozenset({None, Intent.PASSED, Intent.SMALL_TALK, Intent.FEELS_GOOD, Intent.CAUSE, Intent.CAUSES})
"""What plain talk about oneself may have been read as."""
_TO_DELETE = frozenset(
    "yes yeah yep yup aye please do it all that them this everything wipe delete erase forget remove clear the lot of "
    "go ahead away now certainly for good".split()
)
"""Words of a clear yes to the question whether to delete, that say no more."""
_WISHES_EASIER = frozenset("gentler gentle easier easy softer soft lighter less milder ease reduce please".split())
"""Words that wish for less, and do not only complain of too much."""
_EASED_SO = frozenset({Intent.GENTLER, Intent.THAT_HURTS, Intent.WAIT})
"""What a wish for less may be read as together with its reason."""
_ONWARD = frozenset("skip jump straight forward ahead right".split())
"""Words that lead to the last movement of a session; "back to the last one" means the one before."""
_A_MOVEMENT = frozenset("one movement exercise stretch".split())
"""Words for a movement after "the last"."""
_CONTENTS = frozenset(
    f"{lead}{words}"
    for lead in ("", "and ", "so ", "but ", "okay ")
    for words in (
        *("what is in it", "what is in that", "what is that", "what does it have in it", "what is it made of"),
        *("what do we do", "what would we do", "what will we do", "what do i have to do", "what does it involve"),
        *("which movements are in it", "what movements are in it", "which exercises are in it", "which ones are those"),
        *("what is it", "which movements", "which exercises", "what does that consist of", "what does it consist of"),
    )
)
"""What is asked of the routine that is on offer."""
LEAVES = frozenset("skip skipping leave forget drop".split())
"""Words that leave out what is left."""
DOES = frozenset("do finish try have with us get on to carry continue take".split())
"""Words beside "the rest" that make it what is left to do, not lying down."""
LEFT_TO_DO = (
    ("the", "rest"),
    ("the", "others"),
    ("the", "other", "ones"),
    ("the", "remaining"),
    ("what", "is", "left"),
)
"""What is left to do of a session."""


def in_place(reading: Reading, conversation: Conversation, guidance: Guidance) -> Reading:
    """The reading, as it is meant where the conversation stands."""
    words = words_of(reading.text)
    if not words or reading.needs_confirmation:
        return reading
    if reading.intent == Intent.DIGITS and Intent.RATING_ALONE in valid_now(conversation):
        return _means(reading, Meant(Intent.RATING, {RATING: reading.slots.get("number", "")}))  # of the keyboard
    answered = answered_in_words(reading, words, conversation.mode)
    if answered is not None:
        return _means(reading, answered)
    chosen = _chosen(words, conversation, guidance)
    meant = reading.intent
    guessed = meant not in ALARM_INTENTS and reading.confidence < 1
    if chosen is not None and (guessed or meant in YIELDS):
        return _means(reading, chosen)
    if isinstance(conversation.mode, AskingFelt) and meant == Intent.FALSE_ALARM and reading.confidence < 1:
        # "That was grand": no alarm is asked about here.
        more = _has(words, DOING_AGAIN) and SAYING.isdisjoint(words)
        return _means(reading, Meant(Intent.AGAIN if more else Intent.FEELS_GOOD))
    if isinstance(conversation.mode, AskingFelt):
        again = meant == Intent.REPEAT and SAYING.isdisjoint(words) and _has(words, DOING_AGAIN)
        return _means(reading, Meant(Intent.AGAIN)) if again else reading
    if isinstance(conversation.mode, Emergency) and meant == Intent.CALL_FOR_HELP and _taken_back(words):
        return _means(reading, Meant(Intent.FALSE_ALARM))  # which is said back, and confirmed
    if isinstance(conversation.mode, AskingForget) and begins_with_yes(reading.text) and _TO_DELETE.issuperset(words):
        return _means(reading, Meant(Intent.YES))  # "yes, wipe it"
    if (held := hold_wished(words)) is not None and (begun := _begun_with(reading, held, conversation)) is not None:
        return begun
    offered = _offered(conversation)
    if offered is not None and " ".join(words) in _CONTENTS and Intent.ROUTINE_CONTENTS in valid_now(conversation):
        return _means(reading, Meant(Intent.ROUTINE_CONTENTS, {"routine": offered}))
    meant_otherwise = _of_oneself(reading, words, conversation)
    if meant_otherwise is not None:
        return _means(reading, meant_otherwise)
    if in_session(conversation):
        return _in_session(reading, words, conversation)
    return reading


def _begun_with(reading: Reading, held: int, conversation: Conversation) -> Reading | None:
    """The wish for a session that is said with the length of its holds, or waits for an answer; None: neither."""
    if reading.intent in STARTING_INTENTS:
        others = tuple(each for each in reading.also if each.intent != Intent.HOLD_FOR)
        return replace(reading, slots={**reading.slots, HOLD: str(held)}, also=others)
    if reading.intent not in _HELD_UP or reading.confidence == 1:
        return None
    begins = next((each for each in reading.also if each.intent in STARTING_INTENTS), None)
    if begins is not None:
        return _means(reading, Meant(begins.intent, {**begins.slots, HOLD: str(held)}))
    match conversation.mode:
        case Screening(wish=WantsSession(session=session)) | Offering(session=session) if held >= SHORTEST_HOLD:
            pass
        case _:
            return None
    slots = {HOLD: str(held), HOLD_ALONE: "yes"}
    if session.routine is not None:
        return _means(reading, Meant(Intent.START_ROUTINE, {"routine": session.routine, **slots}))
    return _means(reading, Meant(Intent.START_MOVEMENT, {"movement": session.dose.movement.key, **slots}))


def _taken_back(words: list[str]) -> bool:
    """Whether an alarm is called a false one: "he's breathing again, false alarm"."""
    at = next((at for at, pair in enumerate(pairwise(words)) if pair == ("false", "alarm")), None)
    return at is not None and {"no", "not", "isn't"}.isdisjoint(words[max(0, at - 3) : at])


def _offered(conversation: Conversation) -> str | None:
    """The routine that is on offer, or waits for the answer about signs."""
    match conversation.mode:
        case Offering(session=session) | Screening(wish=WantsSession(session=session)):
            return session.routine
        case _:
            return None


def _of_oneself(reading: Reading, words: list[str], conversation: Conversation) -> Meant | None:
    """The complaint, or the fear, of somebody who tells it in words that were read as nothing, or as small talk."""
    if reading.intent not in _TOLD_PLAINLY or (reading.intent is not None and reading.confidence == 1):
        return None
    valid = valid_now(conversation)
    wished = words[:2] == ["what", "i"]  # "what I wanted was" asks nothing
    at_rest = isinstance(conversation.mode, Idle | Topic) and (wished or not reading.asks)
    if at_rest and Intent.WHAT_HELPS in valid and complains(words, reading.text):
        return Meant(Intent.WHAT_HELPS)
    if Intent.SMALL_TALK in valid and is_afraid(words, reading.text):
        return Meant(Intent.SMALL_TALK, {"topic": FEAR})
    return None


def _in_session(reading: Reading, words: list[str], conversation: Conversation) -> Reading:
    rest = _has(words, LEFT_TO_DO) and not DOES.isdisjoint(words)
    intents = [Intent(each) for each in (reading.intent, *(each.intent for each in reading.also)) if each]
    passed = Intent.PASSED in intents or isinstance(conversation.mode, AfterHurt)
    if reading.intent == Intent.STOP_REMINDING and reading.slots.get("text", "").startswith("breath"):
        return _means(reading, Meant(Intent.COUNT_ONLY))  # it is Limber's own word in the hold, and no reminder
    too_much = "too" in words and _WISHES_EASIER.isdisjoint(words)
    if reading.intent == Intent.GENTLER and too_much and _holds(conversation):
        return _means(reading, Meant(Intent.THAT_HURTS))  # "too much" complains, and wishes nothing
    if {Intent.GENTLER, Intent.THAT_HURTS} <= set(intents) <= _EASED_SO and not too_much:
        return _means(reading, Meant(Intent.GENTLER))  # "too much, gentler please" says what is wanted
    at_last = any(one in LAST and other in _A_MOVEMENT for one, other in pairwise(words))
    if at_last and not _ONWARD.isdisjoint(words) and "back" not in words and conversation.session is not None:
        return _means(reading, Meant(Intent.START_MOVEMENT, {"movement": conversation.session.doses[-1].movement.key}))
    leaves = not LEAVES.isdisjoint(words) and (_has(words, LEFT_TO_DO) or "else" in words)
    if leaves and Intent.START_MOVEMENT in intents:
        slots = next(each.slots for each in _all(reading) if each.intent == Intent.START_MOVEMENT)
        return _means(reading, Meant(Intent.START_MOVEMENT, {**slots, LAST_OF_ALL: "yes"}))
    named = {Intent.MEASURE, Intent.MORE, Intent.PASSED, Intent.NEXT}
    leads_on = rest and named.issuperset(intents) and (passed or Intent.MEASURE in intents or not intents)
    if leads_on and Intent.RESUME in valid_now(conversation):
        same = {"others", "ones"}.isdisjoint(words)
        return _means(reading, Meant(Intent.RESUME if same else Intent.NEXT))
    return reading


def _holds(conversation: Conversation) -> bool:
    """Whether a stretch is being held."""
    return isinstance(conversation.mode, Coaching) and state_of(conversation) is State.HOLDING


def _chosen(words: list[str], conversation: Conversation, guidance: Guidance) -> Meant | None:
    """The routine whose title is said, or what of a list that has just been told is named by its place."""
    for named, routine in guidance.routines.items():
        title = words_of(routine.title)
        bare = [word for word in title if word != "routine"]
        told = isinstance(conversation.mode, Topic) and conversation.mode.key == ROUTINES
        if words == title or (told and [w for w in words if w in bare or w not in BESIDE_AN_ORDINAL] == bare):
            return Meant(Intent.START_ROUTINE, {"routine": named})
    match conversation.mode:
        case Topic(key=key) if key == ROUTINES:
            keys, intent, slot = list(guidance.routines), Intent.START_ROUTINE, "routine"
        case Topic(key=key) if key == MOVEMENTS:
            keys, intent, slot = list(guidance.movements), Intent.START_MOVEMENT, "movement"
        case _:
            return None
    at = _place(words, len(keys), conversation.mode.said)
    return None if at is None else Meant(intent, {slot: keys[at]})


def _place(words: list[str], count: int, said: int) -> int | None:
    """The place in a list of `count` entries that words name; None: none, or they say something else too.

    `said`: how many parts of the list were told; "the second one" and "the last one" are those of the last part.
    """
    first = LISTED_AT_ONCE * (said - 1)
    telling = [word for word in words if word not in BESIDE_AN_ORDINAL or word in LAST]
    if not telling and words[:1] == ["number"] and len(words) == 2 and words[1] == "one":
        return 0
    if len(telling) != 1:
        return None
    word = telling[0]
    if word in LAST:
        return min(count, first + LISTED_AT_ONCE) - 1
    if word in ORDINALS:
        at = ORDINALS.index(word)
        at += first if at < LISTED_AT_ONCE else 0
    elif "number" in words and word in COUNTED:
        at = COUNTED.index(word)
    else:
        return None
    return at if at < count else None


def _all(reading: Reading) -> tuple[Meant, ...]:
    return (Meant(reading.intent, reading.slots), *reading.also) if reading.intent else ()


def _means(reading: Reading, meant: Meant) -> Reading:
    return replace(
        reading, intent=meant.intent, slots=meant.slots or NO_SLOTS, confidence=1.0, also=(), unread="", asks=False
    )


def _has(words: list[str], phrases: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of the phrases stands in the words."""
    return any(tuple(words[at : at + len(phrase)]) == phrase for phrase in phrases for at in range(len(words)))
