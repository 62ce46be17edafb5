"""Sentences with open words: what is said of the person's own routines, whose names no template knows.

Phrases for movements, and names that are known, become one word each before a text is compared; what stands in the
place of a name or of movements is then looked at word by word.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

import yaml

from intents.grammar.graph import Graph
from intents.grammar.graph_cache import open_graph
from intents.grammar.match import Match, fill, fill_all, is_filler, matches
from intents.language import EN
from intents.model import OPEN_INTENTS, ROUTINE_ANSWERS, Intent
from intents.phrases.nearest import sound_of
from intents.text.numerals import numbers_from

NAME_WORDS = EN / "open" / "names.yaml"
"""What is no name."""
MOST_NAME_WORDS, MOST_NAME_LETTERS = 4, 40
"""Most words of a name, and most letters of them together."""
BETWEEN = ", "
"""Between two movements in the slot `movements`; each is a key, or the words that no template has.

A number of repetitions that was said stands before it: "5 shoulder_rolls".
"""

_FRAME = "frame"
"""Slot of a template that tells what else must hold of its open words.

`known`: a name that is known. `some`: a movement, or such a name. `last`: "it" stands for one. `other`: any name.
`any`: any name, outside a session, where the person has own routines, or had them in this run.
`alone`: a known name and nothing else, outside a session.
"""
_AT_REST = frozenset({"alone", "any"})
"""The frames that hold only outside a session, where such words are not said of something else."""
_PURPOSE = "purpose"
"""Slot of a template for what a routine is made for, which nothing depends on."""
_JOINS = frozenset(
    """and then plus also followed by first second third finally lastly next with a an the some few of my just only
    these those following more together too well as both another""".split()
)
"""Words between two movements."""
_LEADS_TO_CONTENTS = frozenset("for of with from that to".split())
"""Words that lead to what a routine is for, or is made of, and begin no name beside that."""
_WITHIN = frozenset({"of", "the"})
"""Words that may stand within the name of a movement that is not known, or of what a routine is for."""
_CORRECTING = frozenset("no not that sorry wait i mean meant rather actually oh er um hang on make it".split())
"""Words that are all that stands between a movement and the one that takes its place: "tilts, no sorry, rotations"."""
_TAKES_BACK = frozenset("no sorry mean meant rather actually".split())
"""Words of correction, one of which must stand between the two movements; the other words alone correct nothing."""
_COUNTED = frozenset("time times round rounds set sets repetition repetitions rep reps each of".split())
"""Words after a number of repetitions."""
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
"""To a word, the number of repetitions it stands for."""
_NEXT_ORDERS = frozenset("start begin do run add put take delete call".split())
"""Words that begin an order, and so no name, nor what goes on with one after "and"."""
_BEFORE_A_NAME = frozenset("the my our a an called named just".split())
"""Words before a name that are no part of it."""
_AFTER_A_NAME = frozenset("routine routines program session sequence workout then please now instead".split())
"""Words after a name that are no part of it; after "the" that "one" is none either."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the person's own routines."""

    names: tuple[str, ...] = ()
    """Each in words of one spelling: "desk break"."""
    last: str | None = None
    """The one that was made or changed last, which "it" stands for; None: none was in this run."""

    gone: tuple[str, ...] = ()
    """Names that were known in this run and are no longer: a sentence with one is answered, and does nothing."""

    @property
    def said(self) -> tuple[str, ...]:
        """All names that a sentence may hold."""
        return (*self.names, *self.gone)

    @property
    def meant_by_it(self) -> str | None:
        """The one that "it" stands for; None: nothing tells which."""
        return self.last if self.last is not None or len(self.names) != 1 else self.names[0]


NO_NAMES = KnownNames()
"""No own routine."""


@dataclass(frozen=True, slots=True)
class _NamedThing:
    """A phrase of a text that names a movement or a routine."""

    words: tuple[str, ...]
    """The phrase itself."""
    movement: str = ""
    """Key of the movement; empty: it is none."""
    routine: str = ""
    """The name of the routine; empty: it is none."""


_POINTS_AT_ROUTINE = frozenset("it that there this routine one list".split())
"""Words that may stand for the routine that was spoken of last."""


