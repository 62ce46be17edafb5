"""The rehearsal room brings to the microphone what it was told to."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.aec.interface import NO_ECHO
from audio.errors import AudioError
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND
from audio.samples import SAMPLE_RATE, active_rms
from audio.simulation.room import ROOM_NAMES, Room, Surroundings
from benchmarks.rig.people import spoken
from tests.audio.aec.far_end import decibels, own_speech, through, usual

pytestmark = pytest.mark.engine

NOBODY = np.zeros(0, np.float32)


def heard(around: Surroundings, seconds: float = 12) -> np.ndarray:
    return through(NO_ECHO, own_speech(seconds), around)[0]


@pytest.mark.parametrize("room", ROOM_NAMES)
@pytest.mark.parametrize("level", [-6.0, 0.0, 6.0])
def test_limbers_voice_is_as_much_louder_than_a_person_who_is_not_there_as_asked(room: str, level: float) -> None:
    loudness = 20 * np.log10(active_rms(heard(Surroundings(room, level, echo=True)), SAMPLE_RATE))
    assert loudness == pytest.approx(-26 + level, abs=2)


def test_the_person_sets_the_level_and_a_loud_microphone_is_turned_down() -> None:
    person = spoken("my upper back is cramping", "flite:slt")
    room = Room(Surroundings("living", 12.0, echo=True), person, usual())
    sound = np.concatenate([room.hear(np.zeros(BLOCK_FRAMES, np.float32)) for _ in range(150)])
    turned_down = 20 * np.log10(active_rms(person, SAMPLE_RATE) / active_rms(sound, SAMPLE_RATE))
    assert turned_down > 3
    played = np.concatenate([room.hear(block) for block in own_speech(6).reshape(-1, BLOCK_FRAMES)])
    assert 20 * np.log10(active_rms(played, SAMPLE_RATE) / active_rms(sound, SAMPLE_RATE)) == pytest.approx(12, abs=2)
    assert np.abs(played).max() < 0.98


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_the_echo_comes_as_late_as_asked(delay: float) -> None:
    sound = heard(Surroundings("none", 0.0, echo_delay=delay, echo=True), 2)
    first = np.flatnonzero(np.abs(sound) > 0.005)[0] / SAMPLE_RATE
    played = np.flatnonzero(np.abs(own_speech(2)) > 0.01)[0] / FRAMES_PER_SECOND
    assert first - played == pytest.approx(delay, abs=0.01)


def test_a_faster_microphone_brings_more_samples() -> None:
    assert len(heard(Surroundings("none", drift=1000.0, echo=True), 20)) == pytest.approx(
        20 * SAMPLE_RATE * 1.001, abs=SAMPLE_RATE / 20
    )


def test_noise_is_as_soft_as_asked(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "noise.wav", np.random.default_rng(1).normal(0, 0.1, SAMPLE_RATE), SAMPLE_RATE)
    sound = through(NO_ECHO, np.zeros(3 * FRAMES_PER_SECOND, np.float32), Surroundings(noise=tmp_path / "noise.wav"))[0]
    assert decibels(sound) == pytest.approx(-26 - 12, abs=1)


def test_an_impulse_response_of_ones_own(tmp_path: Path) -> None:
    response = np.zeros(4800, np.float32)
    response[[0, 4000]] = 0.9, 0.5
    soundfile.write(tmp_path / "hall.wav", response, FRAMES_PER_SECOND)
    own = heard(Surroundings(str(tmp_path / "hall.wav"), echo=True))
    assert decibels(own - heard(Surroundings("none", echo=True))) > -50


def test_a_room_that_is_not_there_is_named() -> None:
    with pytest.raises(AudioError, match=r"attic.*living.*small"):
        Room(Surroundings("attic", echo=True), NOBODY, usual())
