"""What of several things said in one breath is carried out: part of a cry yields to the alarm, an offer to a refusal.

Pure: a reading in, a reading out. What a single thing means is left as it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.states import COMPLAINTS
from intents.clauses.asking import asks
from intents.clauses.pieces import pieces_of
from intents.model import ALARM_INTENTS, Intent, Meant, Reading

CONDITION_TOLD = "condition"
"""Slot of a red flag that only tells of a condition."""
CRIES = frozenset({Intent.STOP, Intent.PAUSE, Intent.WAIT})
"""Part of the cry beside an alarm: obeyed, they would silence the number that is to be said again."""
ENDS_EMERGENCY = (Intent.FALSE_ALARM, Intent.HELP_COMING)
"""What in an emergency counts before all that is no alarm: it is said back and asked about, and nothing else."""
ORDERS = (Intent.START_MOVEMENT, Intent.START_ROUTINE, Intent.WHAT_HELPS, Intent.AGAIN, Intent.GENTLER)
"""Orders of exercise; where exercise is refused, one of them alone is answered, the first of these."""
ONWARDS = (Intent.RESUME, Intent.READY, Intent.NEXT, Intent.SKIP)
"""What only spurs on beside an order ("go on, neck rotations"), and is refused as an order where none is beside it."""
STARTS = frozenset({Intent.START_MOVEMENT, Intent.START_ROUTINE})
"""What names the exercise that is to begin."""
COMPLAINED_OF = frozenset({Intent.PAINKILLERS, Intent.MEASURE, Intent.CAUSE, Intent.STRATEGY, Intent.QUESTION})
"""Topics that may stand beside a complaint, as what the pain has withstood: "the tablets did nothing"."""
BEFORE_THE_REST = (Intent.CONDITION, Intent.AGREED)
"""What is told about the person counts before what they want in the same breath, wherever it was said."""


def weighed(reading: Reading, *, emergency: bool, refuses: bool) -> Reading:
    """The reading with what of it is to be carried out, in that order.

    `emergency`: whether an emergency goes on. `refuses`: whether exercise is refused in this sitting.
    """
    if reading.intent is None or reading.needs_confirmation:
        return reading
    meant = [told_condition(each) for each in (Meant(reading.intent, reading.slots), *reading.also)]
    intents = {each.intent for each in meant}
    unread = reading.unread
    ending = next((each for each in meant if each.intent in ENDS_EMERGENCY), None)
    if intents & ALARM_INTENTS:
        meant = _without(meant, CRIES)
    elif emergency and ending is not None:
        meant, unread = [ending], ""
    else:
        if intents & STARTS:
            meant = _without(meant, ONWARDS)
        if refuses:
            meant = _one_order(meant)
        if intents & {*COMPLAINTS, Intent.THAT_HURTS} and not _asked(reading.text):
            meant = _without(meant, COMPLAINED_OF)
        meant.sort(key=_place)
    first, *also = meant
    return replace(reading, intent=first.intent, slots=first.slots, also=tuple(also), unread=unread)


def told_condition(meant: Meant) -> Meant:
    """What was meant; a red flag that only tells of a condition is that condition, and no alarm."""
    if meant.intent == Intent.RED_FLAG and CONDITION_TOLD in meant.slots:
        return replace(meant, intent=Intent.CONDITION)
    return meant


def _without(meant: Sequence[Meant], intents: Collection[Intent]) -> list[Meant]:
    return [each for each in meant if each.intent not in intents] or list(meant)


def _one_order(meant: Sequence[Meant]) -> list[Meant]:
    """What is meant, with one order of exercise alone."""
    ranks = (*ORDERS, *ONWARDS)
    orders = sorted((each for each in meant if each.intent in ranks), key=lambda each: ranks.index(Intent(each.intent)))
    return [each for each in meant if each.intent not in ranks or each is orders[0]]


def _place(meant: Meant) -> int:
    told = BEFORE_THE_REST
    return told.index(Intent(meant.intent)) if meant.intent in told else len(told)


def _asked(text: str) -> bool:
    """Whether one of the clauses of a text is a question or an order."""
    return "?" in text or any(asks(piece.words) for piece in pieces_of(text))
