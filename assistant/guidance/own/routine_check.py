"""Reads and checks one file with a routine: within limits of size and depth, valid, and consistent with the guidance.

Each problem is one line that names the file, the line, the field and what should stand there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import Node

from assistant.guidance.document import FieldPath, Problem, UnreadableError, expected, listed, parsed, problem_at
from assistant.guidance.own.own_routines import Clash
from assistant.guidance.own.routine_file import RoutineFile, WrittenMovement, WrittenPart, WrittenStep
from assistant.guidance.schema import Guidance, Movement, Side

MOST_BYTES = 32_768
"""Largest file that is read, in bytes."""
DEEPEST = 6
"""Most lists and mappings within one another: a part of a movement is the fifth."""

_MODELS: Mapping[str, type[BaseModel]] = {"steps": WrittenStep, "movements": WrittenMovement, "parts": WrittenPart}
"""The model of the entries under each key."""


@dataclass(frozen=True, slots=True)
class ReadRoutine:
    """The content of a file that is valid by itself; whether it suits the guidance is another question."""

    file: Path
    """The file."""
    root: Node
    """Its YAML tree, for line numbers."""
    content: RoutineFile
    """What stands in it."""

    def clashes(self, guidance: Guidance, clash: Clash) -> list[Problem]:
        """What contradicts itself or the guidance: the built-in movements, and the routines whose names are taken."""
        found = _inconsistencies(self.content, guidance, clash)
        return [problem_at(self.file, self.root, place, wanted) for place, wanted in found]


def check_routine(file: Path, guidance: Guidance, clash: Clash) -> tuple[RoutineFile | None, list[Problem]]:
    """The routine of a file, or else its problems, at least one, in the order of lines.

    `guidance`: the built-in movements, and the routines whose names are taken.
    """
    found = read_routine(file)
    if isinstance(found, list):
        return None, found
    problems = found.clashes(guidance, clash)
    return (None, problems) if problems else (found.content, [])


def read_routine(file: Path) -> ReadRoutine | list[Problem]:
    """The content of a file, or else the problems that it has by itself, at least one, in the order of lines."""
    try:
        _bounded(file)
        root, content = parsed(file)
    except UnreadableError as error:
        return [Problem(file, error.line, "the file", error.expected)]
    try:
        return ReadRoutine(file, root, RoutineFile.model_validate(content))
    except ValidationError as error:
        faults = _causes(error.errors(include_url=False))
        problems = [problem_at(file, root, _place(fault), _wanted(fault)) for fault in faults]
        return sorted(problems, key=lambda problem: problem.line)


def _bounded(file: Path) -> None:
    """Raise UnreadableError for a file that is too large, or that nests too deeply, before it is read as values."""
    try:
        size = file.stat().st_size
        text = file.read_bytes()[: MOST_BYTES + 1].decode(errors="replace")
    except OSError as error:
        raise UnreadableError(1, f"one that can be read, but: {error.strerror}") from error
    if size > MOST_BYTES:
        raise UnreadableError(1, f"at most {MOST_BYTES} bytes, not {size}")
    depth = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, AliasEvent):
                raise UnreadableError(event.start_mark.line + 1, "the value written out, not a reference (*name) to it")
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST:
                raise UnreadableError(
                    event.start_mark.line + 1, f"at most {DEEPEST} lists and mappings within one another"
                )
    except (YAMLError, ValueError, RecursionError):
        return  # `parsed` tells what is wrong


def _causes(faults: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The faults without those that only follow from another: a list is not too short because of a bad entry."""
    places = [fault["loc"] for fault in faults]
    return [
        fault
        for fault in faults
        if fault["type"] != "too_short"
        or not any(place[: len(fault["loc"])] == fault["loc"] and place != fault["loc"] for place in places)
    ]


def _place(fault: ErrorDetails) -> FieldPath:
    """The path of a fault, without the words with which pydantic names the key of a mapping."""
    return tuple(step for step in fault["loc"] if step != "[key]")


def _wanted(fault: ErrorDetails) -> str:
    """What should stand where a value is not valid."""
    place = fault["loc"]
    match fault["type"]:
        case "extra_forbidden":
            inside = [_MODELS[step] for step in place[:-1] if isinstance(step, str) and step in _MODELS]
            return f"one of {listed((inside[-1] if inside else RoutineFile).model_fields)}"
        case "too_short":
            return "at least one entry"
        case "string_pattern_mismatch":
            return f"small letters, digits and underscores, not {fault['input']!r}"
        case "model_type" | "model_attributes_type":
            return "a mapping of keys to values"
        case _:
            return expected(fault)


def _inconsistencies(found: RoutineFile, guidance: Guidance, clash: Clash) -> Iterator[tuple[FieldPath, str]]:
    """What in a file contradicts itself or the guidance: the path, and what should stand there."""
    if found.key in guidance.routines:
        yield ("name",), f"another name: there is already a routine called {found.key!r}"
    elif (meant := clash(found.name)) is not None:
        yield ("name",), f"another name: {found.name!r} said alone already means {meant}"
    for key in found.movements:
        if key in guidance.movements:
            yield ("movements", key), f"another key: there is already a movement {key!r}"
    movements = {**guidance.movements, **{movement.key: movement for movement in found.own_movements()}}
    for number, step in enumerate(found.steps):
        movement = movements.get(step.movement)
        if movement is None:
            yield ("steps", number, "movement"), f"one of {listed(movements)}, not {step.movement!r}"
        else:
            yield from _step(number, step, movement)
    for key, own in found.movements.items():
        sides = {part.side for part in own.parts}
        if None in sides and len(sides) > 1:
            yield ("movements", key, "parts"), "a side for each part, or for none"


def _step(number: int, step: WrittenStep, movement: Movement) -> Iterator[tuple[FieldPath, str]]:
    sides = [side for side in get_args(Side) if any(part.side == side for part in movement.parts)]
    if step.side is not None and step.side not in sides:
        allowed = f"one of {', '.join(sides)}" if sides else "no side"
        yield ("steps", number, "side"), f"{allowed}: {movement.key} has no {step.side} side"
    if step.position is not None and movement.intro_in(step.position) is None:
        yield ("steps", number, "position"), f"another position: {movement.key} is not done {step.position}"
