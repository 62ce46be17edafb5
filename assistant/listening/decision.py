"""The decision on one utterance: its transcript becomes a reading that is accepted, to be confirmed, or rejected.

A transcript holds up to three kinds of hypotheses: free text, the likeliest sentence of the closed grammar
(`expected`), and texts led by what is said to a coach (`led_text.py`). Each is read for its intent; the operating
points choose between them.
"""

from collections.abc import Collection
from dataclasses import replace

from assistant.listening.consensus import reinforced, weakened
from assistant.listening.led_text import asked_about, led_meaning
from assistant.operating_points import (
    ACCEPT_AMID_AT,
    ACCEPT_AT,
    ACCEPT_AT_FOR,
    ACCEPT_SAFETY_AMID_AT,
    ASLEEP_ALARM_AT,
    CONFIRM_AT,
    CONTINUED_WORDS,
    EXACT_TEXT_AT,
    EXPECTED_ALARM_AT,
    GARBLED_BELOW,
    GARBLED_WORDS,
    GOES_ON_INTENTS,
    GOING_ON_AT,
    GUESSABLE,
    HEARD_TWICE_ALARM_AT,
    LED_ALARM_AT,
    LED_AT,
    LED_SURE_ALARM_AT,
    NAMED_SIGN_AT,
    NEVER_CONFIRMED,
    NO_PROMINENCE_DB,
    NO_SECONDS,
    NO_SECONDS_A_WORD,
    OUTDOES_ALARM_AT,
    SAFETY_INTENTS,
    SHORT_WORDS,
    UNSHARED_GUESS,
    UNSHARED_NO,
    UNSURE_TEXT_BELOW,
)
from assistant.states import asked_of_danger, in_emergency
from audio.asr.recogniser import Transcript
from intents.clauses.opening import opening
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.reader import IntentReader
from intents.text.normalize import words_of


