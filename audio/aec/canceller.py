"""Acoustic echo cancellation with Speex: the near end without Limber's own voice, so that people are heard over it."""

from collections.abc import Sequence

import numpy as np

from audio.aec.double_talk import DoubleTalkDetector
from audio.aec.interface import Echo, EchoMode
from audio.aec.passthrough import SEARCHES, PassThrough
from audio.aec.reference import FarEndReference
from audio.aec.speex import AEC_FRAME, AEC_LATENCY, AEC_TAPS, FrameCutter, Speex, library
from audio.frames import Frame
from audio.samples import SAMPLE_RATE, SILENCE_DBFS, Clip, Samples, level_db

TAIL_SAMPLES = AEC_TAPS + 4 * AEC_FRAME
"""Samples of silence in the far end (0.58 s) after which no echo is left to be heard."""
ECHO_DECAY_DB = 0.4
"""Fall of the echo's assumed level in an AEC frame (16 ms), in dB: that of a very reverberant room."""
RESIDUAL_DB = -24.0
"""Level of the residual echo after convergence, in dB below the echo; sound in the output below that is no voice."""
CONVERGED_DB = -20.0
"""Average level of the residual echo, in dB below the echo, from which the filter counts as converged."""
IMPROVING_SHARE, WORSENING_SHARE = 0.02, 0.005
"""Weight of one AEC frame in that average: where less echo is left than before, and where more is.

The second is smaller because more sound in the output may be somebody who speaks.
"""
HALF_CONVERGED_DB, FLOOR_MARGIN_DB = -12.0, 8.0
"""Average residual echo, in dB below the echo, from which the floor follows it, and the margin of the floor over it."""
UNCONVERGED_FLOOR_DB = -60.0
"""The floor before that, in dB below the echo: then nearly anything may be a voice."""
TRUSTED_AFTER = 15 * SAMPLE_RATE // AEC_FRAME
"""AEC frames of echo (15 s) after which the filter counts as converged: in noise, no residual gets to CONVERGED_DB."""
AUDIBLE_DBFS = -50.0
"""Level of the far end, in dBFS, from which there is an echo to adapt to."""
DOUBT_FRAMES = SAMPLE_RATE // AEC_FRAME
"""AEC frames (1 s) for which the filter does not count as converged after sound was lost."""
RETRAINED_AT = (60, 120, 190)
"""AEC frames of echo after which a new filter is trained on all that was heard so far: it converges twice as fast."""
TRAINING_PASSES = 3
"""How often the new filter is given all of that."""


