"""Urgent commands: the sentences that act before the endpoint, and a lone "stop" or "pause" over Limber's voice.

The lone word is accepted by its keyword score, without a recogniser: `python -m benchmarks.barge_in --only stop,alike`
measures recall and false accepts (docs/barge_in.md).
"""

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
"""Intents that are acted on while the person may still be speaking."""
LEAD_INS = ("", "no ", "okay ", "oh ", "um ")
"""Words that people say in one breath before an urgent sentence; each is part of the grammar."""


def urgent_sentences(reader: IntentReader, valid: Collection[str] | None) -> list[str]:
    """The urgent sentences of the valid intents (None: of all), each with every lead-in."""
    urgent = URGENT_INTENTS if valid is None else URGENT_INTENTS.intersection(valid)
    return [lead_in + text for lead_in in LEAD_INS for text in reader.speech_grammar.sentences(urgent)]


def decide(
    sound: HeardSound, valid: Collection[str] | None, reader: IntentReader, background: BackgroundSpeech
) -> Understood | None:
    """Accept a lone keyword over Limber's voice at the first gap after it; None: the sound is no such word.

    A pure function, so that the session's loop decides without waiting for the recogniser's thread. `background`: the
    loop's own record of background speech.
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
    """Read a phrase or an utterance as the keyword that scored best; None: the score is too low, or the sound too long.

    `level`: peak level of what was `said`, in dBFS. The confidence of the reading is the keyword score.
    """
    word, score = max(((word, sound.keyword_scores.get(word, 0.0)) for word in BARGE_IN_WORDS), key=itemgetter(1))
    brief = said.until - sound.utterance <= BARGE_IN_SAMPLES
    if score < BARGE_IN_ACTS_AT or not brief or background.is_amid(sound.utterance, level):
        return None
    reading = reader.read(word, valid)
    return replace(reading, confidence=score) if reading.intent in URGENT_INTENTS else None
