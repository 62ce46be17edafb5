"""Reads and checks the guidance: YAML files, each with some sections of one whole.

A file is checked by itself, beside the built-in guidance that it may refer to; a folder must be complete.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from assistant.guidance_types import (
    EMERGENCY,
    Bite,
    Guidance,
    GuidanceError,
    Movement,
    Part,
    RedFlag,
    Routine,
    Screening,
    Sections,
    Step,
    Topic,
)

__all__ = [
    "BUILT_IN",
    "EMERGENCY",
    "Bite",
    "Guidance",
    "GuidanceError",
    "Movement",
    "Part",
    "Problem",
    "RedFlag",
    "Routine",
    "Screening",
    "Step",
    "Topic",
    "check",
    "load",
]

BUILT_IN = Path(__file__).with_name("guidance")

REQUIRED: dict[str, tuple[str, ...]] = {
    "topics": (
        "overview",
        "what_helps",
        *(f"measure.{name}" for name in ("rest", "heat", "stretching", "analgesics")),
        "causes",
        *(f"cause.{name}" for name in ("imbalance", "overuse", "injury", "dehydration", "stress", "conditions")),
        "prevention",
        *(f"strategy.{name}" for name in ("ergonomics", "strengthening", "flexibility", "stress_management")),
        *(f"strategy.{name}" for name in ("hydration_nutrition", "professional")),
        "see_professional",
        "painkillers",
    ),
    "movements": (
        "neck_rotation",
        "shoulder_rolls",
        "thoracic_extension",
        "shoulder_blade_squeeze",
        "doorway_chest",
        "neck_tilt",
        "slow_breathing",
    ),
    "routines": ("quick", "full", "gentle", "strength"),
    "red_flags": (
        "chest",
        "tearing",
        "stroke",
        "cauda_equina",
        "cord",
        "trauma",
        "overdose",
        "infection_cancer",
        "stretch_warning",
    ),
}
"""What can be asked for by voice and must therefore be there. Movements and routines may be added."""

CALL_NOW = f"Call {EMERGENCY} now."

_CLOSED = ("topics", "red_flags")
"""No request leads to a key that is not required."""

_MODELS: dict[str, type[BaseModel]] = {
    "topics": Topic,
    "bites": Bite,
    "movements": Movement,
    "parts": Part,
    "routines": Routine,
    "steps": Step,
    "red_flags": RedFlag,
    "screening": Screening,
}

Place = tuple[str | int, ...]
"""The keys and indices that lead to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a guidance file."""

    file: Path
    """The file, or the folder when something is in none of its files."""
    line: int
    """From 1."""
    field: str
    """Keys and list positions from the top, joined by dots; positions count from 0."""
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field}: expected {self.expected}"


class _UnreadableError(Exception):
    """A file in which nothing can be looked for."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(expected)
        self.line, self.expected = line, expected


@dataclass(frozen=True, slots=True)
class _Document:
    """One file that has been read, and where in it everything stands."""

    file: Path
    root: Node
    sections: Sections

    def problem(self, place: Place, expected: str) -> Problem:
        return _problem(self.file, self.root, place, expected)


def load(folder: Path = BUILT_IN) -> Guidance:
    """The guidance in a folder's `*.yaml`. Raises `GuidanceError` when it is incomplete or inconsistent."""
    documents, problems = _read_folder(folder)
    if problems:
        more = f" (and {len(problems) - 1} more)" if problems[1:] else ""
        raise GuidanceError(f"{problems[0]}{more}; mend it, then run: main.py guidance check {folder}")
    whole = _merged(documents)
    return Guidance.model_validate({name: getattr(whole, name) for name in Guidance.model_fields})


def check(path: Path) -> list[Problem]:
    """What is wrong with one guidance file, or with a whole folder; empty when all is well.

    A single file may refer to the built-in movements and facts.
    """
    if path.is_dir():
        return _read_folder(path)[1]
    match _read(path):
        case _Document() as document:
            return list(_inconsistent(document, _merged([*_read_folder(BUILT_IN)[0], document])))
        case problems:
            return problems


