"""What was answered to a question for warning signs: a clear no to all of it, a sign, a yes, or nothing clear.

Only a clear no lets a stretch begin, and a false "no" is the error to avoid. So a no is clear where every word of the
answer belongs to a phrase in `en/red_flags/screening.toml` that denies everything or means nothing; any other word
makes it unclear. Where a sign is named, even in one word, the answer is that sign.
"""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from intents.language import EN
from intents.red_flags.alarm import Alarm, find_alarm, named_sign
from intents.red_flags.concepts import ConceptSpans, Lexicon, Span
from intents.text.normalize import words_of


class AnswerKind(StrEnum):
    """What an answer to the screening question says."""

    CLEAR_NO = "clear_no"
    """No to all of it: the only answer that lets a stretch begin."""
    SIGN = "sign"
    """A sign is named that is not denied."""
    YES = "yes"
    """Yes, and no sign that is known."""
    ONE_DENIED = "one_denied"
    """Some of the signs are denied, the others are not spoken of."""
    HEDGED = "hedged"
    """A no that is not sure, a doubt, or a feeling that is no sign: "not really", "not yet", "I don't feel well"."""
    OTHER = "other"
    """A question, a command, or talk of something else."""


@dataclass(frozen=True, slots=True)
class ScreeningAnswer:
    """The reading of an answer to the screening question."""

    kind: AnswerKind
    alarm: Alarm | None = None
    """The sign that is named; only with `AnswerKind.SIGN`."""


ANSWERING_NOES = 2
"""Most times that "no" alone may be repeated in an answer: "no, no" is one, "no, no, no" is an outcry.

`benchmarks/hearing.py DATA --only screening` counts such cries on television (docs/hearing.md).
"""
MOST_WORDS = 20
"""Length in words from which no answer is a clear no: so long a talk tells something else."""
_BRIEF = 3
"""Length in words up to which an answer that names a sign is that sign, whatever classifiers make of so little."""

_NOES = frozenset({"no", "nope", "none", "nah"})
"""Words that deny the sign before them where nothing but signs and these words is said."""
_ALL_AT_LAST = frozenset({"nothing", "none"})
"""Last words that deny everything beside the signs before them: "no fever, no numbness, nothing"."""
_NO_BUT = re.compile(r"^\s*(no|nope|none|nah)\s+(just|only|but|except|apart)\b", re.IGNORECASE)
"""A no with an exception right behind it: "no just numb fingers"."""
_ASKING_BACK = frozenset({"what", "how", "sorry", "pardon", "and"})
"""First words of an answer that asks what a word of the question means."""
_LONGEST_YES = 7
"""Length in words up to which an answer with a yes in it is a yes; a longer one is asked about again."""

_DENYING = ("denial", "all_denied")
"""The concepts that deny everything."""
_HARMLESS = ("repeated", "well", "onward", "empty")
"""The concepts that neither deny anything nor take a denial back."""
_BESIDE_PARTLY = ("empty", "repeated")
"""The concepts that may stand beside a yes to a part of what was asked."""
_ASKED = ("chest", "breath", "fever", "numbness", "weakness", "injury")
"""What the question asks for: who denies every one of them has said no to all."""


def read_screening_answer(text: str) -> ScreeningAnswer:
    """What `text`, in any letter case and punctuation, answers to the question for warning signs."""
    text = denied_first(text)
    words = words_of(text)
    found = _lexicon().find(words)
    if _clear(words, found):
        return ScreeningAnswer(AnswerKind.CLEAR_NO)
    brief = named_sign(text) if len(words) <= _BRIEF else None
    asks_back = "meaning" in found and words[0] in _ASKING_BACK
    alarm = brief or find_alarm(text) or (None if asks_back else named_sign(text))
    if alarm:
        return ScreeningAnswer(AnswerKind.SIGN, alarm)
    asked = [name for name in _ASKED if name in found]
    yes = _unopposed("yes", found)
    if not yes and _made_of(len(words), found, _BESIDE_PARTLY, ("partly",)):
        # "Both" and "a bit" are a yes where nothing else is said: "both sides" answers nothing.
        yes = _unopposed("partly", found)
    if words[:1] == ["no"] and len(asked) == len(_ASKED) and not yes:
        return ScreeningAnswer(AnswerKind.CLEAR_NO)
    if yes and "onward" in found:
        # "Yeah yeah, get on with it": impatient, and a yes to no sign.
        return ScreeningAnswer(AnswerKind.HEDGED)
    if yes:
        # In long talk a yes is a word of the talk: "he said yes to the job in Leeds". It passes nothing either way.
        return ScreeningAnswer(AnswerKind.YES if len(words) <= _LONGEST_YES else AnswerKind.HEDGED)
    if asked and "denies" in found:
        return ScreeningAnswer(AnswerKind.ONE_DENIED)
    return ScreeningAnswer(AnswerKind.HEDGED if "hedge" in found else AnswerKind.OTHER)


