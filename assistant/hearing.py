"""From sound to meaning: utterances are cut, transcribed and read, with the sentences valid now as a guide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from audio.clip import Clip
from audio.hearing.ear import Ear
from audio.segmenter import RATE, Segment, Segmenter, Utterance
from intents.model import Intent, Reading
from intents.recognize import Recognizer

SURE = 0.5
"""From this confidence on, a sentence that was expected is taken for what was said."""
LEANING: Mapping[str, float] = MappingProxyType(
    {Intent.STOP: 0.35, Intent.PAUSE: 0.35, Intent.THAT_HURTS: 0.35, Intent.NO: 0.6, Intent.RESUME: 0.6}
)
"""Other operating points: to miss a "stop" is the worst; "no" and "go on" lean towards asking again."""
DOUBTED_NO = 0.6
"""The most confidence in a "no" that free hearing does not share: enough to decline an offer, not to be screened."""
EXACT = 0.95
"""The confidence of a text that is a sentence of the templates, word for word."""
SHORT = 2
"""Words."""
AROUND = RATE * 3 // 10
"""Samples kept on each side of the speech in a recording."""


class Listener:
    """The segmenter, the ear and the recogniser, one after the other."""

    def __init__(self, ear: Ear, recognizer: Recognizer, threshold: float | None = None) -> None:
        """`threshold`: the confidence from which a reading counts; None: the calibrated operating points."""
        self._segmenter = Segmenter()
        self._ear = ear
        self._recognizer = recognizer
        self._threshold = threshold
        self.speaking = False
        """An utterance has begun and not ended."""

    def listen(self, samples: Clip) -> list[Utterance]:
        """Take the next samples at 16 kHz; the utterances that ended in them."""
        return self._ended(self._segmenter.feed(samples))

    def flush(self) -> list[Utterance]:
        """No more samples will come."""
        return self._ended(self._segmenter.flush())

    def _ended(self, segments: Sequence[Segment]) -> list[Utterance]:
        for segment in segments:
            self.speaking = not isinstance(segment, Utterance)
        return [segment for segment in segments if isinstance(segment, Utterance)]

    def understand_whole(self, samples: Clip, valid: Collection[str] | None) -> Reading:
        """What a whole recording at 16 kHz means: its speech, without the silence around it."""
        utterances = [*self.listen(samples), *self.flush()]
        if utterances:
            first, last = utterances[0].began - AROUND, utterances[-1].until + AROUND
            samples = samples[max(0, first) : last]
        return self.understand(samples, valid)

    def understand(self, samples: Clip, valid: Collection[str] | None) -> Reading:
        """What the samples of one utterance mean, of the intents that are valid now."""
        transcript = self._ear.hear(samples, self._recognizer.sentences(valid))
        read = self._recognizer.read(transcript.text, valid, self._threshold)
        if read.intent == Intent.RED_FLAG:
            return read
        if self._threshold is None and read.confidence < EXACT and len(transcript.text.split()) <= SHORT:
            # A short word misheard looks like many others; its sound, against what is expected, tells more.
            read = Reading(transcript.text, None)
        if transcript.expected is None:
            return read
        expected = self._recognizer.read(transcript.expected, valid)
        sure = LEANING.get(expected.intent or "", SURE) if self._threshold is None else self._threshold
        in_doubt = transcript.expected_confidence < sure
        if in_doubt or read.confidence * transcript.confidence >= transcript.expected_confidence:
            return read
        confidence = transcript.expected_confidence
        if expected.intent == Intent.NO and read.intent != Intent.NO:
            confidence = min(confidence, DOUBTED_NO)
        return replace(expected, confidence=confidence)
