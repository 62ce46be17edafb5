"""Takes Limber's own voice out of what the microphone hears, so that a person is heard over it."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np

from audio.clip import Clip
from audio.own_level import OwnLevel
from audio.reference import Reference
from audio.segmenter import RATE, level_of
from audio.speex import FRAME, LATENCY, TAPS, Speex, library
from audio.timeline import Frame

Mode = Literal["auto", "speex", "off"]
"""Whether to cancel echo: auto does where the library is installed; off is for devices that do so themselves."""
SILENT = TAPS + 4 * FRAME
"""Samples of silence at the speaker after which no echo of it is left to be heard."""
DECAY = 0.4
"""dB by which an echo fades within FRAME samples, in a room with much of it."""
LEFT = -24.0
"""dB of the echo that may be left of it: what is softer is no voice."""
LEARNT = -20.0
"""dB to which the echo must have come down before the canceller is trusted ..."""
LEARNING = 0.02
"""... on average, of which each FRAME makes this share."""
UNLEARNING = 0.005
"""The same where more is left than before: it may be that somebody speaks."""
HALF_LEARNT, UNEVEN = -12.0, 8.0
"""From the first on, what is softer than the second above that average is no voice."""
UNLEARNT = -60.0
"""dB of the echo: before, nearly anything may be one."""
LONG = 15 * RATE // FRAME
"""Frames of echo after which it is trusted all the same: in noise nothing comes down so far."""
LOUD = -50.0
"""dBFS from which there is an echo to learn from."""
DOUBTFUL = RATE // FRAME
"""Frames for which what was heard, and is, is doubtful after some of the sound was lost."""
LOOKS = 8
"""Looks for its own voice, four for each second of it, after which one that was never found is not there."""
AGAIN = (60, 120, 190)
"""After so many frames of echo all that was heard so far is learnt from again: it halves the time it takes."""
PASSES = 3
"""How often each time."""
QUIET = -120.0
"""dBFS of nothing."""


class Echo(Protocol):
    """What stands between the microphone and the ear."""

    @property
    def latency(self) -> int:
        """Samples by which what it gives is behind what it is given."""
        ...

    @property
    def hears_itself(self) -> bool:
        """Whether Limber's own voice may be in what it gives."""
        ...

    @property
    def playing(self) -> bool:
        """Whether Limber speaks, or may still be heard to."""
        ...

    @property
    def voice(self) -> bool:
        """Whether somebody speaks besides Limber, by levels alone: for while it hears itself."""
        ...

    @property
    def floor(self) -> float:
        """In dBFS: under which what it gives may be what is left of Limber's own voice."""
        ...

    def play(self, samples: Clip) -> None:
        """The next frames that the speaker is given, at 48 kHz, from frame 0 on. From whatever thread."""
        ...

    def clean(self, heard: Clip, until: Frame) -> Clip:
        """The next samples of the microphone, at 16 kHz, without the echo; about as many as were given.

        `until`: the frame that left the speaker when the last of them was in the air.
        """
        ...


class NoEcho:
    """There is none to be taken away: the speaker is not heard."""

    latency = 0
    hears_itself = False
    playing = False
    voice = False
    floor = QUIET

    def play(self, samples: Clip) -> None:
        """Nothing is done."""

    def clean(self, heard: Clip, until: Frame) -> Clip:  # noqa: ARG002 (as `Echo` has it)
        """The same."""
        return heard


NO_ECHO = NoEcho()


