"""The sentences of templates as a machine of tokens: it takes every sentence in every spelling, and nothing else."""

import itertools
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.listening.recording import understand_recording
from assistant.states import VALID, State
from audio.asr.moonshine.automaton import Automaton
from audio.asr.moonshine.automaton import TokenState as Written
from audio.asr.moonshine.tokenizer import Tokenizer
from audio.files import read_recording
from audio.samples import SAMPLE_RATE
from benchmarks.rig.places import RECORDINGS
from intents.grammar.compile import compile_graph
from intents.grammar.graph_cache import coach_graph
from intents.grammar.match import match
from intents.grammar.templates import read_templates
from intents.grammar.walk import Walk
from intents.model import ALARM_INTENTS, Intent
from intents.reader import IntentReader
from intents.text.normalize import words_of
from intents.text.spelling import Forms, forms
from tests import loaded
from tests.operations import operations

pytestmark = pytest.mark.engine

ALL = -1
WORDS = ("go", "stop", "stopping", "twenty", "five", "iced", "coffee", "i", "am")


def walk(folder: Path, templates: dict[str, list[str]], **parts: object) -> Walk:
    """The sentences of some templates by intent."""
    intents = {intent: {"data": [{"sentences": sentences}]} for intent, sentences in templates.items()}
    path = folder / "templates.yaml"
    path.write_text(yaml.safe_dump({"language": "en", "intents": intents, **parts}))
    return Walk([compile_graph(read_templates([path]))])


def accepted(tokenizer: Tokenizer, grammar: Walk, kinds: int = ALL) -> dict[str, str]:
    """Every text that may be written, with the words it stands for."""
    automaton = Automaton(grammar, tokenizer)
    ways: dict[str, str] = {}
    open_: list[tuple[tuple[int, ...], Written]] = [((), automaton.begin())]
    while open_:
        tokens, state = open_.pop()
        if automaton.complete(state, kinds):
            ways[tokenizer.text(tokens)] = automaton.sentence(tokens, kinds)
        further = automaton.tokens(state, kinds).tolist()
        assert further or automaton.complete(state, kinds), f"no way on after {tokenizer.text(tokens)!r}"
        open_ += [((*tokens, token), automaton.after(state, token)) for token in further]
    return ways


def spellings(words: tuple[str, ...]) -> Iterator[str]:
    """Every way to write some words, told without the code under test."""
    short = {("i", "am"): "i'm", ("twenty",): "20", ("five",): "5", ("twenty", "five"): "25"}

    def rows(rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if not rest:
            yield ()
        for length in range(1, min(2, len(rest)) + 1):
            head = rest[:length]
            written = [*(head if length == 1 else ()), *([short[head]] if head in short else ())]
            yield from ((each, *tail) for each in written for tail in rows(rest[length:]))

    for row in rows(words):
        cases = [{each[0].upper() + each[1:], *([] if each in ("i", "i'm") else [each])} for each in row]
        for cased in itertools.product(*cases):
            for gaps in itertools.product((" ", ", ", "-"), repeat=len(cased) - 1):
                joined = cased[0] + "".join(gap + word for gap, word in zip(gaps, cased[1:], strict=True))
                yield from (joined + stop for stop in ("", ".", "?", "!"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), min_size=1, max_size=4))
def test_every_spelling_of_every_sentence_and_nothing_else(
    tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory, sentences: list[list[str]]
) -> None:
    grammar = walk(tmp_path_factory.mktemp("templates"), {"Any": [" ".join(words) for words in sentences]})
    expected = {text: " ".join(words) for words in sentences for text in spellings(tuple(words))}
    assert accepted(tokenizer, grammar) == expected


def test_optional_parts_rules_lists_and_permutations_are_walked(tokenizer: Tokenizer, tmp_path: Path) -> None:
    grammar = walk(
        tmp_path,
        {"Order": ["[<ask>] ([{size}];hot) {drink}"]},
        expansion_rules={"ask": "(get|brew)"},
        lists={"size": {"values": ["small", "big"]}, "drink": {"values": ["tea", "iced tea"]}},
    )
    said = set(accepted(tokenizer, grammar).values())
    orders = {
        " ".join(filter(None, (ask, *both, drink)))
        for ask in ("", "get", "brew")
        for size in ("", "small", "big")
        for both in ((size, "hot"), ("hot", size))
        for drink in ("tea", "iced tea")
    }
    assert said == orders


def test_numbers_of_a_range_are_written_in_words_and_in_digits(tokenizer: Tokenizer, tmp_path: Path) -> None:
    grammar = walk(tmp_path, {"Hold": ["{seconds}"]}, lists={"seconds": {"range": {"from": 19, "to": 102}}})
    ways = accepted(tokenizer, grammar)
    assert {"25": "twenty five", "Twenty-five.": "twenty five", "101": "one hundred one", "19": "nineteen"}.items() <= (
        ways.items()
    )
    assert not {"18", "103", "hundred", "Twenty-fi"} & ways.keys()


