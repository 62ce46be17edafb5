"""The rehearsal: files for devices, block by block in lock-step: render, hear, step.

No thread, no wall clock: with the same files and a warm clip cache, two runs give the same bytes.
"""

from collections import deque
from collections.abc import Iterator
from typing import Protocol, assert_never

from assistant.dialogue.events import VoiceEnded
from assistant.dialogue.state import valid_now
from assistant.listening.front_end import FrontEnd
from assistant.listening.interpreter import Interpreter
from assistant.listening.sounds import EndpointHint, HeardSound, Overheard, Understood
from assistant.sessions.stage import Stage
from assistant.sessions.voice_events import VoiceEvents, heard_event, is_early, voice_event
from audio.aec.interface import NO_ECHO, Echo
from audio.aec.status import EchoStatus
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame
from audio.samples import Clip, silence
from audio.vad.utterance import Utterance
from intents.reader import IntentReader

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
    front_end: FrontEnd,
    interpreter: Interpreter,
    reader: IntentReader,
    echo: Echo = NO_ECHO,
    *,
    limit: Frame | None = None,
    latency: Frame = 0,
) -> None:
    """Run a session on files until it has been idle for a while after the microphone's end, or to the limit.

    `limit`: in frames. `latency`: what a live session would take from the last needed sample to the decision, in
    frames.
    """
    block = silence(BLOCK_FRAMES)
    voices = VoiceEvents(reader)
    undecided: deque[tuple[Frame, HeardSound | Understood]] = deque()
    idle: Frame = 0
    heard_so_far = 0

    def frame(sample: int) -> Frame:
        return max(0, round(sample * microphone.frames_per_sample))

    def played(sample: int) -> Frame:
        return frame(sample - echo.latency)

    def interpret(sound: HeardSound, valid: frozenset[str]) -> Iterator[Understood]:
        among = voices.to_interpret(sound, valid)
        for found in interpreter.hear(sound, among) if among is not None else ():
            match found:
                case EndpointHint():
                    front_end.hint(found)
                case Overheard():
                    voices.overheard(found)
                case Understood():
                    if voices.admits(found, early=is_early(sound)):
                        yield found
                case _:
                    assert_never(found)

    def hear(understood: Understood) -> None:
        stage.hear(heard_event(understood, played), reader.read, echo_possible=understood.echo_possible)

    stage.start()
    while idle < IDLE_END and (limit is None or stage.mixer.frame < limit):
        size = BLOCK_FRAMES if limit is None else min(BLOCK_FRAMES, limit - stage.mixer.frame)
        stage.render(block[:size])
        speaker.write(block[:size])
        echo.play(block[:size])
        samples = microphone.hear(block[:size])
        heard_so_far += len(samples)
        clean = echo.cancel(samples, frame(heard_so_far))
        for sound in front_end.feed(clean, valid_now(stage.conversation), EchoStatus.of(echo)):
            due, valid = frame(sound.decided) + latency, valid_now(stage.conversation)
            if not is_early(sound):
                undecided.append((due, sound))
            elif (urgent := voices.urgent(sound, valid)) is not None:
                undecided.append((due, urgent))
            else:
                # Interpreted as it is cut: when the utterance ends does not depend on how long deciding takes.
                undecided.extend((due, understood) for understood in interpret(sound, valid))
        while undecided and undecided[0][0] <= stage.mixer.frame:
            _, found = undecided.popleft()
            if isinstance(found, Understood):
                hear(found)
                continue
            event = voice_event(found, played)
            if event is not None:
                stage.take(event)
            if isinstance(found.content, Utterance):
                for understood in interpret(found, valid_now(stage.conversation)):
                    hear(understood)
                stage.take(VoiceEnded(played(found.content.until)))
        waiting = stage.quiet and microphone.exhausted and not undecided and not front_end.speaking
        idle = idle + size if waiting else 0
