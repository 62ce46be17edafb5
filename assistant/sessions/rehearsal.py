"""The rehearsal shell: files for devices, block by block in lock-step: render, hear, step.

No thread, no wall clock: with the same files and a warm clip cache, two runs give the same bytes.
"""

from collections import deque
from typing import Protocol

from assistant.dialogue.events import Heard, VoiceBegan, VoiceEnded
from assistant.dialogue.state import valid_now
from assistant.listening.barge_in import BargeInSuspected, DoubleTalkChanged
from assistant.listening.listener import Listener
from assistant.listening.sounds import Understood
from assistant.sessions.stage import Stage
from audio.aec.interface import Echo
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame
from audio.samples import Clip, silence
from audio.vad.utterance import SpeechBegan, Utterance

IDLE_END = 10 * FRAMES_PER_SECOND
"""A rehearsal ends after so many frames in which nothing was going on."""


class Microphone(Protocol):
    """Where sound is heard, at 16 kHz."""

    def hear(self, played: Clip) -> Clip:
        """The samples that it brings while these frames, at 48 kHz, are played; silence once nobody says more."""
        ...

    @property
    def frames_per_sample(self) -> float:
        """By its own clock; it need not run as the speaker's."""
        ...

    @property
    def exhausted(self) -> bool:
        """Nobody says more."""
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
    echo: Echo,
    *,
    limit: Frame | None = None,
    latency: Frame = 0,
) -> None:
    """Run a session on files until it has been idle for a while after the microphone's end, or to the limit.

    latency: what a live session would take from the last needed sample to the decision, in frames.
    """
    block = silence(BLOCK_FRAMES)
    undecided: deque[tuple[Frame, SpeechBegan | BargeInSuspected | DoubleTalkChanged | Utterance | Understood]] = (
        deque()
    )
    idle: Frame = 0
    heard_so_far = 0

    def frame(sample: int) -> Frame:
        return max(0, round(sample * microphone.frames_per_sample))

    stage.start()
    while idle < IDLE_END and (limit is None or stage.mixer.frame < limit):
        size = BLOCK_FRAMES if limit is None else min(BLOCK_FRAMES, limit - stage.mixer.frame)
        stage.render(block[:size])
        speaker.write(block[:size])
        echo.play(block[:size])
        samples = microphone.hear(block[:size])
        heard_so_far += len(samples)
        clean = echo.cancel(samples, frame(heard_so_far))
        for sound in listener.listen(clean):
            # A phrase is looked at as it comes: when the utterance ends does not depend on how long deciding takes.
            if isinstance(sound, SpeechBegan | BargeInSuspected | DoubleTalkChanged | Utterance):
                undecided.append((frame(sound.decided) + latency, sound))
            elif (understood := listener.hear(sound, valid_now(stage.conversation))) is not None:
                undecided.append((frame(sound.decided) + latency, understood))
        while undecided and undecided[0][0] <= stage.mixer.frame:
            _, heard = undecided.popleft()
            if isinstance(heard, SpeechBegan | BargeInSuspected):
                if not echo.echo_audible:
                    stage.take(VoiceBegan(frame(heard.at - echo.latency), isinstance(heard, BargeInSuspected)))
                continue
            if isinstance(heard, DoubleTalkChanged):
                at = frame(heard.decided - echo.latency)
                stage.take(VoiceBegan(at) if heard.began else VoiceEnded(at))
                continue
            understood = listener.hear(heard, valid_now(stage.conversation)) if isinstance(heard, Utterance) else heard
            if understood is not None:
                began, until = (frame(at - echo.latency) for at in (understood.began, understood.until))
                stage.hear(Heard(understood.reading, began, until), listener.read, guarded=understood.echo_possible)
            if isinstance(heard, Utterance):
                stage.take(VoiceEnded(frame(heard.until - echo.latency)))
        waiting = stage.quiet and microphone.exhausted and not undecided and not listener.speaking
        idle = idle + size if waiting else 0