class _Frames:
    """Cuts what comes in blocks of any length into frames."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def cut(self, samples: Clip) -> Clip:
        """Those that are whole by now, shape (n, FRAME)."""
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        return sound[:whole].reshape(-1, FRAME)


class Uncancelled:
    """Takes nothing away, but tells whether its own voice is heard."""

    latency = 0
    floor = QUIET

    def __init__(self) -> None:
        self._reference = Reference()
        self._own = OwnLevel()
        self._frames = _Frames()
        self._found = False
        self.playing = False

    def play(self, samples: Clip) -> None:
        """See `Echo`."""
        self._reference.play(samples)

    def clean(self, heard: Clip, until: Frame) -> Clip:
        """The same."""
        self._reference.follow(len(heard), until)
        for frame in self._frames.cut(heard):
            self._compare(frame)
        return heard

    def _compare(self, heard: Clip) -> None:
        played = self._reference.take(FRAME)
        self.playing = bool(played.any())
        if self.playing:
            if self._reference.compare(heard, played) == "anew":
                self._own.forget()
            self._found = self._found or self._reference.found
        self._own.take(heard, played)

    @property
    def voice(self) -> bool:
        """See `Echo`."""
        return self._own.voice

    @property
    def hears_itself(self) -> bool:
        """Where its voice was found; and before it was looked for often enough."""
        return self._found or self._reference.looks < LOOKS


class EchoCanceller:
    """Speex, given what sounded when the microphone took its samples."""

    latency = LATENCY

    def __init__(self) -> None:
        """Raises AudioError where the library is missing."""
        self._left, self._learnt_from = 0.0, 0
        self._echo, self._doubtful, self._found = QUIET, 0, False
        self._lesson: list[tuple[Clip, Clip]] = []
        self._speex = Speex()
        self._own = OwnLevel()
        self._reference = Reference()
        self._frames = _Frames()
        self._earlier = self._before = np.zeros(FRAME, np.float32)
        self._silent = SILENT + FRAME

    def play(self, samples: Clip) -> None:
        """See `Echo`."""
        self._reference.play(samples)

    def clean(self, heard: Clip, until: Frame) -> Clip:
        """See `Echo`."""
        self._reference.follow(len(heard), until)
        return np.concatenate([np.zeros(0, np.float32), *map(self._cancel, self._frames.cut(heard))])

    def _cancel(self, heard: Clip) -> Clip:
        played = self._reference.take(FRAME)
        rested = self._silent > SILENT
        self._silent = 0 if played.any() else self._silent + FRAME
        earlier, before = self._earlier, self._before
        self._earlier, self._before = before, heard
        if self._silent > SILENT:
            self._echo = QUIET
            return before
        if rested:  # it remembers a window from before its rest
            self._speex.cancel(before, np.zeros(FRAME, np.float32))
        moved = self._reference.compare(heard, played)
        self._found = self._found or self._reference.found
        if moved == "anew":
            self._own.forget()
            self._speex.forget()
            self._left, self._learnt_from, self._lesson = 0.0, 0, []
        self._doubtful = DOUBTFUL if moved == "back" else max(0, self._doubtful - 1)
        if self._learnt_from < AGAIN[-1]:
            self._learn(heard, played)
        if self.hears_itself:
            self._own.take(heard, played)
        clean = self._speex.cancel(heard, played)
        self._judge(before, played, clean)
        return _no_louder(clean, np.concatenate([earlier, before, heard]))

    def _learn(self, heard: Clip, played: Clip) -> None:
        """Every so often begin anew, with all that was heard so far."""
        if level_of(played) > LOUD:
            self._learnt_from += 1
            if self._learnt_from in AGAIN:
                self._speex = taught(self._lesson)
        self._lesson.append((heard, played))
        if self._learnt_from == AGAIN[-1]:
            self._lesson = []

    def _judge(self, heard: Clip, played: Clip, clean: Clip) -> None:
        """How much echo there was, and how much of it is left."""
        echo = level_of(heard - clean)
        self._echo = max(echo, self._echo - DECAY)
        if self._learnt_from < LONG and level_of(played) > LOUD:
            self._learnt_from += self._learnt_from >= AGAIN[-1]
            better = level_of(clean) - level_of(heard) - self._left
            self._left += better * (LEARNING if better < 0 else UNLEARNING)

    @property
    def _learnt(self) -> bool:
        return self._left <= LEARNT or self._learnt_from >= LONG

    @property
    def hears_itself(self) -> bool:
        """Until it has learnt the room, if there is an echo; and for a while after some of the sound was lost."""
        echoes = self._found or self._reference.looks < LOOKS
        return (echoes and not self._learnt) or self._doubtful > 0

    @property
    def voice(self) -> bool:
        """See `Echo`."""
        return self._own.voice

    @property
    def playing(self) -> bool:
        """See `Echo`."""
        return self._silent <= SILENT

    @property
    def floor(self) -> float:
        """See `Echo`."""
        if self._learnt_from >= LONG:
            return self._echo + LEFT
        return self._echo + (max(LEFT, self._left + UNEVEN) if self._left < HALF_LEARNT else UNLEARNT)


def _no_louder(clean: Clip, heard: Clip) -> Clip:
    """What the canceller gives, turned down to the loudest frame of what the microphone brought around it.

    `heard`: three frames, of which `clean` is the middle one. Somebody who speaks over Limber may be taken for an echo;
    the canceller then takes away an echo that is not there, and so puts Limber's own words into a silent microphone.
    """
    most = max(level_of(frame) for frame in heard.reshape(-1, FRAME))
    excess = level_of(clean) - most
    return clean * np.float32(10 ** (-excess / 20)) if excess > 0 else clean


def taught(lesson: Sequence[tuple[Clip, Clip]]) -> Speex:
    """One that has learnt from what was heard and what was played, in order."""
    speex, silence = Speex(), np.zeros(FRAME, np.float32)
    for again in range(PASSES):
        for _ in range(TAPS // FRAME + 1 if again else 0):
            speex.cancel(silence, silence)
        for heard, played in lesson:
            speex.cancel(heard, played)
    return speex


def open_echo(mode: Mode) -> Echo:
    """The canceller asked for. Raises AudioError where it was asked for by name and is not installed."""
    if mode == "off" or (mode == "auto" and library() is None):
        return Uncancelled()
    return EchoCanceller()
