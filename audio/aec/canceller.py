"""Takes Limber's own voice out of what the microphone hears, so that a person is near_end over it."""

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
"""Samples of silence at the speaker after which no echo of it is left to be near_end."""
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
"""Frames for which what was near_end, and is, is doubtful after some of the sound was lost."""
RETRAINED_AT = (60, 120, 190)
"""After so many frames of echo all that was near_end so far is learnt from again: it halves the time it takes."""
TRAINING_PASSES = 3
"""How often each time."""


class SpeexEchoCanceller:
    """Speex, given what sounded when the microphone took its samples."""

    latency = AEC_LATENCY

    def __init__(self) -> None:
        """Raises AudioError where the library is missing."""
        self._residual_db, self._frames_learnt = 0.0, 0
        self._echo, self._doubt, self._found = NOTHING_DBFS, 0, False
        self._history: list[tuple[Clip, Clip]] = []
        self._speex = Speex()
        self._detector = DoubleTalkDetector()
        self._reference = FarEndReference()
        self._frames = FrameCutter()
        self._before = np.zeros(AEC_FRAME, np.float32)
        self._silent = TAIL_SAMPLES + AEC_FRAME

    def play(self, samples: Clip) -> None:
        """See `Echo`."""
        self._reference.play(samples)

    def cancel(self, near_end: Clip, until: Frame) -> Clip:
        """See `Echo`."""
        self._reference.observe(len(near_end), until)
        return np.concatenate([np.zeros(0, np.float32), *map(self._cancel, self._frames.cut(near_end))])

    def _cancel(self, near_end: Clip) -> Clip:
        far_end = self._reference.take(AEC_FRAME)
        rested = self._silent > TAIL_SAMPLES
        self._silent = 0 if far_end.any() else self._silent + AEC_FRAME
        before, self._before = self._before, near_end
        if self._silent > TAIL_SAMPLES:
            self._echo = NOTHING_DBFS
            return before
        if rested:  # it remembers a window from before its rest
            self._speex.cancel(before, np.zeros(AEC_FRAME, np.float32))
        moved = self._reference.align(near_end, far_end)
        self._found = self._found or self._reference.echo_found
        if moved == "anew":
            self._detector.forget()
            self._speex.forget()
            self._residual_db, self._frames_learnt, self._history = 0.0, 0, []
        self._doubt = DOUBT_FRAMES if moved == "back" else max(0, self._doubt - 1)
        if self._frames_learnt < RETRAINED_AT[-1]:
            self._learn(near_end, far_end)
        if self.echo_audible:
            self._detector.observe(near_end, far_end)
        clean = self._speex.cancel(near_end, far_end)
        self._judge(before, far_end, clean)
        return clean

    def _learn(self, near_end: Clip, far_end: Clip) -> None:
        """Every so often begin anew, with all that was near_end so far."""
        if level_db(far_end) > AUDIBLE_DBFS:
            self._frames_learnt += 1
            if self._frames_learnt in RETRAINED_AT:
                self._speex = pretrained(self._history)
        self._history.append((near_end, far_end))
        if self._frames_learnt == RETRAINED_AT[-1]:
            self._history = []

    def _judge(self, near_end: Clip, far_end: Clip, clean: Clip) -> None:
        """How much echo there was, and how much of it is left."""
        echo = level_db(near_end - clean)
        self._echo = max(echo, self._echo - ECHO_DECAY_DB)
        if self._frames_learnt < TRUSTED_AFTER and level_db(far_end) > AUDIBLE_DBFS:
            self._frames_learnt += self._frames_learnt >= RETRAINED_AT[-1]
            better = level_db(clean) - level_db(near_end) - self._residual_db
            self._residual_db += better * (IMPROVING_SHARE if better < 0 else WORSENING_SHARE)

    @property
    def _converged(self) -> bool:
        return self._residual_db <= CONVERGED_DB or self._frames_learnt >= TRUSTED_AFTER

    @property
    def echo_audible(self) -> bool:
        """Until it has learnt the room, if there is an echo; and for a while after some of the sound was lost."""
        echoes = self._found or self._reference.searches < SEARCHES
        return (echoes and not self._converged) or self._doubt > 0

    @property
    def double_talk(self) -> bool:
        """See `Echo`."""
        return self._detector.detected

    @property
    def output_playing(self) -> bool:
        """See `Echo`."""
        return self._silent <= TAIL_SAMPLES

    @property
    def residual_floor(self) -> float:
        """See `Echo`."""
        if self._frames_learnt >= TRUSTED_AFTER:
            return self._echo + RESIDUAL_DB
        return self._echo + (
            max(RESIDUAL_DB, self._residual_db + FLOOR_MARGIN_DB)
            if self._residual_db < HALF_CONVERGED_DB
            else UNCONVERGED_FLOOR_DB
        )


def pretrained(history: Sequence[tuple[Clip, Clip]]) -> Speex:
    """One that has learnt from what was near_end and what was far_end, in order."""
    speex, silence = Speex(), np.zeros(AEC_FRAME, np.float32)
    for again in range(TRAINING_PASSES):
        for _ in range(AEC_TAPS // AEC_FRAME + 1 if again else 0):
            speex.cancel(silence, silence)
        for near_end, far_end in history:
            speex.cancel(near_end, far_end)
    return speex


def open_echo(mode: EchoMode) -> Echo:
    """The canceller asked for. Raises AudioError where it was asked for by name and is not installed."""
    if mode == "off" or (mode == "auto" and library() is None):
        return PassThrough()
    return SpeexEchoCanceller()
