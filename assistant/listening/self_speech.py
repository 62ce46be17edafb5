"""Self-speech: keeps Limber from obeying its own voice while residual echo of it may be in the microphone's sound."""

from collections.abc import Collection

from assistant.states import ALWAYS
from intents.model import Reading
from intents.phrases.echoed_text import may_be_echo


def may_act(reading: Reading, lines: Collection[str]) -> bool:
    """Whether a reading may act that was recognised while output sounded and its echo may have been audible.

    `lines`: the texts that sounded, empty for an earcon. Over speech, only intents of ALWAYS act, and none whose text
    resembles these lines; over earcons alone, every reading that needs no confirmation.
    """
    words = [line for line in lines if line]
    if not words:
        return not lines or (reading.intent is not None and not reading.needs_confirmation)
    return reading.intent in ALWAYS and not may_be_echo(reading.text, words)
