"""Fits the keyword spotter to synthetic voices, writes `audio/keywords/data/words.npz`, and shows what it spots.

    .venv/bin/python -m benchmarks.training.spotting ../shared/speech/coffee

Six thousand short texts with and without the keywords, in noise, echo and other talk; and recordings of real people who
say none of them (the tuning half of the folder). Prints what is spotted in voices that were held out, in the other
half, and in a television it was not fitted to. A quarter of an hour; needs flite, espeak-ng's library and scikit-learn.
"""

import random
import re
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pool
from pathlib import Path

import click
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from audio.files import read_recording
from audio.keywords.spotter import (
    EMBEDDING_WINDOW,
    EMBEDDINGS_JUDGED,
    HIT_AT,
    KEYWORDS,
    SPOTTER_HOP,
    SPOTTER_REACH,
    SPOTTER_WEIGHTS,
    Keyword,
    KeywordNetwork,
    SpeechEmbedding,
)
from audio.samples import SAMPLE_RATE, Floats
from benchmarks.listening.trials import half_of
from benchmarks.television.programme import Television
from benchmarks.training.spotting.keyword_speech import say
from benchmarks.training.spotting.texts import Texts

TEXT_COUNT = 6_000
"""How many texts are spoken."""
TESTED = 6
"""One in so many texts is spoken by a held-out voice, and tested with."""
HEARD_FROM, HEARD_UNTIL = 0.06, 0.32
"""Seconds after the end of a keyword, first and last, at which it is to be spotted."""
UNSURE_BEFORE, UNSURE_UNTIL = 0.25, 0.7
"""Seconds before and after the end of a keyword within which nothing else is asked of the network."""
TEXT_PADDING = SPOTTER_REACH, SAMPLE_RATE * 3 // 5
"""Samples of quiet before and after a text."""
PROGRAMMES = 10
"""How many television programmes are listened to, each of two minutes."""
FITTED_SEED, HELD_OUT_SEED = 7, 23
"""Seeds of the television: that which the spotter is fitted to, and that which was held out."""
HIDDEN = (64,)
"""Widths of the network's hidden layers."""


