"""Replies that tell the guidance, a bite at a time."""

from collections.abc import Callable

from assistant import script
from assistant.conversation import Offering, Paused, Screening, Topic, WantsHelp
from assistant.events import Heard
from assistant.turn import Turn
from assistant.validity import State

Reply = Callable[[Turn, Heard], None]
IN_SESSION = frozenset({State.INSTRUCTING, State.HOLDING, State.RESTING})


def topic(turn: Turn, key: str) -> None:
    """The first bite of a topic; in a session it is said beside it."""
    found = turn.guidance.topics[key]
    if turn.state in IN_SESSION:
        turn.aside(" ".join(turn.filled(found.bites[0].say)))
        return
    _bite(turn, key, 0)


def _bite(turn: Turn, key: str, index: int) -> None:
    bites = turn.guidance.topics[key].bites
    closing = (script.MORE,) if index + 1 < len(bites) else ()
    back = turn.conversation.mode if isinstance(turn.conversation.mode, Paused) else None
    turn.say(bites[index].say, *closing, mode=back or Topic(key, index + 1))


def about(key: str) -> Reply:
    """The reply that tells a topic."""
    return lambda turn, heard: topic(turn, key)


def about_slot(slot: str) -> Reply:
    """The reply that tells the topic a slot names."""

    def reply(turn: Turn, heard: Heard) -> None:
        value = heard.reading.slots.get(slot)
        general = {"measure": "what_helps", "cause": "causes", "strategy": "prevention"}[slot]
        topic(turn, f"{slot}.{value}" if value else general)

    return reply


def what_helps(turn: Turn, heard: Heard) -> None:
    """The screening question, then the first thing that helps."""
    turn.screened(WantsHelp())


def radiates(turn: Turn, heard: Heard) -> None:
    """Pain that spreads is part of it; one question makes sure it is not the chest."""
    question = turn.guidance.screening.chest
    turn.say(question, mode=Screening(WantsHelp(), question, clears=False))


def more(turn: Turn, heard: Heard) -> None:
    """The next bite."""
    match turn.conversation.mode:
        case Offering():
            _bite(turn, "what_helps", 1)
        case Topic(key=key, said=said) if said < len(turn.guidance.topics[key].bites):
            _bite(turn, key, said)
        case _:
            turn.say(script.NO_MORE)
