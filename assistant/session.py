"""The rehearsal shell: files for devices, block by block in lock-step: render, hear, step.

No thread, no wall clock: with the same files and a warm clip cache, two runs give the same bytes.
"""

from collections import deque
from typing import Protocol

from assistant.conversation import valid_now
from assistant.events import Heard
from assistant.hearing import Listener, Understood
from assistant.stage import Stage
from audio.clip import Clip
from audio.segmenter import FRAMES_PER_SAMPLE, Utterance
from audio.silent import blank
from audio.timeline import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame

IDLE_END = 10 * FRAMES_PER_SECOND
"""A rehearsal ends after so many frames in which nothing was going on."""


class Microphone(Protocol):
    """Sound from somewhere, at 16 kHz."""

    def read(self, samples: int) -> Clip:
        """The next samples; silence once there are no more."""
        ...

    @property
    def exhausted(self) -> bool:
        """Nothing but silence will come."""
        ...


class Speaker(Protocol):
    """Where rendered blocks go."""

    def write(self, samples: Clip) -> None:
        """Take one block at 48 kHz."""
        ...


def rehearse(
    stage: Stage,
    microphone: Microphone,
    speaker: Speaker,
    listener: Listener,
    *,
    limit: Frame | None = None,
    latency: Frame = 0,
) -> None:
    """Run a session on files until it has been idle for a while after the microphone's end, or to the limit.

    latency: what a live session would take from the last needed sample to the decision, in frames.
    """
    block = blank(BLOCK_FRAMES)
    undecided: deque[tuple[Frame, Utterance | Understood]] = deque()
    idle: Frame = 0
    stage.start()
    while idle < IDLE_END and (limit is None or stage.mixer.frame < limit):
        size = BLOCK_FRAMES if limit is None else min(BLOCK_FRAMES, limit - stage.mixer.frame)
        stage.render(block[:size])
        speaker.write(block[:size])
        for sound in listener.listen(microphone.read(size // FRAMES_PER_SAMPLE)):
            # A phrase is looked at as it comes: when the utterance ends does not depend on how long deciding takes.
            heard = sound if isinstance(sound, Utterance) else listener.hear(sound, valid_now(stage.conversation))
            if heard is not None:
                undecided.append((sound.decided * FRAMES_PER_SAMPLE + latency, heard))
        while undecided and undecided[0][0] <= stage.mixer.frame:
            _, heard = undecided.popleft()
            understood = listener.hear(heard, valid_now(stage.conversation)) if isinstance(heard, Utterance) else heard
            if understood is not None:
                began, until = understood.began * FRAMES_PER_SAMPLE, understood.until * FRAMES_PER_SAMPLE
                stage.hear(Heard(understood.reading, began, until), listener.read)
        waiting = stage.quiet and microphone.exhausted and not undecided and not listener.speaking
        idle = idle + size if waiting else 0
