"""The live session: a sound card, threads, and one loop that alone owns the conversation.

    card's callbacks ─► rings ─► card's thread (renders, reports) ─────────────┐
    microphone's ring ─► front end ─► sounds ──────────────────────────────────┤
    recogniser's thread (interpreter) ─► interpretations ──────────────────────┼──► inbox ─► loop ─► stage
    voice's thread ─► clips that are ready ────────────────────────────────────┤
    keys ──────────────────────────────────────────────────────────────────────┘

Each thread owns its machine, and they share nothing: what one has to tell another goes through a queue.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeAlias

from assistant.dialogue.events import DeviceBack, DeviceLost, Heard, Ready, VoiceEnded
from assistant.dialogue.state import state_of, valid_now
from assistant.listening.front_end import FrontEnd
from assistant.listening.interpreter import Interpreter
from assistant.listening.sounds import EndpointHint, HeardSound, Interpretation, Overheard, Understood
from assistant.sessions import keyboard
from assistant.sessions.stage import Stage
from assistant.sessions.voice_events import FrameOf, VoiceEvents, heard_event, is_early, voice_event
from assistant.sessions.voice_thread import VoiceThread
from assistant.states import VALID
from assistant.timeline import entries
from audio.aec.interface import Echo
from audio.aec.status import EchoStatus
from audio.devices.duplex import CardReport, DeviceRestarted, DeviceStopped, DuplexCard, Underrun
from audio.devices.portaudio import DeviceChoice
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE
from audio.vad.utterance import Utterance
from intents.reader import IntentReader

FRONT_END_SECONDS = 0.01
"""How often the front end looks for new sound."""
RECOGNISER_NICENESS = 10
"""How much the recogniser's thread yields to the card's."""
SWITCH_SECONDS = 0.001
"""How long one thread may keep the interpreter lock from the others."""
GARBAGE_OBJECTS = 50_000
"""Objects made since garbage was collected after which it is collected again, once nothing is said."""
FAREWELL_SECONDS = 3.0
"""How long the end waits at most for each thread, once all is silent: one that still computes may crash Python."""
LIMIT_STEP_SECONDS = 0.05
"""How often the time limit is looked at."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The front end cut a sound."""

    sound: HeardSound
    origin: Frame
    """The frame of the first sample ever heard, by the clock of this moment: the two devices drift apart."""

    def frame(self, sample: int) -> Frame:
        """The frame of a sample."""
        return max(0, self.origin + sample * FRAMES_PER_SAMPLE)


@dataclass(frozen=True, slots=True)
class _Interpreted:
    """The recogniser's thread has dealt with a sound."""

    cut: _Cut
    found: list[Interpretation]


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key was pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class EndRequested:
    """Leave, saying nothing more."""


InboxItem: TypeAlias = CardReport | _Cut | _Interpreted | Ready | KeyPressed | EndRequested
_ToInterpret: TypeAlias = tuple[_Cut, frozenset[str]]