def denied_first(text: str) -> str:
    """A text in which each sign is followed by its no, with the no before the sign: "chest no, fever no".

    A sign after "no just" is not what the "no" denies: that "no" becomes an answer of its own.
    """
    text = _NO_BUT.sub(r"\1, \2", text)
    words, denied = words_of(text), list[str]()
    if len(words) < _BRIEF or words[-1] not in _NOES or words[0] in _NOES:
        return text
    sign: list[str] = []
    for word in words:
        if word not in _NOES:
            sign.append(word)
        elif len(sign) > _BRIEF or not any(name in _lexicon().find(sign) for name in _ASKED):
            return text
        else:
            denied.append(f"no {' '.join(sign)}")
            sign = []
    return ", ".join(denied)


def is_clear_no(text: str) -> bool:
    """Whether every word of `text` denies all that was asked or means nothing, and some of it denies."""
    words = words_of(text)
    return _clear(words, _lexicon().find(words))


def _clear(words: Sequence[str], found: ConceptSpans) -> bool:
    """Whether phrases that deny everything or mean nothing make up the whole text, one that denies among them."""
    outcry = len(found.get("outcry", ())) == len(words) and (len(words) > ANSWERING_NOES or words[:1] != ["no"])
    if not words or outcry or len(words) >= MOST_WORDS:
        return False
    if "declining" in found and "all_denied" not in found and not _lexicon_says_more(words, found):
        return False  # "no thanks" declines an offer
    # Signs denied by name take nothing back where all are denied beside: "no fever, nothing like that".
    to_all = "to_all" in found or words[-1] in _ALL_AT_LAST
    harmless = (*_HARMLESS, "denied_sign") if to_all else _HARMLESS
    return _made_of(len(words), found, harmless, _DENYING)


def _lexicon_says_more(words: Sequence[str], found: ConceptSpans) -> bool:
    """Whether a no with thanks says more than that: who it thanks, or that the person is well."""
    thanked = {"god", "goodness", "heavens"}
    return "well" in found or "repeated" in found or not thanked.isdisjoint(words) or "none" in words


def _unopposed(name: str, found: ConceptSpans) -> list[Span]:
    """The spans of a concept that are no part of a denial or the like: "nothing", "a bit scared"."""
    return [span for span in found.get(name, ()) if not _within(span.start, span.end, found, ("not_yes",))]


def _made_of(length: int, found: ConceptSpans, beside: Collection[str], needed: Collection[str]) -> bool:
    """Whether spans of concepts in a row make up a whole text of `length` words, one of `needed` among them.

    `beside`: the concepts that may stand beside those.
    """
    # To each place that spans in a row can reach from the beginning: whether one of them is needed.
    reached: dict[int, set[bool]] = {0: {False}}
    for place in range(length):
        for before in reached.get(place, ()):
            for names, met in ((needed, True), (beside, before)):
                for span in (span for name in names for span in found.get(name, ()) if span.start == place):
                    reached.setdefault(span.end, set()).add(met)
    return True in reached.get(length, ())


def _within(start: int, end: int, found: ConceptSpans, names: Collection[str]) -> bool:
    """Whether the place from `start` to `end` lies in a span of one of the concepts `names`."""
    return any(span.start <= start and end <= span.end for name in names for span in found.get(name, ()))


@cache
def _lexicon() -> Lexicon:
    """The phrases of answers, read once; no word may be left out between those of an entry."""
    data = tomllib.loads((EN / "red_flags" / "screening.toml").read_text(encoding="utf-8"))
    return Lexicon(frozenset(), data["concepts"])
