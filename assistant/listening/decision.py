"""What an utterance means, of all that was heard: freely, as an expected sentence, as words that are said here."""

from collections.abc import Collection
from dataclasses import replace

from assistant.listening.consensus import reinforced, weakened
from assistant.operating_points import (
    ACCEPT_AMID_AT,
    ACCEPT_AT,
    ACCEPT_AT_FOR,
    ACCEPT_SAFETY_AMID_AT,
    CONFIRM_AT,
    CONTINUED_WORDS,
    EXACT_TEXT_AT,
    GARBLED_BELOW,
    GARBLED_WORDS,
    GUESSABLE,
    NEVER_CONFIRMED,
    NO_PROMINENCE_DB,
    NO_SECONDS,
    NO_SECONDS_A_WORD,
    SAFETY_INTENTS,
    SHORT_WORDS,
    UNSHARED_GUESS,
    UNSHARED_NO,
)
from audio.asr.recogniser import Transcript
from intents.model import Intent, Reading
from intents.reader import IntentReader
from intents.text.normalize import words_of


class Decision:
    """Decides at calibrated operating points, or at one threshold."""

    def __init__(self, reader: IntentReader, threshold: float | None = None) -> None:
        """`threshold`: the confidence from which a reading counts; None: the calibrated operating points."""
        self._reader = reader
        self._threshold = threshold

    def reading(self, heard: Transcript, valid: Collection[str] | None, *, amid: bool = False) -> Reading:
        """What was meant, of the intents that are valid now; doubted where it should be asked about.

        `amid`: in the midst of other talk.
        """
        surer = reinforced(heard, lambda text: self._reader.read(text, valid))
        reading = self._settled(self._decided(surer, valid), heard, valid)
        if not amid or self._threshold is not None:
            return reading
        least = ACCEPT_SAFETY_AMID_AT if reading.intent in SAFETY_INTENTS - {Intent.RED_FLAG} else ACCEPT_AMID_AT
        # A lone word that names a thing ("computer") asks something of who listens to nobody else.
        named = bool(reading.slots) and reading.intent != Intent.RED_FLAG and len(words_of(reading.text)) == 1
        meant = reading.confidence >= least and not reading.needs_confirmation and not named
        return reading if meant else Reading(reading.text, None)

    def _decided(self, heard: Transcript, valid: Collection[str] | None) -> Reading:
        nothing = Reading(heard.text, None)
        freely, wider = self._reader.read(heard.text, valid, self._threshold), self._wider(heard, valid)
        if freely.intent == Intent.RED_FLAG and _garbled(heard):
            freely = nothing
        if freely.intent == Intent.RED_FLAG or heard.expected is None:
            return freely
        if wider.intent == Intent.RED_FLAG:
            return wider
        expected, sure = self._reader.read(heard.expected, valid), heard.expected_confidence
        read = _as_sure(freely, heard, expected) if self._counts(freely, heard, expected) else nothing
        read = max(read, wider, key=lambda each: each.confidence if each.intent else 0.0)
        if read.confidence < self._least(read):
            read = nothing
        if self._reader.speech_grammar.only_sounds_like(heard.expected, expected):
            return nothing if sure >= CONFIRM_AT else read
        if expected.intent not in SAFETY_INTENTS and freely.intent is None and _goes_on(heard.text, heard.expected):
            return read
        if sure >= self._least(expected) and not (read.intent and read.confidence >= sure):
            shared = expected.intent != Intent.NO or freely.intent == Intent.NO
            return replace(expected, confidence=sure if shared else min(sure, UNSHARED_NO))
        asks = read.intent is None and expected.intent is not None and self._asks(expected, sure)
        return replace(expected, confidence=sure, needs_confirmation=True) if asks else read

    def _settled(self, reading: Reading, heard: Transcript, valid: Collection[str] | None) -> Reading:
        """The same, asked about or given up where a second engine has heard something else."""
        sure = weakened(reading, heard, lambda text: self._reader.read(text, valid))
        if sure is reading or sure.confidence >= self._least(reading):
            return sure
        return replace(sure, needs_confirmation=True) if self._asks(sure, sure.confidence) else Reading(sure.text, None)

    def _least(self, reading: Reading) -> float:
        """The confidence from which a reading counts."""
        return ACCEPT_AT_FOR.get(reading.intent or "", ACCEPT_AT) if self._threshold is None else self._threshold

    def _asks(self, reading: Reading, confidence: float) -> bool:
        """Whether to ask if that was said."""
        return self._threshold is None and reading.intent not in NEVER_CONFIRMED and confidence >= CONFIRM_AT

    def _wider(self, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """The meaning of what was heard as words that are said here, though no sentence has them so."""
        heard, nothing = transcript.fallback, Reading(transcript.text, None)
        if heard is None or len(heard.text.text.split()) <= SHORT_WORDS:
            return nothing
        reading = self._reader.read(heard.text.text, valid, self._threshold)
        sure = replace(reading, confidence=reading.confidence * heard.confidence)
        return sure if sure.intent and sure.confidence >= self._least(sure) else nothing

    def _counts(self, freely: Reading, heard: Transcript, expected: Reading) -> bool:
        """Whether the meaning of free text counts beside a search by sound, which tells more than its letters.

        Not where all that it could be was searched for; and of a word or two only what the search has found as well.
        """
        if not heard.candidates:
            return True
        if len(heard.text.split()) <= SHORT_WORDS:
            return freely.intent == expected.intent and freely.confidence >= EXACT_TEXT_AT
        return freely.intent in GUESSABLE


def _goes_on(text: str, sentence: str) -> bool:
    """Whether free text begins with the sentence and has more to say: "carry on luggage only"."""
    said, words = words_of(text), words_of(sentence)
    return len(said) >= len(words) + CONTINUED_WORDS and said[: len(words)] == words


def _garbled(heard: Transcript) -> bool:
    """Whether free text is so long and unsure that it tells of no symptom."""
    return heard.confidence < GARBLED_BELOW and len(heard.text.split()) >= GARBLED_WORDS


def _as_sure(freely: Reading, heard: Transcript, expected: Reading) -> Reading:
    """The meaning of free text, as sure as its words are; where it is a sentence word for word, they are likelier."""
    sure = heard.confidence
    if not heard.candidates:
        return freely
    if freely.confidence == 1:
        return replace(freely, confidence=(1 + sure) / 2)
    return replace(
        freely, confidence=freely.confidence * sure * (1 if freely.intent == expected.intent else UNSHARED_GUESS)
    )


def doubted_no(reading: Reading, speech: float, clarity: float) -> Reading:
    """A "no" amid other talk is heard with doubt: enough to decline an offer, not to be screened.

    `speech`: seconds that it took, all in all; `clarity`: dB by which it stands out.
    """
    amid = clarity < NO_PROMINENCE_DB or speech > NO_SECONDS + NO_SECONDS_A_WORD * len(reading.text.split())
    if reading.intent == Intent.NO and amid:
        return replace(reading, confidence=min(reading.confidence, UNSHARED_NO))
    return reading
