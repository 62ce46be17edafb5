"""What Limber knows, as types: every spoken sentence, dose and rule of the guidance, frozen once it is read."""

from collections.abc import Mapping, Sized
from re import Pattern
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.types import Strict

from assistant.errors import LimberError

EMERGENCY = "{emergency}"
"""Stands in a line for the emergency number that was set, or for the words "your emergency number"."""


class GuidanceError(LimberError):
    """The guidance cannot be used as it is written. The message names the first place to mend."""


def _only_known_braces(line: str) -> str:
    if set("{}") & set(line.replace(EMERGENCY, "")):
        raise ValueError(f"a line with no braces but {EMERGENCY}")
    return line


def _keys_put_in(entries: object) -> object:
    """Each entry also knows the key it stands under."""
    if not isinstance(entries, Mapping):
        return entries
    return {key: {"key": key, **entry} if isinstance(entry, Mapping) else entry for key, entry in entries.items()}


def _not_empty(items: Sized) -> Sized:
    if not items:
        raise ValueError("at least one entry")
    return items


T = TypeVar("T")
Many = Annotated[tuple[T, ...], Strict(strict=False), AfterValidator(_not_empty)]
"""At least one; a YAML list becomes a tuple."""
Named = Annotated[Mapping[str, T], BeforeValidator(_keys_put_in), AfterValidator(MappingProxyType)]
"""Entries by key, each of which carries its key too; read-only."""
Facts = Annotated[Mapping[str, Pattern[str]], AfterValidator(MappingProxyType)]
"""Fact id to the pattern that its spoken line holds, in lower case."""
Text = Annotated[str, AfterValidator(_only_known_braces)]
"""Something said, or nothing."""
Line = Annotated[str, Field(min_length=1), AfterValidator(_only_known_braces)]
"""Something said: one or two short sentences for the ear."""
Positive = Annotated[int, Field(gt=0)]
Natural = Annotated[int, Field(ge=0)]


class _Entry(BaseModel):
    """Read from YAML as it stands: nothing coerced, nothing unknown, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Bite(_Entry):
    """What is said at once, before "more?"."""

    say: Line
    """One or two short sentences, in words alone."""
    facts: Annotated[tuple[str, ...], Strict(strict=False)] = ()
    """Ids of the facts that the sentence carries."""


class TopicText(_Entry):
    """One thing that can be asked about; the first bite is the answer, the rest are details."""

    key: str
    title: Line
    bites: Many[Bite]


class Part(_Entry):
    """One position of a movement, or one direction."""

    side: Literal["left", "right"] | None = None
    """None where the movement has no sides."""
    begin: Line
    """What to do now, one sentence."""
    again: Line
    """The position, said on resuming."""
    release: Text = ""
    """How to come out of it; empty where the next part says it."""
    seconds: Positive | None = None
    """Seconds; instead of the movement's. Not changed by voice."""


class Movement(_Entry):
    """One exercise with its dose."""

    key: str
    title: Line
    """Its name, as it is announced."""
    intro: Line
    """How to sit or stand, one sentence, said once before the first part."""
    kind: Literal["hold", "paced"]
    """Hold: one repetition goes through every part. Paced: all repetitions of a part, then the next part."""
    parts: Many[Part]
    seconds: Positive
    """Length of a hold, or of one paced repetition, in seconds."""
    repetitions: Positive
    """Of each part."""
    shortest: Positive
    """Least seconds that can be asked for by voice."""
    longest: Positive
    """Most seconds that can be asked for by voice; equal to `shortest` where the pace is fixed."""
    most: Positive
    """Most repetitions that can be asked for by voice."""
    rest: Natural
    """Seconds between holds."""
    get_ready: Natural = 0
    """Seconds to get into place after the intro."""
    hold_word: Text = "Hold."
    """Said when the hold begins; empty where nothing is held."""
    how_far: Line
    where: Line
    """Where it is felt."""
    sit: Line
    """Answers "can I sit?"."""
    gentler: Line
    """How to do it more gently, one sentence."""
    seated: Line | None
    """The intro when it is done on a chair; None where it cannot be."""


class RoutineStep(_Entry):
    """One movement of a routine; None leaves the movement's own dose."""

    movement: str
    seconds: Positive | None = None
    repetitions: Positive | None = None
    rest: Natural | None = None
    seated: bool = False


class Routine(_Entry):
    """Movements in order."""

    key: str
    title: Line
    about: Line
    """What it is for, one sentence."""
    minutes: Annotated[float, Field(gt=0)]
    """About how long it takes, spoken parts included."""
    steps: Many[RoutineStep]


class RedFlagAdvice(_Entry):
    """What is said when a sign of danger is heard; it sends the person to help and never reassures."""

    key: str
    urgency: Literal["emergency", "urgent", "stop"]
    lines: Annotated[Many[Line], Field(max_length=3)]
    """Short sentences, the action first."""


class ScreeningText(_Entry):
    """The one question before the first stretch of a session."""

    question: Line
    again: Line
    """Asks again after an unclear answer."""
    yes: Many[Line]
    """The advice after a yes, instead of stretching."""
    chest: Line
    """The one question for pain that only spreads to shoulders, neck or ribs."""


class Guidance(_Entry):
    """Everything, complete and consistent."""

    topics: Named[TopicText]
    movements: Named[Movement]
    routines: Named[Routine]
    red_flags: Named[RedFlagAdvice]
    facts: Facts
    screening: ScreeningText
    careful: Line
    """Said before the first movement."""
    professional_once: Line
    """Said once in a session."""


class Sections(_Entry):
    """What one file may hold: any of the sections of `Guidance`."""

    topics: Named[TopicText] = {}
    movements: Named[Movement] = {}
    routines: Named[Routine] = {}
    red_flags: Named[RedFlagAdvice] = {}
    facts: Facts = {}
    screening: ScreeningText | None = None
    careful: Line | None = None
    professional_once: Line | None = None
