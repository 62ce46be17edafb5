"""The words that hold several things said in one breath together, or apart: `intents/en/clauses.yaml`, read once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from intents.language import EN

Phrase = tuple[str, ...]
"""Words in a row."""


class Phrases:
    """A set of phrases, of which the longest at a place is found."""

    def __init__(self, texts: Collection[str]) -> None:
        """`texts`: the phrases, in the one spelling of `words_of`."""
        self._by_first: dict[str, list[Phrase]] = {}
        for text in sorted(texts, key=lambda each: -len(each.split())):
            phrase = tuple(text.split())
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def length_at(self, words: Sequence[str], at: int) -> int:
        """How many words the longest phrase that begins at a position has; 0 where none does."""
        if at >= len(words):
            return 0
        return next(
            (len(each) for each in self._by_first.get(words[at], ()) if tuple(words[at : at + len(each)]) == each), 0
        )

    def skipped(self, words: Sequence[str], at: int) -> int:
        """The first position from `at` on that no phrase covers, one phrase after the other."""
        while length := self.length_at(words, at):
            at += length
        return at

    def any_in(self, words: Sequence[str]) -> bool:
        """Whether a phrase of this set stands anywhere in the words."""
        return any(self.length_at(words, at) for at in range(len(words)))

    def are(self, words: Sequence[str]) -> bool:
        """Whether the words are phrases of this set, and nothing else."""
        return bool(words) and self.skipped(words, 0) == len(words)


ONLY_LEFT_OFF = frozenset(
    "reminders reminding counting numbers counts beeps beeping instructions commentary talking chatter".split()
)
"""Words after "no" for what is to be left off."""


@dataclass(frozen=True, slots=True)
class ClauseLexicon:
    """The content of `clauses.yaml`, each set as that file describes it."""

    openers: Phrases
    oaths: Phrases
    assistants: Phrases
    requests: Phrases
    urgent: Mapping[str, Phrases]
    """To each intent that comes at once, the phrases it begins with, the most urgent intent first."""
    leaving: Phrases
    objects: Phrases
    idioms: Mapping[str, Phrases]
    """To an urgent phrase, what after it makes another thing of it."""
    connectives: Phrases
    corrections: Phrases
    weak_corrections: frozenset[Phrase]
    no_nouns: Phrases
    exercises: Phrases
    """What "no" denies at the beginning of a sentence."""
    reasons: Phrases
    bounds: Phrases
    """What bounds a dose that is said before it."""
    questions: Phrases
    orders: Phrases
    orders_to_anybody: Phrases
    """Orders that are said to people and animals in the room as well."""

    def refuses_at(self, words: Sequence[str], at: int, begin: int) -> bool:
        """Whether "no" at a position denies the exercise after it, in a sentence from `begin` on: "no neck rotations".

        After another thing it corrects that: "shoulder rolls no neck rotations". Nobody corrects towards what is only
        ever left off: "not today, no reminders".
        """
        if words[at : at + 1] not in (["no"], ("no",)):
            return False
        if not ONLY_LEFT_OFF.isdisjoint(words[at + 1 : at + 2]):
            return True
        if not self.exercises.length_at(words, at + 1):
            return False
        while begin < at:
            length = self.openers.length_at(words, begin) or self.connectives.length_at(words, begin)
            if not length:
                break
            begin += length
        return begin >= at or words[at - 1] in {"and", "but", "with", "please"}

    def correction_at(self, words: Sequence[str], at: int) -> int:
        """How many words the correction at a position has; 0 where none is there. "No need" corrects nothing."""
        length = self.corrections.length_at(words, at)
        denies = length and words[at + length - 1] == "no" and self.no_nouns.length_at(words, at + length)
        return 0 if denies else length


@cache
def clause_lexicon() -> ClauseLexicon:
    """The lexicon, read once."""
    content = yaml.safe_load((EN / "clauses.yaml").read_text(encoding="utf-8"))
    return ClauseLexicon(
        openers=Phrases(content["openers"]),
        oaths=Phrases(content["oaths"]),
        assistants=Phrases(content["assistants"]),
        requests=Phrases(content["requests"]),
        urgent={intent: Phrases(texts) for intent, texts in content["urgent"].items()},
        leaving=Phrases(content["leaving"]),
        objects=Phrases(content["objects"]),
        idioms={begin: Phrases(texts) for begin, texts in content["idioms"].items()},
        connectives=Phrases(content["connectives"]),
        corrections=Phrases(content["corrections"]),
        weak_corrections=frozenset(tuple(text.split()) for text in content["weak_corrections"]),
        no_nouns=Phrases(content["no_nouns"]),
        exercises=Phrases(content["exercises"]),
        reasons=Phrases(content["reasons"]),
        bounds=Phrases(content["bounds"]),
        questions=Phrases(content["questions"]),
        orders=Phrases(content["orders"]),
        orders_to_anybody=Phrases(content["orders_to_anybody"]),
    )
