"""What can be told a bite at a time: the topics and the answers of the guidance, and its lists, three at a time."""

from collections.abc import Iterable

from assistant import script
from assistant.guidance.schema import Guidance
from assistant.script import answering

ANSWER = "answer."
"""How the key of an answer begins, among the keys of what is told."""
ROUTINES, MOVEMENTS, CAN_DO = "routines", "movements", "can_do"
"""The keys of the two lists, and of what Limber can do, among the keys of what is told."""
LISTED_AT_ONCE = 3
"""Number of entries of a list that are told at once; more are not remembered."""


def told_of(guidance: Guidance, key: str) -> tuple[str, ...]:
    """All bites of what a key names: a topic, `answer.` and the key of an answer, or a list."""
    if key == ROUTINES:
        return _listed(routine.title for routine in guidance.routines.values())
    if key == CAN_DO:
        return script.ABILITIES
    if key == MOVEMENTS:
        return _listed(movement.title for movement in guidance.movements.values())
    if key.startswith(ANSWER):
        answer = guidance.answers[key.removeprefix(ANSWER)]
        return (answer.say, *answer.more)
    return tuple(bite.say for bite in guidance.topics[key].bites)


def _listed(titles: Iterable[str]) -> tuple[str, ...]:
    names = list(titles)
    parts = [names[at : at + LISTED_AT_ONCE] for at in range(0, len(names), LISTED_AT_ONCE)]
    return tuple(answering.listed(part) for part in parts)
