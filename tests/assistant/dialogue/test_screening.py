"""A "no" that lets a stretch begin must be clear."""

import pytest

from assistant.dialogue.screening import answers_screening
from intents.model import Intent, Reading

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("No.", True),
        ("None of those!", True),
        ("No, no.", True),
        ("Oh no, none of those.", True),
        ("Oh no!", False),
        ("No no no!", False),
        ("Not that I know of.", False),
        ("I don't know.", False),
        ("no i do not know", False),
        ("I have no idea.", False),
        ("I don't think so, really.", False),
        ("Not really sure.", False),
    ],
)
def test_only_a_clear_no_answers_the_screening(text: str, clear: bool) -> None:
    assert answers_screening(Reading(text, Intent.NO, confidence=1.0)) is clear
