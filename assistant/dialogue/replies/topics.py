"""Replies that tell the guidance, a bite at a time."""

from collections.abc import Callable

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.state import Offering, Paused, Screening, Topic, WantsHelp
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State

Reply = Callable[[StepBuilder, Heard], None]
IN_SESSION = frozenset({State.INSTRUCTING, State.HOLDING, State.RESTING})


def topic(builder: StepBuilder, key: str) -> None:
    """The first bite of a topic; in a session it is said beside it."""
    found = builder.guidance.topics[key]
    if builder.state in IN_SESSION:
        builder.aside(" ".join(builder.filled(found.bites[0].say)))
        return
    _bite(builder, key, 0)


def _bite(builder: StepBuilder, key: str, index: int) -> None:
    bites = builder.guidance.topics[key].bites
    closing = (script.MORE,) if index + 1 < len(bites) else ()
    back = builder.conversation.mode if isinstance(builder.conversation.mode, Paused) else None
    builder.say(bites[index].say, *closing, mode=back or Topic(key, index + 1))


def about(key: str) -> Reply:
    """The reply that tells a topic."""
    return lambda builder, heard: topic(builder, key)


def about_slot(slot: str) -> Reply:
    """The reply that tells the topic a slot names."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        value = heard.reading.slots.get(slot)
        general = {"measure": "what_helps", "cause": "causes", "strategy": "prevention"}[slot]
        topic(builder, f"{slot}.{value}" if value else general)

    return reply


def what_helps(builder: StepBuilder, heard: Heard) -> None:
    """The screening question, then the first thing that helps."""
    if builder.state in IN_SESSION:
        topic(builder, "what_helps")
    else:
        builder.screened(WantsHelp())


def radiates(builder: StepBuilder, heard: Heard) -> None:
    """Pain that spreads is part of it; one question makes sure it is not the chest."""
    question = builder.guidance.screening.chest
    builder.say(question, mode=Screening(WantsHelp(), question, clears=False))


def more(builder: StepBuilder, heard: Heard) -> None:
    """The next bite."""
    match builder.conversation.mode:
        case Offering():
            _bite(builder, "what_helps", 1)
        case Topic(key=key, said=said) if said < len(builder.guidance.topics[key].bites):
            _bite(builder, key, said)
        case _:
            builder.say(script.NO_MORE)