class OpenSentences:
    """Reads sentences with open words, given the names that are known and the graph that knows the movements."""

    def __init__(self, coach: Graph, known: KnownNames = NO_NAMES) -> None:
        self._coach = coach
        self._known = known

    def named(self, words: Sequence[str], valid: Collection[str]) -> Match | None:
        """The sentence that `words` are with a name that is known in it; None where they are none."""
        return self._read(words, valid, known=True, alone=False) if self._known.said else None

    def whole(self, words: Sequence[str], valid: Collection[str]) -> Match | None:
        """The sentence that `words` are, whatever the name; None where they are none."""
        # A name alone is no order while a session goes on: it may be said of anything.
        return self._read(words, valid, known=False, alone=Intent.LONGER not in valid)

    def answer(self, words: Sequence[str], valid: Collection[str]) -> Match | None:
        """What `words` answer to the question for a name, or for movements; None where none is asked, or they do not.

        A name is a few words, none of them one of talk.
        """
        if Intent.ROUTINE_MOVEMENTS in valid:
            text = _OpenText(self._coach, words, ())
            if text.has_movement(text.tokens) and name_words().talk.isdisjoint(text.tokens):
                return Match(Intent.ROUTINE_MOVEMENTS, {"movements": text.movements(text.tokens)}, 0)
        if Intent.NAME_ROUTINE not in valid:
            return None
        return self._read(words, {Intent.NAME_ROUTINE}, known=False, alone=True)

    def named_in(self, words: Sequence[str], intent: str) -> Mapping[str, str]:
        """The movements and the routine that are named anywhere in `words`, for an intent that was guessed."""
        text = _OpenText(self._coach, words, self._known.said)
        movements = text.movements([token for token in text.tokens if text.has_movement([token])])
        routine = next((name for token in text.tokens if (name := text.routine(token))), None)
        if routine is None and intent != Intent.MAKE_ROUTINE:
            by_it = self._known.meant_by_it if _POINTS_AT_ROUTINE.intersection(words) else None
            routine = fill(self._coach, list(words), "routine") or by_it
        found = {"movements": movements, "routine": routine if intent != Intent.MAKE_ROUTINE else None}
        return {slot: value for slot, value in found.items() if value}

    def _read(self, words: Sequence[str], valid: Collection[str], *, known: bool, alone: bool) -> Match | None:
        intents = (OPEN_INTENTS | {Intent.START_ROUTINE, Intent.ROUTINE_LENGTH}).intersection(valid)
        if len(intents) > 1:
            intents -= ROUTINE_ANSWERS
        if not intents:
            return None
        text = _OpenText(self._coach, words, self._known.said)
        if known and not text.names_a_routine:
            return None
        found = matches(open_graph(), text.tokens, intents)
        read = (self._held(each, text) for each in found if alone or each.slots.get(_FRAME) not in _AT_REST)
        return next((each for each in read if each is not None), None)

    def _held(self, found: Match, text: "_OpenText") -> Match | None:
        """What a sentence of the templates means, if its open words are what they are to be."""
        slots = dict(found.slots)
        frame = slots.pop(_FRAME, "")
        if text.has_movement(slots.pop(_PURPOSE, "").split()):
            return None
        if "movements" in slots:
            said = slots["movements"].split()
            items = text.movements(said)
            known = text.has_movement(said) or bool(text.routine(slots.get("routine", "")))
            if not items or (frame in {"some", "last"} and not known) or any(map(text.routine, said)):
                return None
            if not name_words().talk.isdisjoint(items.split()) or (
                frame == "last" and not text.has_only_movements(said)
            ):
                return None
            slots["movements"] = items
        if "name" in slots:
            name = _name_in(text.originals(slots["name"].split()))
            if name is None or is_filler(self._coach, name.split()):
                return None
            first = name.split()[0]
            if first in _NEXT_ORDERS or ("movements" in slots and first in _LEADS_TO_CONTENTS):
                return None
            slots["name"] = name
        routine = self._routine(slots.get("routine", ""), frame, text)
        if routine is None:
            return None
        if routine:
            slots["routine"] = routine
        return replace(found, slots=slots)

    def _routine(self, said: str, frame: str, text: "_OpenText") -> str | None:
        """The routine that is meant; empty: none is named. None: these words are no routine, so that nothing is."""
        if frame == "last" and not said:
            return self._known.meant_by_it
        words = _bare(said.split())
        if frame == "any" and words != said.split():
            return None  # such as in "delete my alarm"
        if len(words) == 1 and (known := text.routine(words[0])):
            return known
        if not said:
            return ""
        if frame in {"known", "alone"} or (frame == "any" and not self._known.said):
            return None
        if text.has_movement(words) or any(map(text.routine, words)):
            return None
        built_in = fill(self._coach, list(words), "routine") if len(words) == 1 else None
        if built_in:
            return built_in
        name = _name_in(text.originals(words))
        return None if name is None or name_words().descriptions.issuperset(name.split()) else name


