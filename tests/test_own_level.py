"""Somebody speaks over Limber's own voice, known by levels alone: real rooms, its real voice, other people's words."""

import numpy as np
import pytest

from audio.clip import Clip, active_rms
from audio.echo import Uncancelled
from audio.room import NOBODY, Surroundings
from audio.segmenter import RATE
from tests.far_end import own_speech, through
from tests.people import spoken

pytestmark = pytest.mark.quality

SECONDS = 30
FIRST, EVERY = 12.0, 4.1
"""Seconds until somebody says the first word, and from word to word: Limber needs some time to know the room."""
WORDS = ("how long is left", "stop", "pause", "next")


def voices(room: str, level: float, person: bool) -> tuple[list[bool], list[tuple[int, int]]]:
    """Whether it took somebody to speak, in each block of 20 ms, and the blocks of each word."""
    echo, sound, places = Uncancelled(), np.zeros(SECONDS * RATE, np.float32), []
    for number, word in enumerate(WORDS if person else ()):
        words, at = spoken(word, "en-us+f3"), round((FIRST + number * EVERY) * RATE)
        sound[at : at + len(words)] = words * NOBODY / active_rms(words, RATE)
        places.append((at // 320, (at + len(words)) // 320 + 10))
    found: list[bool] = []

    def note(_: int, heard: Clip) -> Clip:
        found.append(echo.voice)
        return heard

    through(echo, own_speech(SECONDS), Surroundings(room, level, echo=True), sound, note)
    return found, places


@pytest.mark.parametrize("room", ["small", "tiled"])
@pytest.mark.parametrize("level", [0.0, 6.0])
def test_a_voice_over_its_own_is_noticed(room: str, level: float) -> None:
    found, places = voices(room, level, person=True)
    noticed = [any(found[begin:end]) for begin, end in places]
    assert sum(noticed) >= len(WORDS) - 1, noticed


@pytest.mark.parametrize("room", ["small", "living", "tiled"])
def test_its_own_voice_is_none(room: str) -> None:
    found, _ = voices(room, 6.0, person=False)
    assert not any(found)


@pytest.mark.parametrize("loud", [0.02, 0.05])
@pytest.mark.parametrize("seed", range(3))
def test_a_noise_that_goes_on_is_no_voice(seed: int, loud: float) -> None:
    """Over 120 seeds, rooms and levels not one block is taken for a voice: what is asked for here has a wide margin."""
    echo, chance = Uncancelled(), np.random.default_rng(seed)
    found: list[bool] = []

    def hum(_: int, heard: Clip) -> Clip:
        found.append(echo.voice)
        return heard + chance.normal(0, loud, len(heard)).astype(np.float32)

    through(echo, own_speech(SECONDS), Surroundings("living", 6.0, echo=True), spoilt=hum)
    judged = found[round(FIRST * 50) :]
    assert sum(judged) < 0.01 * len(judged)
