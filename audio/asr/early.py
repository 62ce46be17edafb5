"""Early hearing: a few sentences act while the person may still speak, without waiting for the utterance to end.

The words alone can't tell: "stop", cut out of "stop counting" before the "c", is as likely a "stop" as any. So a
sentence counts when the voice has fallen silent for longer than inside a word, and two looks in a row agree on it; or,
while the voice goes on, when an ear that follows has heard several in a row (`running`) and a look finds the same; or
when a word of theirs was spotted (`spotter`) and a look finds that it can't be the beginning of something else.
What it is not sure of waits for the end of the utterance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audio.asr.partials import PartialCue
from audio.asr.recogniser import Recogniser
from audio.keywords.watch import KeywordCue
from audio.vad.endpoint import EndpointCandidate

EARLY_AT = 0.8
EARLY_AFTER_OTHERS_AT = 0.95
"""Confidence from which a look counts: at all that an utterance is so far, and at a phrase that came after others."""

FREE_TEXT_AT = 0.4
"""Confidence in free text from which it tells what was said in passing."""
HOPELESS_BELOW = 0.1
"""Confidence under which, once the lull is long enough, no further look is spent on it."""


@dataclass(frozen=True, slots=True)
class EarlyCommand:
    """A sentence heard before its utterance had ended. All positions are samples."""

    sentence: str
    """As it was given."""
    confidence: float
    """0 to 1."""
    began: int
    until: int
    """Where the sentence began and ended."""
    decided: int
    """The number of samples it took to know."""


class EarlyCommandDetector:
    """Looks at the lulls of an utterance, one after the other; some may be left out when time is short."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._last: tuple[int, str] | None = None
        self._hopeless: int | None = None

    def expect(self, candidate: EndpointCandidate, sentence: str) -> None:
        """In the first look at this lull another has heard this sentence."""
        self._last = candidate.until, sentence

    def look(self, candidate: EndpointCandidate, sentences: Sequence[str]) -> EarlyCommand | None:
        """The one of a few sentences that has just been said, as far as it is sure by now."""
        if candidate.until == self._hopeless or not candidate.brief:
            return None
        heard = self._recogniser.recognise_partial(candidate.samples, sentences)
        if candidate.certain and (heard is None or heard.expected_confidence < HOPELESS_BELOW):
            self._hopeless = candidate.until
        sure = EARLY_AT if candidate.began == candidate.utterance else EARLY_AFTER_OTHERS_AT
        before, self._last = self._last, None
        if heard is None or heard.expected is None or heard.expected_confidence < sure:
            return None
        self._last = candidate.until, heard.expected
        if self._last != before or not candidate.certain:
            return None
        return EarlyCommand(
            heard.expected, heard.expected_confidence, candidate.began, candidate.until, candidate.decided
        )

    def confirm(self, running: PartialCue, sentences: Sequence[str]) -> EarlyCommand | None:
        """What the ear that follows has heard in running speech, where this one finds it in the sound as well.

        `sentences`: what else it may be. One look is enough, for two ears agree.
        """
        phrase = running.phrase
        heard = self._recogniser.recognise_partial(phrase.samples, [running.words, *sentences])
        if heard is None or heard.expected != running.words or heard.expected_confidence < EARLY_AT:
            return None
        return EarlyCommand(running.words, heard.expected_confidence, phrase.began, phrase.until, phrase.decided)

    def spotted(self, passing: KeywordCue, said: Callable[[str], str | None]) -> EarlyCommand | None:
        """The sentence that ends in a word that was spotted, where a free look finds it too.

        `said` tells it from the words so far. A confidence of its own it has not: two ways to hear agree on it.
        """
        phrase = passing.phrase
        heard = self._recogniser.recognise_partial(phrase.samples, ())
        sentence = said(heard.text) if heard is not None and heard.confidence >= FREE_TEXT_AT else None
        if heard is None or sentence is None:
            return None
        return EarlyCommand(sentence, max(heard.confidence, EARLY_AT), phrase.began, phrase.until, phrase.decided)
