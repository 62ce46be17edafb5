"""The protocol of an echo canceller, which stands between the microphone and voice activity detection."""

from typing import Literal, Protocol

from audio.frames import Frame
from audio.samples import SILENCE_DBFS, Clip, Samples

EchoMode = Literal["auto", "speex", "off"]
"""Whether echo is cancelled: auto where libspeexdsp is installed; off for devices that cancel their own echo."""


class Echo(Protocol):
    """An echo canceller: takes the far end (what the speaker plays) out of the near end (what the microphone hears).

    Threads: `play` may be called from the card's thread. Everything else belongs to the thread that calls `cancel`.
    """

    @property
    def latency(self) -> int:
        """Delay of the output behind the input, in samples at 16 kHz."""
        ...

    @property
    def echo_audible(self) -> bool:
        """Whether the output may still hold Limber's own voice: echo is there, and the canceller has not converged."""
        ...

    @property
    def output_playing(self) -> bool:
        """Whether Limber's voice is playing, or its echo may not have died away yet."""
        ...

    @property
    def double_talk(self) -> bool:
        """Whether somebody speaks over Limber's voice, judged by levels alone: usable while `echo_audible`."""
        ...

    @property
    def residual_floor(self) -> float:
        """The level, in dBFS, under which sound in the output may be residual echo."""
        ...

    def play(self, far_end: Clip) -> None:
        """Take the next frames that the speaker is given, from frame 0 on without gaps."""
        ...

    def cancel(self, near_end: Samples, until: Frame) -> Samples:
        """Take the next samples of the microphone; about as many come out, without the echo.

        `until`: the frame that left the speaker when the last of these samples was in the air.
        """
        ...


class NoEcho:
    """An echo canceller for sound in which there is no echo: the speaker is not heard. Output is input."""

    latency = 0
    """Delay of the output, in samples at 16 kHz."""
    echo_audible = False
    """Limber's own voice is never in the near end."""
    output_playing = False
    """What plays does not matter, since it is not heard."""
    double_talk = False
    """Without a far end there is no double-talk."""
    residual_floor = SILENCE_DBFS
    """No residual echo, in dBFS."""

    def play(self, far_end: Clip) -> None:
        """Ignore what the speaker is given."""

    def cancel(self, near_end: Samples, until: Frame) -> Samples:  # noqa: ARG002 (the protocol's arguments)
        """Return the near end unchanged."""
        return near_end


NO_ECHO = NoEcho()
"""The one instance of NoEcho that is needed: it has no state."""
