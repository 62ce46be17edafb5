"""Early commands: a few sentences act while the person may still speak, before the utterance has ended.

Their words alone can't tell: "stop", cut out of "stop counting" before the "c", is as likely a "stop" as any. So a
sentence is detected where the voice has fallen silent for longer than inside a word and two recognition passes in a row
agree on it. While the voice goes on, it is detected where a streaming recogniser has recognised several commands in a
row (`audio.asr.partials`) and a pass confirms them, or where one of their words was spotted (`audio.keywords`) and a
pass finds that it can't be the beginning of something else. All else waits for the end of the utterance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audio.asr.partials import PartialCue
from audio.asr.recogniser import Recogniser
from audio.keywords.watch import KeywordCue
from audio.vad.endpoint import EndpointCandidate

EARLY_AT = 0.8
"""Confidence from which a pass counts where the phrase is all of the utterance so far, 0 to 1."""
EARLY_AFTER_OTHERS_AT = 0.95
"""Confidence from which a pass counts where the phrase comes after others in its utterance, 0 to 1."""
FREE_TEXT_AT = 0.4
"""Confidence in free text, 0 to 1, from which it confirms a spotted keyword."""
HOPELESS_BELOW = 0.1
"""Confidence, 0 to 1, under which no further pass is spent on a gap that is long enough to be certain."""


@dataclass(frozen=True, slots=True)
class EarlyCommand:
    """A sentence that was recognised before its utterance had ended. Positions are samples since the start."""

    sentence: str
    """The sentence as it was given."""
    confidence: float
    """Probability that it was said, 0 to 1."""
    began: int
    """Where the sentence began."""
    until: int
    """Where the sentence ended."""
    decided: int
    """The number of samples that were fed when it was detected."""


class EarlyCommandDetector:
    """Detects early commands in endpoint candidates and cues, given in their order; some may be left out for time.

    Threads: all of a detector belongs to the thread of its recogniser.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        """`recogniser`: runs the passes."""
        self._recogniser = recogniser
        self._last: tuple[int, str] | None = None
        """The gap that the last pass was of, and the sentence it found."""
        self._hopeless: int | None = None
        """The gap that no further pass is spent on."""

    def expect(self, candidate: EndpointCandidate, sentence: str) -> None:
        """Count a sentence recognised elsewhere as the first of the two passes that must agree on a gap."""
        self._last = candidate.until, sentence

    def look(self, candidate: EndpointCandidate, sentences: Sequence[str]) -> EarlyCommand | None:
        """Run a pass over a candidate; the one of the sentences that it detects, where two passes in a row agree."""
        if candidate.until == self._hopeless or not candidate.brief:
            return None
        found = self._recogniser.recognise_partial(candidate.samples, sentences)
        if candidate.certain and (found is None or found.expected_confidence < HOPELESS_BELOW):
            self._hopeless = candidate.until
        threshold = EARLY_AT if candidate.began == candidate.utterance else EARLY_AFTER_OTHERS_AT
        before, self._last = self._last, None
        if found is None or found.expected is None or found.expected_confidence < threshold:
            return None
        self._last = candidate.until, found.expected
        if self._last != before or not candidate.certain:
            return None
        return EarlyCommand(
            found.expected, found.expected_confidence, candidate.began, candidate.until, candidate.decided
        )

    def confirm(self, cue: PartialCue, sentences: Sequence[str]) -> EarlyCommand | None:
        """Run a pass over a cue of a streaming recogniser; its commands, where the pass finds the same words.

        `sentences`: what else may have been said. One pass is enough, since two recognisers agree.
        """
        phrase = cue.phrase
        found = self._recogniser.recognise_partial(phrase.samples, [cue.words, *sentences])
        if found is None or found.expected != cue.words or found.expected_confidence < EARLY_AT:
            return None
        return EarlyCommand(cue.words, found.expected_confidence, phrase.began, phrase.until, phrase.decided)

    def spotted(self, cue: KeywordCue, said: Callable[[str], str | None]) -> EarlyCommand | None:
        """Run a pass over a cue of the keyword spotter; the sentence that ends in the keyword, where free text has it.

        `said` tells that sentence from the free text. Its confidence is at least EARLY_AT, since spotter and recogniser
        agree.
        """
        phrase = cue.phrase
        found = self._recogniser.recognise_partial(phrase.samples, ())
        sentence = said(found.text) if found is not None and found.confidence >= FREE_TEXT_AT else None
        if found is None or sentence is None:
            return None
        return EarlyCommand(sentence, max(found.confidence, EARLY_AT), phrase.began, phrase.until, phrase.decided)
