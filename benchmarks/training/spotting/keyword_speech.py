"""Speech in many voices, with the moments at which a keyword in it ends."""

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.files import read_recording
from audio.filters import resample
from audio.keywords.spotter import Keyword
from audio.samples import SAMPLE_RATE, Floats
from benchmarks.training.vosk_model.marked_speech import Manner
from benchmarks.training.vosk_model.marked_speech import speak as espeak

KEYWORD_FLITE = ("slt", "rms", "kal", "kal16")
"""Voices of flite that the spotter is fitted to."""
KEYWORD_ACCENTS = ("en-us", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-gb-x-gbclan", "en-gb-x-gbcwmd")
"""Accents of espeak-ng that the spotter is fitted to."""
KEYWORD_VARIANTS = (
    *("m1", "m2", "m4", "m6", "m7", "m8", "f1", "f2", "f4", "f5", "Andy", "Alex", "steph", "anika", "quincy", "john"),
    *("Diogo", "edward", "Gene", "linda", "max", "michael", "norbert", "robert", "shelby"),
)
"""Variants of espeak-ng's voices that the spotter is fitted to."""
HELD_OUT_FLITE = ("awb",)
"""The held-out voice of flite."""
HELD_OUT_ESPEAK = ("en-us+f3", "en-gb-scotland+m5", "en-us+m3", "en-gb-x-rp+f3")
"""The held-out voices of espeak-ng."""
_FLITE_PHONES: dict[Keyword, tuple[str, ...]] = {
    "stop": ("s t aa p", "s t ao p"),
    "pause": ("p ao z", "p aa z"),
    "hurts": ("hh er t s",),
    "ow": ("aw", "ow"),
}
"""The keywords as flite names their phones."""


@dataclass(frozen=True)
class KeywordSpeech:
    """A text that was spoken."""

    samples: Floats
    """Samples at 16 kHz, with a peak of 1."""
    ends: tuple[float, ...]
    """Seconds at which the keyword ends."""


def say(text: str, word: Keyword | None, chance: random.Random, folder: Path, *, unheard: bool) -> KeywordSpeech:
    """Speak a text in a random voice and manner; `unheard`: in a held-out voice.

    Flite's few voices sound most like people's, so that they are heard most often, and through vocal tracts of any
    length.
    """
    if chance.random() < 0.65:
        voice = f"flite:{chance.choice(HELD_OUT_FLITE if unheard else KEYWORD_FLITE)}"
        said = said_by(voice, text, word, folder, speed=chance.uniform(0.8, 1.3), pitch=chance.randint(80, 220))
    else:
        voice = (
            chance.choice(HELD_OUT_ESPEAK)
            if unheard
            else f"{chance.choice(KEYWORD_ACCENTS)}+{chance.choice(KEYWORD_VARIANTS)}"
        )
        said = said_by(voice, text, word, folder, speed=chance.uniform(0.8, 1.25), pitch=chance.randint(20, 80))
    if unheard:
        return said
    longer = chance.uniform(0.85, 1.18)
    return KeywordSpeech(
        resample(said.samples, SAMPLE_RATE, round(SAMPLE_RATE * longer)), tuple(end * longer for end in said.ends)
    )


def said_by(
    voice: str, text: str, word: Keyword | None, folder: Path, *, speed: float = 1.0, pitch: int | None = None
) -> KeywordSpeech:
    """Speak a text in a voice ("flite:slt", or one of espeak-ng).

    `speed`: a multiple of the usual one. `pitch`: hertz for flite, 0 to 100 for espeak-ng. Raises CalledProcessError,
    OSError, ValueError.
    """
    if voice.startswith("flite:"):
        samples, ends = _flite(text, word, voice.removeprefix("flite:"), speed, pitch, folder / "said.wav")
    else:
        samples, ends = _espeak(text, word, Manner(voice, round(150 * speed), 50 if pitch is None else pitch))
    return KeywordSpeech(samples / np.float32(max(np.abs(samples).max(), 1e-6)), ends)


def _flite(
    text: str, word: Keyword | None, voice: str, speed: float, pitch: int | None, out: Path
) -> tuple[Floats, tuple[float, ...]]:
    """A text spoken by flite, and where it says the keyword's phones."""
    manner = [f"duration_stretch={1 / speed:.3f}"] + ([] if pitch is None else [f"int_f0_target_mean={pitch}"])
    settings = [part for each in manner for part in ("--setf", each)]
    command = ["flite", "-psdur", "-voice", voice, *settings, "-t", text, "-o", str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    segments = [segment.rsplit(":", 1) for segment in told.split()]
    sounds = [sound for sound, _ in segments]
    ends = []
    for pattern in _FLITE_PHONES[word] if word else ():
        wanted = pattern.split()
        places = range(len(sounds) - len(wanted) + 1)
        ends += [float(segments[at + len(wanted) - 1][1]) for at in places if sounds[at : at + len(wanted)] == wanted]
    return read_recording(out).at(SAMPLE_RATE), tuple(sorted(ends))


def _espeak(text: str, word: Keyword | None, manner: Manner) -> tuple[Floats, tuple[float, ...]]:
    """A text spoken by espeak-ng, and where it marks the keyword's end."""
    speech = espeak(text, manner)
    ends = []
    for at, mark in enumerate(speech.marks):
        if mark.is_word and mark.text == word:
            # It ends where the next word begins, or silence.
            later = (each.seconds for each in speech.marks[at + 1 :] if each.is_word or not each.text)
            ends.append(next(later, len(speech.samples) / SAMPLE_RATE))
    return speech.samples, tuple(ends)
