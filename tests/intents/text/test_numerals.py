"""Numbers as English words, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.text.numerals import in_words, numbers_from

pytestmark = pytest.mark.unit


@given(st.integers(0, 999_999))
def test_numbers_are_spelled_and_read_back(number: int) -> None:
    words = in_words(number).split()
    assert (len(words), number) in numbers_from(words, 0)
