"""Consensus of two engines on one utterance: agreement raises the first engine's confidence, disagreement lowers it.

The second engine's grammar cannot reject, so the second engine makes no command of its own and takes away at most
DISPUTE_WEIGHT of the first one's confidence. A certain command then becomes a question, a doubtful one is rejected, and
an unsure second engine changes little. The second engine never lowers the confidence of SAFETY_INTENTS. Figures:
docs/engines.md.
"""

from collections.abc import Callable
from dataclasses import replace

from assistant.operating_points import DISPUTE_WEIGHT, SAFETY_INTENTS
from audio.asr.recogniser import Transcript
from intents.model import Reading


def reinforced(transcript: Transcript, read: Callable[[str], Reading]) -> Transcript:
    """Raise the confidence in the expected sentence where the second engine recognised one with its meaning.

    The doubts are multiplied, as if both engines erred independently. `read`: gives the reading of a text.
    """
    second = transcript.second
    if second is None or not transcript.expected or not second.expected:
        return transcript
    if not _agree(read(transcript.expected), read(second.expected)):
        return transcript
    doubt = (1 - transcript.expected_confidence) * (1 - second.expected_confidence)
    return replace(transcript, expected_confidence=1 - doubt)


def weakened(reading: Reading, transcript: Transcript, read: Callable[[str], Reading]) -> Reading:
    """Lower the confidence of a reading where the second engine recognised another meaning.

    The very object `reading` where nothing changes. `transcript`: the one that was read; `read`: gives the reading of a
    text.
    """
    second = transcript.second
    if second is None or not second.expected or reading.intent is None or reading.intent in SAFETY_INTENTS:
        return reading
    other = read(second.expected)
    if other.intent is None or _agree(reading, other):
        return reading
    # A text may be read with certainty and still have been recognised with doubt.
    confidence = min(reading.confidence, max(transcript.expected_confidence, transcript.confidence))
    return replace(reading, confidence=confidence * (1 - DISPUTE_WEIGHT * second.expected_confidence))


def _agree(one: Reading, other: Reading) -> bool:
    return (one.intent, dict(one.slots)) == (other.intent, dict(other.slots))
