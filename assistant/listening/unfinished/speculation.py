"""Speculative reading: an utterance is recognised in a gap that may be its end, before the endpoint is certain.

Where the gap turns out to be the end, the reading is there at once, and the answer comes that much sooner.
"""

from collections.abc import Collection
from dataclasses import dataclass

from audio.asr.recogniser import Transcript
from audio.samples import SAMPLE_RATE
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import Utterance
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.phrases.completeness import Completeness, completeness

SPECULATION_SAMPLES = 4 * SAMPLE_RATE
"""Longest utterance that is read speculatively, in samples at 16 kHz (4 s): hardly any command takes longer."""
SPECULATION_AT = 0.8
"""Least confidence, 0 to 1, at which a speculative reading may shorten the wait for the endpoint.

Above all acceptance thresholds: an endpoint that comes too early cuts the person's words off.
"""
NEVER_SPECULATED = frozenset({None, *ALARM_INTENTS, Intent.NO, Intent.YES})
"""Intents, and None, that wait for the usual endpoint: words that follow may reverse a "yes" or a "no"."""


@dataclass(frozen=True, slots=True)
class SpeculativeReading:
    """The transcript and the reading of an unfinished utterance, up to one gap."""

    candidate: EndpointCandidate
    """The gap, and the sound before it."""
    valid: Collection[str] | None
    """The intents that were valid; None: all."""
    transcript: Transcript
    """What was recognised before the gap."""
    reading: Reading
    """The reading of the transcript."""

    @property
    def sure_intent(self) -> str | None:
        """The intent, where the reading is sure enough to shorten the wait for the endpoint; else None."""
        sure = self.reading.intent not in NEVER_SPECULATED and self.reading.confidence >= SPECULATION_AT
        return self.reading.intent if sure else None

    @property
    def complete(self) -> Completeness:
        """Whether the words before the gap are a complete utterance."""
        said = self.reading.text if self.sure_intent else self.transcript.text
        return completeness(said, self.valid, understood=self.sure_intent is not None)

    def rules_out(self, intents: Collection[str], candidate: EndpointCandidate) -> bool:
        """Whether the utterance, if it ends in the candidate's gap, surely has another intent than any of these."""
        sure = self.sure_intent
        return self.candidate.until == candidate.until and sure is not None and sure not in intents

    def is_of(self, utterance: Utterance, valid: Collection[str] | None) -> bool:
        """Whether the transcript holds for an utterance: it ended in this very gap, and `valid` has not changed."""
        same = (utterance.began, utterance.silent) == (self.candidate.utterance, self.candidate.until)
        return same and valid == self.valid
