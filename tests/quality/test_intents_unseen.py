"""How well reading generalises: phrases whose misses nobody has looked at, so that no message shows one."""

import json

import pytest

from assistant.states import VALID, State
from benchmarks.rig.places import ROOT
from intents.model import Intent
from intents.reader import IntentReader
from tests import loaded

pytestmark = pytest.mark.quality

PHRASES = [
    json.loads(line) for line in (ROOT / "benchmarks" / "phrases_unseen.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return loaded.coach()


def test_unseen_commands_are_understood(reader: IntentReader) -> None:
    commands = [phrase for phrase in PHRASES if phrase["intent"]]
    readings = [reader.read(phrase["text"], VALID[State(phrase["state"])]) for phrase in commands]
    right = sum(
        (reading.intent, dict(reading.slots)) == (phrase["intent"], phrase["slots"])
        for reading, phrase in zip(readings, commands, strict=True)
    )
    assert right >= 0.85 * len(commands), f"only {right} of {len(commands)}"


def test_other_unseen_speech_is_not_taken_for_a_command(reader: IntentReader) -> None:
    """Red flags are counted elsewhere: they may be found once too often."""
    others = [phrase for phrase in PHRASES if not phrase["intent"]]
    readings = [reader.read(phrase["text"], VALID[State(phrase["state"])]) for phrase in others]
    taken = sum(reading.intent not in (None, Intent.RED_FLAG) for reading in readings)
    assert taken <= 0.08 * len(others), f"{taken} of {len(others)}"
