"""Music and noise that never repeat: chords, tunes and drums from chance; crowds, rain, traffic and applause."""

import numpy as np
from numpy.random import Generator

from audio.samples import SAMPLE_RATE
from benchmarks.rig.mixing import Signal

SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10), (0, 2, 4, 7, 9))
"""Scales in semitones: major, minor, Dorian, pentatonic."""
BEDS = ("crowd", "rain", "traffic", "applause")
"""The kinds of noise."""


def music(seconds: float, chance: Generator) -> Signal:
    """A piece with a key, tempo and instruments of its own, whose bars all differ; peak 1."""
    out = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    beat = round(SAMPLE_RATE * 60 / chance.uniform(62, 168))
    scale, key = SCALES[chance.integers(len(SCALES))], int(chance.integers(40, 58))
    drums, timbre = chance.random() < 0.6, chance.uniform(0.2, 0.75, 3)
    degree = 7
    for bar in range(0, len(out), 4 * beat):
        root = int(chance.integers(len(scale)))
        for voice in (0, 2, 4):
            _add(out, bar, _note(key + _pitch(scale, root + voice), 4 * beat, timbre[0], chance) * 0.3)
        _add(out, bar, _note(key - 12 + _pitch(scale, root), 2 * beat, timbre[1], chance) * 0.5)
        at = bar
        while at < bar + 4 * beat:
            length = int(beat * chance.choice([0.5, 0.5, 1, 1, 1.5, 2]))
            degree = int(np.clip(degree + chance.integers(-3, 4), 3, 15))
            if chance.random() < 0.8:
                _add(out, at, _note(key + 12 + _pitch(scale, degree), length, timbre[2], chance) * 0.5)
            at += length
        for hit in range(8 if drums else 0):
            if chance.random() < (0.9 if hit % 4 == 0 else 0.5):
                _add(out, bar + hit * beat // 2, _drum(("bass", "hat", "snare", "hat")[hit % 4], chance))
    return out / np.float32(np.abs(out).max())


def bed(kind: str, seconds: float, chance: Generator) -> Signal:
    """A noise of one of the BEDS, which swells and fades; peak 1."""
    length = round(seconds * SAMPLE_RATE)
    if kind == "applause":
        out = np.zeros(length, np.float32)
        for at in chance.integers(0, length, length // 150):
            _add(out, int(at), _drum("clap", chance))
    else:
        slope, low, high = {"crowd": (-0.7, 200, 2500), "rain": (-0.2, 500, 7500), "traffic": (-1.1, 40, 1200)}[kind]
        out = _coloured(length, slope, low, high, chance)
    points = chance.uniform(0.1, 1, max(2, round(seconds / 4)))
    swell = np.interp(np.linspace(0, len(points) - 1, length), np.arange(len(points)), points)
    out = (out * swell).astype(np.float32)
    return out / np.float32(np.abs(out).max())


def _add(out: Signal, at: int, sound: Signal) -> None:
    """Add a sound from a position on, as far as it fits."""
    if at < len(out):
        out[at : at + len(sound)] += sound[: len(out) - at]


def _pitch(scale: tuple[int, ...], degree: int) -> int:
    """A degree of a scale in semitones."""
    return scale[degree % len(scale)] + 12 * (degree // len(scale))


def _note(semitone: int, length: int, bright: float, chance: Generator) -> Signal:
    """A tone with harmonics, a little vibrato and a fading end; its pitch as a MIDI number."""
    time = np.arange(length) / SAMPLE_RATE
    hertz = 440 * 2 ** ((semitone - 69) / 12)
    phase = 2 * np.pi * hertz * time + chance.uniform(0, 0.6) * np.sin(2 * np.pi * chance.uniform(4, 6) * time)
    tone = sum(bright**n * np.sin((n + 1) * phase) for n in range(6) if hertz * (n + 1) < SAMPLE_RATE / 2)
    fade = np.minimum(1, time / 0.015) * np.exp(-time * chance.uniform(0.6, 4))
    return np.asarray(tone * fade, np.float32)


def _drum(kind: str, chance: Generator) -> Signal:
    """One hit of a drum, or a clap."""
    seconds = {"bass": 0.2, "snare": 0.15, "hat": 0.05, "clap": 0.02}[kind]
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    fade = np.exp(-time * 5 / seconds)
    if kind == "bass":
        return np.asarray(np.sin(2 * np.pi * (45 * time + 6 * np.exp(-time * 30))) * fade, np.float32)
    hit = chance.normal(0, 0.4, len(time)) * fade * chance.uniform(0.3, 1)
    return np.asarray(np.diff(hit, prepend=0) if kind == "hat" else hit, np.float32)


def _coloured(length: int, slope: float, low: float, high: float, chance: Generator) -> Signal:
    """Noise between two frequencies in Hz, whose spectrum falls by a power of the frequency."""
    spectrum = np.fft.rfft(chance.normal(0, 1, length))
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    spectrum *= np.where((hertz > low) & (hertz < high), np.maximum(hertz, 1) ** slope, 0)
    return np.fft.irfft(spectrum, length).astype(np.float32)
