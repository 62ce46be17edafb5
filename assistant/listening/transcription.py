"""One way to ask a recogniser what an utterance says, with the sentences that are valid now as its grammar."""

from collections.abc import Collection

from assistant.states import VALID, State
from audio.asr.grammar import ClosedGrammar
from audio.asr.recogniser import Recogniser, Transcript
from audio.samples import Clip
from audio.vad.trim import trim_to_speech
from intents.model import Intent
from intents.reader import IntentReader

WAKE_REQUEST_INTENTS = VALID[State.IDLE]
"""Intents that may be asked for in one breath with the wake phrase."""


def transcribe(
    recogniser: Recogniser,
    reader: IntentReader,
    samples: Clip,
    valid: Collection[str] | None,
    streamed: Transcript | None = None,
) -> Transcript:
    """The transcript of one utterance: mono, 16 kHz, shape (n,).

    `streamed`: what the recogniser heard of it while it was spoken, where one followed it.
    """
    sentences = reader.speech_grammar.sentences(valid)
    return recogniser.recognise(trim_to_speech(samples), sentences, streamed, closed_grammar(reader, valid))


def closed_grammar(reader: IntentReader, valid: Collection[str] | None) -> ClosedGrammar:
    """The sentences that mean something now; asleep, the wake phrase alone or before a request."""
    grammar = reader.speech_grammar
    if valid is not None and Intent.WAKE in valid and Intent.STOP not in valid:
        return ClosedGrammar(grammar.wake_grammar(WAKE_REQUEST_INTENTS))
    return ClosedGrammar(
        grammar.walk, grammar.intent_mask(valid), grammar.common_phrases(valid), grammar.fallback_grammar
    )
