"""What is asked in one breath with the wake phrase."""

import pytest

from assistant.commands.after_waking import once_awake
from assistant.states import VALID, State
from intents.model import Intent
from intents.reader import IntentReader

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hey limber", Intent.WAKE),
        ("hey limber, start the gentle routine", Intent.START_ROUTINE),
        ("hey limber what helps", Intent.WHAT_HELPS),
        ("hey limber order me a pizza", Intent.WAKE),
    ],
)
def test_what_is_asked_of_a_sleeping_limber_is_told(text: str, intent: Intent) -> None:
    reader = IntentReader.coach()
    assert once_awake(reader.read(text, VALID[State.ASLEEP]), reader).intent == intent
