"""Finds red flags in free text: words that mean the person needs help now, not a stretch.

Concepts (body part, symptom, event: `concepts.py`) are looked for anywhere in the text, dropped where they are negated,
past and over, asked about or a figure of speech, and joined by the rules in `en/red_flags/rules.toml`. A linear
classifier (`red_flag_classifier.py`) then judges concepts, words and rules: it finds what no rule reaches, and keeps a
rule from raising a flag where it is sure that there is none. `python -m benchmarks.red_flags` measures it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from intents.red_flags.concepts import BOUNDARY, MASK, ConceptSpans, Span, bounded_words
from intents.red_flags.knowledge import RED_FLAG_DATA, Knowledge, Rule, knowledge_of_danger
from intents.red_flags.red_flag_classifier import RedFlagClassifier, Signs


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probability of any red flag, 0 to 1, at which one is raised; `benchmarks.red_flags` shows what it costs."""

    alone: float
    """Where only the classifier raises it."""
    ruled: float
    """Where a rule raises it: lower, as the classifiers then only prevent what they are sure is none."""
    unexpected: float
    """Where nothing that a flag is about is named in so many words: higher."""


SPOKEN_WITH = Thresholds(0.45, 0.15, 0.85)
"""The thresholds while somebody speaks with Limber."""
OVERHEARD = Thresholds(0.7, 0.5, 0.9)
"""The thresholds while Limber is asleep, when most of what is heard is television."""
SUSPECTED = Thresholds(0.02, 0.02, 0.02)
"""The thresholds for one of several texts that a recogniser offers for one sound: their probabilities are added up."""

TALKATIVE = 24
"""Length in words from which the classifier alone raises nothing: a person in need is brief, long talk is a tale."""

_NEAR = 12
"""Words within which all concepts of a rule must begin."""

_COUNTED = frozenset("zero one two three four five six seven eight nine ten".split())
"""Words of counting, which alone tell of nothing."""

_NOT_ME = re.compile(r"\b(?:not|unlike) (?:me|mine|myself)\b|\bi(?:'m| am) not\b", re.IGNORECASE)
"""Words that name the person who speaks and tell that it is somebody else."""
_SCOPE = 9
"""Scope of a negation: words after it that it can reach."""

_LAST_WORDS_THAT_DENY = frozenset("no none nope never negative fine normal".split())
"""Words that negate what is before them when they end the text: "chest pain, no"."""
_REACH_BACK = 4
"""Scope, in words back, of a negation at the end of the text."""

_LATER = frozenset({"now", "today", "tonight", "since", "lately", "suddenly"})
"""Words that after "and" begin a clause of another time."""

_OPENING = 2
"""Position of a word up to which it makes the text a question."""

RULE_BONUS = 0.3
"""What a rule adds to its flag's probability where several flags are in question."""


def judged(signs: Signs, classifier: RedFlagClassifier, thresholds: Thresholds = SPOKEN_WITH) -> str | None:
    """The red flag that `signs` show by words and concepts alone, or None."""
    likely = classifier.likelihoods(signs)
    threshold = thresholds.ruled if signs.ruled else thresholds.alone
    if not may_be_flag(signs) or 1.0 - likely[""] < threshold:
        return None
    return max(flags_by_urgency(), key=lambda flag: likely[flag] + RULE_BONUS * (flag in signs.ruled))


def may_be_flag(signs: Signs) -> bool:
    """Whether a text may raise a flag at all: it names something that a flag is about, and is no bare counting."""
    return signs.telling and not (signs.light | _COUNTED).issuperset(signs.words)


def tells_of_others(text: str) -> bool:
    """Whether a text tells of a relative or friend who is not to stretch, and not of the person who speaks."""
    words = [word for word in bounded_words(_NOT_ME.sub("", text)) if word != BOUNDARY]
    return _of_others(knowledge_of_danger().concepts.find(words))


