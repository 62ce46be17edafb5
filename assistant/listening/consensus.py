"""Two engines have heard an utterance: what they agree on is surer, what they don't is asked about.

The second engine's grammar has no rejection: it makes no command of its own, and however sure it is of another meaning
it no more than halves the confidence in the first one's. So a sentence that was certain is asked about, one that was
doubtful is left alone, and a first engine that is sure is not overruled by a second that isn't. What keeps a person
safe is heard whatever the second engine says.
"""

from collections.abc import Callable
from dataclasses import replace

from assistant.operating_points import DISPUTE_WEIGHT, SAFETY_INTENTS
from audio.asr.recogniser import Transcript
from intents.model import Reading


def reinforced(heard: Transcript, read: Callable[[str], Reading]) -> Transcript:
    """The same, surer of its expected sentence where the second engine has heard the same meaning."""
    second = heard.second
    if second is None or not heard.expected or not second.expected:
        return heard
    if not _same(read(heard.expected), read(second.expected)):
        return heard
    doubt = (1 - heard.expected_confidence) * (1 - second.expected_confidence)
    return replace(heard, expected_confidence=1 - doubt)


def weakened(reading: Reading, heard: Transcript, read: Callable[[str], Reading]) -> Reading:
    """What an utterance was read as, less sure where the second engine has heard another meaning; else the same."""
    second = heard.second
    if second is None or not second.expected or reading.intent is None or reading.intent in SAFETY_INTENTS:
        return reading
    other = read(second.expected)
    if other.intent is None or _same(reading, other):
        return reading
    # A text that was read for certain may have been heard with doubt.
    sure = min(reading.confidence, max(heard.expected_confidence, heard.confidence))
    return replace(reading, confidence=sure * (1 - DISPUTE_WEIGHT * second.expected_confidence))


def _same(one: Reading, other: Reading) -> bool:
    return (one.intent, dict(one.slots)) == (other.intent, dict(other.slots))
