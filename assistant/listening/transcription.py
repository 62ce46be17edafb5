"""Transcription: how an utterance is given to a recogniser, with the sentences of the valid intents as its grammar."""

from collections.abc import Collection

from assistant.states import VALID, State
from audio.asr.grammar import ClosedGrammar
from audio.asr.recogniser import Recogniser, Transcript
from audio.samples import Samples
from audio.vad.trim import trim_to_speech
from intents.model import ALARM_INTENTS, Intent
from intents.reader import IntentReader

WAKE_REQUEST_INTENTS = VALID[State.IDLE]
"""Intents that may follow the wake phrase in one breath: those that are valid once Limber is awake."""


def transcribe(
    recogniser: Recogniser,
    reader: IntentReader,
    samples: Samples,
    valid: Collection[str] | None,
    streamed: Transcript | None = None,
) -> Transcript:
    """Transcribe one utterance: mono, 16 kHz, shape (n,). `valid`: the valid intents; None: all.

    `streamed`: the transcript of a streaming recogniser that followed the utterance, where there is one.
    """
    sentences = reader.speech_grammar.sentences(valid)
    return recogniser.recognise(trim_to_speech(samples), sentences, streamed, closed_grammar(reader, valid))


def closed_grammar(reader: IntentReader, valid: Collection[str] | None) -> ClosedGrammar:
    """The closed grammar of the valid intents; while Limber sleeps, the wake phrase and alarms."""
    grammar = reader.speech_grammar
    if valid is not None and Intent.WAKE in valid and Intent.STOP not in valid:
        return ClosedGrammar(grammar.wake_grammar(WAKE_REQUEST_INTENTS, ALARM_INTENTS))
    return ClosedGrammar(grammar.walk, grammar.intent_mask(valid), grammar.common_phrases(valid), grammar.led_text)
