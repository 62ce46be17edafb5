"""What is asked in one breath with the wake phrase: it is read as it is once Limber is awake."""

from dataclasses import replace

from assistant.states import VALID, State
from intents.model import REQUEST, Intent, Reading
from intents.reader import IntentReader


def once_awake(reading: Reading, reader: IntentReader) -> Reading:
    """The reading of the request that follows the wake phrase, with the intents valid at rest.

    A reading without such a request, or whose request means nothing, comes back unchanged.
    """
    request = reading.slots.get(REQUEST)
    asked = reader.read(request, VALID[State.IDLE]) if reading.intent == Intent.WAKE and request else reading
    return replace(asked, text=reading.text) if asked.intent else reading
