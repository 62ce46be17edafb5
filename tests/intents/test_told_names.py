"""The names under which intents are told outside."""

import pytest

from intents.model import Intent, Meant
from intents.told_names import told

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (Meant(Intent.TIME_LEFT), Meant(Intent.HOW_LONG)),
        (Meant(Intent.ROUTINE_LENGTH, {"routine": "quick"}), Meant(Intent.HOW_LONG, {"routine": "quick"})),
        (Meant(Intent.MOVEMENTS_LEFT), Meant(Intent.HOW_MANY)),
        (Meant(Intent.SMALL_TALK, {"topic": "doctor"}), Meant(Intent.WHO_ARE_YOU)),
        (Meant(Intent.SMALL_TALK, {"topic": "joke"}), Meant(Intent.SMALL_TALK, {"topic": "joke"})),
        (Meant(Intent.STOP), Meant(Intent.STOP)),
        (Meant("OrderCoffee", {"size": "small"}), Meant("OrderCoffee", {"size": "small"})),
    ],
)
def test_what_was_meant_is_told_by_the_names_that_callers_know(inside: Meant, outside: Meant) -> None:
    assert told(inside) == outside
