"""The live shell: a sound card, threads, and one loop that alone owns the conversation.

    card's callbacks ─► rings ─► card thread (renders, reports) ──┐
    microphone ring ──► front end (voice activity, utterances) ───┤
    recogniser thread ◄─ utterances ◄─ loop ─► voice thread ──────┼──► inbox ─► loop
    keys ─────────────────────────────────────────────────────────┘

Nothing but the loop touches the state; the others bring it events and take its orders.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TypeAlias, assert_never

from assistant import entries, keys
from assistant.conversation import Conversation, state_of, valid_now
from assistant.events import (
    Action,
    DeviceBack,
    DeviceLost,
    Event,
    Heard,
    Note,
    Prepare,
    Ready,
    Record,
    Save,
    Schedule,
    SetVolume,
    Signal,
    Silence,
    VoiceBegan,
    VoiceEnded,
)
from assistant.guidance import Guidance
from assistant.hearing import Listener, ToHear, Understood
from assistant.likely import likely
from assistant.over import Alarm, Over
from assistant.profile import Profile
from assistant.stage import Clips, Stage
from assistant.validity import VALID, State
from audio.card import Back, Card, CardReport, Lost, Underrun
from audio.clip import Clip
from audio.device import Chosen
from audio.echo import Echo
from audio.lull import Lull
from audio.mixer import Mixer
from audio.segmenter import FRAMES_PER_SAMPLE, SpeechBegan, Utterance
from audio.timeline import FRAMES_PER_SECOND, Cue, Earcon, Frame, Score, Sound

FRONT_END_SECONDS = 0.01
"""How often the front end looks for new sound."""
NICE = 10
"""How much the recogniser yields to the card's thread."""
SWITCH_SECONDS = 0.001
"""How long one thread may keep the interpreter from the others."""
MUCH = 50_000
"""Objects since garbage was looked for after which it is looked for again."""
KEPT_CLIPS = 200
"""Clips at hand for the mixer; the oldest make room."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An utterance ended, or may have."""

    sound: ToHear
    origin: Frame
    """That of the first sample ever listened to, by the clock of this moment: the two devices drift apart."""


@dataclass(frozen=True, slots=True)
class _Understood:
    """The recogniser has dealt with an utterance, or with a part of it."""

    understood: Understood | None
    """None: it was nothing."""
    origin: Frame
    """As of what was spoken."""
    ended: bool
    """It was the utterance, and the voice has fallen silent."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The voice has the clips of a `Prepare`."""

    ready: Ready


