"""Replies that tell the topics of the guidance, one bite (one or two sentences) at a time."""

from collections.abc import Callable

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Offering, Paused, Screening, Topic, WantsHelp
from assistant.dialogue.screening import after_screening
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State

Reply = Callable[[StepBuilder, Heard], None]
"""What an intent does: changes the step in the making, given what was heard."""
IN_SESSION = frozenset({State.INSTRUCTING, State.HOLDING, State.RESTING})
"""States of a stretch session that goes on."""


def topic(builder: StepBuilder, key: str) -> None:
    """Say the first bite of a topic; in a stretch session as an aside, so that the session goes on."""
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
    """Make the reply that tells a topic, by its key."""
    return lambda builder, heard: topic(builder, key)


def about_slot(slot: str) -> Reply:
    """Make the reply that tells the topic that a slot names, or the general topic where the slot is empty."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        value = heard.reading.slots.get(slot)
        general = {"measure": "what_helps", "cause": "causes", "strategy": "prevention"}[slot]
        topic(builder, f"{slot}.{value}" if value else general)

    return reply


def what_helps(builder: StepBuilder, heard: Heard) -> None:
    """Ask the screening question, then give the first advice."""
    after_screening(builder, WantsHelp())


def radiates(builder: StepBuilder, heard: Heard) -> None:
    """Ask whether pain that spreads reaches the chest; if not, the cramp itself explains such pain."""
    question = builder.guidance.screening.chest
    builder.say(question, mode=Screening(WantsHelp(), question, clears=False))


def more(builder: StepBuilder, heard: Heard) -> None:
    """Say the next bite of the topic."""
    match builder.conversation.mode:
        case Offering():
            _bite(builder, "what_helps", 1)
        case Topic(key=key, said=said) if said < len(builder.guidance.topics[key].bites):
            _bite(builder, key, said)
        case _:
            builder.say(script.NO_MORE)
