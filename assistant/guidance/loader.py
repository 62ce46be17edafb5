"""Loads and checks the guidance: a folder of YAML files, in sub-folders too, that together hold all sections.

A single file is checked together with the built-in guidance, to which it may refer; a folder must be complete.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assistant.guidance.checks import inconsistencies, missing_entries, repeated_keys
from assistant.guidance.document import Document, Problem, read_document
from assistant.guidance.schema import (
    Guidance,
    GuidanceError,
    Sections,
)

BUILT_IN = Path(__file__).parent
"""Folder of the guidance that comes with Limber."""


def load_guidance(folder: Path = BUILT_IN) -> Guidance:
    """Load the guidance from the `*.yaml` of a folder and its sub-folders.

    Raises GuidanceError when it is incomplete or inconsistent.
    """
    documents, problems = _read_folder(folder)
    if problems:
        more = f" (and {len(problems) - 1} more)" if problems[1:] else ""
        raise GuidanceError(f"{problems[0]}{more}; mend it, then run: main.py guidance check {folder}")
    whole = _merged(documents)
    return Guidance.model_validate({name: getattr(whole, name) for name in Guidance.model_fields})


def check_guidance(path: Path) -> list[Problem]:
    """Find the problems of one guidance file, or of a whole folder; none: all is well.

    A single file may refer to the built-in movements and facts.
    """
    if path.is_dir():
        return _read_folder(path)[1]
    match read_document(path):
        case Document() as document:
            return list(inconsistencies(document, _merged([*_built_in(), document])))
        case problems:
            return problems


@cache
def _built_in() -> tuple[Document, ...]:
    """The documents of the built-in guidance, which no process changes."""
    return tuple(_read_folder(BUILT_IN)[0])


def _read_folder(folder: Path) -> tuple[list[Document], list[Problem]]:
    read = [read_document(file) for file in sorted(folder.rglob("*.yaml"))]
    documents = [found for found in read if isinstance(found, Document)]
    problems = [problem for found in read if not isinstance(found, Document) for problem in found]
    if problems:
        # Entries of a broken file would be reported once more, as missing from the others.
        return documents, problems
    whole = _merged(documents)
    problems = [problem for document in documents for problem in inconsistencies(document, whole)]
    return documents, [*repeated_keys(documents), *missing_entries(folder, whole), *problems]


def _merged(documents: Iterable[Document]) -> Sections:
    """All sections of several files in one; of two entries with one key the later file's."""
    merged: dict[str, Any] = {}
    for document in documents:
        for name in document.sections.model_fields_set:
            value = getattr(document.sections, name)
            merged[name] = {**merged.get(name, {}), **value} if isinstance(value, Mapping) else value
    return Sections.model_validate(merged)
