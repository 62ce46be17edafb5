"""A request with a remark before or after it, and no mark between them: recognisers seldom write one."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from intents.reader import IntentReader
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return loaded.coach()


@pytest.mark.parametrize(
    ("state", "text", "intent"),
    [
        (State.TOPIC, "you're mumbling talk more slowly", Intent.SPEAK_SLOWER),
        (State.TOPIC, "my neighbour is drilling speak up", Intent.LOUDER),
        (State.INSTRUCTING, "count silently please my baby is asleep", Intent.COUNT_SILENTLY),
        (State.RESTING, "that was far too easy have you nothing harder", Intent.TOO_EASY),
        (State.IDLE, "what actually is an upper back cramp", Intent.OVERVIEW),
        (State.INSTRUCTING, "say that again I was looking for my glasses", Intent.REPEAT),
    ],
)
def test_the_request_is_found(reader: IntentReader, state: State, text: str, intent: Intent) -> None:
    assert reader.read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.RESTING, "the next movement is the doorway chest stretch"),
        (State.IDLE, "he is going to start the quick routine"),
        (State.TOPIC, "the man on the radio said speak up"),
        (State.HOLDING, "my sister wants to count out loud"),
    ],
)
def test_what_is_only_told_is_no_request(reader: IntentReader, state: State, text: str) -> None:
    assert reader.read(text, VALID[state]).intent is None
