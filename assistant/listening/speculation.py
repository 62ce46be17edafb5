"""An utterance heard in the lull that may be its end: so that an answer need not wait until it is known to be."""

from collections.abc import Collection
from dataclasses import dataclass

from audio.asr.recogniser import Transcript
from audio.samples import SAMPLE_RATE
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import Utterance
from intents.model import Intent, Reading
from intents.phrases.completeness import Completeness, completeness

SPECULATION_SAMPLES = 4 * SAMPLE_RATE
"""Samples of an utterance that is heard ahead: whoever talks for longer hardly asks for something."""
SPECULATION_AT = 0.8
"""The confidence from which a sentence is taken for all that was said."""
NEVER_SPECULATED = frozenset({None, Intent.RED_FLAG, Intent.NO, Intent.YES})
"""Intents that wait for the usual end of an utterance: what follows may turn them round."""


@dataclass(frozen=True, slots=True)
class SpeculativeReading:
    """What was heard in one lull."""

    candidate: EndpointCandidate
    valid: Collection[str] | None
    """The intents that were valid."""
    heard: Transcript
    meant: Reading

    @property
    def surely(self) -> str | None:
        """What was surely meant, should this be all."""
        sure = self.meant.intent not in NEVER_SPECULATED and self.meant.confidence >= SPECULATION_AT
        return self.meant.intent if sure else None

    @property
    def complete(self) -> Completeness:
        """Whether the words heard so far are a complete utterance."""
        said = self.meant.text if self.surely else self.heard.text
        return completeness(said, self.valid, understood=self.surely is not None)

    def rules_out(self, intents: Collection[str], candidate: EndpointCandidate) -> bool:
        """Whether what was said before a lull surely is none of these."""
        return self.candidate.until == candidate.until and self.surely is not None and self.surely not in intents

    def is_of(self, utterance: Utterance, valid: Collection[str] | None) -> bool:
        """Whether this utterance ended in that lull, and means what it would have meant there."""
        same = (utterance.began, utterance.silent) == (self.candidate.utterance, self.candidate.until)
        return same and valid == self.valid
