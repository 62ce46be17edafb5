"""Understanding of a whole recording (`main.py hear`): offline, without a dialogue that could ask for confirmation."""

from collections.abc import Collection

from assistant.listening.decision import Decision, cap_background_no
from assistant.listening.transcription import transcribe
from assistant.operating_points import SCREENING_NO_AT
from assistant.states import VALID, State
from audio.asr.recogniser import Recogniser
from audio.samples import SAMPLE_RATE, Samples
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Utterance, speech_prominence_db
from intents.model import Intent, Reading
from intents.reader import IntentReader

RECORDING_MARGIN = SAMPLE_RATE * 3 // 10
"""Sound kept on each side of the speech in a recording, in samples at 16 kHz (0.3 s)."""


def understand_recording(
    recogniser: Recogniser,
    reader: IntentReader,
    samples: Samples,
    valid: Collection[str] | None = None,
    threshold: float | None = None,
) -> Reading:
    """Read a recording: mono, 16 kHz, shape (n,). The silence around its speech is cut off.

    `valid`: the valid intents; None: all. `threshold`: least confidence of an accepted reading, 0 to 1; None: the
    calibrated operating points. What Limber would ask about in a session is rejected here.
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
        reading = cap_background_no(reading, (until - began) / SAMPLE_RATE, prominence)
    else:
        reading = decision.reading(transcribe(recogniser, reader, samples, valid), valid)
    screened = valid is not None and valid == VALID[State.SCREENING] and threshold is None
    unsure_no = screened and reading.intent == Intent.NO and reading.confidence < SCREENING_NO_AT
    return Reading(reading.text, None) if reading.needs_confirmation or unsure_no else reading
