"""Reads sentence templates in Home Assistant's intents format, by way of hassil."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from hassil.errors import HassilError
from hassil.intents import Intents
from hassil.parser import ParseError
from hassil.util import merge_dict

from intents.errors import IntentsError
from intents.language import EN

COACH_TEMPLATES = EN / "templates"
"""The folder of the built-in templates."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""YAML's safe loader, the one in C where there is one."""


def read_templates(sources: Sequence[Path]) -> Intents:
    """The templates of files and folders as one set, so that one file may use the lists and rules of another.

    Raises IntentsError, which names the file, the field and the remedy.
    """
    merged: dict[str, Any] = {"intents": {}, "language": "en"}
    for path in [file for source in sources for file in _files(source)]:
        merge_dict(merged, _read(path))
    names = ", ".join(str(source) for source in sources)
    try:
        templates = Intents.from_dict(merged)
        for intent in templates.intents.values():
            for block in intent.data:
                block.sentences  # noqa: B018  parsed on first use: a bad template is to be found here
    except (HassilError, ParseError, ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise IntentsError(f"{names}: a template or list cannot be read ({_told(error)}); correct it there") from error
    return templates


def _files(source: Path) -> list[Path]:
    """The template files of a source. Raises IntentsError for a folder without any."""
    if source.is_dir():
        files = sorted([*source.glob("*.yaml"), *source.glob("*.yml")])
        if not files:
            raise IntentsError(f"{source}: the folder holds no .yaml file; name a folder of sentence templates")
        return files
    return [source]


def _read(path: Path) -> dict[str, Any]:
    """The content of a template file. Raises IntentsError where its outer shape is wrong."""
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.load(file, Loader=_Loader)  # noqa: S506  it is a safe loader
    except OSError as error:
        raise IntentsError(f"{path}: cannot be opened ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise IntentsError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise IntentsError(f"{path}: is not YAML ({_told(error)}); correct it there") from error
    if not isinstance(content, dict):
        raise IntentsError(f"{path}: expected fields such as 'language' and 'intents'; see Home Assistant's format")
    for field, kind in (("intents", dict), ("lists", dict), ("expansion_rules", dict), ("skip_words", list)):
        if not isinstance(content.get(field, kind()), kind):
            shape = "a mapping" if kind is dict else "a list"
            raise IntentsError(f"{path}: field '{field}' must be {shape}; correct it there")
    for name, intent in content.get("intents", {}).items():
        if not isinstance(name, str):
            raise IntentsError(f"{path}: YAML reads the name of an intent as {name!r}; put it in quotes")
        blocks = intent.get("data") if isinstance(intent, dict) else None
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise IntentsError(f"{path}: field 'intents.{name}.data' must be a list of blocks; correct it there")
        for block in blocks:
            sentences = block.get("sentences")
            if not isinstance(sentences, list) or not all(isinstance(each, str) for each in sentences):
                raise IntentsError(f"{path}: field 'intents.{name}.data.sentences' must be a list of texts; add quotes")
    return content


def _told(error: BaseException) -> str:
    """An error's message on one line."""
    return " ".join(str(error).split()) or type(error).__name__
