"""Television-like sound, two minutes at a time, each from a seed and a number alone.

A programme has a genre, which decides what is said, by how many at once, and over what. One to three people speak at a
time, each line by a voice of flite or espeak-ng whose speed and pitch are drawn anew; the sentences grow from rules
(`screenplay.txt`), so that hardly one comes twice in ten hours. Among them stand lone words as people say them in
dramas ("no", "wait", "stop"): they are not left out, so a few commands in ten hours are really said. In one line of
twelve a recording of a real person is played instead, at another speed each time: coffee orders, requests to a smart
home, digits, wake words. One programme in ten is in another language. Below lie music made from chance and noises
(crowd, rain, traffic, applause); some programmes are music alone. All of it goes through a small room and a small
speaker, at a level from -48 to -18 dBFS that wanders, with louder adverts. No loop is anywhere in it.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

from audio.files import read_recording
from audio.filters import resample
from audio.samples import SAMPLE_RATE
from benchmarks.rig.mixing import Signal, recording
from benchmarks.rig.voices import SyntheticVoice, speak
from benchmarks.television.music import BEDS, bed, music
from benchmarks.television.screenplay import GENRES, Screenplay

PROGRAMME_BLOCK = SAMPLE_RATE // 10
"""Samples at 16 kHz that a programme is heard in at once: 0.1 s."""
PROGRAMME_SECONDS = 120
"""Length of a programme in seconds."""
_ESPEAK = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbcwmd", "en-029")
"""Accents of espeak-ng."""
_VARIANTS = tuple(f"{kind}{n}" for kind, most in (("m", 8), ("f", 5)) for n in range(1, most + 1))
"""Variants of espeak-ng's voices."""
_OTHER_LANGUAGES = ("de", "fr-fr", "es", "it", "nl", "pl", "pt", "sv")
"""Languages of espeak-ng other than English."""
_FLITE = (("slt", 170), ("rms", 100), ("awb", 120), ("kal16", 105))
"""Voices of flite and their pitch in hertz."""
_MOUTHS = {"drama": 2, "chat": 3, "sport": 2, "quiz": 2, "shopping": 2}
"""To a genre, how many speak over each other; one in the others."""
_GAPS = (0.1, 0.2, 0.4, 0.8, 1.5, 4.0)
"""Seconds between two lines, to be drawn from."""


@dataclass(frozen=True)
class ProgrammeLine:
    """A line said in a programme."""

    at: float
    """Second of the programme at which it begins."""
    until: float
    """Second of the programme at which it ends."""
    words: str


@dataclass(frozen=True)
class Programme:
    """Two minutes of television."""

    genre: str
    sound: Signal
    """Its sound at 16 kHz."""
    lines: tuple[ProgrammeLine, ...]

    def said(self, began: int, until: int) -> list[str]:
        """The lines that are said between two samples."""
        return [line.words for line in self.lines if line.at < until / SAMPLE_RATE and line.until > began / SAMPLE_RATE]


