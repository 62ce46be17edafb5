"""Where Limber's own voice is in what it hears, what may be its own words is no command."""

from collections.abc import Collection

from assistant.states import ALWAYS
from intents.model import Reading
from intents.phrases.echoed_text import may_be_own


def may_act(reading: Reading, lines: Collection[str]) -> bool:
    """Whether what was heard while these lines, or earcons, sounded is somebody else's, and must not wait."""
    words = [line for line in lines if line]
    if not words:
        return not lines or (reading.intent is not None and not reading.needs_confirmation)
    return reading.intent in ALWAYS and not may_be_own(reading.text, words)
