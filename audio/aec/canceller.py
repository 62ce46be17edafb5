"""Takes Limber's own voice out of what the microphone hears, so that a person is heard over it."""

from collections.abc import Sequence

import numpy as np

from audio.aec.double_talk import DoubleTalkDetector
from audio.aec.interface import NOTHING_DBFS, Echo, EchoMode
from audio.aec.passthrough import SEARCHES, PassThrough
from audio.aec.reference import FarEndReference
from audio.aec.speex import AEC_FRAME, AEC_LATENCY, AEC_TAPS, FrameCutter, Speex, library
from audio.frames import Frame
from audio.samples import SAMPLE_RATE, Clip, level_db

TAIL_SAMPLES = AEC_TAPS + 4 * AEC_FRAME
"""Samples of silence at the speaker after which no echo of it is left to be heard."""
ECHO_DECAY_DB = 0.4
"""dB by which an echo fades within FRAME samples, in a room with much of it."""
RESIDUAL_DB = -24.0
"""dB of the echo that may be left of it: what is softer is no voice."""
CONVERGED_DB = -20.0
"""dB to which the echo must have come down before the canceller is trusted ..."""
IMPROVING_SHARE = 0.02
"""... on average, of which each FRAME makes this share."""
WORSENING_SHARE = 0.005
"""The same where more is left than before: it may be that somebody speaks."""
HALF_CONVERGED_DB, FLOOR_MARGIN_DB = -12.0, 8.0
"""From the first on, what is softer than the second above that average is no voice."""
UNCONVERGED_FLOOR_DB = -60.0
"""dB of the echo: before, nearly anything may be one."""
TRUSTED_AFTER = 15 * SAMPLE_RATE // AEC_FRAME
"""Frames of echo after which it is trusted all the same: in noise nothing comes down so far."""
AUDIBLE_DBFS = -50.0
"""dBFS from which there is an echo to learn from."""
DOUBT_FRAMES = SAMPLE_RATE // AEC_FRAME
"""Frames for which what was heard, and is, is doubtful after some of the sound was lost."""
RETRAINED_AT = (60, 120, 190)
"""After so many frames of echo all that was heard so far is learnt from again: it halves the time it takes."""
TRAINING_PASSES = 3
"""How often each time."""


class SpeexEchoCanceller:
    """Speex, given what sounded when the microphone took its samples."""

    latency = AEC_LATENCY

    def __init__(self) -> None:
        """Raises AudioError where the library is missing."""
        self._left, self._learnt_from = 0.0, 0
        self._echo, self._doubtful, self._found = NOTHING_DBFS, 0, False
        self._lesson: list[tuple[Clip, Clip]] = []
        self._speex = Speex()
        self._own = DoubleTalkDetector()
        self._reference = FarEndReference()
        self._frames = FrameCutter()
        self._before = np.zeros(AEC_FRAME, np.float32)
        self._silent = TAIL_SAMPLES + AEC_FRAME

    def play(self, samples: Clip) -> None:
        """See `Echo`."""
        self._reference.play(samples)

    def clean(self, heard: Clip, until: Frame) -> Clip:
        """See `Echo`."""
        self._reference.follow(len(heard), until)
        return np.concatenate([np.zeros(0, np.float32), *map(self._cancel, self._frames.cut(heard))])

    def _cancel(self, heard: Clip) -> Clip:
        played = self._reference.take(AEC_FRAME)
        rested = self._silent > TAIL_SAMPLES
        self._silent = 0 if played.any() else self._silent + AEC_FRAME
        before, self._before = self._before, heard
        if self._silent > TAIL_SAMPLES:
            self._echo = NOTHING_DBFS
            return before
        if rested:  # it remembers a window from before its rest
            self._speex.cancel(before, np.zeros(AEC_FRAME, np.float32))
        moved = self._reference.compare(heard, played)
        self._found = self._found or self._reference.found
        if moved == "anew":
            self._own.forget()
            self._speex.forget()
            self._left, self._learnt_from, self._lesson = 0.0, 0, []
        self._doubtful = DOUBT_FRAMES if moved == "back" else max(0, self._doubtful - 1)
        if self._learnt_from < RETRAINED_AT[-1]:
            self._learn(heard, played)
        if self.hears_itself:
            self._own.take(heard, played)
        clean = self._speex.cancel(heard, played)
        self._judge(before, played, clean)
        return clean

    def _learn(self, heard: Clip, played: Clip) -> None:
        """Every so often begin anew, with all that was heard so far."""
        if level_db(played) > AUDIBLE_DBFS:
            self._learnt_from += 1
            if self._learnt_from in RETRAINED_AT:
                self._speex = pretrained(self._lesson)
        self._lesson.append((heard, played))
        if self._learnt_from == RETRAINED_AT[-1]:
            self._lesson = []

    def _judge(self, heard: Clip, played: Clip, clean: Clip) -> None:
        """How much echo there was, and how much of it is left."""
        echo = level_db(heard - clean)
        self._echo = max(echo, self._echo - ECHO_DECAY_DB)
        if self._learnt_from < TRUSTED_AFTER and level_db(played) > AUDIBLE_DBFS:
            self._learnt_from += self._learnt_from >= RETRAINED_AT[-1]
            better = level_db(clean) - level_db(heard) - self._left
            self._left += better * (IMPROVING_SHARE if better < 0 else WORSENING_SHARE)

    @property
    def _learnt(self) -> bool:
        return self._left <= CONVERGED_DB or self._learnt_from >= TRUSTED_AFTER

    @property
    def hears_itself(self) -> bool:
        """Until it has learnt the room, if there is an echo; and for a while after some of the sound was lost."""
        echoes = self._found or self._reference.looks < SEARCHES
        return (echoes and not self._learnt) or self._doubtful > 0

    @property
    def voice(self) -> bool:
        """See `Echo`."""
        return self._own.voice

    @property
    def playing(self) -> bool:
        """See `Echo`."""
        return self._silent <= TAIL_SAMPLES

    @property
    def floor(self) -> float:
        """See `Echo`."""
        if self._learnt_from >= TRUSTED_AFTER:
            return self._echo + RESIDUAL_DB
        return self._echo + (
            max(RESIDUAL_DB, self._left + FLOOR_MARGIN_DB) if self._left < HALF_CONVERGED_DB else UNCONVERGED_FLOOR_DB
        )


def pretrained(lesson: Sequence[tuple[Clip, Clip]]) -> Speex:
    """One that has learnt from what was heard and what was played, in order."""
    speex, silence = Speex(), np.zeros(AEC_FRAME, np.float32)
    for again in range(TRAINING_PASSES):
        for _ in range(AEC_TAPS // AEC_FRAME + 1 if again else 0):
            speex.cancel(silence, silence)
        for heard, played in lesson:
            speex.cancel(heard, played)
    return speex


def open_echo(mode: EchoMode) -> Echo:
    """The canceller asked for. Raises AudioError where it was asked for by name and is not installed."""
    if mode == "off" or (mode == "auto" and library() is None):
        return PassThrough()
    return SpeexEchoCanceller()
