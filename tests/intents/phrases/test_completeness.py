"""Whether the words said up to a pause are a complete command."""

import pytest

from intents.model import Intent
from intents.phrases.completeness import Completeness, completeness

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Next.", Completeness.COMPLETE),
        ("how long is left", Completeness.COMPLETE),
        ("Hold for", Completeness.INCOMPLETE),
        ("hold for twenty", Completeness.INCOMPLETE),
        ("tell me about", Completeness.INCOMPLETE),
        ("Held for.", Completeness.INCOMPLETE),
        ("Cold for twenty.", Completeness.INCOMPLETE),
        ("cold feet", Completeness.UNKNOWN),
        ("repeat", Completeness.UNKNOWN),
        ("the weather", Completeness.UNKNOWN),
        ("", Completeness.UNKNOWN),
    ],
)
def test_what_is_whole_and_what_is_half(text: str, expected: Completeness) -> None:
    assert completeness(text) is expected


def test_what_is_understood_is_whole_unless_more_may_follow() -> None:
    assert completeness("i would like to know how long it is", understood=True) is Completeness.COMPLETE
    assert completeness("hold for", understood=True) is Completeness.UNKNOWN


def test_only_what_is_valid_may_follow() -> None:
    assert completeness("repeat", {Intent.REPEAT}) is Completeness.COMPLETE
    assert completeness("tell me about", {Intent.STOP}) is Completeness.UNKNOWN
