"""Red flags: each flag in many words, what takes one back, and that no text is too odd to be judged."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rig.places import ROOT
from intents.model import ALARM_INTENTS, UNASKED_INTENTS, Intent
from intents.red_flags.alarm import Alarm, find_alarm, find_red_flag
from intents.red_flags.detect import evidence_in
from tests import loaded

pytestmark = pytest.mark.quality

FLAGS = {
    "chest": (
        "I've got pains in my chest.",
        "My chest feels like it's in a vice!",
        "i just can't seem to catch my breath",
        "the pain runs down my left arm and I'm pouring with sweat",
        "it's gone up into my jaw and I feel sick",
        "my dad is clutching his chest and he's gone grey",
        "no, I can't breathe",
    ),
    "tearing": (
        "a ripping pain between my shoulder blades",
        "Something tore inside my back just now",
        "it feels as if my spine is being torn apart",
        "all of a sudden an unbearable pain in my upper back",
    ),
    "stroke": (
        "one side of my face is drooping",
        "My words are all slurred",
        "I'm seeing double",
        "this is the worst headache of my life",
        "mum's mouth has gone crooked and she can't speak",
        "my whole left side has gone numb",
        "the room started spinning and I can't walk straight",
    ),
    "cauda_equina": (
        "both of my legs are numb",
        "I can't feel anything between my legs",
        "I haven't been able to wee since yesterday",
        "I've wet myself and never noticed",
        "my bottom has gone numb",
        "she's lost control of her bowels",
    ),
    "cord": (
        "my fingers have got so clumsy I can't do up my buttons",
        "I keep dropping cups",
        "my walking is getting more and more unsteady",
        "I can't get my key into the lock any more",
    ),
    "trauma": (
        "I fell off a ladder this morning",
        "we were in a car crash last night",
        "somebody punched me in the back",
        "gran slipped on the ice and hit her head",
    ),
    "overdose": (
        "I've taken too many painkillers",
        "I swallowed the whole packet of paracetamol",
        "my stools are black",
        "I've been vomiting blood",
    ),
    "infection_cancer": (
        "I've got a fever",
        "I've lost a stone and I haven't been dieting",
        "there's a lump on my spine",
        "the pain is worse at night and wakes me up",
        "I had breast cancer ten years ago",
        "I've been on steroids for years",
        "my bones are brittle",
        "I'm sixteen and my back hurts",
    ),
    "stretch_warning": (
        "I feel dizzy",
        "my fingers are tingling",
        "ow, a sharp pain in my neck",
        "my hand has gone numb",
        "that gave me an electric shock down my arm",
        "I think I'm going to faint",
    ),
}

HARMLESS = (
    "",
    "?!",
    "no chest pain",
    "No, I haven't got any numbness or weakness.",
    "I don't feel dizzy",
    "he hasn't had a fall",
    "no fever, no lumps, no weight loss",
    "my balance is fine",
    "I had a car crash thirty years ago, all mended",
    "I used to get dizzy when I was a girl",
    "my upper back is cramping",
    "it spreads to my neck and my ribs",
    "my neck hurts when I turn it",
    "my shoulders are tight",
    "what causes chest pain",
    "what does numbness mean",
    "tell me about osteoporosis",
    "how many painkillers can I take",
    "start the chest stretch",
    "open my chest",
    "my heart isn't in it",
    "he's a pain in the neck",
    "I fell asleep",
    "my laptop crashed",
    "lean my head to the left",
    "stop",
    "no",
    "hold it for longer",
)


@pytest.mark.parametrize(("flag", "text"), [(flag, text) for flag, texts in FLAGS.items() for text in texts])
def test_a_red_flag_is_found_in_many_words(flag: str, text: str) -> None:
    assert find_red_flag(text) == flag


@pytest.mark.parametrize("text", HARMLESS)
def test_no_red_flag_where_none_is_meant(text: str) -> None:
    assert find_red_flag(text) is None


@pytest.mark.parametrize(
    ("without", "with_one"),
    [
        ("no chest pain", "no, my chest hurts"),
        ("no chest pain and no fever", "no chest pain but my legs have gone numb"),
        ("I haven't got a temperature", "I've got a temperature"),
        ("I fell years ago", "I fell years ago and today my legs have gone numb"),
        ("what is a stroke", "I think I'm having a stroke"),
    ],
)
def test_a_negation_reaches_its_own_clause_only(without: str, with_one: str) -> None:
    assert find_red_flag(without) is None
    assert find_red_flag(with_one) is not None


def test_phrases_kept_back_from_training_are_found_and_little_else() -> None:
    from benchmarks.training.red_flag_model import labelled_phrases  # which takes a second to import

    unseen = labelled_phrases(ROOT / "benchmarks" / "red_flags_unseen.txt")
    meant = [text for flag, text in unseen if flag]
    others = [text for flag, text in unseen if not flag]
    missed = [text for text in meant if find_red_flag(text) is None]
    taken = [text for text in others if find_red_flag(text) is not None]
    assert len(missed) <= 0.03 * len(meant), missed
    assert len(taken) <= 0.10 * len(others), taken


def test_no_short_command_is_taken_for_one() -> None:
    cries_of_pain = {"ow", "ouch"}
    valid = UNASKED_INTENTS - ALARM_INTENTS
    commands = [text for text in loaded.coach().speech_grammar.sentences(valid) if text not in cries_of_pain]
    taken = [(alarm, text) for text in commands if (alarm := find_alarm(text)) and not called_or_condition(alarm)]
    assert not taken


def called_or_condition(alarm: Alarm) -> bool:
    """Whether it is a call for help, words of self-harm or an illness that is told: those have short sentences, too."""
    return alarm.intent is not Intent.RED_FLAG or "condition" in alarm.slots


@pytest.mark.parametrize("text", ["one two", "one one two", "eight nine nine ten", "ten, nine, eight"])
def test_counting_tells_of_nothing(text: str) -> None:
    assert find_red_flag(text) is None


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert find_red_flag(text) in {None, "allergy", "call_for_help", "self_harm", *FLAGS}


@given(
    st.sampled_from([(flag, text) for flag, texts in FLAGS.items() for text in texts]), st.sampled_from(["", ".", "!"])
)
def test_case_and_punctuation_change_nothing(labelled: tuple[str, str], ending: str) -> None:
    flag, text = labelled
    assert find_red_flag(text.upper().replace("'", "’") + ending) == flag


def test_the_work_grows_no_faster_than_the_text() -> None:
    text = "i was saying to my sister that the weather has been lovely " * 10
    once, twice = calls_of(text), calls_of(text + text)
    assert twice <= 2.1 * once


def calls_of(text: str) -> int:
    """How many functions are called to judge a text: a measure of the work that no clock takes part in."""
    find_red_flag(text)  # what is loaded once does not count
    evidence_in.cache_clear()
    find_alarm.cache_clear()
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_red_flag(text)
    finally:
        sys.setprofile(before)
    return calls
