"""Tracking of double-talk: near-end speech over Limber's voice, detected by level before any word is recognised."""

from assistant.listening.sounds import DoubleTalkChanged
from audio.aec.status import EchoStatus
from audio.samples import SAMPLE_RATE

DOUBLE_TALK_HANGOVER = SAMPLE_RATE * 3 // 5
"""Length without near-end speech after which double-talk has ended, in samples at 16 kHz (0.6 s).

Longer than the gaps between words.
"""


class DoubleTalkTracker:
    """Turns the canceller's double-talk flag into beginnings and ends.

    The flag is used only while residual echo may be audible; without residual echo the voice activity detector tells
    the onset of near-end speech by itself.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._last: int | None = None

    def advance(self, samples: int, echo: EchoStatus) -> list[DoubleTalkChanged]:
        """Advance by `samples` of cancelled input; the changes of double-talk since. `echo`: the status after them."""
        self._taken += samples
        if echo.echo_audible and echo.output_playing and echo.double_talk:
            before, self._last = self._last, self._taken
            return [DoubleTalkChanged(began=True, decided=self._taken)] if before is None else []
        if self._last is None or self._taken - self._last < DOUBLE_TALK_HANGOVER:
            return []
        self._last = None
        return [DoubleTalkChanged(began=False, decided=self._taken)]
