"""Questions that go on with what was told before: "how often?" after heat, "which one?" after painkillers."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Topic
from assistant.dialogue.step_builder import StepBuilder
from intents.model import Intent

HOW_LONG, HOW_OFTEN, WHICH = "how_long", "stretch_often", "which"
"""What is asked: "how long?"; "how often?", which without a topic asks about stretching; "which one?"."""
FAMILIES = MappingProxyType(
    {
        "measure.heat": "heat",
        "answer.heat": "heat",
        "measure.rest": "rest",
        "answer.rest": "rest",
        "measure.analgesics": "painkillers",
        "painkillers": "painkillers",
        "answer.painkiller": "painkillers",
        "answer.dose": "painkillers",
        "measure.stretching": "stretching",
        "answer.stretch": "stretching",
        "strategy.strengthening": "strengthening",
        "answer.strengthen": "strengthening",
    }
)
"""To the beginning of the key of what was told, what it is about."""
ANSWER_IN_FAMILY: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("heat", HOW_LONG): "heat_minutes",
        ("heat", HOW_OFTEN): "heat_often",
        ("heat", WHICH): "heat_or_cold",
        ("rest", HOW_LONG): "rest_days",
        ("rest", HOW_OFTEN): "walk_minutes",
        ("painkillers", HOW_LONG): "painkiller_days",
        ("painkillers", HOW_OFTEN): "dose",
        ("painkillers", WHICH): "painkiller_which",
        ("stretching", HOW_OFTEN): "stretch_often",
        ("stretching", WHICH): "stretch_which",
        ("strengthening", WHICH): "strengthen_which",
    }
)
"""To what was told and what is asked after it, the key of the answer."""


def asked_of_topic(builder: StepBuilder, heard: Heard) -> str | None:
    """The key of the answer to a question that goes on with what was told before; None: it does not."""
    match builder.conversation.mode:
        case Topic(key=key):
            told = next((about for begin, about in FAMILIES.items() if key.startswith(begin)), "")
        case _:
            return None
    match heard.reading.intent:
        case Intent.HOW_LONG:
            asked = HOW_LONG
        case Intent.QUESTION:
            asked = heard.reading.slots.get("about", "")
        case _:
            return None
    return ANSWER_IN_FAMILY.get((told, asked))
