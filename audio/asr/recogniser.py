"""The protocol of a speech recogniser, whichever engine is behind it, and what a recogniser returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from audio.asr.confidence import Evidence
from audio.asr.grammar import Candidate, ClosedGrammar
from audio.samples import Samples

Engine = Literal["auto", "moonshine", "vosk", "both"]
"""Which engines recognise; auto: both where Vosk's model is installed, else Moonshine."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text of an n-best list of free text."""

    text: str
    """The text as the recogniser writes it."""
    share: float
    """Its probability among the texts of the list, 0 to 1."""
    score: float
    """The score by which the list is ordered, as log-probability."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The transcript of one utterance: as free text, and as the nearest of the sentences that were expected."""

    text: str
    """Free text as the recogniser writes it, with its capitals and punctuation; empty where it found no speech."""
    confidence: float
    """Confidence in the free text, 0 to 1."""
    expected: str | None
    """The expected sentence nearest to what was said, as it was given; None where none was given or found."""
    expected_confidence: float
    """Probability that this sentence was said, 0 to 1; for other speech it is under 0.5 about 99 times in 100."""
    seconds: float
    """Time spent computing, in seconds."""
    candidates: tuple[Candidate, ...] = ()
    """The n-best list of expected sentences, best first; empty where the engine has none."""
    evidence: Evidence | None = None
    """Evidence for the first candidate of the first network alone; None without candidates."""
    led_evidence: Evidence | None = None
    """Evidence for the first of `led`; None without any."""
    led: tuple[Hypothesis, ...] = ()
    """The n-best list of free text led by what is said to a coach, best first, where no sentence was certain."""
    second: "Transcript | None" = None
    """The transcript of a second engine, where two recognise."""


class RecognitionStream(Protocol):
    """Streaming recognition of one utterance, while it is being spoken."""

    @property
    def partial(self) -> str:
        """The partial transcript: the words so far, in lower case; later sound may revise them."""
        ...

    def feed(self, samples: Samples) -> None:
        """Take the next samples, any number."""
        ...

    def finish(self) -> Transcript:
        """End the utterance; its transcript."""
        ...


class Recogniser(Protocol):
    """A speech recogniser: turns utterances into text.

    Threads: all of a recogniser belongs to one thread at a time.
    """

    def load(self) -> None:
        """Load the models now instead of with the first utterance. Raises AudioError when they can't be loaded."""
        ...

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """Begin streaming recognition of an utterance that may be one of these sentences.

        None from a recogniser of whole utterances.
        """
        ...

    def recognise(
        self,
        samples: Samples,
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one whole utterance of any length.

        `expected`: short sentences that mean something now, as they are spoken, without punctuation. `closed`: the
        grammar of all sentences that do, for a recogniser that can search it. `streamed`: the transcript of the same
        utterance by this recogniser's own stream, if there was one.
        Raises AudioError when the models can't be loaded.
        """
        ...

    def recognise_partial(self, samples: Samples, expected: Sequence[str]) -> Transcript | None:
        """Recognise an unfinished utterance: at most 2.5 s of sound, not silent, in at most 100 ms of computing.

        The confidence in an expected sentence is the strict one; without expected sentences there is free text alone.
        None where the utterance is none of the sentences, or from a recogniser that can't judge unfinished ones.
        """
        ...
