"""The corpus of the tiny model: Limber's commands, half of the time, and other sentences, spoken by espeak-ng."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.samples import SAMPLE_RATE, Floats
from benchmarks.rig.places import ROOT
from benchmarks.training.vosk_model.features import FRAME_STEP, FRAME_WIDTH, cepstra
from benchmarks.training.vosk_model.marked_speech import Manner, MarkedSpeech, TimeMark, speak
from intents.phrases.short import short_sentences_by_intent

SILENT_PHONE = "SIL"
"""The phone of silence."""
TINY_ACCENTS = ("en-us",) * 3 + ("en",) * 2 + ("en-gb-x-rp",) * 2
"""Accents of the voices that are trained on; repeated ones are drawn more often."""
TINY_VARIANTS = (
    *("m1", "m2", "m3", "m4", "m6", "m7", "m8", "f1", "f3", "f4", "f5", "klatt", "klatt2", "klatt3"),
    *("Andy", "Annie", "adam", "linda", "john", "michael"),
)
"""Variants of the voices that are trained on, beside the plain voices."""
HELD_OUT_VARIANTS = ("m5", "f2", "steph", "Denis", "klatt4", "belinda")
"""Variants that are held out for testing."""
TINY_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
)
"""The words of numbers."""
TINY_RED_FLAGS = (
    *("my left arm is numb", "i have chest pain", "i can't breathe", "i feel dizzy", "my legs are weak"),
    *("i have a fever", "i lost control of my bladder", "my hands are tingling", "i feel sick", "i fell yesterday"),
)
"""Sentences that free text has to cover beside the commands."""
_MERGED = {
    **dict.fromkeys(("t2", "t#", "?"), "t"),
    "r-": "r",
    "n-": "n",
    "I2": "I",
    "I#": "I",
    "O2": "0",
    "i@3": "i@",
    "aI3": "aI@",
    ";": "j",
    **dict.fromkeys(("@2", "@5", "@-", "a#"), "@"),
    **dict.fromkeys(("", "_", "_:", "_!"), SILENT_PHONE),
}
"""To a phone that differs too little from another, or occurs too seldom, the phone that stands for it."""
_NOISES = 12
"""Utterances to one recording of noise alone."""
_SOFT_NOISE, _LOUD_NOISE = 160.0, 16_000.0
"""Standard deviations of the loudest noise, in 16-bit steps: in utterances, and alone."""
_RAREST_WAY = 0.04
"""Least share of a word's pronunciations at which one is kept."""
_MOST_WAYS = 6
"""Greatest number of pronunciations that a word keeps."""

PronunciationLexicon = dict[str, dict[tuple[str, ...], float]]
"""To each word, its pronunciations and the probability of each."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the network learns from."""

    features: list[Floats]
    """Of each utterance, shape (frames, coefficients)."""
    labels: list[NDArray[np.int64]]
    """Of each utterance, shape (frames,): 0 for silence, else one more than the phone's place in `phones`."""
    phones: tuple[str, ...]
    """The phones without silence."""
    lexicon: PronunciationLexicon
    """The pronunciations of every word of the model."""


def commands() -> tuple[str, ...]:
    """All sentences that Limber expects, and a few red flags."""
    return tuple(
        dict.fromkeys([*(text for texts in short_sentences_by_intent().values() for text in texts), *TINY_RED_FLAGS])
    )


def vocabulary() -> tuple[str, ...]:
    """All words of the model."""
    return tuple(sorted({*TINY_NUMBERS, *(word for text in commands() for word in text.split())}))


