"""Measures what listening costs while nobody speaks to Limber: echo canceller, VAD, keyword spotter and recogniser."""

import time
from collections.abc import Callable

import numpy as np

from assistant.listening.listener import Listener
from assistant.states import VALID, State
from audio.aec.canceller import SpeexEchoCanceller
from audio.asr.engine import Recogniser
from audio.frames import BLOCK_FRAMES
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE, Clip
from intents.reader import IntentReader


def share(sound: Clip, recogniser: Recogniser, reader: IntentReader) -> float:
    """Processor seconds a second of `sound` at 16 kHz, while Limber is idle."""
    valid = frozenset(VALID[State.IDLE])
    echo = SpeexEchoCanceller()
    listener = Listener(recogniser, reader, None, lambda: valid, echo)
    silence, step = np.zeros(BLOCK_FRAMES, np.float32), BLOCK_FRAMES // FRAMES_PER_SAMPLE
    listened = _over(sound, step, lambda block, until: _listen(listener, echo, silence, block, until))
    return listened / (len(sound) / SAMPLE_RATE)


def _listen(listener: Listener, echo: SpeexEchoCanceller, silence: Clip, block: Clip, until: int) -> None:
    """Cancel the echo of a silent block and listen to it."""
    echo.play(silence)
    listener.listen(echo.cancel(block, until))


def _over(sound: Clip, step: int, take: Callable[[Clip, int], None]) -> float:
    """Processor seconds of taking a sound in blocks of `step` samples."""
    began = time.process_time()
    for at in range(0, len(sound) - step, step):
        take(sound[at : at + step], (at + step) * FRAMES_PER_SAMPLE)
    return time.process_time() - began
