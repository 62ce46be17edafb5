"""The messages between the parts of listening: sounds from the front end, interpretations from the interpreter.

All positions and lengths are in samples at 16 kHz, counted from the first sample that the front end was fed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from audio.aec.status import SILENT_OUTPUT, EchoStatus
from audio.asr.partials import PartialCue
from audio.asr.recogniser import Transcript
from audio.keywords.spotter import Keyword
from audio.keywords.watch import KeywordCue
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import SpeechBegan, Utterance
from intents.model import Reading

NO_SCORES: Mapping[Keyword, float] = MappingProxyType({})
"""Keyword scores of an utterance that did not begin over Limber's voice."""


@dataclass(frozen=True, slots=True)
class BargeInSuspected:
    """A suspected barge-in: a keyword scored at least BARGE_IN_SUSPECTED_AT, or a brief word ended, over output.

    Not confirmed by a recogniser.
    """

    at: int
    """First sample of the utterance."""
    decided: int
    """Samples that had been fed when the barge-in was suspected."""


@dataclass(frozen=True, slots=True)
class DoubleTalkChanged:
    """Double-talk began or ended while residual echo of Limber's voice may be audible."""

    began: bool
    """True: double-talk began. False: double-talk ended."""
    decided: int
    """Samples that had been fed when the change was detected."""


Interruption: TypeAlias = SpeechBegan | BargeInSuspected | DoubleTalkChanged
"""A sound that tells that somebody speaks, and not what they say; the interpreter gives nothing for it."""
PartOfUtterance: TypeAlias = EndpointCandidate | PartialCue | KeywordCue
"""A phrase of an utterance that has not ended. A busy recogniser may skip any of these; the utterance still follows."""
Content: TypeAlias = Interruption | PartOfUtterance | Utterance
"""What a sound may be."""


@dataclass(frozen=True, slots=True)
class HeardSound:
    """A sound that the front end cut out of the microphone's signal, with what was true when the sound was cut."""

    content: Content
    """The onset, the phrase, the whole utterance, or the sign of a barge-in."""
    utterance: int
    """The utterance that the sound belongs to, named by that utterance's first sample."""
    echo: EchoStatus = SILENT_OUTPUT
    """The canceller's status for the block in which the sound was cut."""
    echo_possible: bool = False
    """Whether residual echo of Limber's voice may have been audible in any block of the utterance so far."""
    keyword_scores: Mapping[Keyword, float] = field(default_factory=lambda: NO_SCORES)
    """Best score, 0 to 1, of each keyword in the utterance so far; NO_SCORES unless the utterance began over output."""
    streaming: bool = False
    """Whether a streaming recogniser follows the utterance."""
    streamed: Transcript | None = None
    """The streaming recogniser's transcript; None unless the sound is a whole utterance that was streamed."""

    @property
    def decided(self) -> int:
        """Samples that had been fed when the sound was cut."""
        return self.content.decided


@dataclass(frozen=True, slots=True)
class Understood:
    """The reading of an utterance, or of a part of one that acts early."""

    reading: Reading
    """What was said and meant; without intent where that was rejected."""
    began: int
    """First sample of the words."""
    until: int
    """Sample at which the words ended."""
    utterance: int
    """The utterance, named by its first sample."""
    echo_possible: bool = False
    """Whether residual echo of Limber's voice may have been audible in the utterance."""
    after_acting: bool = False
    """Whether a part of the utterance has acted before; the reading is what else was said, or a correction."""
    further: bool = False
    """Whether the reading holds only what was meant besides the part that has acted."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """An utterance that was not meant for Limber, and counts as background speech."""

    utterance: Utterance
    """The utterance."""


@dataclass(frozen=True, slots=True)
class EndpointHint:
    """Semantic endpointing: the words before a gap tell the segmenter to wait shorter or longer for the endpoint."""

    candidate: EndpointCandidate
    """The gap."""
    complete: bool
    """True: the words are a complete sentence, wait shorter. False: they lack their end, wait longer."""


Interpretation: TypeAlias = Understood | Overheard | EndpointHint
"""One result of interpreting a sound."""
