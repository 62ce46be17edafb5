"""What a whole recording means: nobody can be asked, and there is no moment before or after it."""

from collections.abc import Collection

from assistant.listening.decision import Decision, doubted_no
from assistant.listening.transcription import transcribe
from assistant.operating_points import SCREENING_NO_AT
from assistant.states import VALID, State
from audio.asr.recogniser import Recogniser
from audio.samples import SAMPLE_RATE, Clip
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Utterance, speech_prominence_db
from intents.model import Intent, Reading
from intents.reader import IntentReader

RECORDING_MARGIN = SAMPLE_RATE * 3 // 10
"""Samples kept on each side of the speech in a recording."""


def understand_recording(
    recogniser: Recogniser,
    reader: IntentReader,
    samples: Clip,
    valid: Collection[str] | None = None,
    threshold: float | None = None,
) -> Reading:
    """The reading of a recording: mono, 16 kHz, shape (n,), of its speech without the silence around it.

    `threshold`: the confidence from which a reading counts, 0 to 1; None: the calibrated operating points. What would
    be confirmed in a session is no reading here.
    """
    decision, segmenter = Decision(reader, threshold), Segmenter()
    segments = [*segmenter.feed(samples), *segmenter.flush()]
    utterances = [segment for segment in segments if isinstance(segment, Utterance)]
    if utterances:
        began, until = utterances[0].began, utterances[-1].until
        first = max(0, began - RECORDING_MARGIN)
        samples = samples[first : until + RECORDING_MARGIN]
        prominence = speech_prominence_db(samples, began - first, until - first)
        reading = decision.reading(transcribe(recogniser, reader, samples, valid), valid)
        reading = doubted_no(reading, (until - began) / SAMPLE_RATE, prominence)
    else:
        reading = decision.reading(transcribe(recogniser, reader, samples, valid), valid)
    screened = valid is not None and valid == VALID[State.SCREENING] and threshold is None
    unsure = screened and reading.intent == Intent.NO and reading.confidence < SCREENING_NO_AT
    return Reading(reading.text, None) if reading.needs_confirmation or unsure else reading
