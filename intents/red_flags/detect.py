"""Finds red flags in free text: words that mean the person needs help now, not a stretch.

Concepts (body part, symptom, event: `concepts.py`) are looked for anywhere in the text, dropped where they are negated,
past and over, asked about or a figure of speech, and joined by the rules in `en/red_flags/rules.toml`. A linear
classifier (`red_flag_classifier.py`) then judges concepts, words and rules: it finds what no rule reaches, and keeps a
rule from raising a flag where it is sure that there is none. `python -m benchmarks.red_flags` measures it.
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
    """Least probability of any red flag, 0 to 1, at which one is raised; `benchmarks.red_flags` shows what it costs."""

    alone: float
    """Where only the classifier raises it."""
    ruled: float
    """Where a rule raises it: lower, as the classifier then only prevents what it is sure is none."""


SPOKEN_WITH = Thresholds(0.2, 0.1)
"""The thresholds while somebody speaks with Limber."""
OVERHEARD = Thresholds(0.7, 0.5)
"""The thresholds while Limber is asleep, when most of what is heard is television."""

TALKATIVE = 24
"""Length in words from which the classifier alone raises nothing: a person in need is brief, long talk is a tale."""

_NEAR = 12
"""Words within which all concepts of a rule must begin."""

_COUNTED = frozenset("zero one two three four five six seven eight nine ten".split())
"""Words of counting, which alone tell of nothing."""

_DATA = EN / "red_flags"
"""The folder of lexicons, rules and weights."""

_SCOPE = 9
"""Scope of a negation: words after it that it can reach."""

_LAST_WORDS_THAT_DENY = frozenset("no none nope never negative fine normal".split())
"""Words that negate what is before them when they end the text: "chest pain, no"."""
_REACH_BACK = 4
"""Scope, in words back, of a negation at the end of the text."""

_OPENING = 2
"""Position of a word up to which it makes the text a question."""

_RULE_BONUS = 0.3
"""What a rule adds to its flag's probability where several flags are in question."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule: a flag, and the concepts that raise it."""

    flag: str
    together: tuple[str, ...]
    """Concepts that must all be there."""
    unless: tuple[str, ...]
    """Concepts none of which may be there."""
    lasting: bool
    """The rule is about a history, which counts however long ago."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """Lexicons and rules, as the data files have them."""

    light: frozenset[str]
    """Words that may stand between any two of an entry."""
    figures: Lexicon
    """Figures of speech, which are masked before anything else is looked for."""
    concepts: Lexicon
    named: frozenset[str]
    """The concepts that have a name; the others are parts of rules."""
    telling: frozenset[str]
    """The concepts one of which must be there where no rule says it all."""
    rules: tuple[_Rule, ...]


def find_red_flag(text: str, thresholds: Thresholds = SPOKEN_WITH) -> str | None:
    """The red flag in `text`, in any letter case and punctuation; None where there is none.

    One of chest, tearing, stroke, cauda_equina, cord, trauma, overdose, infection_cancer, stretch_warning. Where
    several are meant, the likeliest; of equals the most urgent.
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
    """The evidence in `text`, without a judgement of how likely it is to be a red flag."""
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
    """The flags that rules raise, each once, in the order of the rules."""
    flags: set[str] = set()
    for rule in rules:
        if rule.flag in flags or (over and not rule.lasting) or any(name in found for name in rule.unless):
            continue
        if all(name in standing for name in rule.together) and _near([standing[name] for name in rule.together]):
            flags.add(rule.flag)
            yield rule.flag


def _near(concepts: Sequence[Sequence[Span]]) -> bool:
    """Whether all concepts begin within `_NEAR` words: far apart they belong to different things."""
    begins = {span.start for spans in concepts for span in spans}
    return any(
        all(any(begin <= span.start < begin + _NEAR for span in spans) for spans in concepts) for begin in begins
    )


def _masked(words: Sequence[str], figures: ConceptSpans) -> list[str]:
    """`words` with the figures of speech masked."""
    masked = list(words)
    for span in (span for spans in figures.values() for span in spans):
        masked[span.start : span.end] = [MASK] * (span.end - span.start)
    return masked


def _standing(words: Sequence[str], found: ConceptSpans) -> ConceptSpans:
    """The concepts that are found and not negated, and where."""
    negated = _negated(words, found)
    kept = {name: [span for span in spans if span.start not in negated] for name, spans in found.items()}
    return {name: spans for name, spans in kept.items() if spans}


def _negated(words: Sequence[str], found: ConceptSpans) -> set[int]:
    """The positions that a negation reaches: from its first word to the next clause, `_SCOPE` words at most."""
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
    """Whether the text tells of something past and over."""
    return "past" in found and ("present" not in found or "resolved" in found)


def _asks(found: ConceptSpans) -> bool:
    """Whether the text asks about a thing or tells the news. It then tells of neither the person nor their family."""
    asks = "hearsay" in found or any(span.start <= _OPENING for span in found.get("question", ()))
    return "about" in found or (asks and "mine" not in found)


@cache
def _classifier() -> RedFlagClassifier:
    """The trained classifier, loaded on first use."""
    return RedFlagClassifier.load(_DATA / "weights.npz")


@cache
def _flags() -> tuple[str, ...]:
    """Every flag, the most urgent first."""
    return tuple(dict.fromkeys(rule.flag for rule in _knowledge().rules))


@cache
def _knowledge() -> _Knowledge:
    """Lexicons and rules, read once. Raises ValueError for a concept that is not defined."""
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