class _OpenText:
    """A text in which each phrase for a movement, and each known name, is one word."""

    def __init__(self, coach: Graph, words: Sequence[str], names: Collection[str]) -> None:
        said = list(words)
        spans = {begin: (end, value) for begin, end, value in fill_all(coach, said, "movement")}
        self._things: dict[str, _NamedThing] = {}
        self.tokens: list[str] = []
        at = 0
        while at < len(said):
            end, value = spans.get(at, (at, ""))
            called = max((name for name in names if _is_at(said, at, name)), key=_length, default="")
            if called and at + _length(called) >= end:
                end = at + _length(called)
                thing = _NamedThing(tuple(said[at:end]), routine=called)
            elif value:
                thing = _NamedThing(tuple(said[at:end]), movement=value)
            else:
                self.tokens.append(said[at])
                at += 1
                continue
            token = f"/{len(self._things)}"  # no word of a text holds a slash
            self._things[token] = thing
            self.tokens.append(token)
            at = end

    @property
    def names_a_routine(self) -> bool:
        """Whether a name that is known is in the text."""
        return any(thing.routine for thing in self._things.values())

    def has_movement(self, tokens: Sequence[str]) -> bool:
        """Whether one of these words is a movement."""
        return any(token in self._things and self._things[token].movement for token in tokens)

    def has_only_movements(self, tokens: Sequence[str]) -> bool:
        """Whether these words are movements, and what stands between them."""
        return all(self.has_movement([token]) or token in _JOINS or _count([token]) for token in tokens)

    def routine(self, token: str) -> str:
        """The known name that a word is; empty: it is none."""
        return self._things[token].routine if token in self._things else ""

    def originals(self, tokens: Sequence[str]) -> list[str]:
        """The words of the text that these stand for."""
        return [word for token in tokens for word in (self._things[token].words if token in self._things else (token,))]

    def movements(self, tokens: Sequence[str]) -> str:
        """The movements that these words list, as the slot has them."""
        items: list[str] = []
        unknown: list[str] = []
        for token in tokens:
            thing = self._things.get(token)
            if thing is not None and thing.movement:
                # What it is for is told before what is in it, as in "for the office: neck tilts".
                unknown = [] if not items and unknown[:1] == ["for"] else unknown
                between = [*unknown, *takewhile(_CORRECTING.__contains__, thing.words)]
                if items and between and between[-1] == "not" and _CORRECTING.issuperset(unknown):
                    # "The doorway, no, not the doorway, the rolls".
                    items, unknown = [item for item in items if item.split()[-1] != thing.movement], []
                    continue
                if items and _TAKES_BACK.intersection(between) and _CORRECTING.issuperset(unknown):
                    items, unknown = items[:-1], []
                count = _count(unknown)
                items += [" ".join(unknown)] if unknown and count is None else []
                items.append(thing.movement if count is None else f"{count} {thing.movement}")
                unknown = []
            elif items and not unknown and token in _TIMES:
                items[-1] = f"{_TIMES[token]} {items[-1].split()[-1]}"
            elif token not in _JOINS or (unknown and token in _WITHIN):
                unknown += self.originals([token])
            elif unknown and _count(unknown) is None:
                items += [] if not items and unknown[0] == "for" else [" ".join(unknown)]
                unknown = []
        items += [" ".join(unknown)] if unknown else []
        return BETWEEN.join(items)


def _is_at(words: Sequence[str], at: int, name: str) -> bool:
    """Whether a name is at a place of a text, or what sounds the same."""
    said = " ".join(words[at : at + _length(name)])
    return said == name or (len(words) - at >= _length(name) and sound_of(said) == sound_of(name))


def _length(name: str) -> int:
    """The number of words of a name."""
    return len(name.split())


def _count(words: Sequence[str]) -> int | None:
    """The number of repetitions that words are: "three rounds of"; None: they are no number."""
    said = [word for word in words if word not in _COUNTED]
    return next((number for end, number in numbers_from(said, 0) if end == len(said)), None) if said else None


def _bare(words: Sequence[str]) -> Sequence[str]:
    """The words of a name, without what only leads to it or follows it."""
    begin, end = 0, len(words)
    if words[:1] == ["the"] and words[-1:] == ["one"]:
        end -= 1
    while begin < end - 1 and words[begin] in _BEFORE_A_NAME:
        begin += 1
    while end > begin + 1 and words[end - 1] in _AFTER_A_NAME:
        end -= 1
    return words[begin:end]


def _name_in(words: Sequence[str]) -> str | None:
    """The name that words are; None: they are too many, or talk."""
    name = _bare(words)
    if not 0 < len(name) <= MOST_NAME_WORDS or not name_words().talk.isdisjoint(name):
        return None
    if any(word == "and" and after in _NEXT_ORDERS for word, after in pairwise(name)):
        return None
    return " ".join(name) if len(" ".join(name)) <= MOST_NAME_LETTERS else None


@dataclass(frozen=True, slots=True)
class NameWords:
    """The content of `names.yaml`, as that file describes it."""

    talk: frozenset[str]
    descriptions: frozenset[str]


@cache
def name_words() -> NameWords:
    """The words that make no name, read once."""
    content: Mapping[str, str] = yaml.safe_load(NAME_WORDS.read_text(encoding="utf-8"))
    return NameWords(frozenset(content["not_in_a_name"].split()), frozenset(content["descriptions"].split()))