def test_only_what_is_valid_is_accepted(tokenizer: Tokenizer, tmp_path: Path) -> None:
    grammar = walk(
        tmp_path, {"One": ["go on", "hold {seconds}"], "Two": ["go back"]}, lists={"seconds": {"wildcard": True}}
    )
    assert set(accepted(tokenizer, grammar, grammar.intent_mask({"Two"})).values()) == {"go back"}
    assert set(accepted(tokenizer, grammar, grammar.intent_mask({"One"})).values()) == {"go on"}, (
        "a wildcard is left out"
    )
    assert set(accepted(tokenizer, grammar, grammar.intent_mask(None)).values()) == {"go on", "go back"}


def test_what_is_written_otherwise_reads_as_the_same_words() -> None:
    def check(tree: Forms, words: list[str]) -> None:
        wrong = [written for written in tree.written if words_of(written) != words]
        assert not wrong, words
        for word, longer in tree.longer.items():
            check(longer, [*words, word])

    check(forms(), [])


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([State.HOLDING, State.IDLE, State.SCREENING, State.MUTED]))
def test_any_way_through_the_coach_is_a_valid_sentence_of_it(random: Random, state: State) -> None:
    reader, valid = loaded.coach(), VALID[state]
    grammar, kinds = reader.speech_grammar.walk, reader.speech_grammar.walk.intent_mask(valid)
    place, said = grammar.start, list[str]()
    for _ in range(60):
        words, complete = grammar.after(place)
        ways = [step for step in words.values() if step.intent_mask & kinds]
        if complete & kinds and (not ways or random.random() < 0.4):
            break
        assert ways, f"no way on after {said}"
        step = random.choice(ways)
        said.append(step.spoken)
        place = step.place
    else:
        return
    text = " ".join(said)
    # The phrase that wakes and brief alarms are no template's.
    surely = reader.read(text, valid, threshold=1).intent
    assert surely in {Intent.WAKE, *ALARM_INTENTS} or match(coach_graph(), text.split(), valid), said


def test_what_people_usually_say_is_within_the_grammar() -> None:
    grammar = loaded.coach().speech_grammar.walk
    after = cache(grammar.after)

    def walked(sentence: str) -> bool:
        place = grammar.start
        for word in sentence.split():
            if word not in after(place).words:
                return False
            place = after(place).words[word].place
        return bool(after(place).complete)

    assert [
        sentence for sentence in sorted(loaded.coach().speech_grammar.common_phrases()) if not walked(sentence)
    ] == []


def test_a_change_of_state_costs_nothing(tokenizer: Tokenizer) -> None:
    automaton = Automaton(loaded.coach().speech_grammar.walk, tokenizer)

    def change() -> None:
        for state in State:
            automaton.tokens(automaton.begin(), loaded.coach().speech_grammar.walk.intent_mask(VALID[state]))

    # The first look at all sentences, which takes millions, came before.
    assert operations(change) < 40_000 * len(State)


ORDERS = ("0075d273", "0334e17c", "05ae073e", "062998e3", "16701b2c", "f974a20c")


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason=f"{RECORDINGS} is absent")
def test_long_orders_are_heard_in_noise() -> None:
    recogniser, reader = loaded.moonshine(), IntentReader.load([str(RECORDINGS / "coffee" / "intents.yaml")])
    noise = read_recording(RECORDINGS / "noise-kitchen.flac").at(SAMPLE_RATE)
    labels = json.loads((RECORDINGS / "coffee" / "labels.json").read_text())
    wrong = {}
    for name in (name for name in labels if name[:8] in ORDERS):
        speech = read_recording(RECORDINGS / "coffee" / name).at(SAMPLE_RATE)
        mixed = speech + noise[: len(speech)] * np.sqrt(loudest(speech) / loudest(noise[: len(speech)]) / 10**1.2)
        reading = understand_recording(recogniser, reader, mixed.astype(np.float32), threshold=0)
        if dict(reading.slots) != labels[name]["slots"]:
            wrong[name] = reading
    assert not wrong


def loudest(sound: NDArray[np.float32]) -> float:
    """Energy of the loudest frame of 2,048 samples."""
    frames = sound[: len(sound) // 2048 * 2048].reshape(-1, 2048)
    return float((frames**2).sum(axis=1).max())


def test_each_place_is_kept_once_however_many_words_lead_to_it(tokenizer: Tokenizer, tmp_path: Path) -> None:
    grammar = walk(tmp_path, {"Go": ["(go|stop|iced|coffee) twenty"]})
    state = Automaton(grammar, tokenizer).begin()
    places = [written.word.after for choice in state.choices.values() for written in choice.words]
    assert len(places) > len({id(place) for place in places}) == 1
