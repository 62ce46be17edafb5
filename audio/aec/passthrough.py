"""No cancellation: the near end unchanged, and whether the far end is audible in it."""

from audio.aec.double_talk import DoubleTalkDetector
from audio.aec.reference import FarEndReference
from audio.aec.speex import AEC_FRAME, FrameCutter
from audio.frames import Frame
from audio.samples import SILENCE_DBFS, Clip, Samples

SEARCHES = 8
"""Delay searches, of which each second of Limber's speech has four, after which an echo never found is not there."""


class PassThrough:
    """An `Echo` that takes nothing away, but tells whether Limber's own voice is audible in the near end.

    Threads: `play` from any one thread, everything else from the thread that calls `cancel`; see FarEndReference for
    the hand-over between the two.
    """

    latency = 0
    """Delay of the output, in samples at 16 kHz: none."""
    residual_floor = SILENCE_DBFS
    """Level under which sound may be residual echo, in dBFS: the echo itself is left, so no level tells."""

    def __init__(self) -> None:
        """Begin with nothing played, nothing heard and no echo found."""
        self._reference = FarEndReference()
        self._detector = DoubleTalkDetector()
        self._frames = FrameCutter()
        self._found = False
        self.output_playing = False
        """Whether Limber's voice was in the far end of the last AEC frame."""

    def play(self, far_end: Clip) -> None:
        """Take the next frames that the speaker is given, from frame 0 on without gaps."""
        self._reference.play(far_end)

    def cancel(self, near_end: Samples, until: Frame) -> Samples:
        """Compare the next samples of the microphone with the far end, and return them unchanged.

        `until`: the frame that left the speaker when the last of these samples was in the air.
        """
        self._reference.observe(len(near_end), until)
        for frame in self._frames.cut(near_end):
            self._compare(frame)
        return near_end

    def _compare(self, near_end: Samples) -> None:
        """Compare one AEC frame of the near end with the far end."""
        far_end = self._reference.take(AEC_FRAME)
        self.output_playing = bool(far_end.any())
        if self.output_playing:
            if self._reference.align(near_end, far_end) == "anew":
                self._detector.forget()
            self._found = self._found or self._reference.echo_found
        self._detector.observe(near_end, far_end)

    @property
    def double_talk(self) -> bool:
        """Whether somebody speaks over Limber's voice, judged by levels alone."""
        return self._detector.detected

    @property
    def echo_audible(self) -> bool:
        """Whether the echo was found in the near end, or has not been searched for often enough to be ruled out."""
        return self._found or self._reference.searches < SEARCHES
