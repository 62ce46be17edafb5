"""Measures what listening costs while nobody speaks to Limber: echo canceller, VAD, keyword spotter and recogniser."""

import time
from collections.abc import Callable

import numpy as np

from assistant.listening.front_end import FrontEnd
from assistant.states import VALID, State
from audio.aec.canceller import SpeexEchoCanceller
from audio.aec.status import EchoStatus
from audio.asr.recogniser import Recogniser
from audio.frames import BLOCK_FRAMES
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE, Clip
from intents.reader import IntentReader


def share(sound: Clip, recogniser: Recogniser, reader: IntentReader) -> float:
    """Processor seconds a second of `sound` at 16 kHz, while Limber is idle."""
    valid = frozenset(VALID[State.IDLE])
    echo = SpeexEchoCanceller()
    front_end = FrontEnd(recogniser, reader)
    silence, step = np.zeros(BLOCK_FRAMES, np.float32), BLOCK_FRAMES // FRAMES_PER_SAMPLE
    listened = _over(sound, step, lambda block, until: _listen(front_end, valid, echo, silence, block, until))
    return listened / (len(sound) / SAMPLE_RATE)


def _listen(
    front_end: FrontEnd, valid: frozenset[str], echo: SpeexEchoCanceller, silence: Clip, block: Clip, until: int
) -> None:
    """Cancel the echo of a silent block and listen to it."""
    echo.play(silence)
    front_end.feed(echo.cancel(block, until), valid, EchoStatus.of(echo))


def _over(sound: Clip, step: int, take: Callable[[Clip, int], None]) -> float:
    """Processor seconds of taking a sound in blocks of `step` samples."""
    began = time.process_time()
    for at in range(0, len(sound) - step, step):
        take(sound[at : at + step], (at + step) * FRAMES_PER_SAMPLE)
    return time.process_time() - began
