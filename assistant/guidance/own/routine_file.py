"""A routine as a file: what a physiotherapist or carer writes, and what a routine made by voice is kept as.

The classes mirror the YAML; a field's name is its key there. `docs/routines/README.md` tells the format to people, and
`docs/routines/schema.json` to editors.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.types import Strict

from assistant.guidance.schema import Movement, Need, Part, Position, Routine, RoutineStep, Side
from intents.grammar.open_sentences import MOST_NAME_LETTERS, MOST_NAME_WORDS
from intents.text.normalize import words_of

LONGEST_HOLD, MOST_REPETITIONS, LONGEST_REST = 120, 30, 120
"""Bounds of what a file may ask for: seconds of a hold, repetitions, seconds of a rest."""
MOST_WRITTEN_STEPS, MOST_MOVEMENTS, MOST_PARTS = 20, 20, 8
"""Most steps of a routine, movements of its own, and parts of a movement."""


def _few_words(name: str) -> str:
    if not 0 < len(words_of(name)) <= MOST_NAME_WORDS:
        raise ValueError("one to four words")
    return name


def _no_braces(line: str) -> str:
    if set("{}") & set(line):
        raise ValueError("a line without braces")
    return line


Name = Annotated[str, StringConstraints(min_length=1, max_length=MOST_NAME_LETTERS), AfterValidator(_few_words)]
"""What is said to begin a routine, and how Limber names it."""
Spoken = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_no_braces)]
"""A line that Limber speaks: one or two short sentences."""
Seconds = Annotated[int, Field(ge=1, le=LONGEST_HOLD)]
"""Length of a hold, in seconds."""
Repetitions = Annotated[int, Field(ge=1, le=MOST_REPETITIONS)]
"""Number of repetitions."""
Rest = Annotated[int, Field(ge=0, le=LONGEST_REST)]
"""Rest between two holds, in seconds."""
MovementKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""Key of a movement: small letters, digits and underscores."""


class _FileEntry(BaseModel):
    """Base of what stands in a file: no value is coerced, unknown fields are errors, instances are immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class WrittenPart(_FileEntry):
    """One position of a movement, or one direction."""

    do: Spoken
    """What to do now, one sentence, before the hold."""
    side: Side | None = None
    """Left or right; leave it out where the movement has no sides."""
    again: Spoken | None = None
    """The position in short, for later repetitions; left out: `do` once more."""
    release: Spoken | None = None
    """How to come out of the position."""
    seconds: Seconds | None = None
    """Length of the hold, where it is another than the movement's."""


class WrittenMovement(_FileEntry):
    """A movement of the file's own."""

    title: Spoken
    """Its name, as Limber announces it."""
    start: Spoken
    """How to sit, stand or lie, one sentence."""
    parts: Annotated[tuple[WrittenPart, ...], Strict(strict=False), Field(min_length=1, max_length=MOST_PARTS)]
    """Positions or directions, in order."""
    seconds: Seconds
    """Length of a hold, or of one repetition of a movement that is not held."""
    repetitions: Repetitions = 1
    """Number of repetitions of each part."""
    rest: Rest = 3
    """Rest between two holds, in seconds."""
    get_ready: Rest = 0
    """Time to get into place after `start`, in seconds."""
    held: bool = True
    """Whether each part is held; false: it is repeated at a steady pace, as shoulder rolls are."""
    positions: Annotated[tuple[Position, ...], Strict(strict=False), Field(min_length=1, max_length=3)] = (
        "sitting",
        "standing",
    )
    """How it can be done: sitting, standing, lying."""
    needs: Annotated[tuple[Need, ...], Strict(strict=False), Field(max_length=5)] = ()
    """What it cannot be done without."""
    how_far: Spoken = "Only as far as is easy, to a light pull at most."
    """Answers "how far?"."""
    where: Spoken = "You feel a light pull, and nothing sharp."
    """Answers "where should I feel it?"."""
    gentler: Spoken = "Go only half as far, and let everything else hang loose."
    """How to do it more gently."""
    why: Spoken | None = None
    """What it is for; also an image that helps: "like a door hinge"."""

    def movement(self, key: str) -> Movement:
        """The movement as the guidance has it; what is written is the most there may be."""
        sits = "Yes, sitting works." if "sitting" in self.positions else "No, this one is not done sitting."
        parts = [
            Part(
                side=part.side,
                begin=part.do,
                again=part.again or part.do,
                release=part.release or "",
                seconds=part.seconds,
            )
            for part in self.parts
        ]
        return Movement(
            key=key,
            title=self.title,
            intro=self.start,
            kind="hold" if self.held else "paced",
            parts=tuple(parts),
            seconds=self.seconds,
            repetitions=self.repetitions,
            shortest=min(3, self.seconds),
            longest=self.seconds,
            most=self.repetitions,
            rest=self.rest,
            get_ready=self.get_ready,
            hold_word="Hold." if self.held else "",
            how_far=self.how_far,
            where=self.where,
            sit=sits,
            gentler=self.gentler,
            seated=self.start if "sitting" in self.positions else None,
            standing=self.start if "standing" in self.positions else None,
            lying=self.start if "lying" in self.positions else None,
            needs=self.needs,
            why=self.why or "",
            counted="each side" if any(part.side for part in parts) else "times",
        )


