"""The sealed sets are well formed. What they measure is printed by benchmarks/sealed alone."""

import json

import pytest

from assistant.states import State
from benchmarks.conversations.talks import read_talks
from benchmarks.sealed.__main__ import SEALED, agrees, alarm, by_kind, plain, read
from intents.model import Intent, Meant, Reading

pytestmark = pytest.mark.unit

LEAST = {"commands": 160, "talk": 140, "red_flags": 110, "not_red_flags": 120}
"""The least number of lines of each set."""


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_large_enough_and_repeats_nothing(name: str) -> None:
    rows = read(name)
    assert len(rows) >= LEAST[name]
    assert len({json.dumps(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ["commands", "talk"])
def test_states_and_intents_are_those_that_there_are(name: str) -> None:
    for row in read(name):
        State(row["state"])
        assert row["intent"] is None or Intent(row["intent"])


def test_sealed_conversations_can_be_held() -> None:
    assert len(read_talks(SEALED / "conversations.txt")) >= 60


def test_a_reading_is_judged_by_the_slots_that_are_named() -> None:
    reading = Reading("x", Intent.HOLD_FOR, {"seconds": "20", "side": "left"})
    assert agrees({"intent": "HoldFor", "slots": {"seconds": "20"}}, reading)
    assert agrees({"intent": "HoldFor"}, reading)
    assert not agrees({"intent": "HoldFor", "slots": {"seconds": "30"}}, reading)
    assert not agrees({"intent": "Stop"}, reading)
    assert agrees({"intent": "HowMany"}, Reading("x", Intent.MOVEMENTS_LEFT))
    assert agrees({"intent": "RedFlag"}, Reading("x", Intent.CALL_FOR_HELP))
    assert not agrees({"intent": "Stop"}, Reading("x", None))


def test_an_alarm_counts_wherever_it_stands_in_a_reading() -> None:
    assert alarm(Reading("x", Intent.RED_FLAG))
    assert alarm(Reading("x", Intent.STOP, also=(Meant(Intent.CALL_FOR_HELP),)))
    assert not alarm(Reading("x", Intent.STOP))


def test_texts_are_told_apart_and_gathered() -> None:
    assert plain("I CAN'T, no!") == "i can't no"
    assert list(by_kind([("b", True), ("a", False), ("b", False)])) == [("a", [False]), ("b", [True, False])]