class Television:
    """Programmes by number; equal for an equal seed, and equal recordings and versions of the voices."""

    def __init__(self, seed: int, recordings: Sequence[Path]) -> None:
        self.name = f"seed {seed}, {len(recordings)} recordings"
        self._seed, self._recordings, self._script = seed, tuple(recordings), Screenplay()

    def programme(self, number: int) -> Programme:
        """The programme of a number, of which there is no end."""
        text = random.Random(f"{self._seed} {number}")  # noqa: S311 - to be the same again
        chance = np.random.default_rng((self._seed, number))
        if text.random() < 0.1:
            genre = "music"
            sound, lines = music(PROGRAMME_SECONDS, chance), list[ProgrammeLine]()
        else:
            genre = text.choice(GENRES)
            sound, lines = self._talk(genre, text, chance)
        return Programme(genre, _played(sound, genre, chance), tuple(sorted(lines, key=lambda line: line.at)))

    def scene(self, number: int, words: Sequence[str]) -> Programme:
        """The scene of a number: one of `words`, said by somebody in a drama after two lines and before another."""
        text = random.Random(f"{self._seed} scene {number}")  # noqa: S311 - to be the same again
        chance = np.random.default_rng((self._seed, number, 1))
        sentences, room = self._script.sentences("drama", text), _room(chance)
        parts, lines, at = list[Signal](), list[ProgrammeLine](), text.uniform(0.5, 2)
        for said in (next(sentences), next(sentences), text.choice(words), next(sentences)):
            sound = _convolved(self._spoken(said, _voice(text, None)), room)
            parts += [np.zeros(round(at * SAMPLE_RATE) - sum(map(len, parts)), np.float32), sound]
            lines.append(ProgrammeLine(round(at, 2), round(at + len(sound) / SAMPLE_RATE, 2), said))
            at += len(sound) / SAMPLE_RATE + text.choice(_GAPS)
        whole = np.concatenate([*parts, np.zeros(SAMPLE_RATE * 2, np.float32)])
        if text.random() < 0.5:
            whole += music(len(whole) / SAMPLE_RATE, chance)[: len(whole)] * np.float32(text.uniform(0.03, 0.4))
        return Programme("drama", _played(whole, "drama", chance), tuple(lines))

    def _talk(self, genre: str, text: random.Random, chance: Generator) -> tuple[Signal, list[ProgrammeLine]]:
        """The sound and lines of a programme in which people speak."""
        out, lines = np.zeros(PROGRAMME_SECONDS * SAMPLE_RATE, np.float32), list[ProgrammeLine]()
        foreign = text.choice(_OTHER_LANGUAGES) if text.random() < 0.1 else None
        room = _room(chance)
        for _ in range(_MOUTHS.get(genre, 1)):
            cast = [_voice(text, foreign) for _ in range(3)]
            at = text.uniform(0, 4)
            for words in self._script.sentences(genre, text):
                spoken, said = self._said(words, text.choice(cast), text)
                said = _convolved(said, room) * np.float32(10 ** (text.uniform(-9, 0) / 20))
                begin = round(at * SAMPLE_RATE)
                if begin + len(said) > len(out):
                    break
                out[begin : begin + len(said)] += said
                lines.append(ProgrammeLine(round(at, 2), round(at + len(said) / SAMPLE_RATE, 2), spoken))
                at += len(said) / SAMPLE_RATE + text.choice(_GAPS)
        if text.random() < 0.5:
            out += music(PROGRAMME_SECONDS, chance) * np.float32(text.uniform(0.03, 0.4))
        if text.random() < 0.6:
            out += bed(text.choice(BEDS), PROGRAMME_SECONDS, chance) * np.float32(text.uniform(0.03, 0.4))
        return out, lines

    def _said(self, words: str, voice: SyntheticVoice, text: random.Random) -> tuple[str, Signal]:
        """A line in a voice, or at times a recording instead: what is said, and its sound."""
        if self._recordings and text.random() < 1 / 12:
            path = text.choice(self._recordings)
            sound = resample(recording(path), SAMPLE_RATE, round(SAMPLE_RATE * text.uniform(0.9, 1.1)))
            words = f"recording {path.parent.name}/{path.name}"
            return words, _level(sound)
        return words, self._spoken(words, voice)

    def _spoken(self, words: str, voice: SyntheticVoice) -> Signal:
        """Words in a voice, at a peak of 0.7."""
        with tempfile.TemporaryDirectory() as folder:
            speak(words, voice, Path(folder) / "line.wav")
            return _level(read_recording(Path(folder) / "line.wav").at(SAMPLE_RATE))


def blocks(sound: Signal) -> Iterator[Signal]:
    """A sound in blocks, as a microphone brings it."""
    for at in range(0, len(sound), PROGRAMME_BLOCK):
        yield sound[at : at + PROGRAMME_BLOCK]


def _voice(text: random.Random, language: str | None) -> SyntheticVoice:
    """A voice drawn at random, in English where `language` is None."""
    speed = text.uniform(0.85, 1.35)
    if language is None and text.random() < 0.5:
        name, hertz = text.choice(_FLITE)
        return SyntheticVoice("flite", name, speed, round(hertz * text.uniform(0.8, 1.3)))
    return SyntheticVoice(
        "espeak-ng", f"{language or text.choice(_ESPEAK)}+{text.choice(_VARIANTS)}", speed, text.randint(25, 75)
    )


def _level(sound: Signal) -> Signal:
    """The sound at a peak of 0.7."""
    return sound * np.float32(0.7 / max(float(np.abs(sound).max()), 1e-6))


def _room(chance: Generator) -> Signal:
    """The impulse response of a small room: the sound itself, then echoes that fade."""
    seconds = chance.uniform(0.08, 0.4)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    echoes = chance.normal(0, 1, len(time)) * np.exp(-6.9 * time / seconds)
    echoes *= chance.uniform(0.05, 0.5) / np.sqrt(np.square(echoes).sum())
    echoes[0] += 1
    return echoes.astype(np.float32)


def _convolved(sound: Signal, response: Signal) -> Signal:
    """A sound in a room."""
    length = len(sound) + len(response) - 1
    return np.fft.irfft(np.fft.rfft(sound, length) * np.fft.rfft(response, length), length).astype(np.float32)


def _played(sound: Signal, genre: str, chance: Generator) -> Signal:
    """A sound as a small speaker plays it, at a level that wanders."""
    spectrum, hertz = np.fft.rfft(sound), np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    low, high = chance.uniform(80, 250), chance.uniform(4000, 7800)
    spectrum *= 1 / np.sqrt(1 + (low / np.maximum(hertz, 1)) ** 4) / np.sqrt(1 + (hertz / high) ** 8)
    thin = np.fft.irfft(spectrum, len(sound))
    level = chance.uniform(-48, -18) + (6 if genre == "adverts" else 0)
    wander = np.clip(np.cumsum(chance.normal(0, 1.5, PROGRAMME_SECONDS // 5 + 1)), -8, 8)
    decibels = level + np.interp(np.arange(len(sound)) / SAMPLE_RATE / 5, np.arange(len(wander)), wander)
    decibels -= 20 * np.log10(np.sqrt(np.mean(np.square(thin))) + 1e-9)
    hiss = chance.normal(0, 10 ** (-70 / 20), len(sound))
    return np.clip(thin * 10 ** (decibels / 20) + hiss, -1, 1).astype(np.float32)
