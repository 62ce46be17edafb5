"""Replies that tell the guidance, one bite (one or two sentences) at a time: topics, answers and lists."""

from collections.abc import Callable

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingFelt,
    AskingForget,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingSign,
    Coaching,
    Idle,
    Offering,
    Practising,
    Screening,
    Topic,
    WantsHelp,
    Welcoming,
)
from assistant.dialogue.parts.telling import told_of
from assistant.dialogue.screening import after_screening
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import answering, safety_lines, starting_lines, stretching
from assistant.states import State

Reply = Callable[[StepBuilder, Heard], None]
"""What an intent does: changes the step in the making, given what was heard."""
IN_SESSION = frozenset({State.INSTRUCTING, State.HOLDING, State.RESTING})
"""States of a stretch session that goes on."""


def tell(builder: StepBuilder, key: str, instead: str | None = None) -> None:
    """Say the first bite of what a key names, or one line in its place.

    In a stretch session it is said beside what goes on. While a question is open it is said first, and the question
    stays open.
    """
    first = instead or told_of(builder.guidance, key)[0]
    if builder.state in IN_SESSION:
        builder.aside(" ".join(builder.filled(first)))
        return
    match builder.conversation.mode:
        case Idle() | Topic() | AskingNumber() | AskingFelt() | AskingRating() if instead is not None:
            builder.say(first, mode=Topic(key, len(told_of(builder.guidance, key))))
        case Idle() | Topic() | AskingNumber() | AskingFelt() | AskingRating():
            _bite(builder, key, 0)
        case _:
            builder.say(first, reminder(builder))


def reminder(builder: StepBuilder) -> str:
    """The open question in short, or whole if it is being asked right now; empty where none is open."""
    match builder.conversation.mode:
        case Screening(which=True):
            return safety_lines.WHICH_SIGN
        case Screening(question=question):
            return answering.SCREENING_IS_OPEN if builder.conversation.output.quiet else question
        case Offering():
            return stretching.BEGIN
        case AskingSign(question=question):
            return question
        case AfterHurt():
            return script.HURT_CHOICES
        case AskingAgreement():
            return answering.HAS_ONE_AGREED
        case AskingRoutine(question=question) | AskingForget(question=question):
            return question
        case Welcoming(step=step):
            return starting_lines.WELCOME_SHORTER[step]
        case _:
            return ""


def say_beside(builder: StepBuilder, line: str) -> None:
    """Say one line beside what goes on in a session; elsewhere in place of what was being said.

    Of that only an open question comes again.
    """
    if builder.conversation.output.quiet or isinstance(builder.conversation.mode, Coaching | Practising):
        builder.aside(builder.filled(line)[0])
    else:
        builder.say(*filter(None, (line, reminder(builder))))


def _bite(builder: StepBuilder, key: str, index: int) -> None:
    bites = told_of(builder.guidance, key)
    closing = (script.MORE,) if index + 1 < len(bites) else ()
    builder.say(bites[index], *closing, mode=Topic(key, index + 1))


def about(key: str) -> Reply:
    """Make the reply that tells what a key names."""
    return lambda builder, heard: tell(builder, key)


def about_slot(slot: str) -> Reply:
    """Make the reply that tells the topic that a slot names, or the general topic where the slot is empty."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        value = heard.reading.slots.get(slot)
        general = {"measure": "what_helps", "cause": "causes", "strategy": "prevention"}[slot]
        tell(builder, f"{slot}.{value}" if value else general)

    return reply


def what_helps(builder: StepBuilder, heard: Heard) -> None:
    """Ask the screening question, then give the first advice."""
    after_screening(builder, WantsHelp())


def more(builder: StepBuilder, heard: Heard) -> None:
    """Say the next bite of what is being told."""
    match builder.conversation.mode:
        case Offering():
            _bite(builder, "what_helps", 1)
        case Topic(key=key, said=said) if said < len(told_of(builder.guidance, key)):
            _bite(builder, key, said)
        case Topic():
            builder.say(script.NO_MORE, mode=Idle())
        case _:
            builder.say(script.NO_MORE)
