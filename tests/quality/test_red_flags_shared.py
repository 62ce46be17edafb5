"""Red flags in phrases that were written without sight of the lexicons."""

import json

import pytest

from benchmarks.rig.places import PHRASES
from intents.red_flags.alarm import find_red_flag

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not PHRASES.is_dir(), reason="the shared phrases are not beside the project"),
]


def texts(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (PHRASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_at_least_98_percent_of_red_flags_are_found() -> None:
    missed = [line["text"] for line in texts("red_flags") if find_red_flag(line["text"]) is None]
    assert len(missed) <= 0.02 * len(texts("red_flags")), missed


def test_at_least_90_percent_are_found_as_the_flag_they_are() -> None:
    wrong = [(line["flag"], line["text"]) for line in texts("red_flags") if find_red_flag(line["text"]) != line["flag"]]
    assert len(wrong) <= 0.10 * len(texts("red_flags")), wrong


@pytest.mark.parametrize(("name", "share"), [("not_red_flags", 0.04), ("commands", 0.01), ("not_commands", 0.01)])
def test_little_else_is_taken_for_one(name: str, share: float) -> None:
    taken = [(find_red_flag(line["text"]), line["text"]) for line in texts(name) if find_red_flag(line["text"])]
    assert len(taken) <= share * len(texts(name)), taken
