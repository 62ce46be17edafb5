"""Replies about the person's own routines: make one, change it, name it anew, delete it, tell what is in it.

What is missing, or cannot be, is asked for; nothing is made, changed or deleted before all of it is clear. In a stretch
session, and while another question is open, nothing is asked: what is said whole is done, the rest waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.coaching.duration import seconds_ahead
from assistant.coaching.session import routine_session
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import (
    AskingFelt,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    Idle,
    Offering,
    Topic,
)
from assistant.dialogue.parts.named_movements import NamedMovements, named_movements
from assistant.dialogue.replies.stretching.starting import beside, tell_none_called
from assistant.dialogue.state import Changeable
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.own.own_routines import MOST_ROUTINES, MOST_STEPS, OwnRoutines
from assistant.guidance.schema import Routine, RoutineStep
from assistant.script import capital
from assistant.script import routine_lines as lines
from intents.grammar.open_sentences import BETWEEN, MOST_NAME_LETTERS
from intents.model import CLASH, Intent
from intents.text.normalize import words_of

_AROUND_A_NAME = ' .,;:!?"“”‘’()'
"""What stands around a name in a text and is no part of it."""
_BRACES = frozenset("{}")
"""What no line that is spoken holds."""


def make_routine(builder: StepBuilder, heard: Heard) -> None:
    """Make a routine of the movements that are named; ask for them, or for its name, where they are missing."""
    slots = heard.reading.slots
    name, clash = as_written(heard.reading.text, slots.get("name")), slots.get(CLASH)
    found = named_movements(slots.get("movements", ""), builder.guidance.movements.values())
    _go_on_making(builder, AskingRoutine(steps=found.steps, name=name), found, clash)


def name_routine(builder: StepBuilder, heard: Heard) -> None:
    """Take the answer to the question what a routine is to be called."""
    mode = builder.conversation.mode
    if not isinstance(mode, AskingRoutine) or mode.deletes is not None:
        builder.aside(lines.MAKE_ANY_TIME)
        return
    name = as_written(heard.reading.text, heard.reading.slots.get("name")) or ""
    if not mode.steps:
        # It was asked for movements: "rolls and squeezes".
        found = named_movements(name.replace(" and ", BETWEEN), builder.guidance.movements.values())
        _go_on_making(builder, replace(mode, steps=found.steps), found, None)
        return
    _go_on_making(builder, replace(mode, name=name), NamedMovements(mode.steps), heard.reading.slots.get(CLASH))


def take_movements(builder: StepBuilder, heard: Heard) -> None:
    """Take the answer to the question which movements a routine is to be made of."""
    mode = builder.conversation.mode
    said = heard.reading.slots.get("movements", "")
    found = named_movements(said, builder.guidance.movements.values())
    if not isinstance(mode, AskingRoutine) or mode.deletes is not None:
        builder.aside(lines.MAKE_ANY_TIME)
    elif mode.steps:
        # It was asked for a name.
        _ask(builder, replace(mode, name=None), lines.a_movement(_titles(builder, found.steps)[0]), lines.CALL_IT)
    else:
        _go_on_making(builder, replace(mode, steps=found.steps), found, None)


def _go_on_making(builder: StepBuilder, making: AskingRoutine, found: NamedMovements, clash: str | None) -> None:
    """Make a routine if all that it needs is there and can be; else ask for that."""
    own, name = builder.conversation.own, making.name
    refused = None if name is None else _why_not(builder, _key_of(name), clash)
    if len(own.spoken) >= MOST_ROUTINES:
        _tell(builder, lines.NO_MORE_ROUTINES)
    elif len(making.steps) > MOST_STEPS:
        _tell(builder, lines.TOO_LONG)
    elif found.unknown:
        _ask(builder, replace(making, steps=()), lines.not_known(found.unknown), lines.WHICH_MOVEMENTS)
    elif refused is not None and making.steps:
        _ask(builder, replace(making, name=None), refused, lines.CALL_IT)
    elif not making.steps:
        kept = replace(making, name=None) if refused is not None else making
        _ask(builder, kept, *(each for each in (refused, lines.WHICH_MOVEMENTS) if each))
    elif name is None:
        _ask(builder, making, lines.CALL_IT)
    else:
        routine = Routine(key=_key_of(name), title=capital(name), about=lines.ABOUT, steps=making.steps)
        _keep(builder, own.with_spoken(routine))
        told = lines.made(routine.title, _titles(builder, routine.steps), _length(builder, routine))
        _tell(builder, told, done=True)


def as_written(text: str, name: str | None) -> str | None:
    """A name as it stands in the text that has it: "Anna's break"; where it cannot be found there, as it was."""
    said = text.split()
    length = 0 if name is None else len(name.split())
    for most in (length, length - 1, length + 1):  # a number may be more words, or fewer, than it is written in
        for at in range(len(said) - most + 1 if most > 0 else 0):
            written = " ".join(said[at : at + most]).strip(_AROUND_A_NAME)
            if _key_of(written) == name and len(written) <= MOST_NAME_LETTERS and _BRACES.isdisjoint(written):
                return written
    return name


def _key_of(name: str) -> str:
    """The key of a routine with a name: the words of it in one spelling."""
    return " ".join(words_of(name))


def _why_not(builder: StepBuilder, name: str, clash: str | None) -> str | None:
    """Why a routine cannot have a name; None: it can."""
    if name in builder.guidance.routines or clash == Intent.START_ROUTINE:
        return lines.taken(name)
    if clash == Intent.START_MOVEMENT:
        return lines.a_movement(name)
    return None if clash is None else lines.a_command(name)


def _ask(builder: StepBuilder, asking: AskingRoutine, *words: str) -> None:
    """Ask about a routine. Where no question can be asked now, tell that it waits."""
    if _may_ask(builder):
        # A second question is as much a new one as the first.
        builder.change(mode=Idle())
        builder.say(*words, mode=replace(asking, question=words[-1]))
    else:
        beside(builder, lines.AFTER_THIS)


def _may_ask(builder: StepBuilder) -> bool:
    """Whether nothing goes on that a question about a routine would push aside."""
    mode = builder.conversation.mode
    return isinstance(mode, Idle | Topic | Offering | AskingFelt | AskingRating | AskingNumber | AskingRoutine)


def _tell(builder: StepBuilder, *words: str, done: bool = False) -> None:
    """Say what was done, or why it was not. `done`: a question about it is over."""
    if isinstance(builder.conversation.mode, AskingRoutine) or (done and _may_ask(builder)):
        builder.say(*words, mode=Idle())
    else:
        beside(builder, " ".join(words))


def _keep(builder: StepBuilder, own: OwnRoutines) -> None:
    """Keep other own routines from now on; "undo" brings the ones before back."""
    before = builder.conversation
    builder.change(own=own, undoable=Changeable(before.settings, before.session, before.own.spoken))


def _titles(builder: StepBuilder, steps: Iterable[RoutineStep]) -> list[str]:
    """The titles of the movements of some steps, in order."""
    return [builder.guidance.movements[step.movement].title for step in steps]


def _length(builder: StepBuilder, routine: Routine) -> float:
    return seconds_ahead(routine_session(builder.guidance, routine.key))


def _changeable(builder: StepBuilder, heard: Heard) -> Routine | None:
    """The routine made by voice that is meant; None: there is none, which is told."""
    own = builder.conversation.own
    name = heard.reading.slots.get("routine")
    if name is None and len(own.spoken) == 1:
        name = own.spoken[0].key
    if name is None:
        _tell(builder, lines.WHICH_ROUTINE)
    elif (routine := own.spoken_one(name)) is not None:
        return routine
    elif name in own.names:
        _tell(builder, lines.from_a_file(builder.guidance.routines[name].title))
    elif name in builder.guidance.routines:
        _tell(builder, lines.stays_as_it_is(builder.guidance.routines[name].title))
    else:
        tell_none_called(builder, name)
    return None


def add_to_routine(builder: StepBuilder, heard: Heard) -> None:
    """Add movements at the end of a routine."""
    routine = _changeable(builder, heard)
    if routine is None:
        return
    found = named_movements(heard.reading.slots.get("movements", ""), builder.guidance.movements.values())
    if found.unknown:
        _tell(builder, lines.not_known(found.unknown))
        return
    steps = (*routine.steps, *found.steps)
    if len(steps) > MOST_STEPS:
        _tell(builder, lines.TOO_LONG)
        return
    _keep(builder, builder.conversation.own.with_spoken(routine.model_copy(update={"steps": steps})))
    _tell(builder, lines.added(_titles(builder, found.steps), routine.title), done=True)


def remove_from_routine(builder: StepBuilder, heard: Heard) -> None:
    """Take movements out of a routine."""
    routine = _changeable(builder, heard)
    if routine is None:
        return
    present = {step.movement: builder.guidance.movements[step.movement] for step in routine.steps}
    found = named_movements(heard.reading.slots.get("movements", ""), present.values())
    gone = {step.movement for step in found.steps}
    left = tuple(step for step in routine.steps if step.movement not in gone)
    if found.unknown:
        names = [_title_of(builder, name) for name in found.unknown]
        _tell(builder, lines.not_in_it(names, routine.title))
    elif not left:
        _tell(builder, lines.nothing_left(routine.title))
    else:
        _keep(builder, builder.conversation.own.with_spoken(routine.model_copy(update={"steps": left})))
        _tell(builder, lines.removed([present[key].title for key in present if key in gone], routine.title), done=True)


def _title_of(builder: StepBuilder, name: str) -> str:
    """The title of the movement with a name that is its key, else that name."""
    movement = builder.guidance.movements.get(name.replace(" ", "_"))
    return name if movement is None else movement.title


def rename_routine(builder: StepBuilder, heard: Heard) -> None:
    """Give a routine another name."""
    routine = _changeable(builder, heard)
    if routine is None:
        return
    name = as_written(heard.reading.text, heard.reading.slots.get("name")) or ""
    refused = _why_not(builder, _key_of(name), heard.reading.slots.get(CLASH))
    if refused is not None:
        _tell(builder, refused)
        return
    renamed = routine.model_copy(update={"key": _key_of(name), "title": capital(name)})
    _keep(builder, builder.conversation.own.with_spoken(renamed, routine.key))
    _tell(builder, lines.renamed(renamed.title), done=True)


def delete_routine(builder: StepBuilder, heard: Heard) -> None:
    """Ask whether a routine is to be deleted."""
    routine = _changeable(builder, heard)
    if routine is not None:
        _ask(builder, AskingRoutine(deletes=routine.key), lines.delete(routine.title, len(routine.steps)))


def accept_routine(builder: StepBuilder, mode: AskingRoutine) -> None:
    """Take a "yes": to the deletion that was asked about; to a question for a name it is no answer."""
    routine = builder.conversation.own.spoken_one(mode.deletes or "")
    if routine is None:
        builder.say(mode.question)
        return
    _keep(builder, builder.conversation.own.without_spoken(routine.key))
    _tell(builder, lines.deleted(routine.title))


def drop_routine(builder: StepBuilder, mode: AskingRoutine) -> None:
    """Drop the question about a routine: nothing is made, and nothing deleted."""
    routine = builder.conversation.own.spoken_one(mode.deletes or "")
    builder.say(lines.NOT_MADE if routine is None else lines.stays(routine.title), mode=Idle())


def routine_contents(builder: StepBuilder, heard: Heard) -> None:
    """Tell which movements a routine has."""
    own, known = builder.conversation.own, builder.guidance.routines
    name = heard.reading.slots.get("routine") or own.last
    if name is None:
        _tell(builder, lines.WHICH_ROUTINE)
    elif name not in known:
        tell_none_called(builder, name)
    else:
        said = lines.contents(known[name].title, _once_each(_titles(builder, known[name].steps)))
        beside(builder, " ".join(said))


def _once_each(titles: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(titles))


ROUTINES_OF_ONES_OWN = {
    Intent.MAKE_ROUTINE: make_routine,
    Intent.NAME_ROUTINE: name_routine,
    Intent.ROUTINE_MOVEMENTS: take_movements,
    Intent.ADD_TO_ROUTINE: add_to_routine,
    Intent.REMOVE_FROM_ROUTINE: remove_from_routine,
    Intent.RENAME_ROUTINE: rename_routine,
    Intent.DELETE_ROUTINE: delete_routine,
    Intent.ROUTINE_CONTENTS: routine_contents,
}
"""The replies of this module by intent."""