@dataclass(frozen=True)
class Judged:
    """One text as the network meets it."""

    windows: Floats
    """Its input windows, shape (n, EMBEDDINGS_JUDGED * 96)."""
    at: Floats
    """The end of each window, in seconds from the beginning of the text."""
    word: Keyword | None
    """The keyword; None: there is none in it."""
    ends: tuple[float, ...]
    """Seconds at which the keyword ends."""
    text: str

    def labels(self) -> NDArray[np.int64]:
        """The class of each window: 0 for none, 1 and up for KEYWORDS, -1 where nothing is asked."""
        labels = np.zeros(len(self.at), np.int64)
        if self.word is None:
            return labels
        if set(self.text.split()) & (set(KEYWORDS) - {self.word}):
            labels[:] = -1
        for end in self.ends:
            labels[(self.at > end - UNSURE_BEFORE) & (self.at < end + UNSURE_UNTIL)] = -1
        for end in self.ends:
            labels[(self.at >= end + HEARD_FROM) & (self.at <= end + HEARD_UNTIL)] = KEYWORDS.index(self.word) + 1
        return labels


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Fit to the recordings in DATA and to synthetic voices, and print what is spotted."""
    with (
        Pool() as pool,
        click.progressbar(pool.imap(_judged, range(TEXT_COUNT), 20), length=TEXT_COUNT, label="texts") as bar,
    ):
        texts = list(bar)
    tested = texts[::TESTED]
    fitted = [judged for number, judged in enumerate(texts) if number % TESTED]
    people: dict[str, list[Floats]] = {half: [] for half in ("tuning", "held-out")}
    for path in sorted(data.glob("*.flac")):
        sound = read_recording(path).at(SAMPLE_RATE)
        people[half_of(path.name)].append(_windows(np.pad(sound * np.float32(0.3 / np.abs(sound).max()), TEXT_PADDING)))
    watched = {seed: list(_television(seed)) for seed in (FITTED_SEED, HELD_OUT_SEED)}
    inputs = np.concatenate([*(each.windows for each in fitted), *people["tuning"], *watched[FITTED_SEED]])
    labels = np.concatenate([each.labels() for each in fitted])
    labels = np.concatenate([labels, np.zeros(len(inputs) - len(labels), np.int64)])
    words = _fit(inputs[labels >= 0], labels[labels >= 0])
    _keep(words)
    words = KeywordNetwork.load(SPOTTER_WEIGHTS)
    for word in KEYWORDS:
        after = [_after(each, words) for each in tested if each.word == word]
        found = [seconds for seconds in after if seconds is not None]
        click.echo(f"{word}: {len(found)} of {len(after)}, {statistics.median(found or [0]):.2f} s after its end")
    none = [_rung(each.windows, words) for each in tested if each.word is None]
    click.echo(f"none of them: rung in {sum(map(bool, none))} of {len(none)}")
    for name, sounds in (("people", people["held-out"]), ("television", watched[HELD_OUT_SEED])):
        hours = sum(map(len, sounds)) * SPOTTER_HOP / SAMPLE_RATE / 3600
        click.echo(f"{name}: rung {sum(_rung(each, words) for each in sounds)} times in {hours:.2f} h")


def _keep(words: KeywordNetwork) -> None:
    """Write the weights in half precision."""
    weights = {f"w{n}": weights.astype(np.float16) for n, (weights, _) in enumerate(words.layers)}
    biases = {f"b{n}": biases for n, (_, biases) in enumerate(words.layers)}
    np.savez_compressed(SPOTTER_WEIGHTS, allow_pickle=False, **weights, **biases)


@cache
def _embedding() -> SpeechEmbedding:
    """The speech embedding, loaded once in each process."""
    return SpeechEmbedding()


@cache
def _drawn() -> Texts:
    """The texts to draw from, made once in each process."""
    return Texts()


def _judged(number: int) -> Judged:
    """The text of a number; one in TESTED is spoken by a held-out voice."""
    chance, noises = random.Random(number), np.random.default_rng(number)  # noqa: S311 - to be the same again
    word = chance.choices(KEYWORDS, (5, 4, 3, 3))[0] if chance.random() < 0.5 else None
    text = _drawn().with_word(word, chance) if word else _drawn().without(chance)
    with tempfile.TemporaryDirectory() as folder:
        said = say(text, word, chance, Path(folder), unheard=number % TESTED == 0)
    windows = _windows(_in_a_room(np.pad(said.samples, TEXT_PADDING), noises))
    at = ((np.arange(len(windows)) * SPOTTER_HOP + SPOTTER_REACH - TEXT_PADDING[0]) / SAMPLE_RATE).astype(np.float32)
    return Judged(windows, at, word if said.ends else None, said.ends, text)


def _in_a_room(sound: Floats, chance: Generator) -> Floats:
    """A sound with echo, a dull microphone and noise, each at times, and at any level."""
    count = len(sound)
    if chance.random() < 0.3:
        echo = chance.standard_normal(int(SAMPLE_RATE * chance.uniform(0.05, 0.4)))
        echo *= np.exp(-6 * np.arange(len(echo)) / len(echo))
        echo[0] = chance.uniform(2, 10)
        padded = count + len(echo)
        sound = _sound(np.fft.rfft(sound, padded) * np.fft.rfft(echo, padded), padded)[:count]
    if chance.random() < 0.3:
        spectrum = np.fft.rfft(sound)
        spectrum[int(len(spectrum) * chance.uniform(0.42, 0.9)) :] = 0
        sound = _sound(spectrum, count)
    noise = chance.standard_normal(count)
    if chance.random() < 0.5:
        spectrum = np.fft.rfft(noise)
        noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 5), count)
    below = chance.uniform(5, 35) if chance.random() < 0.6 else chance.uniform(50, 80)
    sound = sound + noise * (np.std(sound) / np.std(noise) * 10 ** (-below / 20))
    level = 10 ** chance.uniform(-2, -0.05)
    placed: Floats = (sound * level / np.abs(sound).max()).astype(np.float32)
    return placed


def _sound(spectrum: NDArray[np.complex128], samples: int) -> Floats:
    """The samples of a spectrum."""
    sound: Floats = np.fft.irfft(spectrum, samples).astype(np.float32)
    return sound


def _windows(sound: Floats) -> Floats:
    """The input windows of a sound."""
    embedded = np.stack(
        [
            _embedding()(sound[at : at + EMBEDDING_WINDOW])
            for at in range(0, len(sound) - EMBEDDING_WINDOW + 1, SPOTTER_HOP)
        ]
    )
    rows = np.lib.stride_tricks.sliding_window_view(embedded, EMBEDDINGS_JUDGED, axis=0)
    joined: Floats = rows.transpose(0, 2, 1).reshape(len(rows), -1)
    return joined


def _television(seed: int) -> Iterator[Floats]:
    """The windows of programmes, without the moments at which a keyword may be said."""
    television = Television(seed, ())
    for number in range(PROGRAMMES):
        programme = television.programme(number)
        windows = _windows(programme.sound)
        at = (np.arange(len(windows)) * SPOTTER_HOP + SPOTTER_REACH) / SAMPLE_RATE
        kept = np.ones(len(windows), bool)
        for line in programme.lines:
            if re.search(r"\b(stop|pause|hurts|ow|ouch)", line.words.lower()):
                kept &= (at < line.at) | (at > line.until + UNSURE_UNTIL)
        yield windows[kept]


def _fit(inputs: Floats, labels: NDArray[np.int64]) -> KeywordNetwork:
    """The network fitted to windows and their classes."""
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0)
    network = MLPClassifier(HIDDEN, alpha=1e-2, batch_size=512, max_iter=12, random_state=1)
    network.fit((inputs - mean) / spread, labels)
    layers = [
        (w.astype(np.float32), b.astype(np.float32)) for w, b in zip(network.coefs_, network.intercepts_, strict=True)
    ]
    first, bias = layers[0]
    # What centres and scales the numbers goes into the first layer.
    layers[0] = (first / spread[:, np.newaxis], bias - (mean / spread) @ first)
    return KeywordNetwork(tuple(layers))


def _probable(windows: Floats, words: KeywordNetwork) -> Floats:
    """The probability of each keyword in each window."""
    return np.stack([words(window) for window in windows])


def _after(judged: Judged, words: KeywordNetwork) -> float | None:
    """Seconds from the end of a text's keyword to the moment it is spotted; None: it is not."""
    if judged.word is None:
        return None
    probable = _probable(judged.windows, words)[:, KEYWORDS.index(judged.word)]
    late = [float(at) - judged.ends[0] for at, each in zip(judged.at, probable, strict=True) if each >= HIT_AT]
    return next((seconds for seconds in late if -0.1 <= seconds < UNSURE_UNTIL), None)


def _rung(windows: Floats, words: KeywordNetwork) -> int:
    """How many times a keyword begins to be spotted."""
    over = _probable(windows, words).max(axis=1) >= HIT_AT
    return int(np.count_nonzero(over[1:] & ~over[:-1]) + over[0])


if __name__ == "__main__":
    main()
