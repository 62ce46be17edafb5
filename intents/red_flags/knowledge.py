"""What detection knows: lexicons of concepts and rules over them, as the data files in `en/red_flags/` have them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from intents.language import EN
from intents.red_flags.concepts import Lexicon

RED_FLAG_DATA = EN / "red_flags"
"""The folder of lexicons, rules and weights."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: a flag, and the concepts that raise it."""

    flag: str
    together: tuple[str, ...]
    """Concepts that must all be there."""
    unless: tuple[str, ...]
    """Concepts none of which may be there."""
    plain: bool
    """The rule says it so plainly that no classifier is asked, while somebody speaks with Limber."""
    lasting: bool
    """The rule is about a history, which counts however long ago."""


@dataclass(frozen=True, slots=True)
class Knowledge:
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
    rules: tuple[Rule, ...]
    signs: tuple[Rule, ...]
    """Rules that name the sign, under "flag.sign"."""
    hard: tuple[Rule, ...]
    """Rules of an injury that was a hard one and is not days old."""
    spreading: tuple[Rule, ...]
    """Rules of pain that spreads to shoulders, neck or ribs."""
    answers: tuple[Rule, ...]
    """Rules of the signs that an answer names in however few words."""


@cache
def knowledge_of_danger() -> Knowledge:
    """Lexicons and rules, read once. Raises ValueError for a concept that is not defined."""
    lexicon = tomllib.loads((RED_FLAG_DATA / "concepts.toml").read_text(encoding="utf-8"))
    named: Mapping[str, str] = lexicon["concepts"]
    concepts = dict(named)
    flags: Mapping[str, str] = tomllib.loads((RED_FLAG_DATA / "rules.toml").read_text(encoding="utf-8"))["flags"]
    rules = tuple(_rules(flags, concepts))
    data = tomllib.loads((RED_FLAG_DATA / "signs.toml").read_text(encoding="utf-8"))
    signs = tuple(_rules(_by_sign(data["signs"]), concepts))
    hard = tuple(_rules({"hard": data["severity"]["hard"]}, concepts))
    spreading = tuple(_rules({"spreading": data["severity"]["spreading"]}, concepts))
    answers = tuple(_rules(_by_sign(data["answers"]), concepts))
    light = frozenset(lexicon["light"].split())
    telling = frozenset(lexicon["telling"].split())
    if unknown := telling - named.keys():
        raise ValueError(f"telling names an unknown concept: {min(unknown)}; define it")
    figures, lexicons = Lexicon(light, lexicon["figures"]), Lexicon(light, concepts)
    return Knowledge(light, figures, lexicons, frozenset(named), telling, rules, signs, hard, spreading, answers)


def _by_sign(named: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Rules under flag and sign as rules under "flag.sign"."""
    return {f"{flag}.{sign}": lines for flag, signs in named.items() for sign, lines in signs.items()}


def _rules(flags: Mapping[str, str], concepts: dict[str, str]) -> Iterator[Rule]:
    """The rules as written; a part that is no concept's name is added to `concepts` under its own words."""
    for flag, lines in flags.items():
        for line in (part.strip() for part in lines.replace("\n", ";").split(";") if part.strip()):
            parts = [part.strip() for part in line.lstrip("+=").split("&")]
            unless = tuple(part[1:] for part in parts if part.startswith("!"))
            unknown = [name for name in unless if name not in concepts]
            if unknown:
                raise ValueError(f"rule of {flag} names an unknown concept !{unknown[0]}: {line}; define it")
            together = [part.removeprefix("<").removesuffix(">") for part in parts if not part.startswith("!")]
            parts = [part for part in parts if not part.startswith("!")]
            names = [name if name in concepts else part for name, part in zip(together, parts, strict=True)]
            concepts |= {name: name for name in names if name not in concepts}
            yield Rule(flag, tuple(names), unless, line.startswith("="), line.startswith("+"))