def _read_folder(folder: Path) -> tuple[list[_Document], list[Problem]]:
    read = [_read(file) for file in sorted(folder.glob("*.yaml"))]
    documents = [found for found in read if isinstance(found, _Document)]
    problems = [problem for found in read if not isinstance(found, _Document) for problem in found]
    if problems:
        # What a broken file lacks would only be missed once more by all the others.
        return documents, problems
    whole = _merged(documents)
    problems = [problem for document in documents for problem in _inconsistent(document, whole)]
    return documents, [*_twice(documents), *_incomplete(folder, whole), *problems]


def _read(file: Path) -> _Document | list[Problem]:
    try:
        root, content = _parsed(file)
    except _UnreadableError as error:
        return [Problem(file, error.line, "the file", error.expected)]
    try:
        return _Document(file, root, Sections.model_validate(content))
    except ValidationError as error:
        problems = [_problem(file, root, fault["loc"], _expected(fault)) for fault in error.errors()]
        return sorted(problems, key=lambda problem: problem.line)


def _parsed(file: Path) -> tuple[Node, object]:
    """The same content twice: as nodes, which know their lines, and as plain values."""
    try:
        text = file.read_bytes().decode()
    except OSError as error:
        raise _UnreadableError(1, f"one that can be read, but: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _UnreadableError(error.object.count(b"\n", 0, error.start) + 1, "text in UTF-8") from error
    yaml = YAML(typ="safe", pure=True)
    try:
        root: Node | None = yaml.compose(text)
        if root is not None:
            return root, yaml.constructor.construct_document(root)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _UnreadableError(line, f"valid YAML, but: {error.problem}") from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _UnreadableError(line, "text without control characters") from error
    except (ValueError, RecursionError) as error:
        # It looks like a date or a number and is none, or nests without end; neither has a mark.
        raise _UnreadableError(1, f"valid YAML, but: {error}") from error
    raise _UnreadableError(1, f"at least one of the sections {_listed(Sections.model_fields)}")


def _problem(file: Path, root: Node, place: Place, expected: str) -> Problem:
    return Problem(file, _line(root, place), ".".join(map(str, place)) or "the file", expected)


def _line(node: Node, place: Place) -> int:
    """Where the value stands, or the nearest thing around it when it is missing."""
    line = node.start_mark.line
    for step in place:
        match node:
            case MappingNode():
                found = [(key, value) for key, value in node.value if key.value == str(step)]
                if not found:
                    break
                line, node = found[0][0].start_mark.line, found[0][1]
            case SequenceNode() if isinstance(step, int):
                node = node.value[step]
                line = node.start_mark.line
            case _:
                break
    return int(line) + 1


def _expected(fault: ErrorDetails) -> str:
    place = fault["loc"]
    match fault["type"]:
        case "missing":
            return "this field, which is missing"
        case "extra_forbidden":
            inside = [_MODELS[step] for step in place[:-1] if isinstance(step, str) and step in _MODELS]
            return f"one of {_listed((inside[-1] if inside else Sections).model_fields)}"
        case "dict_type" | "model_type" | "mapping_type":
            wanted = "a mapping of keys to values"
        case "tuple_type":
            wanted = "a list"
        case "too_long":
            return "at most {max_length} entries, not {actual_length}".format(**fault["ctx"])
        case _:
            wanted = (
                fault["msg"]
                .removeprefix("Input should be ")
                .removeprefix("String should have ")
                .removeprefix("Value error, ")
            )
    given = fault["input"]
    return f"{wanted}, not {given!r}" if isinstance(given, str | int | float | None) else wanted


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if name != "key")


def _merged(documents: Iterable[_Document]) -> Sections:
    """All sections in one; where two have the same key, the later one's."""
    merged: dict[str, Any] = {}
    for document in documents:
        for name in document.sections.model_fields_set:
            value = getattr(document.sections, name)
            merged[name] = {**merged.get(name, {}), **value} if isinstance(value, Mapping) else value
    return Sections.model_validate(merged)


