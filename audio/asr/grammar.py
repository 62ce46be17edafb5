"""What a recogniser may be told to expect: a closed grammar of sentences, walked word by word."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
"""A place between the words of a sentence: hashable, and the same words always follow it."""

ANY_INTENT = -1
"""The intent mask with every bit set: sentences of all intents."""
UNCOMMON_PENALTY = 4.0
"""Penalty, in log-probability, of a brief sentence that is not among the common phrases."""


class Grammar(Hashable, Protocol[P]):
    """A graph of sentences, each with the intents that it means, as bits of a mask."""

    @property
    def start(self) -> P:
        """The place where every sentence begins."""
        ...

    def after(self, place: P, /) -> tuple[Mapping[str, tuple[str, P, int]], int]:
        """What may follow a place.

        First the next words by their spelling: the words as they are spoken (one or more: "i'm" is "i am"), the place
        after them, and the mask of the intents that they lead to. Second the mask of the intents that are complete
        here.
        """
        ...

    def parts(self, place: P, /) -> Sequence[P]:
        """The smaller places that a place is the union of; the place itself where it is not divided.

        The words that may follow the place are those that may follow any of its parts. A part that many places share,
        such as the beginning of a sentence after a filler, is worked out once.
        """
        ...


@dataclass(frozen=True, slots=True)
class ClosedGrammar:
    """The closed set of sentences that mean something now."""

    grammar: Grammar[Any]
    """The sentences of all intents."""
    intent_mask: int = ANY_INTENT
    """The intents that are expected, as bits: only their sentences count."""
    common_phrases: Mapping[str, float] | None = None
    """What people do say briefly, in the grammar's words, with the penalty of each, in log-probability.

    None: nothing is known of that, and no sentence has a penalty.
    """
    led_text: bool = False
    """Whether free text is searched for once more, led by what is said to a coach, where no sentence is certain."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expected sentence with its scores: one entry of an n-best list. All scores are natural log-probabilities."""

    text: str
    """The words of the sentence as they are spoken."""
    log_probability: float
    """Given the sound, over all spellings of the sentence together, END included."""
    internal_lm_score: float
    """In a silent room: what the network expects without sound, which favours short and common sentences."""
    tokens: int
    """Number of tokens of the likeliest spelling, END included."""
    gap: float
    """The most by which a token of that spelling is less likely than the likeliest token in its place."""
    intent_mask: int = ANY_INTENT
    """The intents of the sentence, as bits; see `Grammar`."""
    penalty: float = 0.0
    """How much less likely the sentence is to be said than others."""
    written: str = ""
    """The likeliest spelling, as it is pronounced: "I'm" where `text` has "i am"."""

    @property
    def acoustic_score(self) -> float:
        """Log-probability less the penalty."""
        return self.log_probability - self.penalty

    def score(self, lm_weight: float) -> float:
        """The score by which sentences are ranked: the internal language model's score is taken off in part.

        `lm_weight`: that part, 0 to 1.
        """
        return self.acoustic_score - lm_weight * self.internal_lm_score


class ListedSentences:
    """A grammar of a few sentences, written out, each with an intent bit of its own."""

    def __init__(self, sentences: Sequence[str]) -> None:
        """`sentences`: as they are spoken, without punctuation; blank ones and repetitions are left out."""
        self.start: tuple[str, ...] = ()
        """The place before the first word: no words."""
        self._words: dict[tuple[str, ...], dict[str, tuple[str, tuple[str, ...], int]]] = {}
        whole = dict.fromkeys(tuple(sentence.split()) for sentence in sentences if sentence.split())
        self._whole = {words: 1 << number for number, words in enumerate(whole)}
        for words, intent in self._whole.items():
            for at, word in enumerate(words):
                following = self._words.setdefault(words[:at], {})
                others = following[word][2] if word in following else 0
                following[word] = word, words[: at + 1], others | intent

    def after(self, place: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, tuple[str, ...], int]], int]:
        """What may follow the words so far: the next words, and the mask of the sentence that is complete here."""
        return self._words.get(place, {}), self._whole.get(place, 0)

    def parts(self, place: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
        """The place alone."""
        return (place,)