@dataclass(frozen=True, slots=True)
class Key:
    """A key was pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class End:
    """Leave, saying nothing more."""


_Item: TypeAlias = CardReport | _Spoken | _Understood | _Prepared | Key | End


class LiveStage(Stage):
    """A stage whose mixer belongs to the card, and whose voice has a thread of its own."""

    def __init__(
        self,
        conversation: Conversation,
        guidance: Guidance,
        voice: Clips,
        spoken: Callable[[str], None],
        profile: Profile | None,
    ) -> None:
        super().__init__(conversation, guidance, voice, spoken, profile)
        self._voice = voice
        self._at_hand: dict[Sound, Clip] = {}
        self.mixer = Mixer(self._at_hand.__getitem__)
        self.inbox: SimpleQueue[_Item] = SimpleQueue()
        self._to_prepare: SimpleQueue[Prepare | tuple[Sound, ...] | None] = SimpleQueue()
        self._expected: State | None = None
        self._speak: Callable[[Callable[[Mixer], None]], None] = lambda command: command(self.mixer)
        self._next: Callable[[], Frame] = lambda: self.mixer.frame

    @property
    def now(self) -> Frame:
        """The next frame that the card can change."""
        return self._next()

    def connect(self, card: Card) -> None:
        """From now on the card's thread alone touches the mixer."""
        self._speak, self._next = card.do, lambda: card.next

    def prepare_forever(self) -> None:
        """The voice's thread: what is asked for, and in between what is likely asked for next."""
        while (wanted := self._to_prepare.get()) is not None:
            if isinstance(wanted, Prepare):
                self.inbox.put(_Prepared(Ready(wanted.id, self.fetch(wanted.sounds))))
                continue
            for sound in wanted:
                if not self._to_prepare.empty():
                    break
                self.fetch([sound])

    def take(self, event: Event) -> None:
        """Step through an event; in a new state other things are likely to be said."""
        super().take(event)
        state = state_of(self.conversation)
        if state != self._expected:
            self._expected = state
            self._to_prepare.put(likely(self.conversation, self._guidance))

    def fetch(self, sounds: Iterable[Sound]) -> tuple[Frame, ...]:
        """Have clips at hand; their lengths in frames."""
        lengths = []
        for sound in sounds:
            clip = self._at_hand.pop(sound, None)
            self._at_hand[sound] = clip = self._voice.clip(sound) if clip is None else clip
            lengths.append(len(clip))
        for old in list(self._at_hand)[: max(0, len(self._at_hand) - KEPT_CLIPS)]:
            del self._at_hand[old]
        return tuple(lengths)

    def end(self) -> None:
        """Let the voice's thread end."""
        self._to_prepare.put(None)

    def _perform(self, action: Action) -> None:
        match action:
            case Prepare():
                self._to_prepare.put(action)
            case Schedule(score=score, at=at, replaces=replaces):
                self._expect(score)
                self._speak(lambda mixer: mixer.schedule(score, at, replaces))
            case Silence(id=id):
                self._speak(lambda mixer: mixer.silence(id))
            case Signal(id=id, name=name):
                earcon = Score(id, (Cue(0, Earcon(name)),), 0)
                self.fetch([Earcon(name)])
                self._expect(earcon)
                self._speak(lambda mixer: mixer.schedule(earcon))
            case SetVolume(decibels=decibels):
                self._speak(lambda mixer: mixer.volume(decibels))
            case Note() | Save() | Record():
                super()._perform(action)
            case _:
                assert_never(action)


