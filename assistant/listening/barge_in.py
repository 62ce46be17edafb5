"""Somebody speaks over Limber's own voice: known before it is known what they say."""

from dataclasses import dataclass

from audio.aec.interface import Echo
from audio.samples import SAMPLE_RATE

DOUBLE_TALK_HANGOVER = SAMPLE_RATE * 3 // 5
"""Samples without another voice after which its own comes back."""


@dataclass(frozen=True, slots=True)
class BargeInSuspected:
    """They say, or have said, what may be "stop" or "pause"; it is not sure yet. Positions are samples."""

    at: int
    """Where the voice began."""
    decided: int
    """The number of samples it took to know."""


@dataclass(frozen=True, slots=True)
class DoubleTalkChanged:
    """They are heard to speak where its own voice is in the sound, or have fallen silent."""

    began: bool
    decided: int
    """The number of samples it took to know."""


class DoubleTalkTracker:
    """Follows whether anybody speaks, where levels alone can tell."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._taken = 0
        self._last: int | None = None

    def advance(self, samples: int) -> list[DoubleTalkChanged]:
        """So many more samples were cleaned; what is known by them."""
        self._taken += samples
        if self._echo.echo_audible and self._echo.output_playing and self._echo.double_talk:
            before, self._last = self._last, self._taken
            return [DoubleTalkChanged(began=True, decided=self._taken)] if before is None else []
        if self._last is None or self._taken - self._last < DOUBLE_TALK_HANGOVER:
            return []
        self._last = None
        return [DoubleTalkChanged(began=False, decided=self._taken)]
