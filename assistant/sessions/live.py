"""The live session: a sound card, several threads, and one loop that alone owns the conversation.

    card's callbacks ─► rings ─► card's thread (renders, reports) ─────────────┐
    microphone's ring ─► front end ─► sounds ──────────────────────────────────┤
    recogniser's thread (interpreter) ─► interpretations ──────────────────────┼──► inbox ─► loop ─► stage
    voice's thread ─► clips that are ready ────────────────────────────────────┤
    keys ──────────────────────────────────────────────────────────────────────┘

Each thread owns its part, and threads share no state: they exchange immutable messages through queues.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeAlias, assert_never

from assistant.dialogue.events import DeviceBack, DeviceLost, Heard, Ready, VoiceEnded
from assistant.dialogue.state import state_of, valid_now
from assistant.listening.front_end import FrontEnd
from assistant.listening.interpreter import Interpreter
from assistant.listening.sounds import EndpointHint, HeardSound, Interpretation, Overheard, Understood
from assistant.reminders.local_zone import local_zone
from assistant.script import KEYS_KEY
from assistant.sessions import keyboard
from assistant.sessions.own.routine_watch import LOOK_SECONDS, RoutineWatch
from assistant.sessions.stage import Stage, look_at_clock, look_at_routines
from assistant.sessions.voice_events import FrameOf, VoiceEvents, heard_event, is_early, voice_event
from assistant.sessions.voice_thread import VoiceThread
from assistant.states import VALID, State
from assistant.timeline import entries
from audio.aec.interface import Echo
from audio.aec.status import EchoStatus
from audio.devices.duplex import CardReport, DeviceRestarted, DeviceStopped, DuplexCard, Underrun
from audio.devices.portaudio import DeviceChoice
from audio.frames import FRAMES_PER_SECOND, Frame
from audio.samples import FRAMES_PER_SAMPLE, silence
from audio.vad.utterance import Utterance
from intents.reader import IntentReader

FRONT_END_SECONDS = 0.01
"""Interval at which the front end fetches captured sound, in seconds."""
RECOGNISER_NICENESS = 10
"""Nice value of the recogniser's thread, so that the audio thread never waits for a processor."""
SWITCH_SECONDS = 0.001
"""Longest time, in seconds, that a Python thread keeps the global interpreter lock while another wants it."""
GARBAGE_OBJECTS = 50_000
"""Number of objects allocated since the last garbage collection from which on the next one runs.

A collection stops every thread, once for up to 0.17 s (docs/barge_in.md, "Live playback"); so it runs only while
nothing is said.
"""
FAREWELL_SECONDS = 3.0
"""Longest wait for each thread at the end, in seconds: Python may crash on exit while a thread still computes."""
WAKE_SECONDS = 0.05
"""Shortest time, in seconds, that the loop waits for a message where a reminder is due."""
CLOCK_SECONDS = 60.0
"""Interval, in seconds, at which the clock on the wall is looked at while reminders wait."""
LIMIT_STEP_SECONDS = 0.05
"""Interval at which the time limit is checked, in seconds."""


@dataclass(frozen=True, slots=True)
class _SoundCut:
    """Message: the front end cut a sound."""

    sound: HeardSound
    """The sound."""
    origin: Frame
    """Speaker frame of the microphone's sample 0, as estimated now: the devices' clocks drift apart."""

    def frame(self, sample: int) -> Frame:
        """Speaker frame at which a sample of the microphone was in the air."""
        return max(0, self.origin + sample * FRAMES_PER_SAMPLE)


