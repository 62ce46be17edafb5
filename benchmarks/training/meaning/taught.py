"""What the classifier of meaning is taught: sentences with their labels, and where each comes from."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from zlib import crc32

import yaml

from benchmarks.rig.places import OWN_VOICE, ROOT, TRAINING_PHRASES, meaning_phrase_files
from benchmarks.training.meaning.template_sampler import TemplateSampler, altered
from benchmarks.training.ordinary import sentences
from intents.encoder.meaning import CLOSED_SLOTS, REQUEST_ELSEWHERE, TALK
from intents.grammar.compile import compile_graph
from intents.grammar.graph import Graph
from intents.grammar.match import fill, match
from intents.grammar.templates import COACH_TEMPLATES, read_templates
from intents.model import Intent
from intents.text.normalize import words_of

GUIDANCE = ROOT / "assistant" / "guidance"
"""The files of what Limber says."""
LESSON_SEED = 20
"""The seed of all that is drawn."""
KEPT_BACK = 3
"""One in so many requests to other assistants is kept back from training, to measure with."""
SHORTEST_OWN = 4
"""Length in words of the shortest of Limber's own sentences that are taught: "Sit down" may be anyone's."""
_FROM_TEMPLATES = 80
"""Sentences drawn from the templates for each intent."""
_ALTERED_COPIES = 1
"""Altered copies of each sentence written by hand, besides the sentence as it is."""
_LONGEST_WITH_REMARK = 9
"""Length in words of the longest sentence that is taught with a remark beside it."""
_REMARK_CHANCE = 0.5
"""How likely a sentence that brief is taught so, besides alone."""
_ORDINARY = 2500
"""Sentences of ordinary speech."""
_SHORTEST_PART = 5
"""Length in words of the shortest part of one of them that is taught: a shorter one may be a request."""
_UNTAUGHT = frozenset({Intent.RED_FLAG, Intent.WAKE, Intent.DIGITS})
"""Intents that are not learnt: red flags are judged by a room of their own, and the wake phrase is exact."""
_NEEDS_VALUE = frozenset(CLOSED_SLOTS) - {Intent.START_ROUTINE, Intent.ROUTINE_LENGTH, Intent.SMALL_TALK}
"""Intents that mean nothing without their slot."""
_ASKING = frozenset(
    "what what's who who's when when's where where's why how how's which whose is are am do does did can could will "
    "would should shall may have has play turn set remind call tell book order add show find search open send read put "
    "switch alexa siri please give get ask check cancel change what're".split()
)
"""First words of questions and orders."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence, and what it means."""

    label: str
    words: tuple[str, ...]
    source: str
    """"template", "written", "other", "own", "ordinary" or "request"."""
    said: int
    """Number of the sentence that it is, or is a copy of."""
    copy: bool = False
    """An altered copy: taught, and never measured with."""


def lessons(requests: Path) -> list[Lesson]:
    """All lessons, in an order that is always the same. `requests`: those to other assistants, as JSON lines."""
    templates = read_templates([COACH_TEMPLATES])
    graph = compile_graph(templates)
    skips = [skip for skip in templates.skip_words if len(skip.split()) < 6]
    openings = [words_of(line) for line in _lines("openings.txt")]
    remarks = [words_of(line) for line in _lines("remarks.txt")]
    found: list[Lesson] = []
    for label, words in _drawn(graph):
        found.append(Lesson(label, tuple(words), "template", len(found)))
    for label, text in _written(graph):
        said = len(found)
        found.append(Lesson(label, tuple(words_of(text)), "written", said))
        dice = _dice(text)
        for _ in range(_ALTERED_COPIES):
            copy = altered(words_of(text), skips, openings, dice)
            found.append(Lesson(label, tuple(copy), "written", said, copy=True))
    others = [("other", line) for line in _lines("others.txt")]
    others += [("own", line) for line in _own_lines() if match(graph, words_of(line)) is None]
    ordinary = [("ordinary", line) for line in islice(sentences(LESSON_SEED), _ORDINARY)]
    for source, text in [*others, *ordinary]:
        label = TALK if source == "own" else _label_of_other(text)
        found.append(Lesson(label, tuple(words_of(text)), source, len(found)))
    meant = {lesson.words for lesson in found if lesson.label not in {TALK, REQUEST_ELSEWHERE}}
    for text in requests_to_others(requests, kept_back=False):
        asked = tuple(words_of(text))
        # Some are Limber's own as well ("where am I").
        if asked not in meant and match(graph, list(asked)) is None:
            found.append(Lesson(REQUEST_ELSEWHERE, asked, "request", len(found)))
    return [*found, *_with_remarks(found, remarks)]


