"""Whether somebody tells that exercise was forbidden them: "my doctor said not to stretch for two weeks".

A sentence is one only where each of its words can stand in such a sentence, so that it tells of nothing else.
"""

from collections.abc import Sequence

EXERCISES = frozenset(
    "exercise exercises exercising stretch stretches stretching routine routines workout workouts session sessions "
    "movement movements training yoga sport sports gym activity activities gymnastics".split()
)
"""Words for what Limber leads through."""
PROFESSIONALS = frozenset(
    "doctor doctors gp physio physiotherapist midwife surgeon specialist consultant nurse oncologist cardiologist "
    "chiropractor osteopath pharmacist hospital obstetrician gynaecologist neurologist rheumatologist therapist".split()
)
"""Those whose word counts."""
_OF_SOMEBODY = frozenset({"he", "she", "they", "nobody"})
"""Words that stand for a professional while consent is asked for."""
_PASSIVE = frozenset("told advised allowed supposed meant forbidden ordered warned".split())
"""What was said to oneself: "I was told not to"."""
_FORBIDS = frozenset(
    "forbade forbids forbid forbidden banned bans refused refuses refuse vetoed prohibited prohibits against off "
    "disagrees disagreed objects objected nobody".split()
)
"""Words that forbid without a "not"."""
_NEGATIONS = frozenset("no not never without nor neither".split())
"""Words that deny."""
_CONSENT = frozenset("agree agrees agreed okay fine happy approve approved approves yes allow allows let lets".split())
"""Words that tell of consent, and after a negation of none."""
_TELLS = _CONSENT | frozenset(
    "said says say saying told tells tell advised advises warned warns wants want thinks think would will does did has "
    "have had is was must ordered orders insists insisted asked keen sure recommended recommends recommend".split()
)
"""Verbs of what a professional said or thinks."""
_BESIDE = frozenset(
    "my the a an our his her i me we us you it that this these those them to do be should can could may might ought "
    "am are and but or so because well oh sorry unfortunately please just really still also yet now today anything any "
    "absolutely definitely strictly clearly specifically expressly already for until till before after at all of in on "
    "with one two three four five six seven eight ten twelve a few couple day days week weeks month months while "
    "time being moment present more least longer way going go ahead start begin begun starting doing done move moving "
    "physical kind sort new back baby birth operation surgery better healed well idea good bad her him either".split()
)
"""Words that may stand beside."""
_KNOWN = EXERCISES | PROFESSIONALS | _OF_SOMEBODY | _PASSIVE | _FORBIDS | _NEGATIONS | _TELLS | _BESIDE
_LONGEST = 18
"""Length in words of the longest such sentence."""


def forbids(words: Sequence[str], *, asked: bool = False) -> bool:
    """Whether exercise was forbidden. `asked`: a question may be open whether somebody agreed to it.

    Then it may be left out who said it, and what was forbidden: "she said not yet".
    """
    if len(words) > _LONGEST or not _KNOWN.issuperset(words):
        return False
    named = not EXERCISES.isdisjoint(words)
    who = next((at for at, word in enumerate(words) if word in PROFESSIONALS), None)
    if who is None and (asked or named):
        who = next((at for at, word in enumerate(words) if word in _OF_SOMEBODY), None)
    if who is None:
        return named and _told_oneself(words)
    told = words[who:]
    return _denials(told) == 1 and not _TELLS.union(_FORBIDS).isdisjoint(told)


def _told_oneself(words: Sequence[str]) -> bool:
    """Whether it is told in the passive: "I was told not to exercise", "I'm not allowed to stretch"."""
    return "i" in words and not _PASSIVE.isdisjoint(words) and _denials(words) == 1


def _denials(words: Sequence[str]) -> int:
    """How many times something is denied; two denials take each other back: "there is no reason not to"."""
    denies = [word in _NEGATIONS or word in _FORBIDS for word in words]
    # "No, not yet" and "advised against" are one each.
    return sum(here and not before for before, here in zip([False, *denies], denies, strict=False))
