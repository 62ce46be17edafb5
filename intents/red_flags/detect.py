"""Red flags in free text: words that mean the person needs help now, not a stretch.

No templates: concepts (body part, symptom, event; `red_flag_concepts`) are looked for anywhere in what was said, taken
back where they are negated, past and done with, asked about or a turn of speech, and then joined by the rules in
`en/red_flags/rules.toml`. A small classifier (`red_flag_model`) judges the same concepts, the words and what the rules
say: it finds what no rule reaches, and a rule stands unless the classifier firmly knows better.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from intents.language import EN
from intents.red_flags.concepts import MASK, ConceptSpans, Lexicon, Span, concept_words
from intents.red_flags.red_flag_classifier import RedFlagClassifier, Signs


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How likely a red flag must be; `benchmarks/red_flags.py` shows what they cost."""

    alone: float
    """For the classifier to raise it alone."""
    ruled: float
    """Where a rule raises it: lower, for the classifier only keeps what it knows to be none from being raised."""


SPOKEN_WITH = Thresholds(0.2, 0.1)
OVERHEARD = Thresholds(0.7, 0.5)
"""While nobody speaks with Limber it is mostly television that is heard."""

TALKATIVE = 24
"""Words from which on the classifier alone raises nothing: a person in need is brief, and much talk is a tale."""

_NEAR = 12
"""Words within which the concepts of a rule must be said."""

_COUNTED = frozenset("zero one two three four five six seven eight nine ten".split())
"""Alone these tell of nothing."""

_DATA = EN / "red_flags"

_SCOPE = 9
"""How many words on a negation still reaches."""

_LAST_WORDS_THAT_DENY = frozenset("no none nope never negative fine normal".split())
_REACH_BACK = 4
"""How many words back they reach."""

_OPENING = 2
"""A question's words begin no later than this word."""

_RULE_BONUS = 0.3
"""What a rule adds to a flag's likelihood when several are in question."""


