"""The settings of a profile in their file, `settings.yaml`, which people read and edit.

Each setting is read by itself, so that one that is wrong costs no other.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.errors import LimberError
from assistant.settings import (
    DEEPEST_PITCH,
    FASTEST_WPM,
    FEWEST_DIGITS,
    HIGHEST_PITCH,
    LOUDEST_DB,
    MOST_AWAKE_MINUTES,
    MOST_CRISIS_DIGITS,
    MOST_DIGITS,
    QUIETEST_DB,
    SLOWEST_WPM,
    Counting,
    ScreeningRule,
    Settings,
    Verbosity,
    VoiceName,
)
from assistant.whole_file import not_written, replace_file, set_aside

SETTINGS_FILE_NAME = "settings.yaml"
"""Name of the file in a profile."""
_BEGINS_SETTING = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
"""Where a line begins that is no comment and goes on with nothing before it."""


class _Stored(BaseModel):
    """The fields of the file, with their bounds; they mirror `Settings`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    words_per_minute: int = Field(default=150, ge=SLOWEST_WPM, le=FASTEST_WPM)
    pitch: int = Field(default=50, ge=DEEPEST_PITCH, le=HIGHEST_PITCH)
    volume: float = Field(default=0.0, ge=QUIETEST_DB, le=LOUDEST_DB, strict=False)
    voice: VoiceName = Settings().voice
    verbosity: Verbosity = Settings().verbosity
    counting: Counting = Settings().counting
    screening: ScreeningRule = Settings().screening
    rating: bool = False
    awake_minutes: int | None = Field(default=None, ge=0, le=MOST_AWAKE_MINUTES)
    emergency_number: str | None = Field(default=None, pattern=rf"^\d{{{FEWEST_DIGITS},{MOST_DIGITS}}}$")
    ask_emergency_number: bool = True
    welcomed: bool = True
    crisis_line: str | None = Field(default=None, pattern=rf"^\d{{{FEWEST_DIGITS},{MOST_CRISIS_DIGITS}}}$")
    conditions: tuple[str, ...] = Field(default=(), strict=False)
    quiet_hours: str = Field(
        default=Settings().quiet_hours, pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
    )
    wake_phrase: str = Field(default=Settings().wake_phrase, pattern=r"^[A-Za-z']+( [A-Za-z']+){1,5}$")


_COUNT_ALOUD = "count_aloud"
"""An earlier name, in files of before, for whether the counts are spoken."""
_NUMBERS = ("emergency_number", "crisis_line")
"""Settings whose digits YAML would read as an integer where they stand without quotation marks."""


@dataclass(frozen=True, slots=True)
class FoundSettings:
    """What a file holds."""

    settings: Settings
    """All that could be read, and the defaults of the rest."""
    problems: tuple[str, ...] = ()
    """What could not be read, a line each that names the file and the field."""


class SettingsFile:
    """The file with the settings; every method opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> FoundSettings:
        """What the file holds; where there is none, the defaults of somebody who was not welcomed yet."""
        try:
            if not self.path.exists():
                return FoundSettings(Settings(welcomed=False))
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            return FoundSettings(Settings(), (f"{self.path}: cannot be read ({error})",))
        stored, problems = _Stored(), list[str]()
        for block, content in _parts(text):
            if not isinstance(content, dict):
                problems.append(f"{self.path}: cannot be read at {block.strip().splitlines()[0][:40]!r}")
                continue
            for name, value in content.items():
                typed = _as_typed(text, name) if name in _NUMBERS and isinstance(value, int) else value
                if name == _COUNT_ALOUD and isinstance(value, bool):
                    name, typed = "counting", "words" if value else "silence"  # noqa: PLW2901 - what it is called now
                try:
                    stored = _with(stored, str(name), typed)
                except ValidationError as error:
                    problems.append(f"{self.path}: {name}: {error.errors()[0]['msg']}")
        return FoundSettings(Settings(**stored.model_dump()), tuple(problems))

    def change(self, name: str, written: str) -> Settings:
        """Set one setting to a value as it is typed, "none" for no value; the settings from then on.

        Raises LimberError, and changes nothing, where the value is out of bounds or the file cannot be written.
        """
        before = self.read()
        typed = None if written.strip().lower() in {"none", ""} else written.strip()
        value: object = typed
        if name == "conditions":
            value = [each.strip() for each in (typed or "").split(",") if each.strip()]
        try:
            stored = _Stored.model_validate(asdict(before.settings) | {name: value}, strict=False)
        except ValidationError as error:
            what = error.errors()[0]["msg"]
            raise LimberError(f"{name}: {written!r} is no value for it ({what}); it stays as it was") from error
        changed = Settings(**stored.model_dump())
        if before.problems:
            self.set_aside()
        self.write(changed)
        return changed

    def set_aside(self) -> Path:
        """Keep a file that cannot be read whole beside the one that will be written. Raises LimberError."""
        return set_aside(self.path)

    def write(self, settings: Settings) -> None:
        """Replace the file in one step; where that fails, the old one stays. Raises LimberError."""
        text = StringIO()
        YAML(typ="safe", pure=True).dump(asdict(settings), text)
        try:
            replace_file(self.path, text.getvalue())
        except OSError as error:
            raise not_written(self.path, error) from error


def _parts(text: str) -> Iterator[tuple[str, object]]:
    """The whole text with its content where it is valid YAML, or else each setting's lines with theirs.

    The content is None where it is no valid YAML.
    """
    whole = _loaded(text)
    if isinstance(whole, dict):
        yield text, whole
    elif text.strip():
        yield from ((block, _loaded(block)) for block in _BEGINS_SETTING.split(text) if _says_something(block))


def _says_something(block: str) -> bool:
    """Whether lines hold more than comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in block.splitlines())


def _loaded(text: str) -> object:
    """The content of YAML; None where it is none."""
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, TypeError, ArithmeticError, LookupError, RecursionError):
        return None  # ruamel.yaml lets through what Python raises for a date such as 2026-13-01


def _as_typed(text: str, name: str) -> str:
    """The digits of a setting as they stand in the file: an integer has lost the zeros that they begin with."""
    found = re.search(rf"^\s*{name}\s*:\s*(\d+)", text, re.MULTILINE)
    return found[1] if found else ""


def _with(stored: _Stored, name: str, value: object) -> _Stored:
    """The settings with one of them changed. Raises ValidationError."""
    return _Stored.model_validate(stored.model_dump() | {name: value})
