"""What an echo canceller tells of the samples that it has just given, as one immutable value."""

from dataclasses import dataclass

from audio.aec.interface import NO_ECHO, Echo


@dataclass(frozen=True, slots=True)
class EchoStatus:
    """The canceller's state at one moment: whoever is given samples is given this beside them."""

    echo_audible: bool
    """Limber's own voice may be left in the samples: the canceller has not converged, or there is none."""
    output_playing: bool
    """Limber speaks, or the room still sounds of it."""
    double_talk: bool
    """Somebody speaks over Limber, as far as levels tell; known only where `echo_audible`."""
    residual_floor: float
    """dBFS under which sound may be residual echo, so that no utterance begins there."""

    @classmethod
    def of(cls, echo: Echo) -> "EchoStatus":
        """The status of a canceller now; for the thread that calls its `cancel`."""
        return cls(echo.echo_audible, echo.output_playing, echo.double_talk, echo.residual_floor)


SILENT_OUTPUT = EchoStatus.of(NO_ECHO)
"""The status where no loudspeaker is heard."""
