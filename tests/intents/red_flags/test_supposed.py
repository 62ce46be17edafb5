"""Signs that are only supposed, feared or long over, and what sounds like it and is felt now."""

import pytest

from intents.red_flags.alarm import find_red_flag

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "if I ever had chest pain I'd phone my son first",
        "in case my arm ever goes numb, what should I do?",
        "I'd be terrified if my chest went tight, but it never has",
        "I would only worry if it spread to my chest",
        "my uncle had chest pain once, years before I was born",
    ],
)
def test_what_is_only_supposed_is_no_alarm(text: str) -> None:
    assert find_red_flag(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I'm frightened, my chest is tight, what if it's my heart?",
        "my chest is tight and I'd call someone if my phone worked",
        "my gran slumped over and isn't answering",
    ],
)
def test_what_is_felt_now_is_one(text: str) -> None:
    assert find_red_flag(text) is not None
