"""What acts at once: the sentences that do, and a lone "stop" over Limber's own voice, known by its sound alone."""

from collections.abc import Collection
from dataclasses import replace
from operator import itemgetter

from assistant.listening.background_speech import BackgroundSpeech
from assistant.listening.sounds import HeardSound, Understood
from assistant.operating_points import BARGE_IN_ACTS_AT, BARGE_IN_SAMPLES, BARGE_IN_WORDS
from audio.samples import peak_level_db
from audio.vad.endpoint import EndpointCandidate
from audio.vad.utterance import Utterance
from intents.model import Intent, Reading
from intents.reader import IntentReader

URGENT_INTENTS = frozenset({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS})
"""Intents that are acted on while the person may still speak."""
LEAD_INS = ("", "no ", "okay ", "oh ", "um ")
"""What people say in one breath before an urgent sentence."""


def urgent_sentences(reader: IntentReader, valid: Collection[str] | None) -> list[str]:
    """The sentences that act early, of the intents that are valid now, with every lead-in."""
    urgent = URGENT_INTENTS if valid is None else URGENT_INTENTS.intersection(valid)
    return [lead_in + text for lead_in in LEAD_INS for text in reader.speech_grammar.sentences(urgent)]


def decide(
    sound: HeardSound, valid: Collection[str] | None, reader: IntentReader, background: BackgroundSpeech
) -> Understood | None:
    """What a lone word over Limber's own voice means by its sound alone, at its end; None: nothing that is sure.

    A function of its arguments, so that the loop decides without waiting for the recogniser's thread.
    """
    candidate = sound.content
    if not isinstance(candidate, EndpointCandidate) or candidate.began != candidate.utterance:
        return None
    reading = barge_in(sound, candidate, peak_level_db(candidate.samples), valid, reader, background)
    if reading is None:
        return None
    return Understood(reading, candidate.began, candidate.until, sound.utterance, sound.echo_possible)


def barge_in(
    sound: HeardSound,
    said: EndpointCandidate | Utterance,
    level: float,
    valid: Collection[str] | None,
    reader: IntentReader,
    background: BackgroundSpeech,
) -> Reading | None:
    """The reading of one brief keyword, of a peak level in dBFS: over Limber's voice hardly anything else is said."""
    word, score = max(((word, sound.keyword_scores.get(word, 0.0)) for word in BARGE_IN_WORDS), key=itemgetter(1))
    brief = said.until - sound.utterance <= BARGE_IN_SAMPLES
    if score < BARGE_IN_ACTS_AT or not brief or background.is_amid(sound.utterance, level):
        return None
    reading = reader.read(word, valid)
    return replace(reading, confidence=score) if reading.intent in URGENT_INTENTS else None