def gather(utterances: int, seed: int) -> Corpus:
    """Speak so many utterances; an equal seed and version of espeak-ng give an equal corpus."""
    dice, random_state = random.Random(seed), np.random.default_rng(seed)  # noqa: S311 (no secret)
    spoken: list[tuple[str, MarkedSpeech]] = []
    texts = _texts(dice)
    while len(spoken) < utterances:
        text = next(texts)
        speech = speak(_punctuated(text, dice), _manner(dice))
        spoken.append((text, speech))
    phones = tuple(
        sorted({_phone(mark) for _, speech in spoken for mark in speech.marks if not mark.is_word} - {SILENT_PHONE})
    )
    features, labels = [], []
    for _, speech in spoken:
        lead, trail = dice.randint(1600, 12_000), dice.randint(3200, 12_000)
        features.append(cepstra(_worn(np.pad(speech.samples, (lead, trail)), random_state)))
        labels.append(_labels(speech, lead, len(features[-1]), phones))
    for _ in range(utterances // _NOISES):
        features.append(
            cepstra(_noise(int(random_state.integers(2 * SAMPLE_RATE, 4 * SAMPLE_RATE)), random_state, _LOUD_NOISE))
        )
        labels.append(np.zeros(len(features[-1]), np.int64))
    return Corpus(features, labels, phones, _lexicon(spoken))


def _texts(dice: random.Random) -> Iterator[str]:
    """Texts without an end: words, sentences and other text in fixed shares."""
    words, sentences, other = vocabulary(), commands(), _other_words()
    strangers = sorted(set(other) - set(words))
    while True:
        match dice.choices(("words", "sentence", "other", "mixed"), (35, 25, 27, 13))[0]:
            case "words":
                yield " ".join(dice.choices(words, k=dice.choice((1, 1, 1, 2, 2, 3, 4))))
            case "sentence":
                yield dice.choice(sentences)
            case "other":
                first = dice.randrange(len(other) - 8)
                yield " ".join(other[first : first + dice.randint(2, 8)])
            case _:
                yield " ".join(dice.choice(dice.choice((strangers, words))) for _ in range(dice.randint(1, 5)))


def _other_words() -> list[str]:
    """Running text of the project's own: what Limber knows about back cramps."""
    folder = ROOT / "assistant" / "guidance"
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
    return re.findall(r"[a-z]{2,}", text.lower())


def _punctuated(text: str, dice: random.Random) -> str:
    """A text with commas, at which espeak-ng pauses."""
    first, *rest = text.split()
    return first + "".join((", " if dice.random() < 0.15 else " ") + word for word in rest)


def _manner(dice: random.Random) -> Manner:
    """A manner of speaking, drawn at random."""
    variant = dice.choice(("", "", *TINY_VARIANTS))
    return Manner(
        voice=dice.choice(TINY_ACCENTS) + (f"+{variant}" if variant else ""),
        speed=dice.randint(130, 210),
        pitch=dice.randint(25, 75),
        range=dice.randint(20, 80),
        gap=dice.choice((0, 0, 0, 3)),
    )


def _phone(mark: TimeMark) -> str:
    """The phone of a mark."""
    return _MERGED.get(mark.text, mark.text)


def _labels(speech: MarkedSpeech, lead: int, frames: int, phones: tuple[str, ...]) -> NDArray[np.int64]:
    """The label of each frame of an utterance with `lead` samples of silence before it."""
    numbers = {SILENT_PHONE: 0, **{phone: number for number, phone in enumerate(phones, 1)}}
    marks = [mark for mark in speech.marks if not mark.is_word]
    begins = np.array([mark.seconds * SAMPLE_RATE + lead for mark in marks])
    sounding = np.array([0, *(numbers[_phone(mark)] for mark in marks)])
    middles = FRAME_STEP * np.arange(frames) + FRAME_WIDTH / 2
    return sounding[np.searchsorted(begins, middles, side="right")]


def _worn(samples: Floats, random_state: np.random.Generator) -> Floats:
    """Samples at another level, and mostly with noise."""
    samples = samples * np.float32(10 ** (random_state.uniform(-20, 3) / 20))
    if random_state.random() < 0.8:
        samples = samples + _noise(len(samples), random_state, _SOFT_NOISE)
    return np.clip(np.rint(samples), -32_768, 32_767)


def _noise(length: int, random_state: np.random.Generator, loudest: float) -> Floats:
    """White noise, or with less treble, at a random level."""
    noise = random_state.standard_normal(length)
    if random_state.random() < 0.5:
        turns = np.exp(-2j * np.pi * np.fft.rfftfreq(length))
        noise = np.fft.irfft(np.fft.rfft(noise) / (1 - random_state.uniform(0.5, 0.95) * turns), length)
        noise /= noise.std()
    level = 10 ** random_state.uniform(-0.3, np.log10(loudest))
    return np.clip(np.rint(noise * level), -32_768, 32_767).astype(np.float32)


def _lexicon(spoken: list[tuple[str, MarkedSpeech]]) -> PronunciationLexicon:
    """The pronunciations of every word, as they were spoken."""
    heard: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for text, speech in spoken:
        words: list[tuple[str, list[str]]] = []
        for mark in speech.marks:
            if mark.is_word:
                words.append((mark.text, []))
            elif words and _phone(mark) != SILENT_PHONE:
                words[-1][1].append(_phone(mark))
        # espeak-ng says some pairs, such as "of the", as one word: those teach nothing about either.
        if [word for word, _ in words] == text.split():
            for word, phones in words:
                heard[word][tuple(phones)] += bool(phones)
    return {word: _ways(word, heard[word]) for word in vocabulary()}


def _ways(word: str, counts: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], float]:
    """A word's frequent pronunciations. Raises ValueError where it was never spoken."""
    total = counts.total()
    if not total:
        raise ValueError(f"{word!r} was never spoken; gather more utterances.")
    return {phones: count / total for phones, count in counts.most_common(_MOST_WAYS) if count / total >= _RAREST_WAY}
