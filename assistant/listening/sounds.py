"""What the front end finds in the microphone's sound, and what the recogniser makes of it."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.listening.barge_in import BargeInSuspected, DoubleTalkChanged
from audio.asr.partials import PartialCue
from audio.keywords.watch import KeywordCue
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import SpeechBegan, Utterance
from intents.model import Reading

SpeechSound: TypeAlias = EndpointCandidate | PartialCue | KeywordCue | Utterance
"""A phrase in an utterance that may go on, or that does, or a whole utterance."""


ListeningEvent: TypeAlias = SpeechBegan | BargeInSuspected | DoubleTalkChanged | SpeechSound
"""What there is to hear: a voice, or what it says."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was said, and where: positions in samples from the first ever listened to."""

    reading: Reading
    began: int
    until: int
    echo_possible: bool = False
    """Limber's own voice may be in it."""
