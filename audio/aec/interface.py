"""What stands between the microphone and the segmenter: the protocol of an echo canceller."""

from typing import Literal, Protocol

from audio.frames import Frame
from audio.samples import Clip

EchoMode = Literal["auto", "speex", "off"]
"""Whether to cancel echo: auto does where the library is installed; off is for devices that do so themselves."""


NOTHING_DBFS = -120.0
"""dBFS of nothing."""


class Echo(Protocol):
    """What stands between the microphone and the ear."""

    @property
    def latency(self) -> int:
        """Samples by which what it gives is behind what it is given."""
        ...

    @property
    def echo_audible(self) -> bool:
        """Whether Limber's own voice may be in what it gives."""
        ...

    @property
    def output_playing(self) -> bool:
        """Whether Limber speaks, or may still be heard to."""
        ...

    @property
    def double_talk(self) -> bool:
        """Whether somebody speaks besides Limber, by levels alone: for while it hears itself."""
        ...

    @property
    def residual_floor(self) -> float:
        """In dBFS: under which what it gives may be what is left of Limber's own voice."""
        ...

    def play(self, samples: Clip) -> None:
        """The next frames that the speaker is given, at 48 kHz, from frame 0 on. From whatever thread."""
        ...

    def cancel(self, heard: Clip, until: Frame) -> Clip:
        """The next samples of the microphone, at 16 kHz, without the echo; about as many as were given.

        `until`: the frame that left the speaker when the last of them was in the air.
        """
        ...


class NoEcho:
    """There is none to be taken away: the speaker is not heard."""

    latency = 0
    echo_audible = False
    output_playing = False
    double_talk = False
    residual_floor = NOTHING_DBFS

    def play(self, samples: Clip) -> None:
        """Nothing is done."""

    def cancel(self, heard: Clip, until: Frame) -> Clip:  # noqa: ARG002 (as `Echo` has it)
        """The same."""
        return heard


NO_ECHO = NoEcho()
