"""Words in pieces: the longest first, and none that can't be split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.encoder.wordpiece import WordPiece

pytestmark = pytest.mark.unit

PIECES = [
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "stretch",
    "##ing",
    "##es",
    "un",
    "##stretch",
    "n",
    "##a",
    "##n",
    "numb",
    "##ne",
    "##ss",
]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("stretching", ["stretch", "##ing"]),
        ("Stretches", ["stretch", "##es"]),
        ("unstretch", ["un", "##stretch"]),
        ("naan", ["n", "##a", "##a", "##n"]),
        ("näan", ["n", "##a", "##a", "##n"]),
        ("numbness", ["numb", "##ne", "##ss"]),
        ("xyz", ["[UNK]"]),
        ("stretchx", ["[UNK]"]),
        ("n" * 60, ["[UNK]"]),
        ("un numb", ["un", "numb"]),
        ("", []),
    ],
)
def test_the_longest_pieces_from_the_left(text: str, pieces: list[str]) -> None:
    numbers = WordPiece(PIECES).numbers(text.split(), 80)
    assert [PIECES[number] for number in numbers] == ["[CLS]", *pieces, "[SEP]"]


def test_a_long_text_is_cut_before_its_end() -> None:
    assert WordPiece(PIECES).numbers(["numb"] * 30, 5) == [1, 11, 11, 11, 2]


@given(words=st.lists(st.text(min_size=1, max_size=50)))
def test_any_text_can_be_split(words: list[str]) -> None:
    numbers = WordPiece.load().numbers(words, 80)
    assert 2 <= len(numbers) <= 80


@given(word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_any_word_of_letters_can_be_spelled(word: str) -> None:
    unknown = WordPiece.load().numbers(["猫"], 80)[1]
    assert unknown not in WordPiece.load().numbers([word], 80)
