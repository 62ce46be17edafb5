"""Limber's own voice taken out of what the microphone hears: the real library, Limber's real voice, rooms."""

import numpy as np
import pytest

from audio.aec import speex
from audio.aec.canceller import SpeexEchoCanceller, open_echo
from audio.aec.passthrough import PassThrough
from audio.aec.speex import AEC_LATENCY
from audio.errors import AudioError
from audio.samples import SAMPLE_RATE, Clip
from audio.simulation.room import Surroundings
from benchmarks.rig.people import spoken
from tests.audio.aec.far_end import decibels, own_speech, through

pytestmark = pytest.mark.engine

needs_speex = pytest.mark.skipif(speex.library() is None, reason="no libspeexdsp: run script/setup")
SECONDS = 24
NOTHING = -90.0
"""dBFS: a sixteen-bit sample cannot be softer."""
LEARNT = 14 * SAMPLE_RATE
"""Samples after which it must know the room."""


@needs_speex
@pytest.mark.parametrize("room", ["none", "small", "living", "tiled"])
@pytest.mark.parametrize("level", [0.0, 12.0])
def test_what_only_limber_says_is_taken_away(room: str, level: float) -> None:
    echo = SpeexEchoCanceller()
    heard, clean = through(echo, own_speech(SECONDS), Surroundings(room, level, echo=True))
    assert decibels(heard[LEARNT:]) - decibels(clean[LEARNT:]) > 25
    assert not echo.echo_audible


@needs_speex
@pytest.mark.parametrize(("drift", "delay"), [(100.0, 0.04), (-100.0, 0.04), (0.0, 0.15), (0.0, 0.35), (-50.0, 0.15)])
def test_two_clocks_that_drift_apart_and_slow_devices_are_followed(drift: float, delay: float) -> None:
    around = Surroundings("living", 6.0, echo_delay=delay, drift=drift, echo=True)
    heard, clean = through(SpeexEchoCanceller(), own_speech(SECONDS), around)
    assert decibels(heard[LEARNT:]) - decibels(clean[LEARNT:]) > 18


@needs_speex
@pytest.mark.parametrize("drift", [0.0, 80.0])
def test_devices_that_tell_the_time_unevenly_do_not_shake_it(drift: float) -> None:
    around = Surroundings("living", 6.0, drift=drift, echo=True)
    heard, clean = through(SpeexEchoCanceller(), own_speech(SECONDS), around, uneven=5.0)
    assert decibels(heard[LEARNT:]) - decibels(clean[LEARNT:]) > 25


