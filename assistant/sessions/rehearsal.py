"""The rehearsal: a session on files instead of devices, in one thread: block by block render, listen, decide.

Without threads and wall clock a rehearsal is deterministic: the same input gives the same output, byte for byte, once
the clip cache is warm.
"""

from collections import deque
from collections.abc import Iterator
from typing import Protocol, assert_never

from assistant.dialogue.events import VoiceEnded
from assistant.dialogue.state import is_idle, state_of, valid_now
from assistant.listening.front_end import FrontEnd
from assistant.listening.interpreter import Interpreter
from assistant.listening.sounds import EndpointHint, HeardSound, Overheard, Understood
from assistant.sessions.stage import Stage
from assistant.sessions.voice_events import VoiceEvents, heard_event, is_early, voice_event
from assistant.states import State
from audio.aec.interface import NO_ECHO, Echo
from audio.aec.status import EchoStatus
from audio.asr.recogniser import Recogniser
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame
from audio.samples import Block, Samples, silence
from audio.vad.utterance import Utterance
from intents.reader import IntentReader

IDLE_END = 10 * FRAMES_PER_SECOND
"""Length of idle time, in frames (10 s), after which a rehearsal ends."""


class Microphone(Protocol):
    """A simulated microphone, at 16 kHz."""

    def hear(self, played: Block) -> Samples:
        """The samples that the microphone captures while a block (48 kHz) is played; silence after the recording."""
        ...

    @property
    def frames_per_sample(self) -> float:
        """Speaker frames per sample of the microphone, whose clock may run faster or slower than the speaker's."""
        ...

    @property
    def exhausted(self) -> bool:
        """Whether the recording has ended."""
        ...


class Speaker(Protocol):
    """A simulated speaker, at 48 kHz."""

    def write(self, samples: Block) -> None:
        """Take one rendered block: mono, 48 kHz, shape (frames,)."""
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
    """Run a session until the microphone is exhausted and nothing has happened for IDLE_END, or to the limit.

    `limit`: length of the session in frames; None: none. `latency`: frames by which each decision comes later than the
    last sample it needs, to imitate a live session.
    """
    rehearsal = _Rehearsal(stage, microphone, recogniser, reader, echo, latency)
    block = silence(BLOCK_FRAMES)
    idle: Frame = 0
    stage.start()
    while (idle < IDLE_END or not stage.quiet) and (limit is None or stage.mixer.frame < limit):
        size = BLOCK_FRAMES if limit is None else min(BLOCK_FRAMES, limit - stage.mixer.frame)
        stage.render(block[:size])
        speaker.write(block[:size])
        rehearsal.listen(block[:size])
        rehearsal.decide()
        idle = idle + size if rehearsal.waiting else 0


class _Rehearsal:
    """Front end, interpreter and stage of a rehearsal, in one thread."""

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
        """Whether nothing goes on but a reminder, and the recording has ended."""
        pending = self._undecided or self._front_end.speaking
        return is_idle(self._stage.conversation) and self._microphone.exhausted and not pending

    def listen(self, played: Block) -> None:
        """Process what the microphone captures while a block (48 kHz) is played."""
        self._echo.play(played)
        samples = self._microphone.hear(played)
        self._heard += len(samples)
        clean = self._echo.cancel(samples, self._frame(self._heard))
        if state_of(self._stage.conversation) is State.MUTED:
            clean = silence(len(clean))  # the microphone is closed; time goes on
        for sound in self._front_end.feed(clean, self._valid, EchoStatus.of(self._echo)):
            due = self._frame(sound.decided) + self._latency
            if not is_early(sound):
                self._undecided.append((due, sound))
            elif (urgent := self._voices.urgent(sound, self._valid)) is not None:
                self._undecided.append((due, urgent))
            else:
                # Interpreted at once, without the latency: the endpoint must not depend on how long a decision takes.
                self._undecided.extend((due, understood) for understood in self._interpret(sound))

    def decide(self) -> None:
        """Take the sounds and readings that are due by now."""
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
        if not self._voices.can_act(sound):
            return
        self._reader.learn(self._stage.conversation.own.known, self._stage.conversation.settings.wake_phrase)
        for found in self._interpreter.hear(sound, self._valid, self._voices.acted(sound.utterance)):
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
        """Speaker frame at which the microphone captures a sample."""
        return max(0, round(sample * self._microphone.frames_per_sample))

    def _played(self, sample: int) -> Frame:
        """Speaker frame at which a sample of the canceller's output was captured; the canceller delays the signal."""
        return self._frame(sample - self._echo.latency)
