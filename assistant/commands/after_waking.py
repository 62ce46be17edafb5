"""What is asked in one breath with the wake phrase: it is read as it is once Limber is awake."""

from dataclasses import replace

from assistant.states import VALID, State
from intents.model import REQUEST, Intent, Reading
from intents.reader import IntentReader


def once_awake(reading: Reading, reader: IntentReader) -> Reading:
    """A reading with what is asked after the wake phrase in its place; any other reading as it is."""
    request = reading.slots.get(REQUEST)
    asked = reader.read(request, VALID[State.IDLE]) if reading.intent == Intent.WAKE and request else reading
    return replace(asked, text=reading.text) if asked.intent else reading