@dataclass(frozen=True, slots=True)
class _Rule:
    flag: str
    together: tuple[str, ...]
    """Concepts that must all be said."""
    unless: tuple[str, ...]
    """Concepts none of which may be said."""
    lasting: bool
    """A history: it counts however long ago."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    light: frozenset[str]
    figures: Lexicon
    concepts: Lexicon
    named: frozenset[str]
    """The concepts that have a name; the others are parts of rules."""
    telling: frozenset[str]
    """The concepts one of which must stand where no rule says it all."""
    rules: tuple[_Rule, ...]


def find_red_flag(text: str, thresholds: Thresholds = SPOKEN_WITH) -> str | None:
    """The red flag in `text` (any case, any punctuation), or None.

    One of chest, tearing, stroke, cauda_equina, cord, trauma, overdose, infection_cancer, stretch_warning. When several
    are meant, the likeliest; of equals the most urgent.
    """
    return judged(signs_in(text), _classifier(), thresholds)


def judged(signs: Signs, classifier: RedFlagClassifier, thresholds: Thresholds = SPOKEN_WITH) -> str | None:
    """The red flag that `signs` show, or None."""
    likely = classifier.likelihoods(signs)
    threshold = thresholds.ruled if signs.ruled else thresholds.alone
    if not signs.telling or (signs.light | _COUNTED).issuperset(signs.words) or 1.0 - likely[""] < threshold:
        return None
    return max(_flags(), key=lambda flag: likely[flag] + _RULE_BONUS * (flag in signs.ruled))


def signs_in(text: str) -> Signs:
    """What can be seen in `text` without judging how likely it is to be a red flag."""
    knowledge = _knowledge()
    words = concept_words(text)
    words = _masked(words, knowledge.figures.find(words))
    found = knowledge.concepts.find(words)
    standing = _standing(words, found)
    asks, over = _asks(found), _is_over(found)
    ruled = () if asks else tuple(_ruled(knowledge.rules, found, standing, over))
    return Signs(
        words=tuple(word for word in words if word != MASK),
        light=knowledge.light,
        standing=frozenset(standing.keys() & knowledge.named),
        taken_back=frozenset((found.keys() - standing.keys()) & knowledge.named),
        asks=asks,
        over=over,
        ruled=ruled,
        telling=bool(ruled)
        or (len(words) < TALKATIVE and "about" not in found and not knowledge.telling.isdisjoint(standing)),
    )


def _ruled(rules: Sequence[_Rule], found: ConceptSpans, standing: ConceptSpans, over: bool) -> Iterator[str]:
    flags: set[str] = set()
    for rule in rules:
        if rule.flag in flags or (over and not rule.lasting) or any(name in found for name in rule.unless):
            continue
        if all(name in standing for name in rule.together) and _near([standing[name] for name in rule.together]):
            flags.add(rule.flag)
            yield rule.flag


def _near(concepts: Sequence[Sequence[Span]]) -> bool:
    """Whether all of them are said within a few words: far apart they belong to different things."""
    begins = {span.start for spans in concepts for span in spans}
    return any(
        all(any(begin <= span.start < begin + _NEAR for span in spans) for spans in concepts) for begin in begins
    )


def _masked(words: Sequence[str], figures: ConceptSpans) -> list[str]:
    """`words` with turns of speech taken out."""
    masked = list(words)
    for span in (span for spans in figures.values() for span in spans):
        masked[span.start : span.end] = [MASK] * (span.end - span.start)
    return masked


def _standing(words: Sequence[str], found: ConceptSpans) -> ConceptSpans:
    """The concepts that are said and not taken back, and where."""
    negated = _negated(words, found)
    kept = {name: [span for span in spans if span.start not in negated] for name, spans in found.items()}
    return {name: spans for name, spans in kept.items() if spans}


def _negated(words: Sequence[str], found: ConceptSpans) -> set[int]:
    """Places that a negation reaches: from its first word to the next clause."""
    apparent = {span.start for span in found.get("pseudo_negation", ())}
    breakers = {span.start for span in found.get("breaker", ())}
    places: set[int] = set()
    for span in found.get("negation", ()):
        if span.start in apparent:
            continue
        for place in range(span.start + 1, min(span.end + _SCOPE, len(words))):
            if place in breakers:
                break
            places.add(place)
    if words and words[-1] in _LAST_WORDS_THAT_DENY:
        places |= set(range(max(0, len(words) - _REACH_BACK), len(words)))
    return places


def _is_over(found: ConceptSpans) -> bool:
    """Whether what is told is past and done with."""
    return "past" in found and ("present" not in found or "resolved" in found)


def _asks(found: ConceptSpans) -> bool:
    """Whether this asks about a thing, or tells of somebody on the news, rather than of the person or their family."""
    asks = "hearsay" in found or any(span.start <= _OPENING for span in found.get("question", ()))
    return "about" in found or (asks and "mine" not in found)


@cache
def _classifier() -> RedFlagClassifier:
    return RedFlagClassifier.load(_DATA / "weights.npz")


@cache
def _flags() -> tuple[str, ...]:
    """Every flag, most urgent first."""
    return tuple(dict.fromkeys(rule.flag for rule in _knowledge().rules))


@cache
def _knowledge() -> _Knowledge:
    lexicon = tomllib.loads((_DATA / "concepts.toml").read_text(encoding="utf-8"))
    named: Mapping[str, str] = lexicon["concepts"]
    concepts = dict(named)
    flags: Mapping[str, str] = tomllib.loads((_DATA / "rules.toml").read_text(encoding="utf-8"))["flags"]
    rules = tuple(_rules(flags, concepts))
    light = frozenset(lexicon["light"].split())
    telling = frozenset(lexicon["telling"].split())
    if unknown := telling - named.keys():
        raise ValueError(f"telling names an unknown concept: {min(unknown)}; define it")
    figures, lexicons = Lexicon(light, lexicon["figures"]), Lexicon(light, concepts)
    return _Knowledge(light, figures, lexicons, frozenset(named), telling, rules)


def _rules(flags: Mapping[str, str], concepts: dict[str, str]) -> Iterator[_Rule]:
    """The rules as written; a part that is no concept's name is added to `concepts` under its own words."""
    for flag, lines in flags.items():
        for line in (part.strip() for part in lines.replace("\n", ";").split(";") if part.strip()):
            parts = [part.strip() for part in line.removeprefix("+").split("&")]
            unless = tuple(part[1:] for part in parts if part.startswith("!"))
            unknown = [name for name in unless if name not in concepts]
            if unknown:
                raise ValueError(f"rule of {flag} names an unknown concept !{unknown[0]}: {line}; define it")
            together = [part.removeprefix("<").removesuffix(">") for part in parts if not part.startswith("!")]
            parts = [part for part in parts if not part.startswith("!")]
            names = [name if name in concepts else part for name, part in zip(together, parts, strict=True)]
            concepts |= {name: name for name in names if name not in concepts}
            yield _Rule(flag, tuple(names), unless, line.startswith("+"))
