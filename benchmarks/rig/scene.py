"""A session in a room, driven by keys, in which somebody speaks while Limber does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assistant.dialogue.events import Heard
from assistant.dialogue.state import Conversation, state_of, valid_now
from assistant.guidance.loader import load_guidance
from assistant.listening.listener import Listener
from assistant.sessions import keyboard
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.start import REFERENCE_LINE
from assistant.timeline import entries
from audio.aec.canceller import open_echo
from audio.aec.interface import Echo, EchoMode
from audio.asr.engine import Recogniser
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame, frames
from audio.samples import SAMPLE_RATE, Clip, active_rms
from audio.simulation.room import ABSENT_PERSON_LEVEL, Room, Surroundings
from audio.tts.voice import Voice
from intents.model import Intent, Reading
from intents.reader import IntentReader

GUIDANCE = load_guidance()
Plot = Iterator[None]
"""What happens in a scene: it goes on after each block that it yields."""


AUDIBLE = 10 ** (-50 / 20)
"""The amplitude from which a speaker is not silent."""


class Loudness:
    """A speaker that keeps nothing but which blocks of it were silent."""

    def __init__(self) -> None:
        self._sounds: list[bool] = []

    def write(self, samples: Clip) -> None:
        """See `Speaker`."""
        self._sounds.append(bool(np.abs(samples).max(initial=0.0) > AUDIBLE))

    def silent_before(self, at: Frame) -> Frame:
        """Since when it was silent at a frame, in whole blocks."""
        block = at // BLOCK_FRAMES
        while block > 0 and not self._sounds[block - 1]:
            block -= 1
        return min(at, block * BLOCK_FRAMES)


@dataclass(frozen=True)
class Said:
    """A line that Limber began to say."""

    text: str
    at: Frame


class Scene:
    """Limber in a room; also the microphone there, by which the plot goes on."""

    def __init__(self, around: Surroundings, plot: Callable[["Scene"], Plot], voice: Voice, words: Clip) -> None:
        """`words`: something that the person says, as loud as all that they say."""
        self.said: list[Said] = []
        self.stage = Stage(Conversation(cleared=True), GUIDANCE, voice, self._told)
        self._room = Room(around, words, voice.clip(REFERENCE_LINE))
        self._room.mute_person()
        self.frames_per_sample = self._room.frames_per_sample
        self._plot = plot(self)
        self.speaker = Loudness()
        self.exhausted = False

    def run(self, recogniser: Recogniser, reader: IntentReader, mode: EchoMode = "auto", latency: float = 0.0) -> Echo:
        """To its end. `latency`: seconds, of a live session."""
        echo = open_echo(mode)
        listener = Listener(recogniser, reader, None, lambda: valid_now(self.stage.conversation), echo)
        rehearse(self.stage, self, self.speaker, listener, echo, latency=frames(latency))
        return echo

    def hear(self, played: Clip) -> Clip:
        """See `Microphone`."""
        if not self.exhausted:
            self.exhausted = next(self._plot, self) is self
            if self.exhausted:
                self.press("s")
        return self._room.hear(played)

    @property
    def now(self) -> Frame:
        """The frame that it is."""
        return self.stage.mixer.frame

    @property
    def state(self) -> str:
        """The name of the state."""
        return state_of(self.stage.conversation)

    def press(self, key: str) -> None:
        """Somebody presses a key."""
        meant = keyboard.meaning_of_key(key, state_of(self.stage.conversation))
        if meant is not None:
            self.stage.take(Heard(meant, self.now, self.now, "key"))

    def ask(self, intent: Intent, **slots: str) -> None:
        """Somebody asks for something without a sound."""
        self.stage.take(Heard(Reading(intent.lower(), intent, slots, 1.0), self.now, self.now, "key"))

    def say(self, words: Clip) -> None:
        """The person speaks, from now on."""
        self._room.say(words)

    def wait(self, seconds: float) -> Plot:
        """Let time pass."""
        until = self.now + frames(seconds)
        while self.now < until:
            yield

    def until(self, reached: Callable[[], bool], seconds: float = 60.0) -> Plot:
        """Let time pass until something is so, or for so long."""
        until = self.now + frames(seconds)
        while not reached() and self.now < until:
            yield

    def noted(self, kind: type[entries.Entry] | tuple[type[entries.Entry], ...], since: Frame = 0) -> list[Frame]:
        """When entries of a kind were noted, from a frame on."""
        return [at for at, entry in self.stage.timeline.lines if isinstance(entry, kind) and at >= since]

    def intents(self, since: Frame = 0) -> list[str]:
        """What was heard by voice, from a frame on; a key takes no time."""
        heard = [
            entry for at, entry in self.stage.timeline.lines if isinstance(entry, entries.IntentTaken) and at >= since
        ]
        return [entry.intent for entry in heard if entry.until > entry.began]

    def inexact(self) -> int:
        """How many counts do not begin a second after the one before them, where nothing came between."""
        found, last = 0, None
        for at, entry in self.stage.timeline.lines:
            if isinstance(entry, entries.Count):
                found += last is not None and entry.n == last[1] + 1 and at - last[0] != FRAMES_PER_SECOND
                last = at, entry.n
            elif isinstance(entry, entries.SessionPaused | entries.SessionStopped | entries.HoldEnded):
                last = None
        return found

    def _told(self, text: str) -> None:
        self.said.append(Said(text, self.now))


def as_loud(words: Clip) -> Clip:
    """Words at 16 kHz, as loud as a person at an arm's length or two."""
    return words * np.float32(ABSENT_PERSON_LEVEL / active_rms(words, SAMPLE_RATE))


def spoken_part(words: Clip) -> tuple[int, int]:
    """Where speech begins and ends in a clean recording at 16 kHz.

    From 30 dB under its loudest hundredth of a second on, and 10 dB above the recording's own noise.
    """
    step = SAMPLE_RATE // 100
    power = np.square(words[: len(words) // step * step].reshape(-1, step), dtype=np.float64).mean(axis=1)
    loud = np.flatnonzero(power > max(power.max() / 1000, 10 * np.quantile(power, 0.1)))
    return int(loud[0]) * step, int(loud[-1] + 1) * step
