"""Moonshine's tokenizer: any word becomes tokens and back, and a damaged file is explained."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.asr.moonshine.tokenizer import Tokenizer
from audio.errors import AudioError

pytestmark = pytest.mark.engine


@given(st.text(st.characters(codec="utf-8", exclude_characters=" \u2581", exclude_categories=["Z", "C"]), min_size=1))
def test_tokens_hold_any_word(tokenizer: Tokenizer, word: str) -> None:
    assert tokenizer.text(tokenizer.word(word)) == word


def test_common_words_are_one_token(tokenizer: Tokenizer) -> None:
    assert [len(tokenizer.word(word)) for word in ("the", "Stop", "pause", "next")] == [1, 1, 1, 1]


def test_a_damaged_tokenizer_is_explained(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="Install moonshine-voice"):
        Tokenizer(tmp_path / "tokenizer.bin")
    (tmp_path / "tokenizer.bin").write_bytes(b"\x01a\xff")
    with pytest.raises(AudioError, match="Install moonshine-voice"):
        Tokenizer(tmp_path / "tokenizer.bin")
