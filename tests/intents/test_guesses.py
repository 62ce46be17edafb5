"""What is guessed where no template has a text: its value, and how surely one of several answers is meant."""

import pytest

from assistant.states import VALID, State
from intents.encoder.meaning import MeaningModel
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("how long is the strength routine likely to be", Intent.ROUTINE_LENGTH, {"routine": "strength"}),
        ("I'm in the family way, due quite soon", Intent.CONDITION, {"condition": "pregnant"}),
    ],
)
def test_a_sure_value_by_meaning_comes_before_words_that_name_another(
    text: str, intent: Intent, slots: dict[str, str]
) -> None:
    read = loaded.coach().read(text, VALID[State.IDLE])
    assert (read.intent, dict(read.slots)) == (intent, slots)


def test_what_is_meant_together_is_the_sum_of_its_parts() -> None:
    meaning, text = MeaningModel.load(), "should I lie down all day or go for a walk"
    intents = {Intent.QUESTION, Intent.MEASURE}
    parts = [meaning.together(text, {intent}) for intent in intents]
    assert meaning.together(text, intents) == pytest.approx(sum(parts))
    assert 0.5 < sum(parts) <= 1.0
