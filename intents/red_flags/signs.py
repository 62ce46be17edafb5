"""Signs: what exactly was named of a red flag, and how grave it is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from intents.language import EN
from intents.red_flags.detect import AlarmEvidence


class Grade(StrEnum):
    """How grave a red flag is."""

    EMERGENCY = "emergency"
    """Call the emergency number now."""
    URGENT = "urgent"
    """No stretching; a doctor today."""
    UNSURE = "unsure"
    """May be harmless: asked about once; yes, silence or doubt counts as the flag."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Grade).index(self)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that was named, or a flag of which no sign is known."""

    flag: str
    name: str
    """One of the names in `en/red_flags/signs.toml`; the flag's own where none of its signs was named."""
    grade: Grade
    condition: str = ""
    """The illness or age that it tells of, if it is one."""

    @property
    def slots(self) -> Mapping[str, str]:
        """The slots of the intent RedFlag."""
        return {"flag": self.flag, "grade": str(self.grade), "sign": self.name}


@dataclass(frozen=True, slots=True)
class _Grades:
    """The grades in `signs.toml`."""

    flags: Mapping[str, Grade]
    signs: Mapping[str, Grade]
    """Under "flag.sign": the signs whose grade is not their flag's."""
    conditions: frozenset[str]
    """The signs that are an illness or age."""


def named_signs(flag: str, evidence: AlarmEvidence) -> Sign:
    """The sign of `flag` that is named, the gravest of several; the flag itself where none is."""
    grades = _grades()
    named = [fired.name for fired in evidence.named if fired.name.startswith(f"{flag}.")]
    signs = [_sign(name, grades) for name in named] or [Sign(flag, flag, grades.flags[flag])]
    gravest = min(signs, key=lambda sign: (sign.condition != "", sign.grade.rank))
    if flag == "trauma" and "hard" in evidence.severity and gravest.grade is Grade.URGENT:
        return Sign(flag, gravest.name, Grade.EMERGENCY)
    return gravest


def sign_alone(evidence: AlarmEvidence) -> Sign | None:
    """The gravest sign that the words of an answer name, of whatever flag; None where they name none."""
    names = [fired.name for fired in evidence.answers]
    signs = [_sign(name, _grades()) for name in names]
    return min(signs, key=lambda sign: sign.grade.rank) if signs else None


def _sign(name: str, grades: _Grades) -> Sign:
    """The sign under "flag.sign"."""
    flag, sign = name.split(".")
    return Sign(flag, sign, grades.signs.get(name, grades.flags[flag]), sign if sign in grades.conditions else "")


@cache
def _grades() -> _Grades:
    """The grades, read once."""
    data = tomllib.loads((EN / "red_flags" / "signs.toml").read_text(encoding="utf-8"))["grades"]
    return _Grades(_pairs(data["flags"]), _pairs(data["signs"]), frozenset(data["conditions"].split()))


def _pairs(lines: str) -> Mapping[str, Grade]:
    """The entries "name grade" between semicolons or line ends."""
    entries = (entry.split() for entry in lines.replace("\n", ";").split(";") if entry.strip())
    return {name: Grade(grade) for name, grade in entries}
