"""What a text means, whatever its words: a sentence encoder, and a trained classifier over its vectors.

    meaning = MeaningModel.load()
    guess = meaning.guess("could you hold my hand through the short one", valid)
    guess.intent, guess.slots, guess.probability    # "StartRoutine", {"routine": "quick"}, 0.93

`python -m benchmarks.training.meaning` trains the classifier; `docs/intents.md` has its figures.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from intents.encoder.head import Head
from intents.encoder.sentence_encoder import SentenceEncoder, shared_encoder
from intents.encoder.topic_of_fact import TOPIC_OF_FACT
from intents.model import NO_SLOTS, Intent, Meant
from intents.text.normalize import words_of

TALK, REQUEST_ELSEWHERE = "-/talk", "-/request"
"""The labels of what is not meant for Limber: talk of any kind, and what is asked of others or can't be done."""
REJECTED = "-"
"""What stands for the intent in the labels of what is not meant for Limber."""
CLOSED_SLOTS: Mapping[str, str] = {
    Intent.START_MOVEMENT: "movement",
    Intent.START_ROUTINE: "routine",
    Intent.ROUTINE_LENGTH: "routine",
    Intent.MEASURE: "measure",
    Intent.CAUSE: "cause",
    Intent.STRATEGY: "strategy",
    Intent.QUESTION: "about",
    Intent.CONDITION: "condition",
    Intent.SITUATION: "situation",
    Intent.SMALL_TALK: "topic",
    Intent.ONLY_SIDE: "side",
    Intent.CHANGE_SETTING: "to",
}
"""To each intent whose labels name the value of a slot ("Question/heat_minutes"), that slot."""
_KEPT_RANKINGS = 256
"""How many recent texts are not classified again."""


@dataclass(frozen=True, slots=True)
class MeaningGuess:
    """What a text most likely means among the valid intents."""

    intent: str | None
    """The likeliest valid intent; None: likelier none of them."""
    slots: Mapping[str, str]
    """The slot that the label names; other slots are read from the words by whoever asks."""
    probability: float
    """Of `intent`, or of none where it is None; 0 to 1, among the valid intents and none."""
    asks: bool
    """Whether, if it is not meant for Limber, it is likelier a request or question to someone than talk."""
    value_probability: float = 1.0
    """Of the slot's value, given the intent; 0 to 1."""


def _meant_by(label: str) -> Meant:
    """What a label stands for. A question about one fact is an intent of the topic that the fact belongs to."""
    intent, _, value = label.partition("/")
    if intent == Intent.QUESTION and value in TOPIC_OF_FACT:
        topic = TOPIC_OF_FACT[value]
        return Meant(topic.intent, {**topic.slots, "about": value})
    return Meant(intent, {CLOSED_SLOTS[intent]: value} if value and intent != REJECTED else NO_SLOTS)


class MeaningModel:
    """The encoder and the classifier. Loading takes about 0.2 s, which the first guess pays; a guess about 2 ms."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self._meant = [_meant_by(label) for label in head.labels]
        self._intents = [meant.intent for meant in self._meant]
        self._recent = lru_cache(_KEPT_RANKINGS)(self._probabilities)

    @classmethod
    def load(cls) -> "MeaningModel":
        """The classifier that ships. Raises IntentsError where a file is missing."""
        return cls(Head.load())

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that the classifier knows."""
        return self._head.labels

    @cached_property
    def intents(self) -> frozenset[str]:
        """The intents that some label names."""
        return frozenset(self._intents) - {REJECTED}

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """The encoder, loaded on first use. Raises IntentsError where its file is missing."""
        return shared_encoder()

    def guess(self, text: str, valid: Collection[str] | None = None) -> MeaningGuess:
        """The likeliest valid intent, all its values taken together, or none; `valid` None: all intents are."""
        chances = self._recent(tuple(words_of(text)))
        by_intent: dict[str, float] = {}
        for intent, chance in zip(self._intents, chances, strict=True):
            if intent == REJECTED or valid is None or intent in valid:
                by_intent[intent] = by_intent.get(intent, 0.0) + float(chance)
        best = max(by_intent, key=lambda intent: by_intent[intent])
        probability = by_intent[best] / max(sum(by_intent.values()), 1e-30)
        labelled = dict(zip(self.labels, chances, strict=True))
        asks = bool(labelled[REQUEST_ELSEWHERE] > labelled[TALK])
        if best == REJECTED:
            return MeaningGuess(None, NO_SLOTS, probability, asks)
        of_it = [each for each in zip(self._meant, map(float, chances), strict=True) if each[0].intent == best]
        meant, chance = max(of_it, key=lambda each: each[1])
        return MeaningGuess(best, meant.slots, probability, asks, chance / max(by_intent[best], 1e-30))

    def together(self, text: str, intents: Collection[str], valid: Collection[str] | None = None) -> float:
        """The probability, 0 to 1, that a text means any of `intents`, among the valid ones and none."""
        chances = self._recent(tuple(words_of(text)))
        among, wanted = 0.0, 0.0
        for intent, chance in zip(self._intents, chances, strict=True):
            if intent == REJECTED or valid is None or intent in valid:
                among += float(chance)
                wanted += float(chance) if intent in intents else 0.0
        return wanted / max(among, 1e-30)

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """All labels with their probabilities, 0 to 1, the likeliest first."""
        chances = self._recent(tuple(words_of(text)))
        return sorted(zip(self.labels, map(float, chances), strict=True), key=lambda each: (-each[1], each[0]))

    def likeliest(self, text: str, intents: Collection[str]) -> list[tuple[Meant, float]]:
        """What a text may mean among some intents, with the probability of each label, the likeliest first."""
        chances = self._recent(tuple(words_of(text)))
        among = [(meant, float(chance)) for meant, chance in zip(self._meant, chances, strict=True)]
        return sorted((each for each in among if each[0].intent in intents), key=lambda each: -each[1])

    def _probabilities(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        """The probability of each label."""
        return self._head.probabilities(self.encoder.encode(words))
