"""Where utterances begin and end: at any level, in any noise, whatever the blocks."""

import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import NamedTemporaryFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audio.files import read_recording
from audio.samples import SAMPLE_RATE
from audio.vad.activity import EnergyGate
from audio.vad.endpoint import EndpointCandidate
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Segment, SpeechBegan, Utterance
from benchmarks.rig.places import RECORDINGS, ROOT

pytestmark = pytest.mark.engine

Sound = NDArray[np.float32]
VOICES = ["en-us", "en-us+f3", "en-gb+m5"]

speaks = pytest.mark.skipif(which("espeak-ng") is None, reason="espeak-ng is not installed")
recorded = pytest.mark.skipif(not RECORDINGS.is_dir(), reason=f"{RECORDINGS} is absent")


@cache
def spoken(text: str, voice: str = "en-us") -> Sound:
    """Synthetic speech at 16 kHz, the loudest parts at -20 dBFS."""
    with NamedTemporaryFile(suffix=".wav") as wav:
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", wav.name, text], check=True)
        sound = read_recording(Path(wav.name)).at(SAMPLE_RATE)
    return at_level(sound, -20)


def at_level(sound: Sound, decibels: float) -> Sound:
    """The sound with its loud parts at a level in dBFS."""
    loud = sound[np.abs(sound) > 0.1 * np.abs(sound).max()]
    gain = 10 ** (decibels / 20) / float(np.sqrt(np.mean(loud**2)))
    return sound * np.float32(gain)


def silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def noise(seconds: float, decibels: float) -> Sound:
    return np.random.default_rng(7).normal(0, 10 ** (decibels / 20), int(seconds * SAMPLE_RATE)).astype(np.float32)


def joined(*sounds: Sound) -> Sound:
    return np.concatenate(sounds)


def segments(sound: Sound, lengths: Sequence[int] = (960,)) -> list[SpeechBegan | Utterance]:
    """Where speech begins and ends in a sound fed in blocks of these lengths, over and over."""
    return [segment for segment in found_in(sound, lengths) if not isinstance(segment, EndpointCandidate)]


def found_in(sound: Sound, lengths: Sequence[int] = (960,)) -> list[Segment]:
    """Every report of the segmenter, endpoint candidates among them."""
    segmenter = Segmenter()
    found: list[Segment] = []
    start = turn = 0
    while start < len(sound):
        length = lengths[turn % len(lengths)]
        found += segmenter.feed(sound[start : start + length])
        start, turn = start + length, turn + 1
    return found + segmenter.flush()


def utterances(sound: Sound) -> list[Utterance]:
    return [segment for segment in segments(sound) if isinstance(segment, Utterance)]


@speaks
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("word", ["no", "stop", "ow", "yes", "next", "pause", "go on"])
@pytest.mark.parametrize("level", [-12, -26, -40])
def test_a_short_word_is_one_utterance_at_any_level(word: str, voice: str, level: float) -> None:
    sound = joined(silence(1), at_level(spoken(word, voice), level), silence(1))
    sound += noise(5, level - 30)[: len(sound)]
    (utterance,) = utterances(sound)
    began, until = utterance.began / SAMPLE_RATE, utterance.until / SAMPLE_RATE
    assert 0.9 < began < 1.25, f"began at {began:.2f} s"
    assert began + 0.05 < until < 1.3 + len(spoken(word, voice)) / SAMPLE_RATE, f"until {until:.2f} s"


@speaks
def test_begins_before_it_ends_and_decides_soon() -> None:
    sound = joined(silence(1), spoken("stop"), silence(1.5))
    began, utterance = segments(sound)
    assert isinstance(began, SpeechBegan)
    assert isinstance(utterance, Utterance)
    assert began.at == utterance.began
    assert began.at < began.decided <= began.at + 0.13 * SAMPLE_RATE, "ducking must be quick"
    assert utterance.until < utterance.decided <= utterance.until + 0.6 * SAMPLE_RATE, "endpointing must be quick"
    assert utterance.began - 0.4 * SAMPLE_RATE < utterance.decided - len(utterance.samples)
    lead = utterance.began - 0.3 * SAMPLE_RATE
    assert len(utterance.samples) >= utterance.until - lead, "the lead is missing"


@speaks
def test_the_samples_are_those_that_were_fed() -> None:
    sound = joined(silence(0.77), spoken("start the full routine"), silence(1))
    sound += noise(10, -60)[: len(sound)]
    (utterance,) = utterances(sound)
    starts = np.flatnonzero(sound == utterance.samples[0])
    assert any(np.array_equal(sound[at : at + len(utterance.samples)], utterance.samples) for at in starts)


