"""From sound to meaning: utterances are cut, transcribed and read, with the sentences valid now as a guide."""

from collections.abc import Collection, Sequence

from audio.clip import Clip
from audio.hearing.ear import Ear
from audio.segmenter import Segment, Segmenter, Utterance
from intents.model import Intent, Reading
from intents.recognize import Recognizer

SURE = 0.5
"""From this confidence on, a sentence that was expected is taken for what was said."""


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

    def understand(self, samples: Clip, valid: Collection[str] | None) -> Reading:
        """What the samples of one utterance mean, of the intents that are valid now."""
        expected = self._recognizer.sentences(valid)
        transcript = self._ear.hear(samples, expected)
        reading = self._recognizer.read(transcript.text, valid)
        if reading.intent == Intent.RED_FLAG or transcript.expected is None or transcript.expected_confidence < SURE:
            return reading
        if reading.intent is not None and reading.confidence >= transcript.expected_confidence:
            return reading
        guess = self._recognizer.read(transcript.expected, valid)
        return Reading(transcript.expected, guess.intent, guess.slots, transcript.expected_confidence)
