"""The trials of each part of the measurement: what is heard, in which noise, and what it means."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.states import VALID, State
from benchmarks.listening.published import SNR_LEVELS
from benchmarks.listening.trials import CLEAN, Trial, half_of, sampled
from benchmarks.rig.mixing import Signal, babble, excerpt, mix, recording
from benchmarks.rig.voices import VOICES, SyntheticSpeech
from intents.model import Intent
from intents.reader import IntentReader

DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The digits in words; a recording of a digit is named for it."""
NEAR_MISSES = Path(__file__).with_name("near_misses.txt")
"""Texts that are nearly commands, by grammar."""
COACH_GRAMMAR = ("coach",)
"""The grammar of the built-in templates, as `--intents` takes it."""
NOISY = 12
"""Signal-to-noise ratio in dB, in kitchen noise, where one level has to do."""


@dataclass(frozen=True)
class HearingData:
    """The recordings and phrases that there are, and how many of them are wanted."""

    orders: Path
    """A folder with labels.json, intents.yaml and recordings."""
    speech: Path
    """A folder of other recordings, in phrases, digits and wake; some may be absent."""
    phrases: Path
    """A folder with commands.jsonl, not_commands.jsonl and red_flags.jsonl."""
    noise: Path
    """A recording of kitchen noise."""
    short: Path
    """The hassil file of one-word commands that `write_short_commands` writes."""
    voices: SyntheticSpeech
    """The synthetic speech."""
    sample: int | None = None
    """Greatest number of items of each group; None: all."""
    half: str | None = None
    """The half of the items that is used, as `half_of` names it; None: both."""

    def files(self, folder: str, pattern: str) -> list[Path]:
        """The recordings of a folder whose names match a pattern."""
        return self._chosen({str(path): path for path in (self.speech / folder).glob(pattern)})

    def orders_in(self) -> list[Path]:
        """The recordings of orders."""
        return self._chosen({name: self.orders / name for name in self.labels()})

    def labels(self) -> dict[str, dict[str, Any]]:
        """To the name of each recording of an order: what it means."""
        found: dict[str, dict[str, Any]] = json.loads((self.orders / "labels.json").read_text(encoding="utf-8"))
        return found

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The phrases of a file; none where it is absent."""
        path = self.phrases / f"{name}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def _chosen(self, paths: dict[str, Path]) -> list[Path]:
        """The recordings of the wanted half, as many as are wanted."""
        by_name = {f"{path.parent.name}/{path.name}": path for path in paths.values()}
        wanted = [name for name in by_name if self.half in {None, half_of(name)}]
        return [by_name[name] for name in sampled(wanted, self.sample)]

    def in_kitchen(self, clip: Callable[[], Signal], name: str, level: int) -> Callable[[], Signal]:
        """A sound in kitchen noise, at `level` dB of signal-to-noise ratio."""

        def noisy() -> Signal:
            speech = clip()
            return mix(speech, excerpt(recording(self.noise), len(speech), name), level)

        return noisy

    def both(self, clip: Callable[[], Signal], name: str) -> Iterator[tuple[str, Callable[[], Signal]]]:
        """A sound without noise, and in kitchen noise at NOISY dB."""
        yield CLEAN, clip
        yield f"kitchen {NOISY}", self.in_kitchen(clip, name, NOISY)


def write_short_commands(path: Path, names: Sequence[str]) -> None:
    """Write a hassil file in which every digit and every wake word of `names` is a command."""
    intents = {_said(word): {"data": [{"sentences": [word]}]} for word in (*DIGIT_WORDS, *names)}
    path.write_text(json.dumps({"language": "en", "intents": intents}), encoding="utf-8")


def orders(data: HearingData) -> Iterator[Trial]:
    """Every order at every level, in kitchen noise and in babble."""
    labels, grammar = data.labels(), (str(data.orders / "intents.yaml"),)
    everyone = [data.orders / name for name in sorted(labels)]
    for path in data.orders_in():
        clip = partial(recording, path)
        others = [other for other in everyone if other != path]
        conditions: dict[str, Callable[[], Signal]] = {CLEAN: clip}
        for level in SNR_LEVELS:
            conditions[f"kitchen {level}"] = data.in_kitchen(clip, path.name, level)
            conditions[f"babble {level}"] = partial(_in_babble, path, others, level)
        intent, slots = labels[path.name]["intent"], labels[path.name]["slots"]
        for condition, sound in conditions.items():
            yield Trial("coffee", "orders", condition, path.name, sound, intent, slots, grammar)


def others(data: HearingData) -> Iterator[Trial]:
    """Speech that is in neither grammar, near misses among it."""
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
    """Digits and wake words as commands beside the coach's, and speech that is none of them."""
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
    """The texts of NEAR_MISSES by grammar."""
    found: dict[str, list[str]] = {}
    group: list[str] = []
    for line in NEAR_MISSES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            group.append(line)
    return found


_Phrase = tuple[str, str | None, str | None, dict[str, str]]
"""Text, state, intent and slots."""


def _spoken(
    data: HearingData, part: str, group: str, phrases: Sequence[_Phrase], grammar: tuple[str, ...]
) -> Iterator[Trial]:
    """Every phrase in every voice, with and without noise."""
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
    """One recording among one-word commands, with and without noise."""
    for condition, sound in data.both(partial(recording, path), path.name):
        yield Trial("short", group, condition, _item(path), sound, intent, grammar=grammar)


def _in_babble(path: Path, others: Sequence[Path], level: int) -> Signal:
    """A recording among other people, at `level` dB of signal-to-noise ratio."""
    speech = recording(path)
    return mix(speech, babble(others, len(speech), path.name), level)


def _homes(data: HearingData) -> list[Path]:
    """The recorded requests to a smart home."""
    return [*data.files("phrases", "*.flac"), *data.files("phrases", "generated/*.flac")]


def _meaningless(homes: Sequence[Path]) -> list[Path]:
    """The requests to a smart home that are no commands to the coach."""
    coach = IntentReader.coach()
    return [path for path in homes if coach.read(_text(path)).intent is None]


def _said(word: str) -> str:
    """The name of the intent of a one-word command."""
    return f"Said{word.capitalize()}"


def _text(path: Path) -> str:
    """The words of a recording that is named for them; the out-of-vocabulary ones are named by numbers."""
    return "" if path.stem.startswith("oov") else path.stem


def _item(path: Path) -> str:
    """The name of a recording within its group."""
    return f"{path.parent.name}/{path.name}"
