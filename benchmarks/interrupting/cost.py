"""What listening costs while nobody speaks to Limber: canceller, gate, voice activity and all that looks for words."""

import time
from collections.abc import Callable

import numpy as np

from assistant.hearing import Listener
from assistant.validity import VALID, State
from audio.clip import Clip
from audio.echo import EchoCanceller
from audio.hearing.ear import Ear
from audio.segmenter import FRAMES_PER_SAMPLE, RATE
from audio.timeline import BLOCK_FRAMES
from intents.recognize import Recognizer


def share(sound: Clip, ear: Ear, recognizer: Recognizer) -> float:
    """Of one core, while Limber is idle and the microphone brings this, at 16 kHz."""
    valid = frozenset(VALID[State.IDLE])
    echo = EchoCanceller()
    listener = Listener(ear, recognizer, None, lambda: valid, echo)
    silence, step = np.zeros(BLOCK_FRAMES, np.float32), BLOCK_FRAMES // FRAMES_PER_SAMPLE
    listened = _over(sound, step, lambda block, until: _listen(listener, echo, silence, block, until))
    return listened / (len(sound) / RATE)


def _listen(listener: Listener, echo: EchoCanceller, silence: Clip, block: Clip, until: int) -> None:
    echo.play(silence)
    listener.listen(echo.clean(block, until))


def _over(sound: Clip, step: int, take: Callable[[Clip, int], None]) -> float:
    began = time.process_time()
    for at in range(0, len(sound) - step, step):
        take(sound[at : at + step], (at + step) * FRAMES_PER_SAMPLE)
    return time.process_time() - began
