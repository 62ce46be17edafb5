"""No cancellation: the near end as the microphone gives it, and whether the far end is audible in it."""

from audio.aec.double_talk import DoubleTalkDetector
from audio.aec.interface import NOTHING_DBFS
from audio.aec.reference import FarEndReference
from audio.aec.speex import AEC_FRAME, FrameCutter
from audio.frames import Frame
from audio.samples import Clip

SEARCHES = 8
"""Looks for its own voice, four for each second of it, after which one that was never found is not there."""


class PassThrough:
    """Takes nothing away, but tells whether its own voice is near_end."""

    latency = 0
    residual_floor = NOTHING_DBFS

    def __init__(self) -> None:
        self._reference = FarEndReference()
        self._detector = DoubleTalkDetector()
        self._frames = FrameCutter()
        self._found = False
        self.output_playing = False

    def play(self, samples: Clip) -> None:
        """See `Echo`."""
        self._reference.play(samples)

    def cancel(self, near_end: Clip, until: Frame) -> Clip:
        """The same."""
        self._reference.observe(len(near_end), until)
        for frame in self._frames.cut(near_end):
            self._compare(frame)
        return near_end

    def _compare(self, near_end: Clip) -> None:
        far_end = self._reference.take(AEC_FRAME)
        self.output_playing = bool(far_end.any())
        if self.output_playing:
            if self._reference.align(near_end, far_end) == "anew":
                self._detector.forget()
            self._found = self._found or self._reference.echo_found
        self._detector.observe(near_end, far_end)

    @property
    def double_talk(self) -> bool:
        """See `Echo`."""
        return self._detector.detected

    @property
    def echo_audible(self) -> bool:
        """Where its voice was found; and before it was looked for often enough."""
        return self._found or self._reference.searches < SEARCHES