def _twice(documents: list[_Document]) -> Iterator[Problem]:
    """Keys and sections that an earlier file has already."""
    seen: dict[Place, Path] = {}
    for document in documents:
        for name in sorted(document.sections.model_fields_set):
            value = getattr(document.sections, name)
            for place in [(name, key) for key in value] if isinstance(value, Mapping) else [(name,)]:
                if place in seen:
                    yield document.problem(place, f"what {seen[place].name} has not said already")
                seen[place] = document.file


def _incomplete(folder: Path, whole: Sections) -> Iterator[Problem]:
    """What no file of the folder has."""
    for name in Guidance.model_fields:
        if not getattr(whole, name):
            yield Problem(folder, 1, name, "this section in one of the files (*.yaml) of the folder")
        else:
            for key in REQUIRED.get(name, ()):
                if key not in getattr(whole, name):
                    yield Problem(folder, 1, f"{name}.{key}", "this entry in one of the files of the folder")
    carried = {fact for topic in whole.topics.values() for bite in topic.bites for fact in bite.facts}
    for fact in whole.facts:
        if fact not in carried:
            yield Problem(folder, 1, f"facts.{fact}", "a bite that carries this fact")


def _inconsistent(document: _Document, whole: Sections) -> Iterator[Problem]:
    """What one file says that does not fit the rest."""
    sections = document.sections
    for name in ("topics", "movements", "routines", "red_flags"):
        for key, entry in getattr(sections, name).items():
            if name in _CLOSED and key not in REQUIRED[name]:
                yield document.problem((name, key), f"one of {_listed(REQUIRED[name])}")
            if entry.key != key:
                yield document.problem((name, key, "key"), f"{key!r}, or no such field")
    faults = chain(
        chain.from_iterable(_bites(topic, whole) for topic in sections.topics.values()),
        chain.from_iterable(_dose(movement) for movement in sections.movements.values()),
        chain.from_iterable(_steps(routine, whole) for routine in sections.routines.values()),
        chain.from_iterable(_urgency(flag) for flag in sections.red_flags.values()),
    )
    for place, expected in faults:
        yield document.problem(place, expected)


def _bites(topic: Topic, whole: Sections) -> Iterator[tuple[Place, str]]:
    for i, bite in enumerate(topic.bites):
        for j, fact in enumerate(bite.facts):
            place: Place = ("topics", topic.key, "bites", i, "facts", j)
            if fact not in whole.facts:
                yield place, f"the id of one of the facts, not {fact!r}"
            elif not whole.facts[fact].search(bite.say.lower()):
                yield place, f"a fact that the bite says, but it does not say {whole.facts[fact].pattern!r}"


def _dose(movement: Movement) -> Iterator[tuple[Place, str]]:
    place: Place = ("movements", movement.key)
    if not movement.shortest <= movement.seconds <= movement.longest:
        yield (*place, "seconds"), f"shortest ({movement.shortest}) to longest ({movement.longest}) seconds"
    if movement.repetitions > movement.most:
        yield (*place, "repetitions"), f"at most the movement's most ({movement.most})"


def _steps(routine: Routine, whole: Sections) -> Iterator[tuple[Place, str]]:
    for i, step in enumerate(routine.steps):
        place: Place = ("routines", routine.key, "steps", i)
        movement = whole.movements.get(step.movement)
        if movement is None:
            yield (*place, "movement"), f"one of {_listed(whole.movements)}, not {step.movement!r}"
            continue
        if step.seconds is not None and not movement.shortest <= step.seconds <= movement.longest:
            yield (*place, "seconds"), f"{movement.shortest} to {movement.longest}, as the movement allows"
        if step.repetitions is not None and step.repetitions > movement.most:
            yield (*place, "repetitions"), f"at most {movement.most}, as the movement allows"
        if step.seated and movement.seated is None:
            yield (*place, "seated"), f"false: {movement.key} cannot be done seated"


def _urgency(flag: RedFlag) -> Iterator[tuple[Place, str]]:
    if flag.urgency == "emergency" and flag.lines[0] != CALL_NOW:
        yield ("red_flags", flag.key, "lines", 0), f"{CALL_NOW!r}: in an emergency the action comes first"