class LiveSession:
    """The loop, and the queues by which it meets the other threads. `run` returns when the session is over."""

    def __init__(
        self,
        stage: Stage,
        voice: VoiceThread,
        inbox: SimpleQueue[InboxItem],
        reader: IntentReader,
        shown: Callable[[str], None],
    ) -> None:
        """`inbox`: what any thread tells the loop; `shown` is told each text that was heard."""
        self._stage, self._voice, self._inbox, self._reader, self._shown = stage, voice, inbox, reader, shown
        self._voices = VoiceEvents(reader)
        self._to_interpret: SimpleQueue[_ToInterpret | None] = SimpleQueue()
        self._to_front_end: SimpleQueue[EndpointHint | frozenset[str]] = SimpleQueue()
        self._closing = threading.Event()
        self._listened_for: frozenset[str] = frozenset()

    def run(
        self,
        front_end: FrontEnd,
        interpreter: Interpreter,
        echo: Echo,
        devices: DeviceChoice,
        limit: float | None = None,
    ) -> int:
        """Run until an `EndRequested` comes into the inbox, or for `limit` seconds; the frames the speaker missed.

        Raises AudioError when the devices cannot be opened.
        """
        sys.setswitchinterval(SWITCH_SECONDS)
        # A full garbage collection stops every thread, for longer than the speaker can wait.
        gc.collect()
        gc.freeze()
        card = DuplexCard(self._stage.mixer, devices, self._inbox.put, echo.play)
        until = None if limit is None else int(limit * FRAMES_PER_SECOND)
        threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for name, target in (
                ("front end", partial(self._run_front_end, front_end, card, echo)),
                ("recogniser", partial(self._run_recogniser, interpreter)),
                ("voice", self._voice.run),
                ("limit", partial(self._run_limit, card, until)),
            )
        ]
        try:
            gc.disable()
            self._stage.connect(card)
            self._tell_front_end()
            for thread in threads:
                thread.start()
            self._stage.start()
            self._loop()
        finally:
            self._closing.set()
            self._to_interpret.put(None)
            self._voice.close()
            card.close()
            for thread in threads:
                thread.join(FAREWELL_SECONDS)
            gc.enable()
        return card.underruns

    # -- the loop's thread ----------------------------------------------------------------------------------------

    def _loop(self) -> None:
        while True:
            match self._inbox.get():
                case EndRequested() | KeyPressed(key=keyboard.END_KEY):
                    return
                case item:
                    self._handle(item)
                    self._tell_front_end()

    def _handle(self, item: CardReport | _Cut | _Interpreted | Ready | KeyPressed) -> None:
        stage = self._stage
        match item:
            case Ready():
                stage.take(item)
            case _Cut():
                self._hear(item)
            case _Interpreted(cut=cut, found=found):
                self._interpreted(cut, found)
                if stage.quiet and gc.get_count()[0] > GARBAGE_OBJECTS:
                    gc.collect()
                    gc.freeze()
            case KeyPressed(key=key):
                meant, now = keyboard.meaning_of_key(key, state_of(stage.conversation)), stage.now
                if meant is not None:
                    stage.take(Heard(meant, now, now, "key"))
            case Underrun(frames=frames, at=at):
                stage.timeline.add(at, entries.SpeakerUnderrun(frames))
            case DeviceStopped(kind=kind, at=at):
                stage.take(DeviceLost(kind, at))
            case DeviceRestarted(kind=kind, at=at):
                stage.take(DeviceBack(kind, at))
            case _:
                stage.reported(item)

    def _hear(self, cut: _Cut) -> None:
        sound, valid = cut.sound, frozenset(valid_now(self._stage.conversation))
        event = voice_event(sound, cut.frame)
        if event is not None:
            self._stage.take(event)
        urgent = self._voices.urgent(sound, valid)
        if urgent is not None:
            self._deliver(urgent, cut.frame)
            return
        among = self._voices.to_interpret(sound, valid)
        if among is not None and (is_early(sound) or isinstance(sound.content, Utterance)):
            self._to_interpret.put((cut, among))

    def _interpreted(self, cut: _Cut, found: list[Interpretation]) -> None:
        for each in found:
            match each:
                case EndpointHint():
                    self._to_front_end.put(each)
                case Overheard():
                    self._voices.overheard(each)
                case Understood():
                    if self._voices.admits(each, early=is_early(cut.sound)):
                        self._deliver(each, cut.frame)
        if isinstance(cut.sound.content, Utterance):
            self._stage.take(VoiceEnded(self._stage.now))

    def _deliver(self, understood: Understood, frame: FrameOf) -> None:
        self._shown(understood.reading.text)
        self._stage.hear(heard_event(understood, frame), self._reader.read, echo_possible=understood.echo_possible)

    def _tell_front_end(self) -> None:
        """A streaming recogniser expects what is valid when somebody begins to speak."""
        valid = frozenset(valid_now(self._stage.conversation))
        if valid != self._listened_for:
            self._listened_for = valid
            self._to_front_end.put(valid)

    # -- the other threads ----------------------------------------------------------------------------------------

    def _run_front_end(self, front_end: FrontEnd, card: DuplexCard, echo: Echo) -> None:
        """Wait for nothing but sound, so that nothing said is missed while something is being recognised."""
        fed, valid = 0, frozenset[str]()
        while not self._closing.wait(FRONT_END_SECONDS):
            for told in _drained(self._to_front_end):
                if isinstance(told, EndpointHint):
                    front_end.hint(told)
                else:
                    valid = told
            samples, until = card.captured()
            fed += len(samples)
            clean = echo.cancel(samples, until)
            for sound in front_end.feed(clean, valid, EchoStatus.of(echo)):
                self._inbox.put(_Cut(sound, until - (fed + echo.latency) * FRAMES_PER_SAMPLE))

    def _run_recogniser(self, interpreter: Interpreter) -> None:
        # The card's thread must never wait for this one: on Linux a thread can be nicer than its process.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), RECOGNISER_NICENESS)
        for allowed in VALID.values():  # the first answer shall come as soon as any
            if self._to_interpret.empty():
                interpreter.warm_up(allowed)
        while (job := self._to_interpret.get()) is not None:
            cut, valid = job
            if is_early(cut.sound) and not self._to_interpret.empty():
                continue  # a slow machine leaves parts out rather than lag behind
            found = interpreter.hear(cut.sound, valid)
            if found or isinstance(cut.sound.content, Utterance):
                self._inbox.put(_Interpreted(cut, found))

    def _run_limit(self, card: DuplexCard, until: Frame | None) -> None:
        while until is None or card.next_changeable < until:
            if self._closing.wait(LIMIT_STEP_SECONDS):
                return
        self._inbox.put(EndRequested())


def _drained(queue: SimpleQueue[EndpointHint | frozenset[str]]) -> list[EndpointHint | frozenset[str]]:
    """What a queue holds now, in order."""
    found: list[EndpointHint | frozenset[str]] = []
    while True:
        try:
            found.append(queue.get_nowait())
        except Empty:
            return found
