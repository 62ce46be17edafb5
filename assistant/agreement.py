"""Two engines have heard an utterance: what they agree on is surer, what they don't is asked about.

The second engine's grammar has no rejection: it makes no command of its own, and however sure it is of another meaning
it no more than halves the confidence in the first one's. So a sentence that was certain is asked about, one that was
doubtful is left alone, and a first engine that is sure is not overruled by a second that isn't. What keeps a person
safe is heard whatever the second engine says.
"""

from collections.abc import Callable
from dataclasses import replace

from audio.hearing.ear import Transcript
from intents.model import Intent, Reading

SAFE = frozenset({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS, Intent.RED_FLAG})
"""Intents of which to miss one is worse than to act on one that was not meant; no second engine makes them doubtful."""
WEIGHT = 0.5
"""The share of the first engine's confidence that the second takes away when it is certain of another meaning."""


def agreed(heard: Transcript, read: Callable[[str], Reading]) -> Transcript:
    """The same, surer of its expected sentence where the second engine has heard the same meaning."""
    second = heard.second
    if second is None or not heard.expected or not second.expected:
        return heard
    if not _same(read(heard.expected), read(second.expected)):
        return heard
    doubt = (1 - heard.expected_confidence) * (1 - second.expected_confidence)
    return replace(heard, expected_confidence=1 - doubt)


def disputed(reading: Reading, heard: Transcript, read: Callable[[str], Reading]) -> Reading:
    """What an utterance was read as, less sure where the second engine has heard another meaning; else the same."""
    second = heard.second
    if second is None or not second.expected or reading.intent is None or reading.intent in SAFE:
        return reading
    other = read(second.expected)
    if other.intent is None or _same(reading, other):
        return reading
    # A text that was read for certain may have been heard with doubt.
    sure = min(reading.confidence, max(heard.expected_confidence, heard.confidence))
    return replace(reading, confidence=sure * (1 - WEIGHT * second.expected_confidence))


def _same(one: Reading, other: Reading) -> bool:
    return (one.intent, dict(one.slots)) == (other.intent, dict(other.slots))
