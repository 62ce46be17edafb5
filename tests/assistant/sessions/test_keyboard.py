"""What each key means, by where the dialogue stands."""

import re

import pytest

from assistant.dialogue.replies.table import REPLIES
from assistant.sessions import keyboard
from assistant.states import State
from intents.model import Intent

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("key", "state", "intent"),
    [
        (" ", State.HOLDING, Intent.PAUSE),
        ("p", State.PAUSED, Intent.RESUME),
        ("x", State.HOLDING, Intent.THAT_HURTS),
        ("e", State.HOLDING, Intent.GENTLER),
        ("l", State.HOLDING, Intent.HOW_LONG),
        ("w", State.HOLDING, Intent.WHERE_AM_I),
        ("u", State.HOLDING, Intent.UNDO),
        ("k", State.HOLDING, Intent.SKIP),
        ("t", State.IDLE, Intent.OVERVIEW),
        ("t", State.TOPIC, Intent.MORE),
        ("n", State.HOLDING, Intent.NEXT),
        ("n", State.SCREENING, Intent.NO),
        ("m", State.IDLE, Intent.MUTE),
        ("m", State.MUTED, Intent.UNMUTE),
        ("m", State.ASLEEP, Intent.WAKE),
        ("?", State.IDLE, Intent.HELP),
        ("h", State.IDLE, Intent.WHAT_HELPS),
        ("h", State.CONFIRMING, Intent.WHAT_HELPS),
        *(("h", state, Intent.HELP) for state in (State.INSTRUCTING, State.HOLDING, State.RESTING, State.PAUSED)),
    ],
)
def test_what_a_key_means(key: str, state: State, intent: Intent) -> None:
    reading = keyboard.meaning_of_key(key, state)
    assert reading is not None
    assert reading.intent is intent
    assert intent in REPLIES


def test_the_help_names_every_key() -> None:
    keys = "pnybkrsxelwghtu+-fdm?q"
    meaningful = {key for key in map(chr, range(33, 127)) if keyboard.meaning_of_key(key, State.IDLE)}
    assert meaningful - keyboard.DIGITS | {keyboard.END_KEY} == set(keys)
    assert [key for key in keys if not re.search(rf"(^|[ ,:]){re.escape(key)} ", keyboard.HELP)] == []
