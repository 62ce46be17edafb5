"""Lengths of time in any words and digits, in seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.text.lengths import length_from, with_lengths
from intents.text.normalize import words_of
from intents.text.numerals import in_words

pytestmark = pytest.mark.unit

LENGTHS = (
    ("half a minute", 30),
    ("a half minute", 30),
    ("a quarter of a minute", 15),
    ("three quarters of a minute", 45),
    ("three-quarters of a minute", 45),
    ("¾ of a minute", 45),
    ("1/4 minute", 15),
    ("a minute", 60),
    ("one full minute", 60),
    ("a minute and a half", 90),
    ("one and a half minutes", 90),
    ("1½ minutes", 90),
    ("1 1/2 min", 90),
    ("1.5 minutes", 90),
    ("2 and a half minutes", 150),
    ("two minutes and a quarter", 135),
    ("a minute ten", 70),
    ("one minute thirty", 90),
    ("a minute and five seconds", 65),
    ("two minutes ten seconds", 130),
    ("2 min 10 sec", 130),
    ("2m10s", 130),
    ("2:05", 125),
    ("1'45\"", 105),
    ("90s", 90),
    ("45 secs", 45),
    ("8 s", 8),
    ("a couple of minutes", 120),
    ("a dozen seconds", 12),
    ("a hundred seconds", 100),
    ("a hundred and ten seconds", 110),
    ("one hundred and twenty seconds", 120),
    ("one twenty seconds", 120),
    ("seventyfive seconds", 75),
    ("seventy-five seconds", 75),
    ("٤٥ seconds", 45),
    ("५ seconds", 5),
    ("\uff13\uff10 seconds", 30),
    ("fore seconds", 4),
    ("ten minutes", 600),
)


def _written(seconds: int) -> dict[str, str]:
    """A length of 1 to 600 seconds in every way that fits it."""
    minutes, rest = divmod(seconds, 60)
    ways = {
        "digits": f"{seconds} seconds",
        "short": f"{seconds}s",
        "words": f"{in_words(seconds)} seconds",
        "joined": f"{in_words(seconds).replace(' ', '-')} seconds",
        "and": f"{in_words(seconds).replace('hundred ', 'hundred and ')} seconds",
        "arabic": "".join(chr(0x0660 + int(digit)) for digit in str(seconds)) + " seconds",
    }
    if seconds < 100:
        ways["one word"] = f"{in_words(seconds).replace(' ', '')} seconds"
    if 110 <= seconds < 400 and seconds % 100 >= 10:
        ways["hundreds"] = f"{in_words(seconds // 100)} {in_words(seconds % 100)} seconds"
    if 0 < minutes < 10 and rest:
        ways["clock"] = f"{minutes}:{rest:02}"
        ways["marks"] = f"{minutes} min {rest} sec"
        ways["both"] = f"{in_words(minutes)} minutes and {in_words(rest)} seconds"
        ways["without the unit"] = f"{in_words(minutes)} minutes {in_words(rest)}"
    if minutes and rest == 30:
        ways["half"] = f"{in_words(minutes)} and a half minutes"
        ways["half behind"] = f"{in_words(minutes)} minutes and a half"
        ways["fraction"] = f"{minutes} 1/2 minutes"
        ways["character"] = f"{minutes}½ minutes"
        ways["point"] = f"{minutes}.5 minutes"
    if minutes and not rest:
        ways["minutes"] = f"{minutes} minutes"
        ways["minutes in words"] = f"{in_words(minutes)} minutes"
    return ways


@pytest.mark.parametrize(("text", "seconds"), LENGTHS)
def test_a_length_is_read(text: str, seconds: int) -> None:
    words = words_of(text)
    assert length_from(words, 0) == (len(words), seconds) or with_lengths(words) == [
        *in_words(seconds).split(),
        "seconds",
    ]


@given(st.integers(1, 600))
def test_any_length_is_read_back_however_it_is_written(seconds: int) -> None:
    unit = "second" if seconds == 1 else "seconds"
    for way, text in _written(seconds).items():
        assert with_lengths(words_of(f"hold for {text}")) == ["hold", "for", *in_words(seconds).split(), unit], way


@given(st.integers(1, 600), st.integers(1, 600))
def test_two_lengths_stay_two(first: int, second: int) -> None:
    said = with_lengths(words_of(f"{first} seconds or {second} seconds"))
    assert [word for word in said if word.startswith("second")] == [
        "second" if each == 1 else "seconds" for each in (first, second)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hold it for one twenty please", "hold it for one hundred twenty seconds please"),
        ("one minute two times", "sixty seconds two times"),
        ("the second one", "the second one"),
        ("nine one one", "nine one one"),
        ("two more", "two more"),
        ("at ten thirty", "at ten thirty"),
        ("hold it for seconds", "hold it for seconds"),
        ("for for seconds", "for four seconds"),
        ("zero seconds", "zero seconds"),
        ("a hundred minutes", "a hundred minutes"),
        ("one third of a minute", "twenty seconds"),
    ],
)
def test_nothing_else_becomes_a_length(text: str, said: str) -> None:
    assert " ".join(with_lengths(words_of(text))) == said


@given(st.lists(st.sampled_from("a one half quarter of minute and two thirty seconds for point times".split())))
def test_any_words_are_read_once(words: list[str]) -> None:
    said = with_lengths(words)
    assert with_lengths(said) == said or "and" in said or "minutes" in said or len(said) <= 2 * len(words) + 2
