"""Commands in a row in partial transcripts: when they are a cue for a recognition pass."""

from collections.abc import Sequence

import pytest

from audio.asr.partials import PARTIAL_PASSES, PartialWatch, commands_in_a_row

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("stop", 1), ("stop it", 1), ("stop it hurts", 2), ("stop counting", 0), ("it stop", 0)],
)
def test_sentences_in_a_row(words: str, count: int) -> None:
    assert commands_in_a_row(words, {"stop", "stop it", "stop it hurts", "it hurts"}) == count


def due(partials: Sequence[str]) -> list[int]:
    """Which of the partial transcripts, which come a chunk after each other, lead to a pass."""
    watch = PartialWatch({"stop", "it hurts"}, {"stop", "it hurts", "stop counting out loud"})
    return [at for at, words in enumerate(partials) if watch.due(words, at * 512)]


def test_passes_are_few_and_apart() -> None:
    assert due(["stop", "stop", *["stop it hurts"] * 20]) == [2, 4, 6, 8]
    assert PARTIAL_PASSES == 4


def test_each_new_row_gets_a_pass() -> None:
    assert due(["stop it hurts", "stop it hurts it", "stop it hurts it hurts"]) == [0, 2]


def test_what_ends_like_the_beginning_of_another_sentence_waits() -> None:
    assert due(["it hurts stop"] * 5) == []
    assert due(["it hurts stop counting"] * 5) == []
