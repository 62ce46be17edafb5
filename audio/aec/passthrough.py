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
    """Takes nothing away, but tells whether its own voice is heard."""

    latency = 0
    floor = NOTHING_DBFS

    def __init__(self) -> None:
        self._reference = FarEndReference()
        self._own = DoubleTalkDetector()
        self._frames = FrameCutter()
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
        played = self._reference.take(AEC_FRAME)
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
        return self._found or self._reference.looks < SEARCHES