class WrittenStep(_FileEntry):
    """One step of a routine: a movement, with a dose of its own where one is given."""

    movement: MovementKey
    """Key of the movement: a built-in one, or one of this file's own."""
    seconds: Seconds | None = None
    """Length of a hold; left out: the movement's."""
    repetitions: Repetitions | None = None
    """Number of repetitions; left out: the movement's."""
    rest: Rest | None = None
    """Rest between two holds, in seconds; left out: the movement's."""
    side: Side | None = None
    """The only side that is done; left out: both."""
    position: Position | None = None
    """How the person is; left out: in any position that suits."""


class RoutineFile(_FileEntry):
    """One routine, with movements of its own."""

    name: Name
    """What is said to begin it, one to four words."""
    about: Spoken = "A routine of your own."
    """What it is for, one sentence."""
    made_by: Literal["hand", "voice"] = "hand"
    """Voice: Limber wrote the file, and changes it when asked to. Hand: Limber only reads it."""
    steps: Annotated[tuple[WrittenStep, ...], Strict(strict=False), Field(min_length=1, max_length=MOST_WRITTEN_STEPS)]
    """The steps, in order."""
    movements: Annotated[Mapping[MovementKey, WrittenMovement], Field(max_length=MOST_MOVEMENTS)] = {}
    """Movements of its own, by key."""

    @property
    def key(self) -> str:
        """Key of the routine: its name in words of one spelling."""
        return " ".join(words_of(self.name))

    def own_movements(self) -> tuple[Movement, ...]:
        """The movements of the file's own, as the guidance has them."""
        return tuple(movement.movement(key) for key, movement in self.movements.items())

    def routine(self) -> Routine:
        """The routine as the guidance has it; a dose that is written by hand is the most there may be."""
        steps = [RoutineStep(**step.model_dump(), prescribed=self.made_by == "hand") for step in self.steps]
        return Routine(key=self.key, title=self.name[0].upper() + self.name[1:], about=self.about, steps=tuple(steps))


def written(routine: Routine) -> RoutineFile:
    """The file of a routine that was made by voice."""
    fields = set(WrittenStep.model_fields)
    steps = tuple(WrittenStep(**step.model_dump(include=fields)) for step in routine.steps)
    return RoutineFile(
        name=routine.title[0].lower() + routine.title[1:], about=routine.about, made_by="voice", steps=steps
    )


def json_schema() -> str:
    """The JSON Schema of such a file, for editors: the content of `docs/routines/schema.json`."""
    return json.dumps(RoutineFile.model_json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    print(json_schema(), end="")
