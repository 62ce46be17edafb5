"""The guidance as types: topics, movements, routines, red flags and the screening question, frozen once read.

The classes mirror the YAML files in this folder; a field's name is its key there. Every line is spoken as it stands.
"""

from collections.abc import Mapping, Sized
from re import Pattern
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.types import Strict

from assistant.errors import LimberError

EMERGENCY = "{emergency}"
"""Placeholder in a line for the person's emergency number, or for the words "your emergency number"."""
SIGN = "{sign}"
"""Placeholder in the advice on a red flag for the sign of danger that the person named."""
CRISIS = "{crisis}"
"""Placeholder in a line for the number of the crisis line that is set."""


class GuidanceError(LimberError):
    """The guidance cannot be used as it is written. The message names the first problem's file and line."""


def _only_known_braces(line: str) -> str:
    bare = line
    for known in (EMERGENCY, SIGN, CRISIS):
        bare = bare.replace(known, "")
    if set("{}") & set(bare):
        raise ValueError(f"a line with no braces but {EMERGENCY}, {SIGN} and {CRISIS}")
    return line


def _keys_put_in(entries: object) -> object:
    """Give each entry its own key as the field `key`."""
    if not isinstance(entries, Mapping):
        return entries
    return {key: {"key": key, **entry} if isinstance(entry, Mapping) else entry for key, entry in entries.items()}


def _not_empty(items: Sized) -> Sized:
    if not items:
        raise ValueError("at least one entry")
    return items


T = TypeVar("T")
"""Type of the entries of `Many` and `Named`."""
Many = Annotated[tuple[T, ...], Strict(strict=False), AfterValidator(_not_empty)]
"""At least one entry; a YAML list becomes a tuple."""
Named = Annotated[Mapping[str, T], BeforeValidator(_keys_put_in), AfterValidator(MappingProxyType)]
"""Entries by key, read-only; each entry also has its key as a field."""
Facts = Annotated[Mapping[str, Pattern[str]], AfterValidator(MappingProxyType)]
"""Regular expressions by the id of a fact, read-only; the bite that carries the fact matches it in lower case."""
Text = Annotated[str, AfterValidator(_only_known_braces)]
"""A spoken line, or an empty string: nothing is said."""
Line = Annotated[str, Field(min_length=1), AfterValidator(_only_known_braces)]
"""A spoken line: one or two short sentences for the ear."""
Side = Literal["left", "right"]
"""A side of the body."""
Position = Literal["standing", "sitting", "lying"]
"""How a person is while stretching."""
Need = Literal["chair", "doorway", "arms_up", "both_arms", "neck"]
"""What a movement needs: a firm chair, a doorway, arms that can be raised, two arms, a neck that can be moved."""
Positive = Annotated[int, Field(gt=0)]
"""A whole number from 1."""
Natural = Annotated[int, Field(ge=0)]
"""A whole number from 0."""


class _Entry(BaseModel):
    """Base of all entries: no value is coerced, unknown fields are errors, and instances are immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Bite(_Entry):
    """One portion of a topic: what is said before Limber asks "more?"."""

    say: Line
    """One or two short sentences, in words alone."""
    facts: Annotated[tuple[str, ...], Strict(strict=False)] = ()
    """Ids of the facts that the bite states."""


class TopicText(_Entry):
    """A topic that can be asked about."""

    key: str
    """Key of the topic."""
    title: Line
    """Name of the topic, for `main.py guidance list`."""
    bites: Many[Bite]
    """The first answers the question, the others give details."""


class Part(_Entry):
    """One position of a movement, or one direction."""

    side: Side | None = None
    """None where the movement has no sides."""
    begin: Line
    """What to do now, one sentence, before the hold."""
    again: Line
    """The position in short, for later repetitions and after an interruption."""
    release: Text = ""
    """How to come out of the position; empty where the next part says so."""
    seconds: Positive | None = None
    """Length of the hold in seconds, in place of the movement's; voice commands do not change it. None: no own one."""


class OneArm(_Entry):
    """The words of a movement for a person with one arm; what is not given stays as it is."""

    intro: Line
    """How to be, one sentence, in every position."""
    parts: Annotated[tuple[Part, ...], Strict(strict=False)] = ()
    """All parts of the movement, in its order; empty: the movement's own."""


