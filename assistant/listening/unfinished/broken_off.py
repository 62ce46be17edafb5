"""An utterance that broke off: a pause cut it from what it goes on with ("my arm is ... going numb")."""

from dataclasses import dataclass

from assistant.operating_points import BROKEN_OFF_SAMPLES, BROKEN_OFF_WORDS, JOINED_SAMPLES
from audio.samples import Samples, joined
from audio.vad.utterance import Utterance
from intents.phrases.completeness import Completeness, completeness
from intents.text.normalize import words_of

DANGLING_WORDS = frozenset(
    "a an the my your his her our their this these some i i'm we he she it and but or because so then that "
    "is are was am be been being has have had having do does did can can't cannot could will would should "
    "to of in on at with from for into behind around under my gone going gets getting feels feel feeling "
    "keeps keep went it's there's that's i've not just really very so like".split()
)
"""Words after which a sentence goes on; an utterance that ends in one broke off."""


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """An utterance that is no command, and whose words lack their end."""

    utterance: Utterance
    """The utterance itself."""

    @classmethod
    def of(cls, text: str, utterance: Utterance) -> "BrokenOff | None":
        """The utterance, if it broke off; else None. `text`: its free text."""
        words = words_of(text)
        if not words or len(words) > BROKEN_OFF_WORDS:
            return None
        lacks = text.lower().rstrip(" .…,!?-").rsplit(None, 1)[-1] in DANGLING_WORDS or words[-1] in DANGLING_WORDS
        lacks = lacks or completeness(text) is Completeness.INCOMPLETE
        return cls(utterance) if lacks else None

    def goes_on_with(self, utterance: Utterance) -> bool:
        """Whether an utterance comes so soon that it may go on with this one."""
        return utterance.began - self.utterance.until <= BROKEN_OFF_SAMPLES

    def with_next(self, utterance: Utterance) -> Samples | None:
        """The sound of both, without most of the pause between; None where that is too long for one sentence."""
        sound = joined(self.utterance.samples, utterance.samples)
        return sound if len(sound) <= JOINED_SAMPLES else None