class SpeexEchoCanceller:
    """An `Echo` that cancels with Speex, given the far end aligned to the near end.

    Threads: `play` from any one thread, everything else from the thread that calls `cancel`; see FarEndReference for
    the hand-over between the two.
    """

    latency = AEC_LATENCY
    """Delay of the output, in samples at 16 kHz."""

    def __init__(self) -> None:
        """Begin with a filter that knows nothing of the room. Raises AudioError where the library is missing."""
        self._residual_db = 0.0
        """Average level of the residual echo, in dB relative to the echo."""
        self._frames_learnt = 0
        """AEC frames of audible echo so far."""
        self._echo_dbfs = SILENCE_DBFS
        """Level of the echo in the near end, with its decay."""
        self._doubt = 0
        """AEC frames for which the filter is not trusted."""
        self._found = False
        """Whether the echo was ever found in the near end."""
        self._history: list[tuple[Samples, Samples]] = []
        """Both ends of every AEC frame so far, until the last retraining."""
        self._speex = Speex()
        self._detector = DoubleTalkDetector()
        self._reference = FarEndReference()
        self._frames = FrameCutter()
        self._earlier = self._before = np.zeros(AEC_FRAME, np.float32)
        """The near end of the two AEC frames before: `_before` is what an output of AEC_LATENCY is compared with."""
        self._silent = TAIL_SAMPLES + AEC_FRAME
        """Samples for which the far end has been silent."""

    def play(self, far_end: Clip) -> None:
        """Take the next frames that the speaker is given, from frame 0 on without gaps."""
        self._reference.play(far_end)

    def cancel(self, near_end: Samples, until: Frame) -> Samples:
        """Take the next samples of the microphone; the AEC frames that are whole by now come out, without the echo.

        `until`: the frame that left the speaker when the last of these samples was in the air.
        """
        self._reference.observe(len(near_end), until)
        return np.concatenate([np.zeros(0, np.float32), *map(self._cancel, self._frames.cut(near_end))])

    def _cancel(self, near_end: Samples) -> Samples:
        """Cancel one AEC frame; where no echo is left, the frame before comes out unchanged."""
        far_end = self._reference.take(AEC_FRAME)
        rested = self._silent > TAIL_SAMPLES
        self._silent = 0 if far_end.any() else self._silent + AEC_FRAME
        earlier, before = self._earlier, self._before
        self._earlier, self._before = before, near_end
        if self._silent > TAIL_SAMPLES:
            self._echo_dbfs = SILENCE_DBFS
            return before
        if rested:  # the suppressor's window still holds sound from before the rest
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
        return _no_louder(clean, np.concatenate([earlier, before, near_end]))

    def _learn(self, near_end: Samples, far_end: Samples) -> None:
        """Keep an AEC frame of both ends, and at RETRAINED_AT replace the filter by one trained on all of them."""
        if level_db(far_end) > AUDIBLE_DBFS:
            self._frames_learnt += 1
            if self._frames_learnt in RETRAINED_AT:
                self._speex = pretrained(self._history)
        self._history.append((near_end, far_end))
        if self._frames_learnt == RETRAINED_AT[-1]:
            self._history = []

    def _judge(self, near_end: Samples, far_end: Samples, clean: Samples) -> None:
        """Measure how much echo an AEC frame held, and how much of it is left."""
        echo_dbfs = level_db(near_end - clean)
        self._echo_dbfs = max(echo_dbfs, self._echo_dbfs - ECHO_DECAY_DB)
        if self._frames_learnt < TRUSTED_AFTER and level_db(far_end) > AUDIBLE_DBFS:
            self._frames_learnt += self._frames_learnt >= RETRAINED_AT[-1]
            change = level_db(clean) - level_db(near_end) - self._residual_db
            self._residual_db += change * (IMPROVING_SHARE if change < 0 else WORSENING_SHARE)

    @property
    def _converged(self) -> bool:
        """Whether the filter cancels well enough to be trusted, or has had long enough for that."""
        return self._residual_db <= CONVERGED_DB or self._frames_learnt >= TRUSTED_AFTER

    @property
    def echo_audible(self) -> bool:
        """Whether the output may hold echo: until the filter has converged, and for a second after sound was lost.

        Where no echo was found by SEARCHES searches, there is none.
        """
        echoes = self._found or self._reference.searches < SEARCHES
        return (echoes and not self._converged) or self._doubt > 0

    @property
    def double_talk(self) -> bool:
        """Whether somebody speaks over Limber's voice, judged by levels alone, while the echo is audible."""
        return self._detector.detected

    @property
    def output_playing(self) -> bool:
        """Whether Limber's voice is playing, or its echo may not have died away yet."""
        return self._silent <= TAIL_SAMPLES

    @property
    def residual_floor(self) -> float:
        """The level, in dBFS, under which sound in the output may be residual echo."""
        if self._frames_learnt >= TRUSTED_AFTER:
            return self._echo_dbfs + RESIDUAL_DB
        return self._echo_dbfs + (
            max(RESIDUAL_DB, self._residual_db + FLOOR_MARGIN_DB)
            if self._residual_db < HALF_CONVERGED_DB
            else UNCONVERGED_FLOOR_DB
        )


def _no_louder(clean: Samples, near_end: Samples) -> Samples:
    """The canceller's output, turned down to the loudest AEC frame of the near end around it.

    `near_end`: three AEC frames, of which `clean` is the middle one. Who speaks over Limber may be taken for an echo;
    the canceller then subtracts an echo that is not there, and so puts Limber's own words into a silent near end.
    """
    loudest = max(level_db(frame) for frame in near_end.reshape(-1, AEC_FRAME))
    excess = level_db(clean) - loudest
    return clean * np.float32(10 ** (-excess / 20)) if excess > 0 else clean


def pretrained(history: Sequence[tuple[Samples, Samples]]) -> Speex:
    """Train a new filter on a history: near end and far end of successive AEC frames, given TRAINING_PASSES times."""
    speex, silence = Speex(), np.zeros(AEC_FRAME, np.float32)
    for training_pass in range(TRAINING_PASSES):
        # Between two passes, silence for as long as the filter reaches back.
        for _ in range(AEC_TAPS // AEC_FRAME + 1 if training_pass else 0):
            speex.cancel(silence, silence)
        for near_end, far_end in history:
            speex.cancel(near_end, far_end)
    return speex


def open_echo(mode: EchoMode) -> Echo:
    """Open the canceller asked for. Raises AudioError where Speex is asked for by name and is not installed."""
    if mode == "off" or (mode == "auto" and library() is None):
        return PassThrough()
    return SpeexEchoCanceller()
