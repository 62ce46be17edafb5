"""The trials of each part: what is heard, in which noise, and what it means."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.states import VALID, State
from benchmarks.listening.published import SNR_LEVELS
from benchmarks.listening.trials import CLEAN, Trial, half_of, sampled
from benchmarks.rig.mixing import Sound, babble, excerpt, mix, recording
from benchmarks.rig.voices import VOICES, SyntheticSpeech
from intents.model import Intent
from intents.reader import IntentReader

DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NEAR_MISSES = Path(__file__).with_name("near_misses.txt")
COACH_GRAMMAR = ("coach",)
NOISY = 12
"""Decibels of speech over kitchen noise where one level must do."""


@dataclass(frozen=True)
class HearingData:
    """What there is to hear, and how much of it is wanted."""

    orders: Path
    """A folder with labels.json, intents.yaml and recordings."""
    speech: Path
    """Holds folders of other recordings, some of which may be absent: phrases, digits, wake."""
    phrases: Path
    """Holds commands.jsonl, not_commands.jsonl and red_flags.jsonl."""
    noise: Path
    """Kitchen noise."""
    short: Path
    """The hassil file of one-word commands; see `write_short_commands`."""
    voices: SyntheticSpeech
    sample: int | None = None
    """At most so many items of each group; None: all."""
    half: str | None = None
    """Only recordings of this half; see `half_of`."""

    def files(self, folder: str, pattern: str) -> list[Path]:
        """Recordings of other kinds than orders."""
        return self._chosen({str(path): path for path in (self.speech / folder).glob(pattern)})

    def orders_in(self) -> list[Path]:
        """The labelled recordings."""
        return self._chosen({name: self.orders / name for name in self.labels()})

    def labels(self) -> dict[str, dict[str, Any]]:
        """What each order means."""
        found: dict[str, dict[str, Any]] = json.loads((self.orders / "labels.json").read_text(encoding="utf-8"))
        return found

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The phrases of a file; none where it is absent."""
        path = self.phrases / f"{name}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def _chosen(self, paths: dict[str, Path]) -> list[Path]:
        by_name = {f"{path.parent.name}/{path.name}": path for path in paths.values()}
        wanted = [name for name in by_name if self.half in {None, half_of(name)}]
        return [by_name[name] for name in sampled(wanted, self.sample)]

    def in_kitchen(self, clip: Callable[[], Sound], name: str, level: int) -> Callable[[], Sound]:
        """A sound in kitchen noise."""

        def noisy() -> Sound:
            speech = clip()
            return mix(speech, excerpt(recording(self.noise), len(speech), name), level)

        return noisy

    def both(self, clip: Callable[[], Sound], name: str) -> Iterator[tuple[str, Callable[[], Sound]]]:
        """A sound without noise, and at one level of noise."""
        yield CLEAN, clip
        yield f"kitchen {NOISY}", self.in_kitchen(clip, name, NOISY)


def write_short_commands(path: Path, names: Sequence[str]) -> None:
    """A hassil file in which every digit and every wake word is a command of its own."""
    intents = {_said(word): {"data": [{"sentences": [word]}]} for word in (*DIGIT_WORDS, *names)}
    path.write_text(json.dumps({"language": "en", "intents": intents}), encoding="utf-8")


def orders(data: HearingData) -> Iterator[Trial]:
    """Every order at every level, in the kitchen and among other people."""
    labels, grammar = data.labels(), (str(data.orders / "intents.yaml"),)
    everyone = [data.orders / name for name in sorted(labels)]
    for path in data.orders_in():
        clip = partial(recording, path)
        others = [other for other in everyone if other != path]
        conditions: dict[str, Callable[[], Sound]] = {CLEAN: clip}
        for level in SNR_LEVELS:
            conditions[f"kitchen {level}"] = data.in_kitchen(clip, path.name, level)
            conditions[f"babble {level}"] = partial(_in_babble, path, others, level)
        intent, slots = labels[path.name]["intent"], labels[path.name]["slots"]
        for condition, sound in conditions.items():
            yield Trial("coffee", "orders", condition, path.name, sound, intent, slots, grammar)


def others(data: HearingData) -> Iterator[Trial]:
    """What is in neither grammar, near misses among it."""
    orders_grammar = (str(data.orders / "intents.yaml"),)
    homes = _homes(data)
    words = [*data.files("digits", "*.wav"), *data.files("wake", "*/*.flac")]
    recorded: list[tuple[str, tuple[str, ...], list[Path]]] = [
        ("coffee: home phrases", orders_grammar, homes),
        ("coffee: single words", orders_grammar, words),
        ("coach: home phrases", COACH_GRAMMAR, _meaningless(homes)),
        ("coach: single words", COACH_GRAMMAR, words),
        ("coach: coffee orders", COACH_GRAMMAR, data.orders_in()),
    ]
    for group, grammar, paths in recorded:
        for path in paths:
            for condition, sound in data.both(partial(recording, path), path.name):
                yield Trial("others", group, condition, _item(path), sound, None, grammar=grammar)
    misses = near_misses()
    spoken = [
        ("coffee: near misses", orders_grammar, [(text, None) for text in misses["coffee"]]),
        ("coach: near misses", COACH_GRAMMAR, [(text, None) for text in misses["coach"]]),
        ("coach: other talk", COACH_GRAMMAR, [(line["text"], line["state"]) for line in data.lines("not_commands")]),
    ]
    for group, grammar, texts in spoken:
        yield from _spoken(data, "others", group, [(text, state, None, {}) for text, state in texts], grammar)


