"""One guidance file, parsed and validated, with the line number of every field, so that problems can name the line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from assistant.guidance.schema import (
    Answer,
    Bite,
    ConditionText,
    Movement,
    Part,
    RedFlagAdvice,
    Routine,
    RoutineStep,
    ScreeningText,
    Sections,
    SignText,
    TopicText,
)

SECTION_MODELS: dict[str, type[BaseModel]] = {
    "topics": TopicText,
    "bites": Bite,
    "movements": Movement,
    "parts": Part,
    "routines": Routine,
    "steps": RoutineStep,
    "red_flags": RedFlagAdvice,
    "answers": Answer,
    "conditions": ConditionText,
    "signs": SignText,
    "screening": ScreeningText,
}
"""The model of the entries under each key of a guidance file."""

FieldPath = tuple[str | int, ...]
"""The keys and list indices that lead from the top of a file to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a guidance file."""

    file: Path
    """The file, or the folder where something is missing from all of its files."""
    line: int
    """Line number, from 1."""
    field: str
    """The field's path: keys and list indices (from 0), joined by dots."""
    expected: str
    """What should stand there, for a message."""

    def told(self) -> dict[str, str | int]:
        """The problem as JSON values."""
        return {"file": str(self.file), "line": self.line, "field": self.field, "expected": self.expected}

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field}: expected {self.expected}"


class UnreadableError(Exception):
    """A guidance file cannot be parsed at all. `line`: where parsing failed, from 1; `expected`: as in `Problem`."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(expected)
        self.line, self.expected = line, expected


@dataclass(frozen=True, slots=True)
class Document:
    """One guidance file that was read."""

    file: Path
    """The file."""
    root: Node
    """The YAML tree, for line numbers."""
    sections: Sections
    """The validated content."""

    def problem(self, place: FieldPath, expected: str) -> Problem:
        """A problem with the field at a path, and the line of that field."""
        return problem_at(self.file, self.root, place, expected)


def read_document(file: Path) -> Document | list[Problem]:
    """Read one file: the document, or else its problems, at least one, in the order of lines."""
    try:
        root, content = parsed(file)
    except UnreadableError as error:
        return [Problem(file, error.line, "the file", error.expected)]
    try:
        return Document(file, root, Sections.model_validate(content))
    except ValidationError as error:
        problems = [problem_at(file, root, fault["loc"], expected(fault)) for fault in error.errors()]
        return sorted(problems, key=lambda problem: problem.line)


def parsed(file: Path) -> tuple[Node, object]:
    """The content of a file twice: as YAML nodes, which know their lines, and as plain values.

    Raises UnreadableError.
    """
    try:
        text = file.read_bytes().decode()
    except OSError as error:
        raise UnreadableError(1, f"one that can be read, but: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(error.object.count(b"\n", 0, error.start) + 1, "text in UTF-8") from error
    yaml = YAML(typ="safe", pure=True)
    try:
        root: Node | None = yaml.compose(text)
        if root is not None:
            return root, yaml.constructor.construct_document(root)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableError(line, f"valid YAML, but: {error.problem}") from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, "text without control characters") from error
    except (ValueError, RecursionError) as error:
        # A value that looks like a date or a number and is none, or endless nesting; YAML gives no line for either.
        raise UnreadableError(1, f"valid YAML, but: {error}") from error
    raise UnreadableError(1, f"at least one of the sections {listed(Sections.model_fields)}")


def problem_at(file: Path, root: Node, place: FieldPath, expected: str) -> Problem:
    """A problem with the field at a path, and the line of that field."""
    return Problem(file, _line(root, place), ".".join(map(str, place)) or "the file", expected)


def _line(node: Node, place: FieldPath) -> int:
    """Line number, from 1, of the value at a path, or of the innermost value around it where that is missing."""
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


def expected(fault: ErrorDetails) -> str:
    """What should stand where a value is not valid, for a message."""
    place = fault["loc"]
    match fault["type"]:
        case "missing":
            return "this field, which is missing"
        case "extra_forbidden":
            inside = [SECTION_MODELS[step] for step in place[:-1] if isinstance(step, str) and step in SECTION_MODELS]
            return f"one of {listed((inside[-1] if inside else Sections).model_fields)}"
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


def listed(names: Iterable[str]) -> str:
    """Join names of fields for a message; `key`, which no file contains, is left out."""
    return ", ".join(name for name in names if name != "key")