@needs_speex
def test_sound_that_was_lost_costs_two_seconds() -> None:
    def lose(number: int, heard: Clip) -> Clip:
        return heard[: len(heard) // 2] if 500 <= number < 503 else heard  # 30 ms, from the tenth second on

    echo = SpeexEchoCanceller()
    heard, clean = through(echo, own_speech(SECONDS), Surroundings("living", 6.0, echo=True), spoilt=lose)
    assert decibels(heard[13 * SAMPLE_RATE :]) - decibels(clean[13 * SAMPLE_RATE :]) > 20


@needs_speex
@pytest.mark.parametrize("level", [0.0, 12.0])
def test_a_person_is_left(level: float) -> None:
    words = spoken("stop", "flite:awb")
    person, at = np.zeros(SECONDS * SAMPLE_RATE, np.float32), 18 * SAMPLE_RATE
    person[at : at + len(words)] = words
    around = Surroundings("living", level, echo=True)
    heard, clean = through(SpeexEchoCanceller(), own_speech(SECONDS), around, person)
    _, without = through(SpeexEchoCanceller(), own_speech(SECONDS), around, person * np.float32(1e-6))
    over = clean[at + AEC_LATENCY : at + AEC_LATENCY + len(words)]
    turned_down = np.abs(heard).max() / 1.5  # the room turns a microphone down that is too loud
    assert decibels(over) > decibels(words) - 20 + min(0, 20 * np.log10(turned_down))
    assert decibels(over) > decibels(without[at + AEC_LATENCY : at + AEC_LATENCY + len(words)]) + 12


@needs_speex
@pytest.mark.parametrize("noise", [0.0, 1e-4, 1e-3])
@pytest.mark.parametrize("word", ["pause", "carry on", "start neck rotations"])
def test_it_puts_nothing_into_a_microphone_that_does_not_hear_it(word: str, noise: float) -> None:
    """Whoever speaks over Limber with headphones on was taken for an echo, and Limber's own words were then heard."""
    words, chance = spoken(word, "flite:slt"), np.random.default_rng(0)
    person, said = np.zeros(SECONDS * SAMPLE_RATE, np.float32), np.zeros(SECONDS * SAMPLE_RATE, bool)
    for at in (round(seconds * SAMPLE_RATE) for seconds in (7.3, 11.6, 15.2)):
        person[at : at + len(words)] = words
        said[at - SAMPLE_RATE // 20 : at + len(words) + SAMPLE_RATE // 20] = True

    def hiss(_: int, heard: Clip) -> Clip:
        return (heard + noise * chance.normal(size=len(heard))).astype(np.float32)

    heard, clean = through(SpeexEchoCanceller(), own_speech(SECONDS), Surroundings(), person, hiss)
    quiet = [
        at
        for at in range(0, len(clean) - SAMPLE_RATE, SAMPLE_RATE // 10)
        if not said[at : at + SAMPLE_RATE // 10].any()
    ]
    assert len(quiet) > 100
    for at in quiet:
        before, after = (sound[at + late :][: SAMPLE_RATE // 10] for sound, late in ((heard, 0), (clean, AEC_LATENCY)))
        assert decibels(after) < max(NOTHING, decibels(before) + 3), f"at {at / SAMPLE_RATE} s"


@needs_speex
def test_while_nothing_is_played_nothing_is_changed() -> None:
    words = spoken("start neck rotations", "flite:slt")
    silence = np.zeros(3 * 48_000, np.float32)
    heard, clean = through(SpeexEchoCanceller(), silence, Surroundings(), words)
    assert np.array_equal(clean[AEC_LATENCY:], heard[: len(clean) - AEC_LATENCY])


@needs_speex
def test_what_is_left_is_under_the_floor_once_the_room_is_learnt() -> None:
    echo = SpeexEchoCanceller()
    played, floors = own_speech(SECONDS), []

    def note(_: int, heard: Clip) -> Clip:
        floors.append((echo.residual_floor, echo.echo_audible))
        return heard

    through(echo, played, Surroundings("living", 6.0, echo=True), spoilt=note)
    assert floors[60][1], "it believes that it knows the room at once"
    assert not any(itself for _, itself in floors[LEARNT // 320 :])
    assert max(floor for floor, _ in floors[LEARNT // 320 :]) < -30


@needs_speex
def test_where_there_is_no_echo_it_trusts_what_it_hears_after_two_seconds_of_speech() -> None:
    echo, words = SpeexEchoCanceller(), spoken("start neck rotations", "flite:slt")
    through(echo, own_speech(6), Surroundings(), np.tile(words, 3))
    assert not echo.echo_audible


@pytest.mark.parametrize("heard", [True, False])
def test_without_a_canceller_it_knows_whether_it_hears_itself(heard: bool) -> None:
    echo = PassThrough()
    brought, given = through(echo, own_speech(8), Surroundings("living", echo=heard), spoken("go on", "flite:slt"))
    assert echo.echo_audible is heard
    assert np.array_equal(brought, given)


def test_without_the_library_limber_runs_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("audio.aec.speex.library", "audio.aec.canceller.library"):
        monkeypatch.setattr(module, lambda: None)
    assert isinstance(open_echo("auto"), PassThrough)
    with pytest.raises(AudioError, match="libspeexdsp1"):
        open_echo("speex")


def test_devices_that_cancel_echo_themselves_are_left_alone() -> None:
    assert isinstance(open_echo("off"), PassThrough)
