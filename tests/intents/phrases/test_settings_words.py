"""Requests about the pitch of the voice and about the settings, beside those about the volume and the speed."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit

WORDS = {
    Intent.HIGHER_VOICE: (
        "speak in a higher voice;raise the pitch;your voice is too deep;a slightly higher voice, please;higher pitch"
    ),
    Intent.DEEPER_VOICE: (
        "a deeper voice please;lower the pitch a bit;your voice is too shrill;you sound too tinny;"
        "set the pitch a bit lower"
    ),
    Intent.SETTINGS: "what are my settings?;how are you set up?;read out my settings;tell me all my settings, please",
    Intent.QUIETER: "lower your voice;set your voice lower;turn your voice down",
    Intent.LOUDER: "raise your voice;turn your voice up",
    Intent.SPEAK_SLOWER: "lower the speed;a slower voice",
}


@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING, State.PAUSED])
@pytest.mark.parametrize(
    ("intent", "text"), [(intent, text) for intent, texts in WORDS.items() for text in texts.split(";")]
)
def test_each_is_told_from_the_others(intent: Intent, text: str, state: State) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent
