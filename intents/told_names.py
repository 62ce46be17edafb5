"""The names under which intents are told outside: in what `main.py understand` and `hear` print, and in the timeline.

Inside, what is left of a hold, of the session and of a routine are three questions, each with its answer. Outside there
is one name for how long and one for how many, as callers know them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from intents.model import NO_SLOTS, Intent, Meant

_WIDER: Mapping[str, Intent] = MappingProxyType(
    {
        Intent.TIME_LEFT: Intent.HOW_LONG,
        Intent.ROUTINE_LENGTH: Intent.HOW_LONG,
        Intent.MOVEMENTS_LEFT: Intent.HOW_MANY,
    }
)
"""To an intent the wider one under whose name it is told."""
_ABOUT_LIMBER = frozenset({"doctor", "person"})
"""Topics of small talk that ask who Limber is."""


def told(meant: Meant) -> Meant:
    """What was meant, as it is told outside."""
    if meant.intent == Intent.SMALL_TALK and meant.slots.get("topic") in _ABOUT_LIMBER:
        return Meant(Intent.WHO_ARE_YOU, NO_SLOTS)
    if meant.intent == Intent.ROUTINE_LENGTH and meant.slots.get("of") == "movements":
        return Meant(Intent.HOW_MANY, {slot: value for slot, value in meant.slots.items() if slot != "of"})
    return Meant(_WIDER.get(meant.intent, meant.intent), meant.slots)
