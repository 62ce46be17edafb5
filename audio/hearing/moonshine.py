"""Moonshine tiny: whole utterances, read freely and as one of the sentences expected."""

import importlib.util
import math
import time
from collections.abc import Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.hearing.confidence import confidence_in, evidence
from audio.hearing.ear import Following, Transcript
from audio.hearing.network import Floats, Heard, Network
from audio.hearing.search import BEST, FreeText, expected_sentences, free_text
from audio.hearing.sentences import Sentences
from audio.hearing.tokenizer import Tokenizer

RATE = 16_000
PEAK = 0.5
"""Level of the loudest sample the network is given."""
SILENT = 1e-4
"""Peak under which there is nothing to hear."""
MARGIN = RATE // 4
"""Samples of silence put on each side."""
WIDER_MARGIN = RATE * 3 // 5
"""The same, for a second look at what is uncertain."""
BRIEF = RATE * 5 // 2
UNCERTAIN, CERTAIN = 0.05, 0.9
"""Sound of at most so many samples is looked at twice, where the first confidence lies between these."""
SHORTEST = RATE * 3 // 2
"""Samples the network is given at least: it invents text for less."""
TOKENS_PER_SECOND = 6.5
SPARE_TOKENS = 6
LONGEST = RATE * 16
"""Samples the network is given at most, as memory grows with them; longer sound is read in equal parts."""
LONGEST_EXPECTED = RATE * 10
"""Samples beyond which no expected sentence is looked for: none takes so long, and the search wants more memory."""
LOOPED = 0.5
"""Factor on the confidence in a text that ran into a loop."""
UNHEARD = 0.5
"""Factor on the confidence in an expected sentence where freely nothing was heard: a clatter now and then fits one."""
NULLS = 4
NULL_LEVEL = 0.01
"""How many recordings of a room without speech the evidence is weighed against, and their level."""
NO_EVIDENCE = 1.0
"""Text that such a room makes nearly as likely (in log-probability a token) was not spoken."""


class MoonshineEar:
    """The recogniser inside the wheel moonshine-voice: an `Ear`. Loaded by the first utterance, or by `load`."""

    def __init__(self) -> None:
        self._sentences = lru_cache(maxsize=32)(self._tree)
        self._priors: dict[str, float] = {}

    def load(self) -> None:
        """Load the model now, which takes about a second. Raises AudioError when its files are missing."""
        self._nulls  # noqa: B018 (the first look loads it)

    def follow(self, expected: Sequence[str]) -> Following | None:  # noqa: ARG002 - it hears whole utterances alone
        """None: it hears whole utterances alone."""
        return None

    def hear(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        followed: Transcript | None = None,  # noqa: ARG002 - there is never one
    ) -> Transcript:
        """Recognise one utterance: mono, 16 kHz, shape (n,), any n; see `Ear`."""
        started = time.perf_counter()
        sound = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        if not sound.size or np.abs(sound).max() < SILENT:
            return Transcript("", 0.0, None, 0.0, time.perf_counter() - started)
        read: list[tuple[str, float]] = []
        choice = None
        parts = np.array_split(sound, math.ceil(len(sound) / LONGEST))
        for part in parts:
            heard = self._network.listen(_prepared(part))
            free = free_text(self._network, heard, int(len(part) / RATE * TOKENS_PER_SECOND) + SPARE_TOKENS)
            read.append(self._freely(free))
            if expected and len(sound) <= LONGEST_EXPECTED:
                choice = self._choose(heard, self._sentences(tuple(expected)), sum(free.log_probabilities))
                if choice and len(sound) <= BRIEF and UNCERTAIN <= choice[1] < CERTAIN:
                    choice = max(choice, self._again(part, tuple(expected)) or choice, key=itemgetter(1))
        sentence, confidence = choice or (None, 0.0)
        text = " ".join(text for text, _ in read if text)
        if not text:
            confidence *= UNHEARD
        likely = min((score for text, score in read if text), default=0.0)
        return Transcript(text, likely, sentence, confidence, time.perf_counter() - started)

    def _freely(self, free: FreeText) -> tuple[str, float]:
        text = self._tokenizer.text(free.tokens)
        if not any(character.isalnum() for character in text):
            return "", 0.0
        if not free.looped:
            unheard = self._network.score(self._nulls[0], [free.tokens])[0]
            if sum(free.log_probabilities) - unheard < NO_EVIDENCE * len(free.log_probabilities):
                return "", 0.0
        likely = math.exp(sum(free.log_probabilities) / len(free.log_probabilities))
        return text, likely * (LOOPED if free.looped else 1.0)

    def _choose(self, heard: Heard, sentences: Sentences, free: float) -> tuple[str, float] | None:
        found = expected_sentences(self._network, heard, sentences)[:BEST]
        if not found:
            return None
        priors = {candidate: self._prior(sentences, candidate.index) for candidate in found}
        best = max(found, key=lambda candidate: evidence(candidate, priors[candidate]))
        return sentences.texts[best.index], confidence_in(best, priors[best], free)

    def _again(self, samples: Floats, expected: tuple[str, ...]) -> tuple[str, float] | None:
        """A second look, with more silence around: a short word's place in its window sways the network."""
        heard = self._network.listen(_prepared(samples, WIDER_MARGIN))
        free = free_text(self._network, heard, int(len(samples) / RATE * TOKENS_PER_SECOND) + SPARE_TOKENS)
        return self._choose(heard, self._sentences(expected), sum(free.log_probabilities))

    def _prior(self, sentences: Sentences, index: int) -> float:
        """Log-probability of a sentence when nothing is said: short and common ones come cheap."""
        text = sentences.texts[index]
        if text not in self._priors:
            writings = sentences.writings(index)
            scores = [np.logaddexp.reduce(self._network.score(null, writings)) for null in self._nulls]
            self._priors[text] = float(np.mean(scores))
        return self._priors[text]

    @cached_property
    def _folder(self) -> Path:
        spec = importlib.util.find_spec("moonshine_voice")
        if spec is None or not spec.submodule_search_locations:
            raise AudioError("Moonshine is missing. Install moonshine-voice, at most 0.0.73.")
        return Path(spec.submodule_search_locations[0]) / "assets" / "tiny-en"

    @cached_property
    def _network(self) -> Network:
        return Network(self._folder)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self._folder / "tokenizer.bin")

    @cached_property
    def _nulls(self) -> list[Heard]:
        """Rooms in which nobody speaks."""
        random = np.random.default_rng(1)
        noises = random.normal(0, NULL_LEVEL, (NULLS, SHORTEST)).astype(np.float32)
        return [self._network.listen(noise) for noise in noises]

    def _tree(self, expected: tuple[str, ...]) -> Sentences:
        return Sentences(expected, self._tokenizer)


def _prepared(samples: Floats, margin: int = MARGIN) -> Floats:
    peak = float(np.abs(samples).max())
    missing = max(SHORTEST - len(samples) - 2 * margin, 0)
    return np.pad(samples * np.float32(PEAK / peak), (margin + missing // 2, margin + missing - missing // 2))
