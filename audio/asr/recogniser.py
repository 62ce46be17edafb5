"""What every recogniser offers, whichever engine is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from audio.asr.confidence import Evidence
from audio.asr.grammar import Candidate, ClosedGrammar

Engine = Literal["auto", "moonshine", "vosk", "both"]
"""Which recognisers hear; auto is both where Vosk's model is installed, else Moonshine."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What one utterance says: freely, and as the nearest of the sentences that were expected."""

    text: str
    """Free text as the recogniser writes it, with its capitals and punctuation; empty when no speech was heard."""
    confidence: float
    """In the free text, 0 to 1."""
    expected: str | None
    """The expected sentence nearest to what was heard, its words as given; None when none was given or found."""
    expected_confidence: float
    """That this sentence is what was said, 0 to 1; other speech stays under 0.5 about 99 times in 100."""
    seconds: float
    """Time spent computing."""
    candidates: tuple[Candidate, ...] = ()
    """Of those that were expected the likeliest, best first, where the engine weighs several."""
    evidence: Evidence | None = None
    """For the first of them."""
    fallback: Evidence | None = None
    """For the likeliest text of the wider grammar, where one was given and no sentence was sure."""
    second: "Transcript | None" = None
    """What a second engine has heard, where two hear."""


class RecognitionStream(Protocol):
    """An utterance that is heard while it is being spoken."""

    @property
    def partial(self) -> str:
        """What is heard so far."""
        ...

    def feed(self, samples: NDArray[np.float32]) -> None:
        """The next samples: mono, 16 kHz."""
        ...

    def finish(self) -> Transcript:
        """The person has fallen silent."""
        ...


class Recogniser(Protocol):
    """Turns utterances into text."""

    def load(self) -> None:
        """Load now what the first utterance would load. Raises AudioError when it cannot be loaded."""
        ...

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """Speech begins, and may be one of these sentences; None from an ear that hears whole utterances alone."""
        ...

    def recognise(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one utterance: mono, 16 kHz, within -1 to 1, shape (n,), any n.

        `expected` are short sentences that mean something now, as they are spoken, without punctuation; `closed` are
        all that do, for an ear that can search them. `streamed` is what this ear made of the same utterance while it
        streamed it, if it did.
        Raises AudioError when the recogniser's files can't be loaded.
        """
        ...

    def recognise_partial(self, samples: NDArray[np.float32], expected: Sequence[str]) -> Transcript | None:
        """Hear a phrase while the person may be about to go on; a tenth of a second's work at most.

        Mono, 16 kHz, not silent, shape (n,), 2.5 s at most. The confidence in an expected sentence is stricter than
        that of `hear`; where none is given it is heard freely alone. None where it is none of them, or from an ear
        that can't tell so soon.
        """
        ...
