"""Calls for help and words of self-harm, by rule: `en/red_flags/calls.toml`.

The words of such a call are few and said in many states of mind, so the rules hold what is said outright. What is said
round about is found by the classifiers (`alarm.py`), which are told what the rules found.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from intents.language import EN
from intents.red_flags.concepts import ConceptSpans, Lexicon, Span, sentence_words

CALLING, SELF_HARMING = "call_for_help", "self_harm"
"""The two classes beside the flags."""
CALLS = (SELF_HARMING, CALLING)
"""Both of them, the one that counts first where both are heard."""

_BEGIN, _END = "^", "$"
"""Stand before and after each sentence, so that an entry can ask for a whole one."""
_REACH = 4
"""Scope of a negation: words after it that it can reach."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What the rules find."""

    raised: Mapping[str, str]
    """To each of CALLS that is raised, the words that raise it."""
    doubted: frozenset[str]
    """Those of CALLS whose words are there, but denied, asked about or a figure of speech."""


def calls_in(text: str) -> Calls:
    """The calls for help and the words of self-harm in `text`, in any letter case and punctuation."""
    words = [word for sentence in sentence_words(text) for word in (_BEGIN, *sentence, _END)]
    found = _lexicon().find(words)
    raised, doubted = {}, set()
    for call in CALLS:
        standing = [span for span in found.get(call, ()) if not _denied(span, words, found)]
        if standing and f"not_{call.replace('call_for_help', 'call')}" not in found:
            raised[call] = " ".join(words[standing[0].start : standing[0].end]).strip(f" {_BEGIN}{_END}")
        elif call in found:
            doubted.add(call)
    return Calls(raised, frozenset(doubted))


def _denied(span: Span, words: Sequence[str], found: ConceptSpans) -> bool:
    """Whether a negation stands shortly before a span in its own sentence; "no," alone denies nothing."""
    for negation in found.get("negation", ()):
        between = words[negation.end : span.start]
        if negation.end <= span.start and len(between) <= _REACH and _BEGIN not in between:
            return words[negation.start : negation.end] != ["no"] or between != []
    return False


@cache
def _lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads((EN / "red_flags" / "calls.toml").read_text(encoding="utf-8"))
    return Lexicon(frozenset(data["light"].split()), data["concepts"])
