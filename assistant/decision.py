"""What an utterance means, of all that was heard: freely, as an expected sentence, as words that are said here."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.agreement import SAFE, agreed, disputed
from audio.hearing.ear import Transcript
from intents.model import Intent, Reading
from intents.recognize import Recognizer
from intents.text import words_of

SURE = 0.5
"""From this confidence on, a sentence that was expected is taken for what was said."""
LEANING: Mapping[str, float] = MappingProxyType(
    {**{str(intent): 0.2 for intent in SAFE}, Intent.RED_FLAG: 0.35, Intent.NO: 0.6, Intent.RESUME: 0.6}
)
"""Other operating points: to miss a "stop" is the worst; "no" and "go on" lean towards asking again."""
AMID, AMID_SAFE = 0.9, 0.6
"""The same in the midst of other talk, where little of what is said is meant, and nothing is asked about.

Symptoms are spoken of on television, too: there they must be heard as clearly as any other request.
"""
ASK = 0.4
"""From this confidence on it is worth asking whether a sentence was said."""
NEVER_ASKED = frozenset({Intent.YES, Intent.NO, Intent.WAKE, Intent.RED_FLAG})
"""Questions about these lead nowhere."""
DOUBTED_NO = 0.6
"""The most confidence in a "no" that free hearing does not share: enough to decline an offer, not to be screened."""
EXACT = 0.95
"""The confidence of a text that is a sentence of the templates, word for word."""
ALONE = 0.65
"""Factor on the confidence in a guess at free text that the likeliest sentence does not share."""
SHORT = 2
"""Words."""
MORE = 2
"""Words after a sentence that make another one of it, where they mean nothing together."""
GARBLED, LONG = 0.5, 12
"""Free text under this confidence and of so many words is what is left of several who speak at once."""
CLEAR = 12.0
"""dB by which a "no" must stand out from what surrounds it: one in the midst of other talk is somebody else's."""
BREATH, A_WORD = 0.6, 0.45
"""Seconds that a "no" takes at most, besides those of each of its words."""
GUESSED = frozenset(Intent)
"""Intents that are also recognised in text that no template has; a file of templates has no others than its own."""