class Movement(_Entry):
    """One exercise with its usual dose and its bounds."""

    key: str
    """Key of the movement."""
    title: Line
    """Name of the movement, as Limber announces it."""
    intro: Line
    """How to sit or stand, one sentence, said once before the first part."""
    kind: Literal["hold", "paced"]
    """Hold: one repetition goes through every part. Paced: all repetitions of a part, then the next part."""
    parts: Many[Part]
    """Positions or directions, in order."""
    seconds: Positive
    """Length of a hold, or of one paced repetition, in seconds."""
    repetitions: Positive
    """Number of repetitions of each part."""
    shortest: Positive
    """Shortest hold, in seconds, that can be asked for by voice."""
    longest: Positive
    """Longest hold, in seconds, that can be asked for by voice; equal to `shortest` where the pace is fixed."""
    most: Positive
    """Most repetitions that can be asked for by voice."""
    rest: Natural
    """Rest between holds, in seconds."""
    get_ready: Natural = 0
    """Time to get into place after the intro, in seconds."""
    hold_word: Text = "Hold."
    """Line that begins the hold; empty where nothing is held."""
    how_far: Line
    """Answers "how far?"."""
    where: Line
    """Answers "where should I feel it?"."""
    sit: Line
    """Answers "can I sit?"."""
    gentler: Line
    """How to do the movement more gently, one sentence."""
    seated: Line | None
    """The intro where the movement is done sitting; None: that is not possible."""
    standing: Line | None = None
    """The intro where the movement is done standing; None: that is not possible."""
    lying: Line | None = None
    """The intro where the movement is done lying down; None: that is not possible."""
    needs: Annotated[tuple[Need, ...], Strict(strict=False)] = ()
    """What the movement cannot be done without."""
    instead: str | None = None
    """Key of the movement that takes its place where it cannot be done; None: it is left out."""
    one_arm: OneArm | None = None
    """Its words for a person with one arm; None: its words fit."""
    why: Text = ""
    """What the movement is for, one sentence."""
    counted: Text = "times"
    """What its repetitions are called after their number: "times", "breaths", "each side"."""
    exit: Text = ""
    """How to come out of the movement at its end, in place of the last release; empty: that release says so."""

    def intro_in(self, position: Position | None) -> str | None:
        """How to be in a position (None: in any that suits), one sentence; None: that is not possible."""
        match position:
            case "standing":
                return self.standing
            case "sitting":
                return self.seated
            case "lying":
                return self.lying
            case None:
                return self.intro


class RoutineStep(_Entry):
    """One step of a routine: a movement, with a dose of its own where one is given."""

    movement: str
    """Key of the movement."""
    seconds: Positive | None = None
    """Length of a hold in seconds; None: the movement's."""
    repetitions: Positive | None = None
    """Number of repetitions; None: the movement's."""
    rest: Natural | None = None
    """Rest between holds in seconds; None: the movement's."""
    seated: bool = False
    """Whether the movement is done on a chair."""
    side: Side | None = None
    """The only side that is done; None: both are."""
    position: Position | None = None
    """How the person is; None: in any position that suits."""
    prescribed: bool = False
    """Whether the seconds and repetitions that are given are the most there may be, whatever is asked for by voice."""


class Routine(_Entry):
    """A named sequence of movements."""

    key: str
    """Key of the routine."""
    title: Line
    """Name of the routine."""
    about: Line
    """What the routine is for, one sentence."""
    minutes: Annotated[float, Field(gt=0)] | None = None
    """Length in minutes as its author expects; what Limber says is computed from the steps. None: no expectation."""
    steps: Many[RoutineStep]
    """The steps, in order."""


class RedFlagAdvice(_Entry):
    """The advice on a red flag (a sign of danger): it sends the person to help and never reassures."""

    key: str
    """Key of the red flag, as `intents.red_flags` names it."""
    urgency: Literal["emergency", "urgent", "stop"]
    """Emergency: call at once. Urgent: see a doctor today. Stop: stop stretching."""
    sign: Line
    """What the flag is about, as the advice names it where the person's own sign is not known."""
    question: Line
    """The question about what may be harmless; "yes" means the flag."""
    lines: Annotated[Many[Line], Field(max_length=3)]
    """One to three short sentences, the action first."""


class Answer(_Entry):
    """The answer to a question about one fact."""

    key: str
    """Key of the answer, as the slot `about` of the intent `Question` names it."""
    say: Line
    """The answer itself, in its first words; one or two short sentences."""
    more: Annotated[tuple[Line, ...], Strict(strict=False)] = ()
    """Further lines, one for each "more"."""
    about: Literal["painkillers", "heat", "exercise", "meanwhile"] | None = None
    """What a person's condition changes in the answer; None: nothing."""
    facts: Annotated[tuple[str, ...], Strict(strict=False)] = ()
    """Ids of the facts that `say` states."""