def run(
    stage: LiveStage,
    listener: Listener,
    echo: Echo,
    devices: Chosen,
    heard: Callable[[str], None],
    limit: float | None = None,
) -> int:
    """Run until an `End` comes into the inbox, or for so many seconds; the frames missed by the speaker.

    `heard` is told each text that was heard. Raises AudioError when the devices cannot be opened.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    # To look through all there is for garbage stops every thread, for longer than the speaker can wait.
    gc.collect()
    gc.freeze()
    card = Card(stage.mixer, devices, stage.inbox.put, echo.play)
    to_hear: SimpleQueue[tuple[_Spoken, frozenset[str]] | None] = SimpleQueue()
    closing = threading.Event()
    threads = [
        threading.Thread(target=target, name=name, daemon=True)
        for name, target in (
            ("front end", partial(_front_end, card, stage, listener, echo, closing)),
            ("recogniser", partial(_recogniser, listener, stage.inbox, to_hear)),
            ("voice", stage.prepare_forever),
        )
    ]
    try:
        gc.disable()
        stage.connect(card)
        for thread in threads:
            thread.start()
        stage.start()
        until = None if limit is None else int(limit * FRAMES_PER_SECOND)
        if until is not None:
            threading.Thread(target=_ender, args=(stage, until, closing), daemon=True).start()
        _loop(stage, listener, echo, to_hear, heard)
    finally:
        closing.set()
        to_hear.put(None)
        stage.end()
        card.close()
        # All is silent. Each ends with what it is computing: the interpreter would crash if it went meanwhile.
        for thread in threads:
            thread.join()
        gc.enable()
    return card.underruns


def _loop(
    stage: LiveStage,
    listener: Listener,
    echo: Echo,
    to_hear: SimpleQueue[tuple[_Spoken, frozenset[str]] | None],
    heard: Callable[[str], None],
) -> None:
    while True:
        item = stage.inbox.get()
        match item:
            case End():
                return
            case _Prepared(ready=ready):
                stage.take(ready)
            case _Spoken(sound=SpeechBegan() | Alarm() as voice, origin=origin):
                if not echo.hears_itself:
                    began = max(0, origin + voice.at * FRAMES_PER_SAMPLE)
                    stage.take(VoiceBegan(began, isinstance(voice, Alarm)))
            case _Spoken(sound=Over() as over, origin=origin):
                at = max(0, origin + over.decided * FRAMES_PER_SAMPLE)
                stage.take(VoiceBegan(at) if over.began else VoiceEnded(stage.now))
            case _Spoken(sound=sound, origin=origin):
                valid = frozenset(valid_now(stage.conversation))
                # Known without the recogniser, which may be busy.
                at_once = listener.interrupted(sound, valid) if isinstance(sound, Lull) else None
                if at_once is None:
                    to_hear.put((item, valid))
                else:
                    _hear(stage, listener, at_once, origin, heard)
            case _Understood(understood=understood, origin=origin, ended=ended):
                if understood is not None:
                    _hear(stage, listener, understood, origin, heard)
                if ended:
                    stage.take(VoiceEnded(stage.now))
                if stage.quiet and gc.get_count()[0] > MUCH:
                    gc.collect()
                    gc.freeze()
            case Key(key=keys.END):
                return
            case Key(key=key):
                meant, now = keys.meaning(key, state_of(stage.conversation)), stage.now
                if meant is not None:
                    stage.take(Heard(meant, now, now, "key"))
            case Underrun(frames=frames, at=at):
                stage.timeline.add(at, entries.Underrun(frames))
            case Lost(kind=kind, at=at):
                stage.take(DeviceLost(kind, at))
            case Back(kind=kind, at=at):
                stage.take(DeviceBack(kind, at))
            case _:
                stage.reported(item)


def _hear(
    stage: LiveStage, listener: Listener, understood: Understood, origin: Frame, heard: Callable[[str], None]
) -> None:
    heard(understood.reading.text)
    began, until = (max(0, origin + at * FRAMES_PER_SAMPLE) for at in (understood.began, understood.until))
    stage.hear(Heard(understood.reading, began, until), listener.read, guarded=understood.guarded)


def _front_end(card: Card, stage: LiveStage, listener: Listener, echo: Echo, closing: threading.Event) -> None:
    """Never waits for anything but sound, so that nothing said is missed while something is being recognised."""
    fed = 0
    while not closing.wait(FRONT_END_SECONDS):
        samples, until = card.heard()
        fed += len(samples)
        for sound in listener.listen(echo.clean(samples, until)):
            stage.inbox.put(_Spoken(sound, until - (fed + echo.latency) * FRAMES_PER_SAMPLE))


def _recogniser(
    listener: Listener,
    inbox: SimpleQueue[_Item],
    to_hear: SimpleQueue[tuple[_Spoken, frozenset[str]] | None],
) -> None:
    # The card's thread must never wait for this one: on Linux a thread can be nicer than its process.
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    for allowed in VALID.values():  # the first answer shall come as soon as any
        if to_hear.empty():
            listener.warm_up(allowed)
    while (job := to_hear.get()) is not None:
        spoken, valid = job
        if not isinstance(spoken.sound, Utterance) and not to_hear.empty():
            continue  # a slow machine leaves looks out rather than lag behind
        whole = isinstance(spoken.sound, Utterance)
        understood = listener.hear(spoken.sound, valid)
        if understood is None and not whole:
            continue
        inbox.put(_Understood(understood, spoken.origin, whole))


def _ender(stage: LiveStage, until: Frame, closing: threading.Event) -> None:
    while stage.now < until:
        if closing.wait(0.05):
            return
    stage.inbox.put(End())
