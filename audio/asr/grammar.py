"""What a recogniser may be told to expect: sentences without number, walked word by word."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
"""A place between the words of a sentence: hashable, and the same words always follow it."""

ANY_INTENT = -1
"""All kinds of sentences."""
UNCOMMON_PENALTY = 4.0
"""By how much, in log-probability, a brief sentence is less likely that nobody is known to say."""


class Grammar(Hashable, Protocol[P]):
    """Sentences of several kinds; which kinds are expected may change with each utterance."""

    @property
    def start(self) -> P:
        """Where every sentence begins."""
        ...

    def after(self, place: P, /) -> tuple[Mapping[str, tuple[str, P, int]], int]:
        """What may follow a place.

        First the next words by how they may be written: what was said (one word or more: "i'm" is "i am"), the place
        after it, and the kinds of the sentences it leads to, as bits. Second the kinds that are complete here.
        """
        ...


@dataclass(frozen=True, slots=True)
class ClosedGrammar:
    """The closed set of sentences that mean something now."""

    grammar: Grammar[Any]
    intent_mask: int = ANY_INTENT
    """Bits: only sentences of these kinds."""
    common_phrases: Mapping[str, float] | None = None
    """What people do say briefly, word for word as the grammar has it, and how much less likely each is than the rest,
    in log-probability; None: nothing is known of that."""
    fallback_grammar: Grammar[Any] | None = None
    """Texts that may also be said, to hear by where no sentence is sure; None: there is no more to hear than these."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expected sentence and what speaks for it."""

    text: str
    """Its words, as they are spoken."""
    log_probability: float
    """Given the sound, of all its writings together, END included."""
    internal_lm_score: float
    """The same in a silent room: short and common sentences come cheap."""
    tokens: int
    """In its likeliest writing, END included."""
    gap: float
    """The most by which one token of that writing is less likely than the likeliest there, in log-probability."""
    intent_mask: int = ANY_INTENT
    """Of the sentence, as bits; see `Grammar`."""
    penalty: float = 0.0
    """By how much, in log-probability, it is less likely to be said than others."""

    @property
    def acoustic_score(self) -> float:
        """Log-probability, less what an unusual sentence has to make up for."""
        return self.log_probability - self.penalty

    def score(self, lm_weight: float) -> float:
        """By which expected sentences are compared: `share` of the prior is taken off."""
        return self.acoustic_score - lm_weight * self.internal_lm_score


class ListedSentences:
    """A grammar of a few sentences, each written out and each of a kind of its own."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.start: tuple[str, ...] = ()
        self._words: dict[tuple[str, ...], dict[str, tuple[str, tuple[str, ...], int]]] = {}
        whole = dict.fromkeys(tuple(sentence.split()) for sentence in sentences if sentence.split())
        self._whole = {words: 1 << number for number, words in enumerate(whole)}
        for words, kind in self._whole.items():
            for at, word in enumerate(words):
                following = self._words.setdefault(words[:at], {})
                others = following[word][2] if word in following else 0
                following[word] = word, words[: at + 1], others | kind

    def after(self, place: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, tuple[str, ...], int]], int]:
        """What may follow the words said so far."""
        return self._words.get(place, {}), self._whole.get(place, 0)