class ConditionText(_Entry):
    """What changes for a person with a condition that was named: pregnancy, blood thinners, an operation."""

    key: str
    """Key of the condition, as the slot `condition` names it."""
    named: Line
    """The condition as a part of a sentence, in lower case: "with a pacemaker"."""
    you: Line
    """The condition as a clause about the person, in lower case: "you have a pacemaker"."""
    ask: Line | None = None
    """Whom to ask before exercises: "your midwife or doctor"; None: the condition changes nothing about exercises."""
    painkillers: Literal["ask", "avoid"] = "ask"
    """Whether a pharmacist must be asked before ibuprofen or naproxen, or both are to be avoided."""
    heat: Line | None = None
    """Answers "can I use heat?"; None: the condition changes nothing about heat."""
    meanwhile: Line
    """What may be done until somebody was asked."""


class SignText(_Entry):
    """A sign of danger as a person may name it: what the advice calls it, and the question where it may be harmless."""

    key: str
    """Key of the sign, as the slot `sign` of a red flag names it."""
    say: Line
    """The words for it in the advice, as in "with a numb arm"."""
    question: Line | None = None
    """The question about it; "yes" means the flag. None: the red flag's own question fits."""


class ScreeningText(_Entry):
    """The screening question for red flags, asked before the first stretch of a session."""

    question: Line
    """The question; only a clear "no" leads on to stretching."""
    again: Line
    """Asks again after an unclear answer."""
    short: Line
    """Asks again after an answer to something else, or after a silence."""
    yes: Many[Line]
    """The advice after a "yes", instead of stretching."""
    chest: Line
    """The question about the chest, for pain that spreads to shoulders, neck or ribs."""


class Guidance(_Entry):
    """All of the guidance, complete and consistent."""

    topics: Named[TopicText]
    """What can be asked about, by key."""
    movements: Named[Movement]
    """Exercises, by key."""
    routines: Named[Routine]
    """Routines, by key."""
    red_flags: Named[RedFlagAdvice]
    """Advice on red flags, by key."""
    answers: Named[Answer]
    """Answers to questions about one fact each, by key."""
    conditions: Named[ConditionText]
    """What a person's condition changes, by key."""
    signs: Named[SignText]
    """Signs of danger, by key."""
    call_for_help: Many[Line]
    """The answer to a call for help: the number to call comes first."""
    still_there: Many[Line]
    """The advice on a sign that came with a stretch and has not gone; `{sign}` stands for it."""
    self_harm: Many[Line]
    """The answer to words of self-harm."""
    crisis: Line
    """Names the crisis line; said after `self_harm` where one is set."""
    facts: Facts
    """The facts that the topics must state, each with a pattern that proves it."""
    screening: ScreeningText
    """The screening question."""
    careful: Line
    """The first advice: said once before the first movement of a session, "go gently"."""
    professional_once: Line
    """Advice to see a professional, said once in a run, after a session."""

    def sign_named(self, flag: str, sign: str) -> str:
        """The words for a sign in the advice; of a sign that the guidance does not know, those of its red flag."""
        return self.signs[sign].say if sign in self.signs else self.red_flags[flag].sign

    def advice_on(self, flag: str, sign: str) -> tuple[str, ...]:
        """The advice on a red flag, with the sign in it that was named."""
        return tuple(line.replace(SIGN, self.sign_named(flag, sign)) for line in self.red_flags[flag].lines)

    def question_on(self, flag: str, sign: str) -> str:
        """The question about a sign that may be harmless; "yes" means the red flag."""
        own = self.signs[sign].question if sign in self.signs else None
        return own or self.red_flags[flag].question


class Sections(_Entry):
    """The content of one guidance file: any of the sections of `Guidance`, each a field with that section's name."""

    topics: Named[TopicText] = {}
    movements: Named[Movement] = {}
    routines: Named[Routine] = {}
    red_flags: Named[RedFlagAdvice] = {}
    answers: Named[Answer] = {}
    conditions: Named[ConditionText] = {}
    signs: Named[SignText] = {}
    call_for_help: Many[Line] | None = None
    still_there: Many[Line] | None = None
    self_harm: Many[Line] | None = None
    crisis: Line | None = None
    facts: Facts = {}
    screening: ScreeningText | None = None
    careful: Line | None = None
    professional_once: Line | None = None
