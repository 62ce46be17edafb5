"""The benchmark of hearing: noise by the published rule, results that a stopped run goes on with, honest intervals."""

import json
import random
from functools import partial
from itertools import islice
from pathlib import Path

import click
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from audio.asr.recogniser import RecognitionStream, Transcript
from audio.samples import SAMPLE_RATE
from benchmarks.hearing import HEARING_PARTS, main, put
from benchmarks.listening.figures import Share, frontier, right_at
from benchmarks.listening.report import Section, confidence_section
from benchmarks.listening.trials import HearingUnderTest, Notebook, Result, Trial, half_of, sampled
from benchmarks.rig.mixing import MIX_FRAME, MIX_PEAK, Signal, babble, excerpt, loudest, mix
from benchmarks.rig.places import ROOT
from benchmarks.rig.voices import missing_programs
from benchmarks.television.music import BEDS, bed, music
from benchmarks.television.programme import Television
from benchmarks.television.screenplay import GENRES, Screenplay

pytestmark = pytest.mark.quality

needs_voices = pytest.mark.skipif(bool(missing_programs()), reason=f"{' and '.join(missing_programs())} not installed")


def noise(seconds: float, seed: int = 1) -> Signal:
    return np.random.default_rng(seed).normal(0, 0.1, round(seconds * SAMPLE_RATE)).astype(np.float32)


def test_the_loudest_frame_counts() -> None:
    sound = np.zeros(5 * MIX_FRAME + 100, np.float32)
    sound[2 * MIX_FRAME : 2 * MIX_FRAME + 10] = 0.5
    sound[5 * MIX_FRAME :] = 1.0  # no whole frame
    assert loudest(sound) == pytest.approx(10 * 0.25)
    assert loudest(np.full(100, 0.1, np.float32)) == pytest.approx(1.0)