class Decision:
    """Decides at calibrated operating points, or at one threshold."""

    def __init__(self, recognizer: Recognizer, threshold: float | None = None) -> None:
        """`threshold`: the confidence from which a reading counts; None: the calibrated operating points."""
        self._recognizer = recognizer
        self._threshold = threshold

    def reading(self, heard: Transcript, valid: Collection[str] | None, *, amid: bool = False) -> Reading:
        """What was meant, of the intents that are valid now; doubted where it should be asked about.

        `amid`: in the midst of other talk.
        """
        surer = agreed(heard, lambda text: self._recognizer.read(text, valid))
        reading = self._settled(self._decided(surer, valid), heard, valid)
        if not amid or self._threshold is not None:
            return reading
        least = AMID_SAFE if reading.intent in SAFE - {Intent.RED_FLAG} else AMID
        # A lone word that names a thing ("computer") asks something of who listens to nobody else.
        named = bool(reading.slots) and reading.intent != Intent.RED_FLAG and len(words_of(reading.text)) == 1
        meant = reading.confidence >= least and not reading.doubted and not named
        return reading if meant else Reading(reading.text, None)

    def _decided(self, heard: Transcript, valid: Collection[str] | None) -> Reading:
        nothing = Reading(heard.text, None)
        freely, wider = self._recognizer.read(heard.text, valid, self._threshold), self._wider(heard, valid)
        if freely.intent == Intent.RED_FLAG and _garbled(heard):
            freely = nothing
        if freely.intent == Intent.RED_FLAG or heard.expected is None:
            return freely
        if wider.intent == Intent.RED_FLAG:
            return wider
        expected, sure = self._recognizer.read(heard.expected, valid), heard.expected_confidence
        read = _as_sure(freely, heard, expected) if self._counts(freely, heard, expected) else nothing
        read = max(read, wider, key=lambda each: each.confidence if each.intent else 0.0)
        if read.confidence < self._least(read):
            read = nothing
        if self._recognizer.only_sounds_like(heard.expected, expected):
            return nothing if sure >= ASK else read
        if expected.intent not in SAFE and freely.intent is None and _goes_on(heard.text, heard.expected):
            return read
        if sure >= self._least(expected) and not (read.intent and read.confidence >= sure):
            shared = expected.intent != Intent.NO or freely.intent == Intent.NO
            return replace(expected, confidence=sure if shared else min(sure, DOUBTED_NO))
        asks = read.intent is None and expected.intent is not None and self._asks(expected, sure)
        return replace(expected, confidence=sure, doubted=True) if asks else read

    def _settled(self, reading: Reading, heard: Transcript, valid: Collection[str] | None) -> Reading:
        """The same, asked about or given up where a second engine has heard something else."""
        sure = disputed(reading, heard, lambda text: self._recognizer.read(text, valid))
        if sure is reading or sure.confidence >= self._least(reading):
            return sure
        return replace(sure, doubted=True) if self._asks(sure, sure.confidence) else Reading(sure.text, None)

    def _least(self, reading: Reading) -> float:
        """The confidence from which a reading counts."""
        return LEANING.get(reading.intent or "", SURE) if self._threshold is None else self._threshold

    def _asks(self, reading: Reading, confidence: float) -> bool:
        """Whether to ask if that was said."""
        return self._threshold is None and reading.intent not in NEVER_ASKED and confidence >= ASK

    def _wider(self, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """The meaning of what was heard as words that are said here, though no sentence has them so."""
        heard, nothing = transcript.wider, Reading(transcript.text, None)
        if heard is None or len(heard.text.text.split()) <= SHORT:
            return nothing
        reading = self._recognizer.read(heard.text.text, valid, self._threshold)
        sure = replace(reading, confidence=reading.confidence * heard.confidence)
        return sure if sure.intent and sure.confidence >= self._least(sure) else nothing

    def _counts(self, freely: Reading, heard: Transcript, expected: Reading) -> bool:
        """Whether the meaning of free text counts beside a search by sound, which tells more than its letters.

        Not where all that it could be was searched for; and of a word or two only what the search has found as well.
        """
        if not heard.sentences:
            return True
        if len(heard.text.split()) <= SHORT:
            return freely.intent == expected.intent and freely.confidence >= EXACT
        return freely.intent in GUESSED


def _goes_on(text: str, sentence: str) -> bool:
    """Whether free text begins with the sentence and has more to say: "carry on luggage only"."""
    said, words = words_of(text), words_of(sentence)
    return len(said) >= len(words) + MORE and said[: len(words)] == words


def _garbled(heard: Transcript) -> bool:
    """Whether free text is so long and unsure that it tells of no symptom."""
    return heard.confidence < GARBLED and len(heard.text.split()) >= LONG


def _as_sure(freely: Reading, heard: Transcript, expected: Reading) -> Reading:
    """The meaning of free text, as sure as its words are; where it is a sentence word for word, they are likelier."""
    sure = heard.confidence
    if not heard.sentences:
        return freely
    if freely.confidence == 1:
        return replace(freely, confidence=(1 + sure) / 2)
    return replace(freely, confidence=freely.confidence * sure * (1 if freely.intent == expected.intent else ALONE))


def in_doubt(reading: Reading, speech: float, clarity: float) -> Reading:
    """A "no" amid other talk is heard with doubt: enough to decline an offer, not to be screened.

    `speech`: seconds that it took, all in all; `clarity`: dB by which it stands out.
    """
    amid = clarity < CLEAR or speech > BREATH + A_WORD * len(reading.text.split())
    if reading.intent == Intent.NO and amid:
        return replace(reading, confidence=min(reading.confidence, DOUBTED_NO))
    return reading
