"""Endpoint candidates: where a gap in the level, or in what the detector finds, is reported."""

import pytest

from audio.vad.endpoint import (
    CANDIDATE_EVERY_CHUNKS,
    FIRST_CANDIDATE_CHUNKS,
    LAST_CANDIDATE_CHUNKS,
    PHRASE_GAP_CHUNKS,
    GapTracker,
)

pytestmark = pytest.mark.unit


def candidates(levels: list[float]) -> list[tuple[int, int, int]]:
    """The candidates in chunks of these levels: the chunk, the length of its gap, where its phrase began."""
    gaps = GapTracker(0)
    return [
        (at, gaps.quiet, gaps.phrase) for at, level in enumerate(levels) if gaps.observe(at, level, -64, speech=True)
    ]


def test_candidates_of_a_gap_come_early_and_not_for_ever() -> None:
    found = candidates([-20.0] * 10 + [-60.0] * 40)
    lengths = list(range(FIRST_CANDIDATE_CHUNKS, LAST_CANDIDATE_CHUNKS + 1, CANDIDATE_EVERY_CHUNKS))
    assert [quiet for _, quiet, _ in found] == lengths
    assert found[0][0] == 10 + FIRST_CANDIDATE_CHUNKS - 1


def test_the_closure_of_a_consonant_is_no_candidate() -> None:
    assert candidates([-20.0] * 10 + [-60.0] * (FIRST_CANDIDATE_CHUNKS - 1) + [-20.0] * 10) == []


def test_a_long_gap_begins_a_phrase_and_a_short_one_does_not() -> None:
    for quiet, parted in ((PHRASE_GAP_CHUNKS, True), (PHRASE_GAP_CHUNKS - 1, False)):
        levels = [-20.0] * 30 + [-60.0] * quiet + [-20.0] * 10 + [-60.0] * FIRST_CANDIDATE_CHUNKS
        *_, (_, _, phrase) = candidates(levels)
        assert (phrase > 0) == parted, f"after {quiet} chunks"


def test_in_noise_the_detector_tells() -> None:
    gaps = GapTracker(0)
    due = [gaps.observe(at, -30.0, -35.0, speech=at < 10) for at in range(30)]
    assert due.index(True) == 10 + FIRST_CANDIDATE_CHUNKS - 2
