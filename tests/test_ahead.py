"""What was rendered ahead is taken back: an order takes effect as if nothing had been rendered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.ahead import Ahead
from audio.mixer import Mixer, Report
from audio.timeline import FRAMES_PER_SECOND, Cue, Score, Sound, Speech

pytestmark = pytest.mark.unit

BLOCK = 480
CLIP = np.random.default_rng(1).normal(0, 0.1, 20_000).astype(np.float32)
SCORE = Score(1, tuple(Cue(n * 24_000, Speech(str(n))) for n in range(6)), 6 * 24_000)


def clip(_: Sound) -> np.ndarray:
    return CLIP


@given(ordered=st.integers(10, 250), ahead=st.integers(0, 20), what=st.sampled_from(["silence", "volume"]))
@settings(max_examples=25, deadline=None)
def test_it_sounds_and_reports_as_if_it_had_been_known(ordered: int, ahead: int, what: str) -> None:
    def order(mixer: Mixer) -> None:
        mixer.silence(1) if what == "silence" else mixer.volume(-12.0)

    straight, blocks = Mixer(clip), 320
    straight.schedule(SCORE)
    expected, reports = [], list[Report]()
    for number in range(blocks):
        if number == ordered:
            order(straight)
        out = np.zeros(BLOCK, np.float32)
        reports += straight.render(out)
        expected.append(out)

    mixer = Mixer(clip)
    mixer.schedule(SCORE)
    rendered = Ahead(mixer, BLOCK)
    sounds, told, unplayed = [], list[Report](), 0

    def play() -> None:
        for block in rendered.played(unplayed * BLOCK):
            sounds.append(block.samples)
            told.extend(block.reports)

    for _ in range(ordered):  # all of it is played but `ahead` blocks, which are rendered too
        rendered.render()
        play()
    for unplayed in range(1, ahead + 1):  # noqa: B007 - play() looks at it
        rendered.render()
        play()
    assert rendered.take_back(ahead * BLOCK) == ahead
    assert mixer.frame == ordered * BLOCK
    order(mixer)
    unplayed = 0
    for _ in range(blocks - ordered):
        rendered.render()
        play()
    assert np.array_equal(np.concatenate(sounds), np.concatenate(expected))
    assert told == reports


def test_what_was_played_is_not_taken_back() -> None:
    mixer = Mixer(clip)
    mixer.schedule(SCORE)
    rendered = Ahead(mixer, BLOCK)
    for _ in range(10):
        rendered.render()
    assert len(rendered.played(3 * BLOCK)) == 7
    assert rendered.take_back(-BLOCK) == 0, "a speaker that has run dry leaves less than nothing"
    assert rendered.take_back(FRAMES_PER_SECOND) == 3
    assert mixer.frame == 7 * BLOCK
