"""Background speech: a television, or people who speak to each other.

A "no" or a "next" amid background speech, no louder than the rest, is probably not meant for Limber. How much this
rejects: `benchmarks/hearing.py DATA --only television,screening` (docs/hearing.md).
"""

from audio.samples import SAMPLE_RATE
from audio.vad.utterance import Utterance

BACKGROUND_MEMORY = SAMPLE_RATE * 10
"""Length of the past that is looked at, in samples at 16 kHz (10 s)."""
BACKGROUND_SAMPLES = SAMPLE_RATE * 4
"""Least speech in that past that makes background speech, in samples at 16 kHz (4 s).

One remark to somebody else, or one command that was misheard, is shorter.
"""
FOREGROUND_MARGIN_DB = 6.0
"""Level over background speech, in dB, from which on an utterance is not amid that speech: its speaker is nearer."""


class BackgroundSpeech:
    """Remembers the utterances of the last BACKGROUND_MEMORY samples that were not meant for Limber."""

    def __init__(self) -> None:
        self._talk: tuple[Utterance, ...] = ()

    def add(self, utterance: Utterance) -> None:
        """Add an utterance that was not meant for Limber; they come in order of time."""
        self._talk = (*self._lately(utterance.began), utterance)

    def prominence_db(self, utterance: Utterance) -> float:
        """Level of an utterance, in dB, over what is right beside it and over the loudest background speech."""
        return min(
            [utterance.prominence_db, *(utterance.peak_db - talk.peak_db for talk in self._lately(utterance.began))]
        )

    def is_amid(self, began: int, level: float) -> bool:
        """Whether an utterance comes amid background speech: enough of it, and about as loud.

        `began`: the utterance's first sample; `level`: its peak level in dBFS.
        """
        talk = [each for each in self._lately(began) if level - each.peak_db < FOREGROUND_MARGIN_DB]
        return sum(each.until - each.began for each in talk) >= BACKGROUND_SAMPLES

    def _lately(self, began: int) -> tuple[Utterance, ...]:
        return tuple(talk for talk in self._talk if talk.until >= began - BACKGROUND_MEMORY)
