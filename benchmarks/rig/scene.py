"""A session in a simulated room, driven by keys, in which a person speaks while Limber does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.sitting import CLEARED
from assistant.dialogue.state import Conversation, state_of
from assistant.guidance.loader import load_guidance
from assistant.sessions import keyboard
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.start import REFERENCE_LINE
from assistant.timeline import entries
from audio.aec.canceller import open_echo
from audio.aec.interface import Echo, EchoMode
from audio.asr.recogniser import Recogniser
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND, Frame, frames
from audio.samples import SAMPLE_RATE, Clip, active_rms
from audio.simulation.room import ABSENT_PERSON_LEVEL, Room, Surroundings
from audio.tts.voice import Voice
from intents.model import Intent, Reading
from intents.reader import IntentReader

GUIDANCE = load_guidance()
"""The built-in guidance."""
Plot = Iterator[None]
"""What happens in a scene: a generator that is resumed after each block of sound."""


AUDIBLE = 10 ** (-50 / 20)
"""Amplitude, of 1, from which a speaker is not silent: -50 dBFS."""


class Loudness:
    """A speaker that keeps only which of its blocks were silent."""

    def __init__(self) -> None:
        self._sounds: list[bool] = []

    def write(self, samples: Clip) -> None:
        """Note whether a block at 48 kHz is audible."""
        self._sounds.append(bool(np.abs(samples).max(initial=0.0) > AUDIBLE))

    def silent_before(self, at: Frame) -> Frame:
        """The frame, in whole blocks, since which the speaker was silent at frame `at`."""
        block = at // BLOCK_FRAMES
        while block > 0 and not self._sounds[block - 1]:
            block -= 1
        return min(at, block * BLOCK_FRAMES)


@dataclass(frozen=True)
class SpokenLine:
    """A line that Limber began to say."""

    text: str
    at: Frame
    """The frame at which it was begun."""


class Scene:
    """Limber in a room, and the microphone there, whose blocks advance the plot."""

    def __init__(self, around: Surroundings, plot: Callable[["Scene"], Plot], voice: Voice, words: Clip) -> None:
        """`words`: something that the person says, at the level of everything they say."""
        self.said: list[SpokenLine] = []
        self.stage = Stage(Conversation(sitting=CLEARED), GUIDANCE, voice, self._told)
        self._room = Room(around, words, voice.clip(REFERENCE_LINE))
        self._room.mute_person()
        self.frames_per_sample = self._room.frames_per_sample
        self._plot = plot(self)
        self.speaker = Loudness()
        self.exhausted = False

    def run(self, recogniser: Recogniser, reader: IntentReader, mode: EchoMode = "auto", latency: float = 0.0) -> Echo:
        """Run to the end of the plot; the canceller that was used.

        `latency`: seconds that a live session would take more.
        """
        echo = open_echo(mode)
        rehearse(self.stage, self, self.speaker, recogniser, reader, echo, latency=frames(latency))
        return echo

    def hear(self, played: Clip) -> Clip:
        """What the microphone brings while the speaker plays `played`, after one step of the plot."""
        if not self.exhausted:
            self.exhausted = next(self._plot, self) is self
            if self.exhausted:
                self.press("s")
        return self._room.hear(played)

    @property
    def now(self) -> Frame:
        """The current frame."""
        return self.stage.mixer.frame

    @property
    def state(self) -> str:
        """The name of the dialogue's state."""
        return state_of(self.stage.conversation)

    def press(self, key: str) -> None:
        """Press a key."""
        meant = keyboard.meaning_of_key(key, state_of(self.stage.conversation))
        if meant is not None:
            self.stage.take(Heard(meant, self.now, self.now, "key"))

    def ask(self, intent: Intent, **slots: str) -> None:
        """Take an intent as if by a key, without a sound."""
        self.stage.take(Heard(Reading(intent.lower(), intent, slots, 1.0), self.now, self.now, "key"))

    def say(self, words: Clip) -> None:
        """Let the person speak from now on."""
        self._room.say(words)

    def wait(self, seconds: float) -> Plot:
        """Let some seconds of the scene pass."""
        until = self.now + frames(seconds)
        while self.now < until:
            yield

    def until(self, reached: Callable[[], bool], seconds: float = 60.0) -> Plot:
        """Let the scene pass until `reached`, for `seconds` at most."""
        until = self.now + frames(seconds)
        while not reached() and self.now < until:
            yield

    def noted(self, kind: type[entries.Entry] | tuple[type[entries.Entry], ...], since: Frame = 0) -> list[Frame]:
        """The frames of the timeline's entries of a kind, from a frame on."""
        return [at for at, entry in self.stage.timeline.lines if isinstance(entry, kind) and at >= since]

    def intents(self, since: Frame = 0) -> list[str]:
        """The intents understood by voice, from a frame on; those of keys take no time and are left out."""
        heard = [
            entry for at, entry in self.stage.timeline.lines if isinstance(entry, entries.IntentTaken) and at >= since
        ]
        return [entry.intent for entry in heard if entry.until > entry.began]

    def inexact(self) -> int:
        """How many counts do not begin a second after the one before, where nothing came between."""
        found, last = 0, None
        for at, entry in self.stage.timeline.lines:
            if isinstance(entry, entries.Count):
                found += last is not None and entry.n == last[1] + 1 and at - last[0] != FRAMES_PER_SECOND
                last = at, entry.n
            elif isinstance(entry, entries.SessionPaused | entries.SessionStopped | entries.HoldEnded):
                last = None
        return found

    def _told(self, text: str) -> None:
        """Keep a line that Limber begins to say."""
        self.said.append(SpokenLine(text, self.now))


def as_loud(words: Clip) -> Clip:
    """Words at 16 kHz, scaled to the level of a person an arm's length or two away."""
    return words * np.float32(ABSENT_PERSON_LEVEL / active_rms(words, SAMPLE_RATE))


def spoken_part(words: Clip) -> tuple[int, int]:
    """The samples at which speech begins and ends in a clean recording at 16 kHz.

    Speech is what lies less than 30 dB under the loudest 10 ms, and more than 10 dB over the recording's own noise.
    """
    step = SAMPLE_RATE // 100
    power = np.square(words[: len(words) // step * step].reshape(-1, step), dtype=np.float64).mean(axis=1)
    loud = np.flatnonzero(power > max(power.max() / 1000, 10 * np.quantile(power, 0.1)))
    return int(loud[0]) * step, int(loud[-1] + 1) * step
