"""Limber's own speech, in a room, through a canceller: what is left of it."""

from collections.abc import Callable
from functools import cache

import numpy as np

from assistant.start import REFERENCE_LINE
from audio.aec.interface import Echo
from audio.frames import BLOCK_FRAMES, FRAMES_PER_SECOND
from audio.samples import Clip
from audio.score import Speech
from audio.simulation.room import Room, Surroundings
from audio.tts.voice import Voice

LINES = (
    "Neck rotations.",
    REFERENCE_LINE.text,
    "Turn your head to the right.",
    *(str(n) for n in range(1, 10)),
    "Slowly back to the middle.",
    "Any chest pain, breathlessness or fever, numbness or weakness, fall or injury?",
)


@cache
def own_speech(seconds: float) -> Clip:
    """Limber speaks for so long, with the pauses it makes."""
    with Voice() as voice:
        said = [
            np.concatenate([voice.clip(Speech(line)), np.zeros(FRAMES_PER_SECOND // 3, np.float32)]) for line in LINES
        ]
    sound = np.concatenate([np.zeros(FRAMES_PER_SECOND, np.float32), *said])
    frames = round(seconds * FRAMES_PER_SECOND) // BLOCK_FRAMES * BLOCK_FRAMES
    return np.resize(sound, frames).astype(np.float32)


@cache
def usual() -> Clip:
    with Voice() as voice:
        return voice.clip(REFERENCE_LINE)


def through(
    echo: Echo,
    played: Clip,
    around: Surroundings,
    person: Clip | None = None,
    spoilt: Callable[[int, Clip], Clip] = lambda number, heard: heard,
    uneven: float = 0.0,
) -> tuple[Clip, Clip]:
    """What the microphone brought, and what the canceller made of it; `spoilt` may change each block in between.

    `uneven`: by how many milliseconds the devices tell the time wrongly, for seconds on end. They never tell of what is
    yet to be played.
    """
    chance, wrong = np.random.default_rng(1), 0.0
    room = Room(around, np.zeros(0, np.float32) if person is None else person, usual() if around.echo else None)
    heard, clean, samples = [], [], 0
    for number in range(len(played) // BLOCK_FRAMES):
        block = played[number * BLOCK_FRAMES :][:BLOCK_FRAMES]
        sound = spoilt(number, room.hear(block))
        samples += len(sound)
        echo.play(block)
        heard.append(sound)
        wrong = 0.99 * wrong + 0.14 * chance.normal()
        clean.append(echo.cancel(sound, round(samples * room.frames_per_sample + (wrong - 4) * uneven * 48)))
    return np.concatenate(heard), np.concatenate(clean)


def decibels(samples: Clip) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