class Decision:
    """Turns transcripts into readings, at the calibrated operating points or at one threshold."""

    def __init__(self, reader: IntentReader, threshold: float | None = None) -> None:
        """`threshold`: least confidence, 0 to 1, of an accepted reading; None: the calibrated operating points."""
        self._reader = reader
        self._threshold = threshold

    def reading(
        self,
        transcript: Transcript,
        valid: Collection[str] | None,
        *,
        amid: bool = False,
        goes_on: bool = False,
        echo: bool = False,
    ) -> Reading:
        """Read a transcript, among the valid intents (None: all).

        The reading has no intent where it was rejected, and `needs_confirmation` where Limber should ask. `amid`: the
        utterance came amid background speech, where thresholds are higher and nothing is confirmed. `goes_on`: the
        utterance just before broke off, so that this one may be its end. `echo`: the sound may hold Limber itself.
        """
        surer = reinforced(transcript, lambda text: self._reader.read(text, valid))
        reading = self._disputed(self._best(surer, valid), transcript, valid)
        if self._threshold is not None:
            return reading
        ends_it = reading.intent == Intent.YES and in_emergency(valid)
        if ends_it or (reading.intent in GOES_ON_INTENTS and (goes_on or asked_of_danger(valid))):
            reading = self._surely_going_on(reading, transcript, valid)
        if echo and self._may_be_own_voice(reading, transcript, valid):
            return Reading(transcript.text, None)
        if not amid:
            return reading
        least = ACCEPT_SAFETY_AMID_AT if reading.intent in SAFETY_INTENTS - ALARM_INTENTS else ACCEPT_AMID_AT
        # A lone word that fills a slot ("computer", a cause of overuse) is too common in other talk.
        fills_a_slot = bool(reading.slots) and reading.intent not in ALARM_INTENTS and len(words_of(reading.text)) == 1
        accepted = reading.confidence >= least and not reading.needs_confirmation and not fills_a_slot
        return reading if accepted else Reading(reading.text, None)

    def _may_be_own_voice(self, reading: Reading, transcript: Transcript, valid: Collection[str] | None) -> bool:
        """Whether a word or two that no sure free text shares may be Limber: its "five" sounds like "hi"."""
        heard = reading.intent is not None and reading.intent not in SAFETY_INTENTS
        brief = heard and len(words_of(reading.text)) <= SHORT_WORDS
        unsure = transcript.confidence < UNSURE_TEXT_BELOW
        return brief and (unsure or self._reader.read(transcript.text, valid).intent != reading.intent)

    def _surely_going_on(self, reading: Reading, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """The reading, if it is a whole, sure sentence in free text as well; else one without intent.

        After a warning sign nothing goes on upon a piece of a sentence: "going numb" sounds like "go on".
        """
        free = self._reader.read(transcript.text, valid)
        whole = free.intent == reading.intent and free.confidence == 1
        return reading if whole and reading.confidence >= GOING_ON_AT else Reading(transcript.text, None)

    def _best(self, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """The best reading of the three hypotheses of one engine; without intent where none is accepted."""
        rejected = Reading(transcript.text, None)
        free = self._reader.read(transcript.text, valid, self._threshold)
        if _garbled(transcript, GARBLED_BELOW if free.intent in ALARM_INTENTS else UNSURE_TEXT_BELOW):
            free = rejected
        if transcript.expected is None:
            return self._without_sentence(free, transcript, valid)
        expected, confidence = self._reader.read(transcript.expected, valid), transcript.expected_confidence
        if free.intent in ALARM_INTENTS and not self._outdone(transcript, expected):
            # A misheard word makes another sign of it; a whole sentence of danger tells which it is.
            named = expected.intent in ALARM_INTENTS and confidence >= NAMED_SIGN_AT
            return expected if named and _as_long(transcript.text, transcript.expected) else free
        fuller = _fuller(free, transcript, expected)
        if fuller and fuller.confidence < self._threshold_for(fuller):
            fuller = None
        if free.intent in ALARM_INTENTS:
            free = rejected
        led = led_meaning(transcript, lambda text: self._reader.read(text, valid, self._threshold), valid)
        suggested = led.alarm is not None and not led.told and self._accepted(expected, confidence)
        if led.alarm and not suggested and self._led_alarm_counts(led.alarm, expected, confidence, fuller):
            return asked_about(led.alarm)
        if self._threshold is None and _asleep(valid) and expected.intent in ALARM_INTENTS:
            return replace(expected, confidence=confidence) if confidence >= ASLEEP_ALARM_AT else free
        if fuller:
            return fuller
        if expected.intent in ALARM_INTENTS and self._threshold is None:
            least = HEARD_TWICE_ALARM_AT if led.alarm else EXPECTED_ALARM_AT
            unsure = confidence < least or _begins(transcript.text, transcript.expected)
            expected = rejected if unsure else expected
        counts = self._free_text_counts(free, transcript, expected)
        other = _with_confidence(free, transcript, expected) if counts else rejected
        other = max(other, led.request, key=lambda each: each.confidence if each.intent else 0.0)
        if other.confidence < self._threshold_for(other, LED_AT if other is led.request else 0.0):
            other = rejected
        if self._reader.speech_grammar.only_sounds_like(transcript.expected, expected):
            return rejected if confidence >= CONFIRM_AT else other
        continued = free.intent is None and _continues(transcript.text, transcript.expected)
        if expected.intent not in SAFETY_INTENTS and continued:
            return other
        if confidence >= self._threshold_for(expected) and not (other.intent and other.confidence >= confidence):
            shared = expected.intent != Intent.NO or free.intent == Intent.NO
            return replace(expected, confidence=confidence if shared else min(confidence, UNSHARED_NO))
        asks = other.intent is None and expected.intent is not None and self._worth_confirming(expected, confidence)
        return replace(expected, confidence=confidence, needs_confirmation=True) if asks else other

    def _without_sentence(self, free: Reading, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """The reading where the closed grammar has no sentence for the sound: of free text, or else of led text."""
        if free.intent in ALARM_INTENTS:
            return free
        led = led_meaning(transcript, lambda text: self._reader.read(text, valid, self._threshold), valid)
        if led.alarm and led.alarm.confidence >= LED_ALARM_AT:
            return asked_about(led.alarm)
        led_counts = led.request.intent and led.request.confidence >= self._threshold_for(led.request, LED_AT)
        return led.request if free.intent is None and led_counts else free

    def _outdone(self, transcript: Transcript, expected: Reading) -> bool:
        """Whether an alarm in unsure free text is outdone by a sure sentence of the closed grammar that is none."""
        sure = transcript.expected_confidence >= OUTDOES_ALARM_AT and transcript.confidence < UNSURE_TEXT_BELOW
        return self._threshold is None and _harmless(expected) and sure

    def _disputed(self, reading: Reading, transcript: Transcript, valid: Collection[str] | None) -> Reading:
        """Confirm or reject a reading whose confidence falls because the second engine heard another meaning."""
        weaker = weakened(reading, transcript, lambda text: self._reader.read(text, valid))
        if weaker is reading or weaker.confidence >= self._threshold_for(reading):
            return weaker
        asks = self._worth_confirming(weaker, weaker.confidence)
        return replace(weaker, needs_confirmation=True) if asks else Reading(weaker.text, None)

    def _threshold_for(self, reading: Reading, least: float = 0.0) -> float:
        """Least confidence, 0 to 1, of an accepted reading; `least`: no lower than that by the operating points."""
        if self._threshold is not None:
            return self._threshold
        return max(least, ACCEPT_AT_FOR.get(reading.intent or "", ACCEPT_AT))

    def _worth_confirming(self, reading: Reading, confidence: float) -> bool:
        """Whether Limber should ask for confirmation of a reading that is not accepted."""
        return self._threshold is None and reading.intent not in NEVER_CONFIRMED and confidence >= CONFIRM_AT

    def _accepted(self, expected: Reading, confidence: float) -> bool:
        """Whether a sentence of the closed grammar that is no alarm is accepted: what only suggests an alarm yields."""
        return _harmless(expected) and confidence >= max(ACCEPT_AT, self._threshold_for(expected))

    def _led_alarm_counts(self, alarm: Reading, expected: Reading, confidence: float, fuller: Reading | None) -> bool:
        """Whether an alarm in led text counts, though free text has none.

        It does not where free text holds several things, nor where the closed grammar is sure of another sentence.
        """
        if _harmless(expected) and confidence >= OUTDOES_ALARM_AT and alarm.confidence < LED_SURE_ALARM_AT:
            return False
        return alarm.confidence >= LED_ALARM_AT and not (fuller and fuller.confidence >= alarm.confidence)

    def _free_text_counts(self, free: Reading, transcript: Transcript, expected: Reading) -> bool:
        """Whether the reading of free text counts beside that of the closed grammar.

        An engine that weighs several sentences by their sound tells more than the letters of free text. There a short
        free text counts only where both agree, or where led text has the very same words; a longer one only
        with an intent of the coach's own.
        """
        if not transcript.candidates:
            return True
        if len(transcript.text.split()) <= SHORT_WORDS:
            led = transcript.led
            twice = bool(led) and words_of(led[0].text) == words_of(transcript.text)
            return (twice or free.intent == expected.intent) and free.confidence >= EXACT_TEXT_AT
        return free.intent in GUESSABLE


def _fuller(free: Reading, transcript: Transcript, expected: Reading) -> Reading | None:
    """The reading of free text where that holds more than the one sentence of the closed grammar; else None.

    It does where several things were meant, and where it begins with "stop" or the like and the sentence does not.
    """
    if free.intent is None or not transcript.expected:
        return None
    said, sentence = words_of(transcript.text), words_of(transcript.expected)
    begins, likewise = opening(said), opening(sentence)
    urged = begins is not None and begins.intent is not None and free.intent == begins.intent
    meant = {free.intent, *(each.intent for each in free.also)}
    several = bool(free.also or free.unread)
    if several and (expected.intent in meant or len(said) >= len(sentence) + CONTINUED_WORDS):
        shared = urged or expected.intent in meant
    elif begins and urged and likewise is None and begins.said.split()[0] not in sentence:
        shared = True
    else:
        return None
    # What the closed grammar found as well has a second witness.
    confidence = transcript.confidence * free.confidence
    witness = transcript.expected_confidence if expected.intent in meant else 0.0
    return replace(free, confidence=max(confidence * (1 if shared else UNSHARED_GUESS), witness))


def _harmless(reading: Reading) -> bool:
    """Whether a reading means something, and no alarm."""
    return reading.intent is not None and reading.intent not in ALARM_INTENTS


def _asleep(valid: Collection[str] | None) -> bool:
    """Whether the valid intents are those of a sleeping Limber, which hears its wake phrase and alarms alone."""
    return valid is not None and Intent.WAKE in valid and Intent.STOP not in valid


def _continues(text: str, sentence: str) -> bool:
    """Whether free text begins with the sentence and goes on: "carry on luggage only"."""
    said, words = words_of(text), words_of(sentence)
    return len(said) >= len(words) + CONTINUED_WORDS and said[: len(words)] == words


def _begins(text: str, sentence: str) -> bool:
    """Whether free text is only the beginning of the sentence: "I can't", of "I can't see"."""
    said, words = words_of(text), words_of(sentence)
    return len(said) < len(words) and words[: len(said)] == said


def _as_long(text: str, sentence: str) -> bool:
    """Whether free text and a sentence have about as many words, so that they may be one thing, heard twice."""
    return abs(len(words_of(text)) - len(words_of(sentence))) <= 1


def _garbled(transcript: Transcript, least: float) -> bool:
    """Whether free text is long, and so unsure (below `least`, 0 to 1) that nothing in it is believed."""
    return transcript.confidence < least and len(transcript.text.split()) >= GARBLED_WORDS


def _with_confidence(free: Reading, transcript: Transcript, expected: Reading) -> Reading:
    """The reading of free text, with the recogniser's confidence in that text counted in.

    A sentence of the templates, word for word, is likelier than its letters alone; so half of the doubt goes.
    """
    if not transcript.candidates:
        return free
    confidence = transcript.confidence
    if free.confidence == 1:
        return replace(free, confidence=(1 + confidence) / 2)
    share = 1 if free.intent == expected.intent else UNSHARED_GUESS
    return replace(free, confidence=free.confidence * confidence * share)


def cap_background_no(reading: Reading, speech: float, prominence: float) -> Reading:
    """Cap the confidence of a "no" amid background speech at UNSHARED_NO: it declines an offer, but never screens.

    `speech`: length of the speech in the utterance, in seconds. `prominence`: its level over what surrounds it, in dB.
    """
    longest = NO_SECONDS + NO_SECONDS_A_WORD * len(reading.text.split())
    if reading.intent == Intent.NO and (prominence < NO_PROMINENCE_DB or speech > longest):
        return replace(reading, confidence=min(reading.confidence, UNSHARED_NO))
    return reading
