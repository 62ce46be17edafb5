"""Double-talk by levels: somebody speaks over Limber, known before it is known what they say."""

from assistant.listening.sounds import DoubleTalkChanged
from audio.aec.status import EchoStatus
from audio.samples import SAMPLE_RATE

DOUBLE_TALK_HANGOVER = SAMPLE_RATE * 3 // 5
"""Samples without another voice after which double-talk has ended: longer than the gaps between words."""


class DoubleTalkTracker:
    """Follows double-talk where the canceller leaves Limber's own voice in the sound, so that levels alone can tell."""

    def __init__(self) -> None:
        self._taken = 0
        self._last: int | None = None

    def advance(self, samples: int, echo: EchoStatus) -> list[DoubleTalkChanged]:
        """Advance by `samples` of cancelled input; the changes of double-talk since. `echo`: as it is after them."""
        self._taken += samples
        if echo.echo_audible and echo.output_playing and echo.double_talk:
            before, self._last = self._last, self._taken
            return [DoubleTalkChanged(began=True, decided=self._taken)] if before is None else []
        if self._last is None or self._taken - self._last < DOUBLE_TALK_HANGOVER:
            return []
        self._last = None
        return [DoubleTalkChanged(began=False, decided=self._taken)]