def signs_in(text: str) -> Signs:
    """The evidence in `text`, without a judgement of how likely it is to be a red flag."""
    return evidence_in(text).signs


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fires."""

    name: str
    """The flag or the sign that it stands for."""
    together: tuple[str, ...]
    """The concepts that it is made of, as they are written."""
    words: tuple[str, ...]
    """The words in which each of them was found."""
    plain: bool
    """Whether no classifier need agree, while somebody speaks with Limber."""

    def __str__(self) -> str:
        said = " + ".join(f"'{words}'" for words in self.words)
        return f"{said} said and not taken back: {self.name}"


@dataclass(frozen=True, slots=True)
class AlarmEvidence:
    """What rules and lexicons find in a text."""

    signs: Signs
    """What the classifiers judge."""
    fired: tuple[Fired, ...]
    """For each flag that a rule raises the first such rule, the most urgent flag first."""
    present: str
    """What the text says without its clauses of something past and over; empty where it has none, or nothing else."""
    named: tuple[Fired, ...]
    """The signs that are named and stand, under "flag.sign"."""
    severity: frozenset[str]
    """"hard" where an injury was a hard one and is not days old."""
    spreading: bool
    """Whether pain is told to spread to shoulders, neck or ribs, which is the cramp itself or comes from the chest."""
    answers: tuple[Fired, ...]
    """The signs that are named in however few words, as in an answer to the question for signs."""


@lru_cache(maxsize=64)
def evidence_in(text: str) -> AlarmEvidence:
    """The evidence in `text`: its concepts, the rules that fire in it as a whole or in one of its clauses."""
    knowledge = knowledge_of_danger()
    words = bounded_words(text)
    words = _masked(words, knowledge.figures.find(words))
    found = knowledge.concepts.find(words)
    standing = _standing(words, found)
    asks, over = _asks(found), _is_over(found)
    clauses = _clauses(words)
    now = _not_past(knowledge, words, standing, clauses) if len(clauses) > 1 else standing
    fired = {} if asks else {rule.name: rule for rule in _fired(knowledge.rules, words, found, standing, over, now)}
    if asks and not ("hearsay" in found or "about" in found):
        for clause in clauses:
            for rule in _fired_in_clause(knowledge, words[clause.start : clause.end]):
                fired.setdefault(rule.name, rule)
    raised = tuple(fired[flag] for flag in flags_by_urgency() if flag in fired)
    spoken = tuple(word for word in words if word not in (MASK, BOUNDARY))
    return AlarmEvidence(
        Signs(
            words=spoken,
            light=knowledge.light,
            standing=frozenset(standing.keys() & knowledge.named),
            taken_back=frozenset((found.keys() - standing.keys()) & knowledge.named),
            asks=asks,
            over=over,
            ruled=tuple(rule.name for rule in raised),
            telling=bool(raised)
            or (len(spoken) < TALKATIVE and "about" not in found and not knowledge.telling.isdisjoint(standing)),
        ),
        raised,
        _present_part(knowledge, words, clauses),
        tuple(_fired(knowledge.signs, words, found, standing, False, now)),
        frozenset({"hard"} if any(_fired(knowledge.hard, words, found, standing, False, now)) else ()),
        any(_fired(knowledge.spreading, words, found, standing, over, now)),
        tuple(_fired(knowledge.answers, words, found, standing, False, now)),
    )


def _present_part(knowledge: Knowledge, words: Sequence[str], clauses: Sequence[Span]) -> str:
    """The clauses that tell of nothing past and over, as sentences; empty where all do, or none."""
    over = set(_past_clauses(knowledge, words, clauses)) if len(clauses) > 1 else set[Span]()
    if not over or len(over) == len(clauses):
        return ""
    kept = (words[each.start : each.end] for each in clauses if each not in over)
    said = (" ".join(word for word in clause if word not in (BOUNDARY, MASK)) for clause in kept)
    return ". ".join(clause for clause in said if clause)


def _past_clauses(knowledge: Knowledge, words: Sequence[str], clauses: Sequence[Span]) -> list[Span]:
    """The clauses that tell of something past and over."""
    return [each for each in clauses if _is_over(knowledge.concepts.find(words[each.start : each.end]))]


def _of_others(found: ConceptSpans) -> bool:
    """Whether the text tells of a relative or friend who is not to stretch: their illnesses concern nobody here."""
    return "relative" in found and "for_them" not in found and "myself_too" not in found


def _clauses(words: Sequence[str]) -> Sequence[Span]:
    """The sentences and clauses of a text."""
    begins = [0]
    for at, word in enumerate(words):
        later = word in _LATER and words[max(at - 1, 0)] in ("and", BOUNDARY)
        if word in (BOUNDARY, "but") or later:
            begins.append(at)
    return [Span(begin, end) for begin, end in pairwise([*begins, len(words)]) if begin < end]


def _not_past(
    knowledge: Knowledge, words: Sequence[str], standing: ConceptSpans, clauses: Sequence[Span]
) -> ConceptSpans:
    """`standing` without what is told in a clause of something past and over."""
    over = _past_clauses(knowledge, words, clauses)
    kept = {
        name: [span for span in spans if not any(each.start <= span.start < each.end for each in over)]
        for name, spans in standing.items()
    }
    return {name: spans for name, spans in kept.items() if spans}


def _fired_in_clause(knowledge: Knowledge, words: Sequence[str]) -> Iterator[Fired]:
    """The rules that fire in one clause, where it neither asks nor tells of the past."""
    found = knowledge.concepts.find(words)
    if not _asks(found) and not _is_over(found):
        standing = _standing(words, found)
        yield from _fired(knowledge.rules, words, found, standing, False, standing)


def _fired(
    rules: Sequence[Rule],
    words: Sequence[str],
    found: ConceptSpans,
    standing: ConceptSpans,
    over: bool,
    now: ConceptSpans,
) -> Iterator[Fired]:
    """The first rule that fires for each name."""
    names: set[str] = set()
    for rule in _all_fired(rules, found, standing, over, now):
        if rule.flag not in names:
            names.add(rule.flag)
            spans = [standing[name][0] for name in rule.together]
            yield Fired(
                rule.flag, rule.together, tuple(" ".join(words[span.start : span.end]) for span in spans), rule.plain
            )


def _all_fired(
    rules: Sequence[Rule], found: ConceptSpans, standing: ConceptSpans, over: bool, now: ConceptSpans
) -> Iterator[Rule]:
    """Every rule that fires: its concepts stand near each other, and nothing speaks against it.

    `over`: the text as a whole tells of something past and over. `now`: `standing` without past clauses.
    """
    for rule in rules:
        said = standing if rule.lasting else now
        if (over and not rule.lasting) or any(name in found for name in rule.unless):
            continue
        if rule.lasting and _of_others(found):
            continue
        if all(name in said for name in rule.together) and _near([said[name] for name in rule.together]):
            yield rule


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
    breakers = {span.start for span in found.get("breaker", ())} | {
        at for at, word in enumerate(words) if word == BOUNDARY
    }
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
    others = "relative" in found and "myself_too" not in found and "others_over" in found
    return ("past" in found or others) and ("present" not in found or "resolved" in found)


def _asks(found: ConceptSpans) -> bool:
    """Whether the text asks about a thing or tells the news. It then tells of neither the person nor their family."""
    told = "hearsay" in found and "firsthand" not in found
    asked = any(span.start <= _OPENING for span in found.get("question", ())) and "mine" not in found
    return "about" in found or told or asked


@cache
def word_classifier() -> RedFlagClassifier:
    """The trained classifier, loaded on first use."""
    return RedFlagClassifier.load(RED_FLAG_DATA / "weights.npz")


@cache
def flags_by_urgency() -> tuple[str, ...]:
    """Every flag, the most urgent first."""
    return tuple(dict.fromkeys(rule.flag for rule in knowledge_of_danger().rules))
