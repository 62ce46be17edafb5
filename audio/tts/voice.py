"""Speech synthesis: lines of text spoken by pyttsx3 in processes of their own, finished into clips, and cached.

A process that dies, hangs or writes something else than speech is replaced, and the line is spoken again.
"""

import hashlib
import textwrap
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from types import TracebackType
from typing import Self, assert_never

import numpy as np

from audio.errors import AudioError
from audio.frames import Frame, frames, seconds
from audio.playback.earcons import earcon
from audio.samples import Clip, silence
from audio.score import Earcon, Sound, Speech, VoiceSettings
from audio.tts.clip import finished_clip, is_silent, read_speech
from audio.tts.clip_cache import ClipCache, default_folder
from audio.tts.worker_process import SynthesisProcess

CLIP_VERSION = 1
"""Version of the finished clips, part of every key in the cache: raised whenever a line would become another clip."""
TRIES = 3
"""How often a line is tried before its error is raised."""
VOICE_PATIENCE_SECONDS = 3.0
"""Time without an answer after which a process counts as hung, in seconds."""
UNSPOKEN_FRAMES = frames(0.05)
"""Length of the silence that stands for a text without anything to say, in frames (50 ms)."""
LONGEST_PIECE = 600
"""Most characters synthesised at once: espeak-ng drops texts of tens of thousands, pyttsx3 is slow at thousands."""
MOST_PROCESSES = 4
"""Most processes at a time, of some 20 MB each; the one unused for longest makes room for another."""
SPEED_UP = 1.2
"""Factor from one speaking rate to the next where a clip must fit: coarse, so that all counts share few processes."""
ESPEAK_MAX_WPM = 450
"""Fastest speaking rate of espeak-ng, in words a minute."""
QUOTED_CHARACTERS = 60
"""Most characters of a text that an error message quotes."""


class Voice:
    """Speaks sounds into clips. A context manager: leaving it ends its processes.

    Threads may share one: a lock guards the processes, and each process says one line at a time.
    """

    def __init__(self, cache: Path | None = None, patience: float = VOICE_PATIENCE_SECONDS) -> None:
        """Start nothing yet.

        `cache`: the folder of the clips; None: one on a memory file system.
        `patience`: seconds after which a process that does not answer is replaced.
        """
        self._cache = ClipCache(cache or default_folder())
        self._patience = patience
        self._lock = threading.Lock()
        self._processes: OrderedDict[VoiceSettings, SynthesisProcess] = OrderedDict()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """Have the clips of some sounds at hand; the length of each, in frames. Blocks while missing ones are spoken.

        Raises AudioError where a line cannot be spoken.
        """
        return tuple(len(self.clip(sound)) for sound in sounds)

    def clip(self, sound: Sound) -> Clip:
        """The clip of a sound, from the cache or spoken now. Raises AudioError where it cannot be spoken."""
        match sound:
            case Earcon(name):
                return earcon(name)
            case Speech():
                return self._speech(sound)
            case _:
                assert_never(sound)

    def close(self) -> None:
        """End every process; a line that is being spoken raises AudioError in its thread."""
        with self._lock:
            self._closed = True
            processes = list(self._processes.values())
            self._processes.clear()
        for process in processes:
            process.close()

    def _speech(self, speech: Speech) -> Clip:
        """The clip of a line, from the cache or spoken now."""
        key = hashlib.sha256(repr((CLIP_VERSION, astuple(speech))).encode(errors="surrogatepass")).hexdigest()
        clip = self._cache.load(key)
        if clip is None:
            clip = self._cache.store(key, self._fitting(speech))
        return clip

    def _fitting(self, speech: Speech) -> Clip:
        """Speak a line as slowly as its `fit` allows."""
        text = _speakable(speech.text)
        if speech.fit is None:
            return self._spoken(text, speech.voice)
        needed = 0.0
        for rate in _rates(speech.voice.words_per_minute):
            if rate < needed:
                continue
            clip = self._spoken(text, replace(speech.voice, words_per_minute=rate))
            if len(clip) <= speech.fit:
                return clip
            needed = rate * len(clip) / speech.fit
        raise AudioError(f"{_quoted(text)} cannot be said in {seconds(speech.fit):.2f} s: use fewer words")

    def _spoken(self, text: str, settings: VoiceSettings) -> Clip:
        """Speak a text in pieces of at most LONGEST_PIECE characters."""
        pieces = textwrap.wrap(text, LONGEST_PIECE)
        if not pieces:
            return _unspoken()
        return np.concatenate([self._piece(piece, settings) for piece in pieces])

    def _piece(self, text: str, settings: VoiceSettings) -> Clip:
        """Speak a piece, at most TRIES times, each in a new process."""
        failures = 0
        while True:
            process = self._process(settings)
            try:
                return self._attempt(process, text, settings)
            except AudioError:
                self._discard(settings, process)
                failures += 1
                if failures == TRIES:
                    raise

    def _attempt(self, process: SynthesisProcess, text: str, settings: VoiceSettings) -> Clip:
        """Speak a piece once. Raises AudioError where the process fails or is silent over words."""
        with self._cache.scratch() as path:
            process.say(text, path)
            speech = read_speech(path, text, settings.words_per_minute)
        if not is_silent(speech):
            return finished_clip(speech)
        if any(character.isalnum() for character in text):
            raise AudioError(f"the voice is silent over {_quoted(text)}: say it in other words")
        return _unspoken()

    def _process(self, settings: VoiceSettings) -> SynthesisProcess:
        """The process of a voice; where there are too many then, the one unused for longest ends."""
        with self._lock:
            if self._closed:
                raise AudioError("the voice was closed while it was needed: open another")
            process = self._processes.get(settings) or SynthesisProcess(settings, self._patience)
            self._processes[settings] = process
            self._processes.move_to_end(settings)
            evicted = [self._processes.popitem(last=False)[1]] if len(self._processes) > MOST_PROCESSES else []
        for idle in evicted:
            idle.close()
        return process

    def _discard(self, settings: VoiceSettings, process: SynthesisProcess) -> None:
        """End a process that failed; the next line of its voice starts another."""
        with self._lock:
            if self._processes.get(settings) is process:
                del self._processes[settings]
        process.close()


def _speakable(text: str) -> str:
    """Blank what espeak-ng does not take: control characters and halves of surrogate pairs."""
    return "".join(character if character.isprintable() else " " for character in text)


def _quoted(text: str) -> str:
    """Quote as much of a text as a message has room for."""
    return repr(textwrap.shorten(text, QUOTED_CHARACTERS, placeholder=" ..."))


def _rates(words_per_minute: int) -> Iterator[int]:
    """Speaking rates in words a minute, ever faster, from `words_per_minute` to ESPEAK_MAX_WPM."""
    rate = float(words_per_minute)
    yield words_per_minute
    while rate < ESPEAK_MAX_WPM:
        rate = min(rate * SPEED_UP, ESPEAK_MAX_WPM)
        yield round(rate)


def _unspoken() -> Clip:
    """The clip of a text without anything to say."""
    clip = silence(UNSPOKEN_FRAMES)
    clip.flags.writeable = False
    return clip