@pytest.mark.parametrize("decibels", [24, 6, 0, -3])
def test_noise_is_mixed_at_the_ratio_of_the_loudest_frames(decibels: float) -> None:
    speech, hiss = noise(1) * np.float32(0.3), noise(1, 2) * np.float32(7)
    speech[: SAMPLE_RATE // 2] = 0
    mixed = mix(speech, hiss, decibels)
    assert np.abs(mixed).max() == pytest.approx(MIX_PEAK, rel=1e-5)
    # Solve mixed = a * speech + b * hiss for the shares.
    (a, b), *_ = np.linalg.lstsq(np.stack((speech, hiss), 1).astype(np.float64), mixed.astype(np.float64), rcond=None)
    assert 10 * np.log10(a**2 * loudest(speech) / (b**2 * loudest(hiss))) == pytest.approx(decibels, abs=0.01)


def test_a_name_decides_the_excerpt() -> None:
    hiss = noise(2)
    first, again, other = (excerpt(hiss, 3 * SAMPLE_RATE, name) for name in ("a", "a", "b"))
    assert len(first) == 3 * SAMPLE_RATE
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert np.array_equal(first[:SAMPLE_RATE], first[2 * SAMPLE_RATE :]), "a noise that is too short goes round"


def test_babble_is_four_others_at_a_time_and_none_twice(tmp_path: Path) -> None:
    # Each speaker hums at a pitch of its own, so that the spectrum tells who speaks.
    pitches = [300 + 50 * n for n in range(16)]
    files = [tmp_path / f"{pitch}.wav" for pitch in pitches]
    for pitch, path in zip(pitches, files, strict=True):
        soundfile.write(
            path, 0.001 * pitch * np.sin(2 * np.pi * pitch * np.arange(SAMPLE_RATE) / SAMPLE_RATE), SAMPLE_RATE
        )
    mixed = babble(files, 2 * SAMPLE_RATE, "name")
    assert np.array_equal(mixed, babble(files, 2 * SAMPLE_RATE, "name"))
    # How long each speaks, in seconds: an equally loud hum of one second gives SAMPLE_RATE / sqrt(2).
    spectrum = np.abs(np.fft.rfft(mixed))
    seconds = {pitch: spectrum[2 * pitch] / (SAMPLE_RATE / np.sqrt(2)) for pitch in pitches}
    assert sum(seconds.values()) == pytest.approx(8, abs=0.4), "four speak for two seconds"
    assert max(seconds.values()) < 1.1, "a recording is heard twice"


def test_intervals_are_wilsons() -> None:
    assert Share(98, 100).interval == pytest.approx((93.0, 99.4), abs=0.05)
    assert Share(10, 10).interval == pytest.approx((72.2, 100.0), abs=0.05)
    assert Share(0, 0).interval == (0, 100)


def result(item: str, confidence: float, *, right: bool, meant: bool) -> Result:
    return Result("p", "g", "clean", item, right, confidence, False, False, meant, None, "", 1.0, 0.1)


def test_the_frontier_trades_others_accepted_for_what_is_right() -> None:
    meant = [result(str(n), confidence, right=True, meant=True) for n, confidence in enumerate((0.9, 0.8, 0.3, 0.0))]
    others = [result(str(n), confidence, right=False, meant=False) for n, confidence in enumerate((0.5, 0.0))]
    points = frontier(meant, others)
    assert right_at(points, 0) == 50
    assert right_at(points, 50) == 75


def decision(confidence: float, *, right: bool, meant: bool = True) -> Result:
    """That was accepted."""
    return Result("p", "g", "clean", "i", right, confidence, True, right, meant, None, "", 1.0, 0.1)


def test_a_confidence_comes_true_as_often_as_half_of_what_is_heard_is_meant() -> None:
    rejected = [result(str(n), 0.0, right=False, meant=False) for n in range(8)]
    meant = [decision(0.85, right=True)] * 3 + [decision(0.85, right=False), decision(0.95, right=True)]
    section = str(confidence_section([*meant, decision(0.85, right=False, meant=False), *rejected]))
    # Three of five against one of five and one of nine.
    assert "| 0.8 to 0.9 | 5 | 66 |" in section
    assert "| 0.9 to 1.0 | 1 | 100 |" in section
    assert "5 utterances that were meant and 9 that were not" in section


@needs_voices
def test_a_scene_is_the_same_again_and_somebody_says_the_words_in_it() -> None:
    first, again = (Television(3, ()).scene(5, ["none of those"]) for _ in range(2))
    assert np.array_equal(first.sound, again.sound)
    assert [line.words for line in first.lines].index("none of those") == 2
    no = first.lines[2]
    assert first.said(round(no.at * SAMPLE_RATE), round(no.at * SAMPLE_RATE) + 1) == ["none of those"]
    other = Television(3, ()).scene(6, ["none of those"])
    assert len(other.sound) != len(first.sound)


class DeafRecogniser:
    """Hears nothing, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def load(self) -> None: ...

    def stream(self, *_: object) -> RecognitionStream | None:
        return None

    def recognise(self, *_: object) -> Transcript:
        self.asked += 1
        return Transcript("", 0.0, None, 0.0, 0.0)

    def recognise_partial(self, *_: object) -> None: ...


def trials(count: int) -> list[Trial]:
    return [Trial("short", "group", "clean", f"item {n}", partial(noise, 0.5, n), "Stop") for n in range(count)]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path, recogniser = tmp_path / "results.jsonl", DeafRecogniser()
    first = Notebook(path, "code").measure(trials(3), HearingUnderTest(recogniser))
    assert recogniser.asked == 3, "one decoding serves both thresholds"
    with path.open("a") as file:
        file.write('{"part": "short", "gro')  # stopped in the middle of a line
    again = Notebook(path, "code").measure(trials(5), HearingUnderTest(recogniser))
    assert recogniser.asked == 5
    assert again[:3] == first
    assert len(Notebook(path, "code").lines) == len(path.read_text().splitlines()) == 5


def test_results_of_other_code_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    Notebook(path, "one").measure(trials(1), HearingUnderTest(DeafRecogniser()))
    with pytest.raises(click.UsageError, match="other code"):
        Notebook(path, "two")
    assert json.loads(path.read_text())["digest"] == "one"


def test_a_smaller_sample_is_part_of_a_larger() -> None:
    names = [f"name {n}" for n in range(50)]
    assert sampled(names, 10) == sampled(reversed(names), 20)[:10]
    assert len(sampled(names, None)) == 50
    assert 15 < sum(half_of(name) == "tuning" for name in names) < 35


@pytest.mark.parametrize("genre", GENRES)
def test_television_hardly_says_anything_twice(genre: str) -> None:
    chance = random.Random(1)  # noqa: S311 - the same every time
    said = list(islice(Screenplay().sentences(genre, chance), 400))
    assert not [line for line in said if "<" in line or "|" in line]
    long = [line for line in said if len(line.split()) > 6]
    assert len(set(long)) > 0.9 * len(long)


def test_music_and_noises_do_not_repeat() -> None:
    chance = np.random.default_rng(1)
    for sound in (music(6, chance), *(bed(kind, 6, chance) for kind in BEDS)):
        assert len(sound) == 6 * SAMPLE_RATE
        assert np.abs(sound).max() == pytest.approx(1)
        spectrum = np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2
        alike = np.fft.irfft(spectrum)
        assert alike[SAMPLE_RATE : 3 * SAMPLE_RATE].max() < 0.9 * alike[0]


def test_the_page_has_a_place_for_every_part_and_keeps_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "hearing.md"
    page.write_text((ROOT / "docs" / "hearing.md").read_text())
    for part in HEARING_PARTS:
        for words in ("first words", "second words"):
            put(page, part, Section([f"{words} of {part}"], {f"{part}.svg": "<svg/>"}))
    text = page.read_text()
    assert [f"second words of {part}" in text for part in HEARING_PARTS] == [True] * len(HEARING_PARTS)
    assert "first words" not in text
    assert "## One-word commands" in text
    assert (tmp_path / "plots" / "coffee.svg").read_text() == "<svg/>"


@pytest.mark.parametrize("wrong", [["--only", "tea"], ["--sample", "0"], ["--noise", "none.flac"]])
def test_wrong_usage_is_told(wrong: list[str], tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, [str(tmp_path), *wrong])
    assert ran.exit_code == 2, ran.output
    assert "Traceback" not in ran.output
