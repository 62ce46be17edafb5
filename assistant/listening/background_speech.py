"""Other talk in the room: a television, or people who speak to each other.

Who says "no" or "next" in the midst of it, no louder than the rest, is not likely to mean Limber.
"""

from audio.samples import SAMPLE_RATE
from audio.vad.utterance import Utterance

BACKGROUND_MEMORY = SAMPLE_RATE * 10
"""For so many samples what was said still counts."""
BACKGROUND_SAMPLES = SAMPLE_RATE * 4
"""Samples of talk that one does not say by the way, or to be misheard: there is company."""
FOREGROUND_MARGIN_DB = 6.0
"""dB by which whoever speaks to Limber may be louder than company; then they are known by it."""


class BackgroundSpeech:
    """What has been said lately that was not for Limber."""

    def __init__(self) -> None:
        self._talk: tuple[Utterance, ...] = ()
        """Replaced whole, for another thread may look at it."""

    def add(self, utterance: Utterance) -> None:
        """This was not for Limber. Utterances come in the order in which they were said."""
        self._talk = (*self._lately(utterance.began), utterance)

    def prominence_db(self, utterance: Utterance) -> float:
        """By how many dB an utterance stands out from what is right beside it and from other talk lately."""
        return min(
            [utterance.prominence_db, *(utterance.peak_db - talk.peak_db for talk in self._lately(utterance.began))]
        )

    def is_amid(self, began: int, level: float) -> bool:
        """Whether there has been much talk before a sample, about as loud as what is said from there on, in dBFS."""
        talk = [each for each in self._lately(began) if level - each.peak_db < FOREGROUND_MARGIN_DB]
        return sum(each.until - each.began for each in talk) >= BACKGROUND_SAMPLES

    def _lately(self, began: int) -> tuple[Utterance, ...]:
        return tuple(talk for talk in self._talk if talk.until >= began - BACKGROUND_MEMORY)
