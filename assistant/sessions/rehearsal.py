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
from audio.asr.recogniser import Recogniser
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
    recogniser: Recogniser,
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
    rehearsal = _Rehearsal(stage, microphone, recogniser, reader, echo, latency)
    block = silence(BLOCK_FRAMES)
    idle: Frame = 0
    stage.start()
    while idle < IDLE_END and (limit is None or stage.mixer.frame < limit):
        size = BLOCK_FRAMES if limit is None else min(BLOCK_FRAMES, limit - stage.mixer.frame)
        stage.render(block[:size])
        speaker.write(block[:size])
        rehearsal.listen(block[:size])
        rehearsal.decide()
        idle = idle + size if rehearsal.waiting else 0


class _Rehearsal:
    """The machines of listening beside a stage, in one thread."""

    def __init__(
        self,
        stage: Stage,
        microphone: Microphone,
        recogniser: Recogniser,
        reader: IntentReader,
        echo: Echo,
        latency: Frame,
    ) -> None:
        self._stage, self._microphone, self._echo, self._latency = stage, microphone, echo, latency
        self._front_end, self._interpreter = FrontEnd(recogniser, reader), Interpreter(recogniser, reader)
        self._reader = reader
        self._voices = VoiceEvents(reader)
        self._undecided: deque[tuple[Frame, HeardSound | Understood]] = deque()
        self._heard = 0

    @property
    def waiting(self) -> bool:
        """Nothing is going on, and nobody says more."""
        pending = self._undecided or self._front_end.speaking
        return self._stage.quiet and self._microphone.exhausted and not pending

    def listen(self, played: Clip) -> None:
        """Hear what the microphone brings while these frames, at 48 kHz, are played."""
        self._echo.play(played)
        samples = self._microphone.hear(played)
        self._heard += len(samples)
        clean = self._echo.cancel(samples, self._frame(self._heard))
        for sound in self._front_end.feed(clean, self._valid, EchoStatus.of(self._echo)):
            due = self._frame(sound.decided) + self._latency
            if not is_early(sound):
                self._undecided.append((due, sound))
            elif (urgent := self._voices.urgent(sound, self._valid)) is not None:
                self._undecided.append((due, urgent))
            else:
                # Interpreted as it is cut: when the utterance ends does not depend on how long deciding takes.
                self._undecided.extend((due, understood) for understood in self._interpret(sound))

    def decide(self) -> None:
        """Step through what is due by now."""
        while self._undecided and self._undecided[0][0] <= self._stage.mixer.frame:
            _, found = self._undecided.popleft()
            if isinstance(found, Understood):
                self._deliver(found)
                continue
            event = voice_event(found, self._played)
            if event is not None:
                self._stage.take(event)
            if isinstance(found.content, Utterance):
                for understood in self._interpret(found):
                    self._deliver(understood)
                self._stage.take(VoiceEnded(self._played(found.content.until)))

    @property
    def _valid(self) -> frozenset[str]:
        return valid_now(self._stage.conversation)

    def _interpret(self, sound: HeardSound) -> Iterator[Understood]:
        among = self._voices.to_interpret(sound, self._valid)
        for found in self._interpreter.hear(sound, among) if among is not None else ():
            match found:
                case EndpointHint():
                    self._front_end.hint(found)
                case Overheard():
                    self._voices.overheard(found)
                case Understood():
                    if self._voices.admits(found, early=is_early(sound)):
                        yield found
                case _:
                    assert_never(found)

    def _deliver(self, understood: Understood) -> None:
        heard = heard_event(understood, self._played)
        self._stage.hear(heard, self._reader.read, echo_possible=understood.echo_possible)

    def _frame(self, sample: int) -> Frame:
        """The frame at which the microphone brings a sample."""
        return max(0, round(sample * self._microphone.frames_per_sample))

    def _played(self, sample: int) -> Frame:
        """The frame of a sample that the canceller gives, which is behind the microphone."""
        return self._frame(sample - self._echo.latency)