def _with_remarks(lessons: Sequence[Lesson], remarks: Sequence[list[str]]) -> Iterator[Lesson]:
    """Copies of brief sentences with a remark before or after them, where no mark parts the two.

    Talk gets them as often as requests do, so that a remark by itself tells neither.
    """
    for lesson in lessons:
        dice = _dice(f"remark {lesson.label} {' '.join(lesson.words)}")
        if lesson.copy or len(lesson.words) > _LONGEST_WITH_REMARK or dice.random() > _REMARK_CHANCE:
            continue
        remark = dice.choice(remarks)
        words = [*remark, *lesson.words] if dice.random() < 0.5 else [*lesson.words, *remark]
        yield replace(lesson, words=tuple(words), copy=True)


def requests_to_others(path: Path, *, kept_back: bool) -> list[str]:
    """The requests that are kept back from training, or all others."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for text in texts if (crc32(text.encode()) % KEPT_BACK == 0) is kept_back]


def _dice(name: str) -> random.Random:
    """Chance of its own for each name, so that a new phrase leaves the others as they were, and their vectors known."""
    return random.Random(f"{LESSON_SEED} {name}")  # noqa: S311  it draws sentences, no secrets


def _drawn(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """Sentences of the templates, with their labels."""
    for intent in sorted(graph.intents() - _UNTAUGHT):
        sampler = TemplateSampler(graph, _dice(intent))
        alive = graph.leading_to({intent})
        for _ in range(_FROM_TEMPLATES):
            words = sampler.draw(intent, alive)
            meant = match(graph, words, {intent})
            value = meant.slots.get(CLOSED_SLOTS.get(intent, "")) if meant else None
            if meant and "about" in meant.slots:
                yield _label(Intent.QUESTION, meant.slots["about"]), words
            elif value or intent not in _NEEDS_VALUE:
                yield _label(intent, value), words


def _written(graph: Graph) -> Iterator[tuple[str, str]]:
    """Sentences written by hand, with their labels; those of commands.yaml name no value, but their words do."""
    for intent, texts in yaml.safe_load((TRAINING_PHRASES / "commands.yaml").read_text(encoding="utf-8")).items():
        for text in texts if intent not in _UNTAUGHT else ():
            slot = CLOSED_SLOTS.get(intent)
            value = fill(graph, words_of(text), slot) if slot else None
            meant = match(graph, words_of(text), {intent})
            if meant and "about" in meant.slots:
                yield _label(Intent.QUESTION, meant.slots["about"]), text
            elif value or intent not in _NEEDS_VALUE:
                yield _label(intent, value), text
    for path in meaning_phrase_files():
        for label, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield from ((label, text) for text in texts if label.partition("/")[0] not in _UNTAUGHT)


def _own_lines() -> Iterator[str]:
    """The sentences that Limber says: heard again, or read aloud by somebody, they ask for nothing."""
    yield from OWN_VOICE.read_text(encoding="utf-8").splitlines()
    for path in sorted(GUIDANCE.rglob("*.yaml")):
        for text in _strings(yaml.safe_load(path.read_text(encoding="utf-8"))):
            for sentence in re.split(r"(?<=[.?]) ", text):
                if len(sentence.split()) >= SHORTEST_OWN and sentence[-1] in ".?" and "{" not in sentence:
                    yield from dict.fromkeys((sentence, *_parts(sentence)))


def _parts(sentence: str) -> Iterator[str]:
    """Parts of a sentence as they are heard or quoted by themselves: each between two marks, and an end of it."""
    parts = re.split(r"[,;:]\s", sentence)
    words = sentence.split()
    begin = _dice(f"end of {sentence}").randint(1, max(1, len(words) - _SHORTEST_PART))
    for part in (*parts, " ".join(words[begin:])):
        if len(part.split()) >= _SHORTEST_PART:
            yield part


def _strings(value: object) -> Iterator[str]:
    """Every string in a YAML value, those of keys aside."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case _:
            pass


def _label_of_other(text: str) -> str:
    """The label of other talk: what begins as a question or an order does is a request."""
    return REQUEST_ELSEWHERE if text.partition(" ")[0] in _ASKING else TALK


def _label(intent: str, value: str | None) -> str:
    """The label of an intent, or of a value of its closed slot."""
    return f"{intent}/{value}" if value else intent


def _lines(name: str) -> list[str]:
    """The lines of a file of training phrases."""
    return (TRAINING_PHRASES / name).read_text(encoding="utf-8").splitlines()