@dataclass(frozen=True, slots=True)
class _Interpreted:
    """Message: the recogniser's thread interpreted a sound."""

    cut: _SoundCut
    """The sound."""
    found: list[Interpretation]
    """The results."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """Message: a key was pressed."""

    key: str
    """Its character."""


@dataclass(frozen=True, slots=True)
class EndRequested:
    """Message: the session is to end at once, without a word."""


InboxItem: TypeAlias = CardReport | _SoundCut | _Interpreted | Ready | KeyPressed | EndRequested
"""A message to the loop."""
_ToInterpret: TypeAlias = tuple[_SoundCut, frozenset[str], str | None]
"""A message to the recogniser's thread: a sound, the valid intents, and that on which a part has acted."""


class LiveSession:
    """The loop of a live session, and the queues that join the loop to the other threads."""

    def __init__(
        self,
        stage: Stage,
        voice: VoiceThread,
        inbox: SimpleQueue[InboxItem],
        reader: IntentReader,
        shown: Callable[[str], None],
        watch: RoutineWatch | None = None,
    ) -> None:
        """`inbox`: messages to the loop, from any thread. `shown`: called with the text of every utterance.

        `watch`: looks for routine files; None: nobody does.
        """
        self._stage, self._voice, self._inbox, self._reader, self._shown = stage, voice, inbox, reader, shown
        self._watch = watch
        self._voices = VoiceEvents(reader)
        self._zone = local_zone()
        self._to_interpret: SimpleQueue[_ToInterpret | None] = SimpleQueue()
        self._to_front_end: SimpleQueue[EndpointHint | frozenset[str]] = SimpleQueue()
        self._closing = threading.Event()
        self._deaf = threading.Event()
        """Set while Limber is muted: the front end drops what the microphone captures."""
        self._told_valid: frozenset[str] = frozenset()
        """The valid intents that the front end was told last."""

    def run(
        self,
        front_end: FrontEnd,
        interpreter: Interpreter,
        echo: Echo,
        devices: DeviceChoice,
        limit: float | None = None,
    ) -> int:
        """Run until an `EndRequested` or the end key comes, or for `limit` seconds; the frames that the speaker missed.

        Raises AudioError when the devices cannot be opened.
        """
        sys.setswitchinterval(SWITCH_SECONDS)
        # A full garbage collection stops every thread for longer than the speaker's buffer lasts.
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
            item = self._next_item()
            match item:
                case EndRequested() | KeyPressed(key=keyboard.END_KEY):
                    return
                case None:
                    self._stage.pass_time()
                case _:
                    self._handle(item)
            self._tell_front_end()

    def _next_item(self) -> InboxItem | None:
        """Wait for a message; None: the frame has come first at which Limber was to speak up, or to look at the clock.

        The clock is looked at only where reminders wait: it may be set, and the computer may sleep. Routine files are
        looked for where a profile keeps them.
        """
        look_at_routines(self._stage, self._watch)
        due = self._stage.pass_time()
        wait = None if due is None else max(WAKE_SECONDS, (due - self._stage.now) / FRAMES_PER_SECOND)
        if self._stage.conversation.reminders.kept:
            look_at_clock(self._stage, datetime.now(self._zone))
            wait = CLOCK_SECONDS if wait is None else min(wait, CLOCK_SECONDS)
        if self._watch is not None:
            wait = LOOK_SECONDS if wait is None else min(wait, LOOK_SECONDS)
        try:
            return self._inbox.get(timeout=wait)
        except Empty:
            return None

    def _handle(self, item: CardReport | _SoundCut | _Interpreted | Ready | KeyPressed) -> None:
        stage = self._stage
        match item:
            case Ready():
                stage.take(item)
            case _SoundCut():
                self._hear(item)
            case _Interpreted(cut=cut, found=found):
                self._interpreted(cut, found)
                if stage.quiet and gc.get_count()[0] > GARBAGE_OBJECTS:
                    gc.collect()
                    gc.freeze()
            case KeyPressed(key=key):
                if key == KEYS_KEY:
                    print(keyboard.HELP, file=sys.stderr, flush=True)
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

    def _hear(self, cut: _SoundCut) -> None:
        sound, valid = cut.sound, valid_now(self._stage.conversation)
        self._reader.learn(self._stage.conversation.own.known, self._stage.conversation.settings.wake_phrase)
        event = voice_event(sound, cut.frame)
        if event is not None:
            self._stage.take(event)
        urgent = self._voices.urgent(sound, valid)
        if urgent is not None:
            self._deliver(urgent, cut.frame)
            return
        if self._voices.can_act(sound) and (is_early(sound) or isinstance(sound.content, Utterance)):
            self._to_interpret.put((cut, valid, self._voices.acted(sound.utterance)))

    def _interpreted(self, cut: _SoundCut, found: list[Interpretation]) -> None:
        for each in found:
            match each:
                case EndpointHint():
                    self._to_front_end.put(each)
                case Overheard():
                    self._voices.overheard(each)
                case Understood():
                    if self._voices.admits(each, early=is_early(cut.sound)):
                        self._deliver(each, cut.frame)
                case _:
                    assert_never(each)
        if isinstance(cut.sound.content, Utterance):
            self._stage.take(VoiceEnded(self._stage.now))

    def _deliver(self, understood: Understood, frame: FrameOf) -> None:
        self._shown(understood.reading.text)
        self._stage.hear(heard_event(understood, frame), self._reader.read, echo_possible=understood.echo_possible)

    def _tell_front_end(self) -> None:
        """Send the valid intents to the front end when they have changed, and close the microphone while muted."""
        if state_of(self._stage.conversation) is State.MUTED:
            self._deaf.set()
        else:
            self._deaf.clear()
        valid = valid_now(self._stage.conversation)
        if valid != self._told_valid:
            self._told_valid = valid
            self._to_front_end.put(valid)

    # -- the other threads ----------------------------------------------------------------------------------------

    def _run_front_end(self, front_end: FrontEnd, card: DuplexCard, echo: Echo) -> None:
        """Cancel echo and cut sounds, never waiting for recognition, so that no sound is lost meanwhile."""
        fed, valid = 0, frozenset[str]()
        while not self._closing.wait(FRONT_END_SECONDS):
            for message in _drained(self._to_front_end):
                if isinstance(message, EndpointHint):
                    front_end.hint(message)
                else:
                    valid = message
            samples, until = card.captured()
            fed += len(samples)
            clean = echo.cancel(samples, until)
            if self._deaf.is_set():
                clean = silence(len(clean))  # muted: the samples go no further; time goes on
            for sound in front_end.feed(clean, valid, EchoStatus.of(echo)):
                self._inbox.put(_SoundCut(sound, until - (fed + echo.latency) * FRAMES_PER_SAMPLE))

    def _run_recogniser(self, interpreter: Interpreter) -> None:
        # The audio thread must never wait for this one: on Linux a thread can be nicer than its process.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), RECOGNISER_NICENESS)
        for each in VALID.values():  # so that the first utterance is recognised as fast as any other
            if self._to_interpret.empty():
                interpreter.warm_up(each)
        while (job := self._to_interpret.get()) is not None:
            cut, valid, acted = job
            if is_early(cut.sound) and not self._to_interpret.empty():
                continue  # a slow machine skips parts of utterances rather than fall behind
            found = interpreter.hear(cut.sound, valid, acted)
            if found or isinstance(cut.sound.content, Utterance):
                self._inbox.put(_Interpreted(cut, found))

    def _run_limit(self, card: DuplexCard, until: Frame | None) -> None:
        while until is None or card.next_changeable < until:
            if self._closing.wait(LIMIT_STEP_SECONDS):
                return
        self._inbox.put(EndRequested())


def _drained(queue: SimpleQueue[EndpointHint | frozenset[str]]) -> list[EndpointHint | frozenset[str]]:
    """Take everything out of a queue, in order."""
    found: list[EndpointHint | frozenset[str]] = []
    while True:
        try:
            found.append(queue.get_nowait())
        except Empty:
            return found