def short(data: HearingData) -> Iterator[Trial]:
    """Digits and wake words as commands beside the coach's, and what is none of them."""
    grammar = (*COACH_GRAMMAR, str(data.short))
    for path in data.files("digits", "*.wav"):
        yield from _short(data, "digits", path, _said(DIGIT_WORDS[int(path.name[0])]), grammar)
    for path in data.files("wake", "*/*.flac"):
        yield from _short(data, "wake words", path, _said(path.parent.name), grammar)
    for path in _meaningless(_homes(data)):
        yield from _short(data, "home phrases", path, None, grammar)
    for path in data.orders_in():
        yield from _short(data, "coffee orders", path, None, grammar)
    misses: list[_Phrase] = [(text, None, None, {}) for text in near_misses()["coach"]]
    yield from _spoken(data, "short", "near misses", misses, grammar)


def spoken(data: HearingData) -> Iterator[Trial]:
    """Commands and red flags that are right as text, in synthetic voices."""
    coach = IntentReader.coach()
    phrases: dict[str, list[_Phrase]] = {"commands": [], "red flags": []}
    for line in data.lines("commands"):
        reading = coach.read(line["text"], VALID[State(line["state"])])
        if (reading.intent, dict(reading.slots)) == (line["intent"], line["slots"]):
            phrases["commands"].append((line["text"], line["state"], line["intent"], line["slots"]))
    for line in data.lines("red_flags"):
        if coach.read(line["text"]).intent == Intent.RED_FLAG:
            phrases["red flags"].append((line["text"], None, Intent.RED_FLAG, {}))
    for group, chosen in phrases.items():
        yield from _spoken(data, "spoken", group, chosen, COACH_GRAMMAR)


def not_commands(data: HearingData) -> list[Path]:
    """All recordings that mean nothing to the coach."""
    words = [*data.files("digits", "*.wav"), *data.files("wake", "*/*.flac")]
    return [*data.orders_in(), *words, *_meaningless(_homes(data))]


def near_misses() -> dict[str, list[str]]:
    """By grammar."""
    found: dict[str, list[str]] = {}
    group: list[str] = []
    for line in NEAR_MISSES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            group.append(line)
    return found


_Phrase = tuple[str, str | None, str | None, dict[str, str]]
"""Text, state, intent, slots."""


def _spoken(
    data: HearingData, part: str, group: str, phrases: Sequence[_Phrase], grammar: tuple[str, ...]
) -> Iterator[Trial]:
    """Every phrase in every voice, in both conditions."""
    everything = {
        f"{voice}: {text} ({state or 'any state'})": (voice, text, state, intent, slots)
        for text, state, intent, slots in phrases
        for voice in VOICES
        if data.half in {None, half_of(text)}
    }
    for item in sampled(everything, data.sample):
        voice, text, state, intent, slots = everything[item]
        valid = None if state is None else frozenset(VALID[State(state)])
        for condition, sound in data.both(partial(data.voices.clip, text, voice), item):
            yield Trial(part, group, condition, item, sound, intent, slots, grammar, valid)


def _short(data: HearingData, group: str, path: Path, intent: str | None, grammar: tuple[str, ...]) -> Iterator[Trial]:
    for condition, sound in data.both(partial(recording, path), path.name):
        yield Trial("short", group, condition, _item(path), sound, intent, grammar=grammar)


def _in_babble(path: Path, others: Sequence[Path], level: int) -> Sound:
    speech = recording(path)
    return mix(speech, babble(others, len(speech), path.name), level)


def _homes(data: HearingData) -> list[Path]:
    return [*data.files("phrases", "*.flac"), *data.files("phrases", "generated/*.flac")]


def _meaningless(homes: Sequence[Path]) -> list[Path]:
    """Requests to a smart home that are no commands to the coach."""
    coach = IntentReader.coach()
    return [path for path in homes if coach.read(_text(path)).intent is None]


def _said(word: str) -> str:
    return f"Said{word.capitalize()}"


def _text(path: Path) -> str:
    """What is said in a recording that is named for it; the out-of-vocabulary ones are named by numbers."""
    return "" if path.stem.startswith("oov") else path.stem


def _item(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
