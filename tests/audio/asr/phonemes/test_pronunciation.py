"""How words are pronounced, in the labels of the network of phonemes."""

import pytest

from audio.asr.phonemes.pronunciation import pronounced

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("chest", "t͡ʃ ɛ s t"),
        ("Stop!", "s t ɑ p"),
        ("I've", "aɪ v"),
        ("I’m", "aɪ m"),
        ("can't", "k æ n t"),
        ("shoulder", "ʃ oʊ l d ɝ"),
        ("better", "b ɛ t ɝ"),
        ("going", "g oʊ ɪ ŋ"),
        ("arm", "ɑ ɹ m"),
        ("the", "ð ə"),
        ("a", "ə"),
        ("10", "t ɛ n"),
        ("-", ""),
        ("", ""),
    ],
)
def test_a_word_as_it_is_said(word: str, phonemes: str) -> None:
    assert " ".join(pronounced(word)) == phonemes
