"""The mixer: what is heard and what is reported are exact to the frame, whatever the blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.frames import FRAMES_PER_SECOND
from audio.playback.earcons import earcon
from audio.playback.mixer import FADE_FRAMES, CueEnded, CueStarted, Mixer, MixerReport, ScoreEnded, ScoreSilenced
from audio.samples import Clip
from audio.score import Cue, Earcon, Score, Sound, Speech
from audio.tts.voice import Voice

pytestmark = pytest.mark.unit


@cache
def noise(sound: Sound) -> Clip:
    """A clip for sounds whose name is a length in frames."""
    name = sound.text if isinstance(sound, Speech) else sound.name
    return np.random.default_rng(int(name)).uniform(-0.5, 0.5, int(name)).astype(np.float32)


def speech(length: int) -> Speech:
    return Speech(str(length))


def render(mixer: Mixer, length: int) -> tuple[Clip, list[MixerReport]]:
    out = np.full(length, np.nan, dtype=np.float32)
    return out, mixer.render(out)


def test_a_score_is_heard_and_reported_where_it_was_scheduled() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(7, (Cue(100, speech(1000)), Cue(2000)), 3000), at=500)
    out, reports = render(mixer, 5000)
    expected = np.zeros(5000, dtype=np.float32)
    expected[600:1600] = noise(speech(1000))
    np.testing.assert_array_equal(out, expected)
    assert reports == [CueStarted(7, 0, 600), CueEnded(7, 0, 1600, False), CueStarted(7, 1, 2500), ScoreEnded(7, 3500)]
    assert mixer.frame == 5000


def test_it_is_told_how_long_nothing_happens() -> None:
    mixer = Mixer(noise)
    told = [mixer.eventless_until]
    mixer.schedule(Score(7, (Cue(100, speech(1000)), Cue(2000)), 3000), at=500)
    for event in (600, 1600, 2500, 3500):
        told.append(mixer.eventless_until)
        render(mixer, event - mixer.frame)
        assert mixer.eventless_until == event, "what happens at the end of a block is reported with the next"
        render(mixer, 1)
    told.append(mixer.eventless_until)
    mixer.silence(7)
    assert [*told, mixer.eventless_until] == [None, 600, 1600, 2500, 3500, None, mixer.frame], (
        "an answer is due at once"
    )


def test_a_late_score_slides_whole() -> None:
    mixer = Mixer(noise)
    render(mixer, 1000)
    mixer.schedule(Score(1, (Cue(0), Cue(480)), 960), at=200)
    assert render(mixer, 2000)[1] == [CueStarted(1, 0, 1000), CueStarted(1, 1, 1480), ScoreEnded(1, 1960)]


def test_what_happens_at_the_end_of_a_block_is_reported_with_the_next() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(960)),), 960))
    assert render(mixer, 960)[1] == [CueStarted(1, 0, 0)]
    assert render(mixer, 0)[1] == []
    assert render(mixer, 1)[1] == [CueEnded(1, 0, 960, False), ScoreEnded(1, 960)]


def test_a_clip_that_outlasts_its_score_keeps_it_open() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(1000)),), 900))
    assert render(mixer, 2000)[1][-1] == ScoreEnded(1, 1000)


def test_an_id_is_never_used_twice() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (), 10))
    with pytest.raises(ValueError, match="an id of its own"):
        mixer.schedule(Score(1, (), 10))
    render(mixer, 100)
    with pytest.raises(ValueError, match="an id of its own"):
        mixer.schedule(Score(1, (), 10))


def test_clips_are_asked_for_when_scheduled_and_a_score_without_its_clips_is_not_there() -> None:
    mixer = Mixer(lambda sound: earcon(sound.name) if isinstance(sound, Earcon) else noise(sound))
    with pytest.raises(Exception, match="no earcon"):
        mixer.schedule(Score(1, (Cue(0, speech(10)), Cue(0, Earcon("fanfare"))), 10))
    out, reports = render(mixer, 100)
    assert not out.any()
    assert reports == []


def test_silence_fades_reports_the_cut_and_says_how_far_it_came() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(5000)), Cue(2100, speech(100))), 9000), at=100)
    render(mixer, 2000)
    mixer.silence(1)
    out, reports = render(mixer, 3000)
    assert reports == [CueEnded(1, 0, 2000 + FADE_FRAMES, True), ScoreSilenced(1, 2000 + FADE_FRAMES, 1900)]
    assert not out[FADE_FRAMES:].any()
    left = out[:FADE_FRAMES] / noise(speech(5000))[1900 : 1900 + FADE_FRAMES]
    assert left[0] > 0.99
    assert left[-1] < 0.01
    assert (np.diff(left) <= 1e-6).all(), "the fade rises somewhere"
    assert render(mixer, 9000)[1] == []


def test_silence_between_two_cues_is_immediate() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(100)), Cue(1000, speech(100))), 2000))
    render(mixer, 500)
    mixer.silence(1)
    mixer.silence(1)
    assert render(mixer, 2000)[1] == [ScoreSilenced(1, 500, 500)]


def test_a_clip_that_ends_within_the_fade_ends_in_its_own_time() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(600)),), 2000))
    render(mixer, 500)
    mixer.silence(1)
    assert render(mixer, 2000)[1] == [CueEnded(1, 0, 600, True), ScoreSilenced(1, 600, 500)]


def ended(mixer: Mixer) -> None:
    mixer.schedule(Score(1, (Cue(0, speech(10)),), 700))
    render(mixer, 1000)


def ending(mixer: Mixer) -> None:
    mixer.schedule(Score(1, (Cue(0, speech(10)),), 1000))
    render(mixer, 1000)


def to_come(mixer: Mixer) -> None:
    mixer.schedule(Score(1, (Cue(0, speech(10)),), 700), at=3000)
    render(mixer, 1000)


def silenced(mixer: Mixer) -> None:
    mixer.schedule(Score(1, (Cue(0, speech(5000)),), 5000))
    render(mixer, 400)
    mixer.silence(1)
    render(mixer, 600)


def never_scheduled(mixer: Mixer) -> None:
    render(mixer, 1000)


@pytest.mark.parametrize(
    ("history", "played"), [(ended, 700), (ending, 1000), (to_come, 0), (silenced, 400), (never_scheduled, 0)]
)
def test_every_order_of_silence_is_answered_once(history: Callable[[Mixer], None], played: int) -> None:
    mixer = Mixer(noise)
    history(mixer)
    mixer.silence(1)
    assert render(mixer, 1000)[1] == [ScoreSilenced(1, 1000, played)]
    assert render(mixer, 9000)[1] == []


def test_a_second_order_during_the_fade_shares_the_answer() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(5000)),), 5000))
    render(mixer, 400)
    mixer.silence(1)
    render(mixer, 100)
    mixer.silence(1)
    assert render(mixer, 2000)[1] == [CueEnded(1, 0, 400 + FADE_FRAMES, True), ScoreSilenced(1, 400 + FADE_FRAMES, 400)]


def test_a_replacement_silences_at_the_frame_where_it_begins() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(5000)), Cue(1234, speech(9))), 5000))
    mixer.schedule(Score(2, (Cue(0, speech(300)),), 300), at=1234, replaces=1)
    _, reports = render(mixer, 3000)
    assert reports == [
        CueStarted(1, 0, 0),
        CueStarted(2, 0, 1234),
        CueEnded(1, 0, 1234 + FADE_FRAMES, True),
        ScoreSilenced(1, 1234 + FADE_FRAMES, 1234),
        CueEnded(2, 0, 1534, False),
        ScoreEnded(2, 1534),
    ]


def test_silence_for_a_replacement_that_has_not_begun_silences_what_it_replaces() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (), 5000))
    mixer.schedule(Score(2, (), 300), at=1234, replaces=1)
    render(mixer, 1000)
    mixer.silence(2)
    assert render(mixer, 6000)[1] == [ScoreSilenced(1, 1000, 1000), ScoreSilenced(2, 1000, -234)]


def test_a_late_replacement_joins_in_where_it_would_be() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (), 5000))
    render(mixer, 1000)
    mixer.schedule(Score(2, (Cue(0, speech(50)), Cue(500, speech(50))), 800), at=700, replaces=1)
    assert render(mixer, 6000)[1] == [
        ScoreSilenced(1, 1000, 1000),
        CueStarted(2, 1, 1200),
        CueEnded(2, 1, 1250, False),
        ScoreEnded(2, 1500),
    ]


def test_a_replacement_may_be_replaced_before_it_begins() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (), 5000))
    mixer.schedule(Score(2, (), 300), at=200, replaces=1)
    mixer.schedule(Score(3, (), 300), at=100, replaces=2)
    assert render(mixer, 6000)[1] == [ScoreSilenced(1, 100, 100), ScoreSilenced(2, 100, -100), ScoreEnded(3, 400)]


def test_a_replacement_of_what_has_ended_is_answered_too() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (), 1000))
    mixer.schedule(Score(2, (), 300), at=1234, replaces=1)
    assert render(mixer, 1500)[1] == [ScoreEnded(1, 1000), ScoreSilenced(1, 1234, 1000)]


def test_volume_moves_speech_and_leaves_earcons() -> None:
    mixer = Mixer(noise)
    mixer.schedule(Score(1, (Cue(0, speech(4800)),), 4800))
    mixer.volume(-6)
    out, _ = render(mixer, 4800)
    gains = out / noise(speech(4800))
    assert gains[0] == pytest.approx(1)
    assert np.abs(np.diff(gains)).max() < 0.002, "the volume jumps"
    np.testing.assert_allclose(gains[480:], 10 ** (-6 / 20), rtol=1e-5)
    mixer.schedule(Score(2, (Cue(0, Earcon("4800")),), 4800))
    out, _ = render(mixer, 4800)
    np.testing.assert_array_equal(out, noise(Earcon("4800")))


def test_nothing_clips_however_loud() -> None:
    mixer = Mixer(noise)
    mixer.volume(24)
    for score in range(4):
        mixer.schedule(Score(score, (Cue(0, speech(4800)),), 4800))
    out, _ = render(mixer, 4800)
    assert 0.9 < np.abs(out).max() <= 1.0


def test_counts_are_heard_exactly_one_second_apart(tmp_path: Path) -> None:
    numbers = [Speech(text, fit=FRAMES_PER_SECOND) for text in ("one", "two", "three", "four", "five", "six")]
    with Voice(tmp_path / "clips") as voice:
        clips = {number: voice.clip(number) for number in numbers}
    mixer = Mixer(lambda sound: clips[sound] if isinstance(sound, Speech) else earcon(sound.name))
    mixer.schedule(Score(1, tuple(Cue(n * FRAMES_PER_SECOND, number) for n, number in enumerate(numbers)), 288_000))
    mixer.schedule(Score(2, (Cue(0, Earcon("listening")),), 96_000), at=70_000)
    out = np.concatenate([render(mixer, size)[0] for size in (1, 777, 960, 4096) * 60])
    onsets = []
    for n, number in enumerate(numbers):
        begin = max(0, n * FRAMES_PER_SECOND - 1000)
        window = out[begin : begin + 2000 + len(clips[number])]
        onsets.append(begin + int(np.argmax(np.correlate(window, clips[number], mode="valid"))))
    assert [after - before for before, after in pairwise(onsets)] == [FRAMES_PER_SECOND] * 5


@dataclass(frozen=True)
class ScheduleOrder:
    score: Score
    at: int | None
    replaces: int | None

    def __call__(self, mixer: Mixer) -> None:
        mixer.schedule(self.score, self.at, self.replaces)


LENGTH = 2000
moments = st.integers(0, LENGTH)
lengths = st.integers(0, 1000)
sounds = st.none() | lengths.map(speech) | lengths.map(lambda n: Earcon(str(n)))


@st.composite
def commands(draw: st.DrawFn) -> list[tuple[int, Callable[[Mixer], None]]]:
    """What is asked of the mixer, and at which frame."""
    ids = range(draw(st.integers(1, 5)))
    asked: list[tuple[int, Callable[[Mixer], None]]] = []
    for score in ids:
        cues = sorted(draw(st.lists(st.tuples(lengths, sounds), max_size=4)), key=lambda cue: cue[0])
        asked.append(
            (
                draw(moments),
                ScheduleOrder(
                    Score(score, tuple(Cue(offset, sound) for offset, sound in cues), draw(st.integers(0, 1500))),
                    draw(st.none() | moments),
                    draw(st.none() | st.sampled_from(ids)),
                ),
            )
        )
    silences = st.sampled_from(ids).map(lambda score: partial(Mixer.silence, score=score))
    volumes = st.floats(-20, 20).map(lambda decibels: partial(Mixer.volume, decibels=decibels))
    asked += draw(st.lists(st.tuples(moments, silences | volumes), max_size=6))
    return sorted(asked, key=lambda command: command[0])


def perform(asked: list[tuple[int, Callable[[Mixer], None]]], sizes: Iterator[int]) -> tuple[Clip, list[MixerReport]]:
    """Render in blocks of these sizes, each cut short where the next thing is asked."""
    mixer, blocks, reports = Mixer(noise), [np.zeros(0, dtype=np.float32)], []
    for frame, command in [*asked, (3 * LENGTH, lambda mixer: None)]:
        while mixer.frame < frame:
            eventless_until = mixer.eventless_until
            out, more = render(mixer, min(next(sizes), frame - mixer.frame))
            assert not more or (eventless_until is not None and more[0].at >= eventless_until)
            blocks.append(out)
            reports += more
        command(mixer)
    return np.concatenate(blocks), reports


@settings(deadline=None)
@given(commands(), st.lists(st.integers(1, 700), max_size=8))
def test_the_sizes_of_the_blocks_change_neither_samples_nor_reports(
    asked: list[tuple[int, Callable[[Mixer], None]]], sizes: list[int]
) -> None:
    def cycle(sizes: list[int]) -> Iterator[int]:
        while True:
            yield from (*sizes, 500)

    whole, expected = perform(asked, cycle([3 * LENGTH]))
    split, reports = perform(asked, cycle(sizes))
    assert reports == expected
    np.testing.assert_array_equal(split, whole)
    assert [report.at for report in reports] == sorted(report.at for report in reports)
    assert np.isfinite(whole).all()
    check_each_score(asked, reports)


def check_each_score(asked: list[tuple[int, Callable[[Mixer], None]]], reports: list[MixerReport]) -> None:
    """Every score comes to one end, every cue that is heard begins once and ends once, and in that order."""
    for when, command in asked:
        if not isinstance(command, ScheduleOrder):
            continue
        score = command.score
        late = command.replaces is not None and command.at is not None
        missed = sum(command.at + cue.offset < when for cue in score.cues) if late and command.at is not None else 0
        own = [report for report in reports if report.score == score.id]
        started = [report for report in own if isinstance(report, CueStarted)]
        heard = {report.index: report.at for report in started if score.cues[report.index].sound is not None}
        stopped = {report.index: report.at for report in own if isinstance(report, CueEnded)}
        assert [report.index for report in started] == list(range(missed, missed + len(started)))
        assert stopped.keys() == heard.keys()
        assert all(heard[index] <= stopped[index] for index in heard)
        begins = {report.at - score.cues[report.index].offset for report in started}
        assert len(begins) <= 1, "the score did not slide whole"
        ends = sum(isinstance(report, ScoreEnded) for report in own)
        if ends == 0:
            assert any(isinstance(report, ScoreSilenced) for report in own), f"score {score.id} has no end"
        else:
            assert ends == 1
            assert len(started) == len(score.cues) - missed
