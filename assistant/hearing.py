"""From sound to meaning: utterances are cut, transcribed and read, with the sentences valid now as a guide."""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.validity import VALID, State
from audio.clip import Clip
from audio.hearing.ear import Ear, Following, Transcript
from audio.hearing.grammar import Closed
from audio.segmenter import RATE, Segmenter, Utterance
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
AFTER_WAKING = VALID[State.IDLE]
"""What may be asked in one breath with the wake phrase."""
SHORT = 2
"""Words."""
GUESSED = frozenset(Intent)
"""Intents that are also recognised in text that no template has; a file of templates has no others than its own."""
BEFORE = RATE * 3 // 5
"""Samples from before it was sure that somebody speaks: the first consonant is among them."""
AROUND = RATE * 3 // 10
"""Samples kept on each side of the speech in a recording."""


class Listener:
    """The segmenter, the ear and the recogniser, one after the other."""

    def __init__(
        self,
        ear: Ear,
        recognizer: Recognizer,
        threshold: float | None = None,
        valid: Callable[[], Collection[str] | None] = lambda: None,
    ) -> None:
        """`threshold`: the confidence from which a reading counts; None: the calibrated operating points.

        `valid` tells the intents that are valid now, when somebody begins to speak.
        """
        self._segmenter = Segmenter()
        self._ear = ear
        self._recognizer = recognizer
        self._threshold = threshold
        self._valid = valid
        self._recent: deque[Clip] = deque()
        self._following: Following | None = None
        self._followed: dict[int, Transcript] = {}
        self.speaking = False
        """An utterance has begun and not ended."""

    @property
    def partial(self) -> str:
        """What is heard so far of what is being said, where the ear follows."""
        return self._following.partial if self._following is not None else ""

    def listen(self, samples: Clip) -> list[Utterance]:
        """Take the next samples at 16 kHz; the utterances that ended in them."""
        self._recent.append(samples)
        while sum(map(len, self._recent)) - len(self._recent[0]) > BEFORE:
            self._recent.popleft()
        if self._following is not None:
            self._following.feed(samples)
        utterances = []
        for segment in self._segmenter.feed(samples):
            self.speaking = not isinstance(segment, Utterance)
            if isinstance(segment, Utterance):
                self._followed_to_end(segment)
                utterances.append(segment)
            else:
                self._follow()
        return utterances

    def _follow(self) -> None:
        self._following = self._ear.follow(self._recognizer.sentences(self._valid()))
        if self._following is not None:
            for samples in self._recent:
                self._following.feed(samples)

    def _followed_to_end(self, utterance: Utterance) -> None:
        if self._following is not None:
            self._followed[utterance.began] = self._following.finish()
            self._following = None

    def understand_whole(self, samples: Clip, valid: Collection[str] | None) -> Reading:
        """What a whole recording at 16 kHz means: its speech, without the silence around it."""
        segments = [*self._segmenter.feed(samples), *self._segmenter.flush()]
        utterances = [segment for segment in segments if isinstance(segment, Utterance)]
        if utterances:
            first, last = utterances[0].began - AROUND, utterances[-1].until + AROUND
            samples = samples[max(0, first) : last]
        return self._heard(samples, valid)

    def understand(self, utterance: Utterance, valid: Collection[str] | None) -> Reading:
        """What an utterance means, of the intents that are valid now."""
        followed = self._followed.pop(utterance.began, None)
        return self._heard(utterance.samples, valid, followed)

    def _heard(self, samples: Clip, valid: Collection[str] | None, followed: Transcript | None = None) -> Reading:
        closed = self._closed(valid)
        return self._understood(self._ear.hear(samples, self._recognizer.sentences(valid), followed, closed), valid)

    def _closed(self, valid: Collection[str] | None) -> Closed:
        if valid is not None and Intent.WAKE in valid and Intent.STOP not in valid:  # asleep: nothing but its name
            return Closed(self._recognizer.calling(AFTER_WAKING))
        return Closed(self._recognizer.walk, self._recognizer.kinds(valid), self._recognizer.usual(valid))

    def read(self, text: str, valid: Collection[str] | None) -> Reading:
        """What words that were heard already mean, of the intents that are valid now."""
        return self._recognizer.read(text, valid, self._threshold)

    def _understood(self, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        read = self._recognizer.read(transcript.text, valid, self._threshold)
        if read.intent == Intent.RED_FLAG:
            return read
        if self._threshold is None and read.confidence < EXACT and len(transcript.text.split()) <= SHORT:
            # A short word misheard looks like many others; its sound, against what is expected, tells more.
            read = Reading(transcript.text, None)
        if transcript.sentences and read.intent not in GUESSED:
            # All that it could be was searched for by its sound, which tells more than the letters of a free text.
            read = Reading(transcript.text, None)
        if transcript.expected is None:
            return read
        expected = self._recognizer.read(transcript.expected, valid)
        sure = LEANING.get(expected.intent or "", SURE) if self._threshold is None else self._threshold
        in_doubt = transcript.expected_confidence < sure
        surer = read.intent and read.confidence * transcript.confidence >= transcript.expected_confidence
        if in_doubt or surer:
            return read
        confidence = transcript.expected_confidence
        if expected.intent == Intent.NO and read.intent != Intent.NO:
            confidence = min(confidence, DOUBTED_NO)
        return replace(expected, confidence=confidence)
