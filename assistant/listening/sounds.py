"""What passes between the machines of listening: sounds from the front end, and what the interpreter makes of them."""

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


@dataclass(frozen=True, slots=True)
class BargeInSuspected:
    """A keyword scored at least BARGE_IN_SUSPECTED_AT, or a brief word ended, while output plays: not confirmed yet."""

    at: int
    """Where the utterance began, in samples."""
    decided: int
    """The number of samples it took to know."""


@dataclass(frozen=True, slots=True)
class DoubleTalkChanged:
    """Double-talk began, or ended, where the canceller leaves Limber's own voice in the sound."""

    began: bool
    """True: it began. False: it ended."""
    decided: int
    """The number of samples it took to know."""


Interruption: TypeAlias = SpeechBegan | BargeInSuspected | DoubleTalkChanged
"""Tells that somebody speaks, not what they say: nothing to interpret."""
PartOfUtterance: TypeAlias = EndpointCandidate | PartialCue | KeywordCue
"""A phrase of an utterance that has not ended; it may be left out where there is no time to interpret it."""
Content: TypeAlias = Interruption | PartOfUtterance | Utterance


@dataclass(frozen=True, slots=True)
class HeardSound:
    """Something that the front end cut out of the microphone's sound, and what was true when it was cut."""

    content: Content
    utterance: int
    """Names the utterance that the sound belongs to: the sample at which that began."""
    echo: EchoStatus = SILENT_OUTPUT
    """What the canceller told of the block in which the sound was cut."""
    echo_possible: bool = False
    """Limber's own voice may be somewhere in the utterance: the canceller left it in one of its blocks."""
    keyword_scores: Mapping[Keyword, float] = field(default_factory=lambda: NO_SCORES)
    """The best score of each keyword in the utterance so far, 0 to 1; kept only where it began while output played."""
    streaming: bool = False
    """A recogniser follows the utterance while it is spoken."""
    streamed: Transcript | None = None
    """What that recogniser heard, once the utterance has ended."""

    @property
    def decided(self) -> int:
        """The number of samples it took to cut the sound: its moment in the microphone's time."""
        return self.content.decided


@dataclass(frozen=True, slots=True)
class Understood:
    """What was said, and where: positions in samples from the first that the front end was fed."""

    reading: Reading
    began: int
    until: int
    utterance: int
    """Names the utterance, as in `HeardSound`."""
    echo_possible: bool = False
    """Limber's own voice may be in it."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """An utterance that was not for Limber: background speech."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class EndpointHint:
    """What was said before a candidate is a whole sentence, or lacks its end: wait shorter, or longer."""

    candidate: EndpointCandidate
    complete: bool


Interpretation: TypeAlias = Understood | Overheard | EndpointHint