@speaks
@settings(max_examples=8)
@given(st.lists(st.integers(1, 6_000), min_size=1, max_size=8))
def test_blocks_of_any_length_give_the_same(lengths: list[int]) -> None:
    sound = joined(silence(0.4), spoken("hold on"), silence(0.8), spoken("no"), noise(0.3, -50))
    for one, other in zip(segments(sound, lengths), segments(sound), strict=True):
        assert type(one) is type(other)
        if isinstance(one, Utterance) and isinstance(other, Utterance):
            np.testing.assert_array_equal(one.samples, other.samples)
            assert (one.began, one.until, one.decided) == (other.began, other.until, other.decided)
        else:
            assert one == other


@speaks
def test_two_sentences_are_two_utterances_and_a_breath_does_not_part_one() -> None:
    apart = joined(silence(0.5), spoken("start the full routine"), silence(1), spoken("what helps"), silence(1))
    assert len(utterances(apart)) == 2
    breath = joined(
        silence(0.5), spoken("set a timer for")[: -SAMPLE_RATE // 4], silence(0.2), spoken("thirty seconds")
    )
    assert len(utterances(breath)) == 1


@speaks
def test_the_end_of_the_stream_ends_an_utterance() -> None:
    sound = joined(silence(0.5), spoken("start the full routine")[:SAMPLE_RATE])
    (utterance,) = utterances(sound)
    assert utterance.until <= utterance.decided
    assert len(utterance.samples) <= len(sound) + 512


@speaks
def test_thirty_seconds_without_a_breath_are_cut_and_nothing_is_lost() -> None:
    words = spoken("we went down to the river and looked for the boat that my brother had left there in the spring")
    sound = joined(silence(0.5), *[words[SAMPLE_RATE // 20 : -SAMPLE_RATE // 2]] * 8, silence(1))
    assert len(sound) > 30 * SAMPLE_RATE
    found = segments(sound)
    pieces = [segment for segment in found if isinstance(segment, Utterance)]
    assert [type(segment) for segment in found] == [SpeechBegan, Utterance] * len(pieces)
    assert all(len(piece.samples) <= 15.1 * SAMPLE_RATE for piece in pieces)
    for piece, after in itertools.pairwise(pieces):
        assert after.began == piece.until, "something was lost at the cut"
    assert pieces[-1].until > len(sound) - 1.4 * SAMPLE_RATE


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(silence(10), id="digital silence"),
        pytest.param(noise(10, -20), id="loud white noise"),
        pytest.param(noise(10, -60), id="quiet room"),
        pytest.param(
            (0.1 * np.sin(2 * np.pi * 50 * np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE)).astype(np.float32),
            id="50 Hz hum",
        ),
        pytest.param(np.full(10 * SAMPLE_RATE, 0.3, np.float32), id="offset"),
        pytest.param(np.tile(joined(np.array([0.9, -0.9], np.float32), silence(1)), 10), id="clicks"),
        pytest.param(np.full(SAMPLE_RATE, np.nan, np.float32), id="not a number"),
        pytest.param(silence(0), id="nothing"),
    ],
)
def test_what_is_not_speech_is_no_utterance(sound: Sound) -> None:
    assert segments(sound) == []


def test_a_room_without_speech_costs_nothing() -> None:
    gate = EnergyGate()
    assert not any(gate.opens(-120) for _ in range(100)), "digital silence"
    room = noise(20, -62).reshape(-1, 500)
    assert not any(gate.opens(10 * float(np.log10(np.var(chunk)))) for chunk in room), "a quiet room"


def test_the_gate_learns_a_steady_noise_and_still_lets_speech_through() -> None:
    gate = EnergyGate()
    for _ in range(200):
        if gate.opens(-35):
            gate.follow(-35)
    assert not gate.opens(-34), "the fan is still taken for news"
    assert gate.opens(-28)


@recorded
@pytest.mark.parametrize("name", ["pause", "resume", "next", "set a timer for 3 hours and 10 minutes"])
def test_real_people_are_heard_whole(name: str) -> None:
    assert (
        len(
            utterances(
                joined(silence(1), read_recording(RECORDINGS / "phrases" / f"{name}.flac").at(SAMPLE_RATE), silence(1))
            )
        )
        == 1
    )


@recorded
def test_long_orders_are_not_parted_at_their_gaps() -> None:
    orders = sorted((RECORDINGS / "coffee").glob("*.flac"))[::24]
    parted = [
        path.name for path in orders if len(utterances(joined(read_recording(path).at(SAMPLE_RATE), silence(1)))) != 1
    ]
    assert not parted


@recorded
def test_a_kitchen_is_not_taken_for_speech() -> None:
    assert utterances(read_recording(RECORDINGS / "noise-kitchen.flac").at(SAMPLE_RATE)) == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux lists them")
def test_the_detector_shares_its_work_with_no_other_threads() -> None:
    """In a program of its own: whatever these tests have loaded may have threads."""
    program = (
        "import os; import numpy as np; from audio.vad.segmenter import Segmenter; segmenter = Segmenter();"
        "before = len(os.listdir('/proc/self/task'));"
        "segmenter.feed(np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32));"
        "print(len(os.listdir('/proc/self/task')) - before)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "0\n"
