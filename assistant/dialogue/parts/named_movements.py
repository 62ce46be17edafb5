"""Which movements are meant by what a person calls them: keys, or words such as "the rolls"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.guidance.schema import Movement, RoutineStep
from intents.grammar.open_sentences import BETWEEN
from intents.text.normalize import words_of

_COUNTED = re.compile(r"(?P<count>\d+) (?P<name>.+)")
"""A number of repetitions before a movement."""
_ENDINGS = ("ing", "es", "s")
"""Endings that tell no movement from another: "squeezing", "stretches"."""

_EMPTY = frozenset("the a an my one some stretch stretches exercise exercises".split())
"""Words that tell no movement from another."""


@dataclass(frozen=True, slots=True)
class NamedMovements:
    """What a list of movements names."""

    steps: tuple[RoutineStep, ...] = ()
    """The movements that are known, in order, as steps of a routine."""
    unknown: tuple[str, ...] = ()
    """The names that no movement has."""


def named_movements(said: str, known: Iterable[Movement]) -> NamedMovements:
    """What the slot `movements` names, of these movements. Repetitions beyond a movement's most are its most."""
    among = list(known)
    steps: list[RoutineStep] = []
    unknown: list[str] = []
    for item in filter(None, said.split(BETWEEN)):
        counted = _COUNTED.fullmatch(item)
        name = counted["name"] if counted else item
        movement = _meant(name, among)
        if movement is None:
            unknown.append(name.replace("_", " "))
            continue
        count = min(int(counted["count"]), movement.most) if counted else None
        steps.append(RoutineStep(movement=movement.key, repetitions=count))
    return NamedMovements(tuple(steps), tuple(unknown))


def _meant(name: str, known: Sequence[Movement]) -> Movement | None:
    """The movement with a key, or the only one whose title or key has all words of a name."""
    for movement in known:
        if movement.key == name:
            return movement
    wanted = _stems(name)
    named = [(movement, _stems(text)) for movement in known for text in (movement.title, movement.key)]
    found = {movement.key: movement for movement, stems in named if wanted and wanted <= stems}
    whole = {movement.key: movement for movement, stems in named if wanted == stems}
    return next((only for each in (whole, found) if len(each) == 1 for only in each.values()), None)


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in words_of(text.replace("_", " ")) if word not in _EMPTY}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e")
