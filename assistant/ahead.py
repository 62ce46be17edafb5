"""An utterance heard in the lull that may be its end: so that an answer need not wait until it is known to be."""

from collections.abc import Collection
from dataclasses import dataclass

from audio.hearing.ear import Transcript
from audio.lull import Lull
from audio.segmenter import RATE, Utterance
from intents.endings import whole
from intents.model import Intent, Reading

LONGEST = 4 * RATE
"""Samples of an utterance that is heard ahead: whoever talks for longer hardly asks for something."""
SURELY_SAID = 0.8
"""The confidence from which a sentence is taken for all that was said."""
UNCERTAIN_END = frozenset({None, Intent.RED_FLAG, Intent.NO, Intent.YES})
"""Intents that wait for the usual end of an utterance: what follows may turn them round."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was heard in one lull."""

    lull: Lull
    valid: Collection[str] | None
    """The intents that were valid."""
    heard: Transcript
    meant: Reading

    @property
    def surely(self) -> str | None:
        """What was surely meant, should this be all."""
        sure = self.meant.intent not in UNCERTAIN_END and self.meant.confidence >= SURELY_SAID
        return self.meant.intent if sure else None

    @property
    def complete(self) -> bool | None:
        """Whether it is all, as far as its words tell; see `whole`."""
        said = self.meant.text if self.surely else self.heard.text
        return whole(said, self.valid, understood=self.surely is not None)

    def rules_out(self, intents: Collection[str], lull: Lull) -> bool:
        """Whether what was said before a lull surely is none of these."""
        return self.lull.until == lull.until and self.surely is not None and self.surely not in intents

    def is_of(self, utterance: Utterance, valid: Collection[str] | None) -> bool:
        """Whether this utterance ended in that lull, and means what it would have meant there."""
        same = (utterance.began, utterance.silent) == (self.lull.utterance, self.lull.until)
        return same and valid == self.valid
