"""Moonshine tiny: whole utterances, read freely and as one of the sentences expected."""

import importlib.util
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.hearing.automaton import Automaton
from audio.hearing.confidence import STRICT_RIVALRY, confidence_in
from audio.hearing.ear import Following, Transcript
from audio.hearing.grammar import UNUSUAL, Candidate, Closed, Grammar, Listed
from audio.hearing.network import Floats, Heard, Network
from audio.hearing.search import Effort, ExpectedSentences, FreeText, read
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
CERTAIN = 0.9
"""Sound of at most so many samples is looked at twice, where the first confidence is below this."""
SHORTEST = RATE * 3 // 2
"""Samples the network is given at least: it invents text for less."""
TOKENS_PER_SECOND = 6.5
SPARE_TOKENS = 6
LONGEST = RATE * 16
"""Samples the network is given at most, as memory grows with them; longer sound is read in equal parts."""
LONG, AT_ONCE, AGAIN = Effort(beam=12, share=0.5), Effort(beam=8, share=0.3), Effort(beam=24, share=0.3)
"""Search in long sound, at the first look at brief sound, and at the second."""
BEST = 6
"""Expected sentences that are weighed against each other."""
GRAMMARS = 32
"""Closed sets that are kept ready, those listened for last."""
LOOPED = 0.5
"""Factor on the confidence in a text that ran into a loop."""
UNHEARD = 0.5
"""Factor on the confidence in an expected sentence where freely nothing was heard: a clatter now and then fits one."""
SILENCE_LEVEL = 0.01
"""Root mean square of the noise in a room without speech, which evidence is weighed against."""
NO_EVIDENCE = 1.0
"""Text that such a room makes nearly as likely (in log-probability a token) was not spoken."""


class MoonshineEar:
    """The recogniser inside the wheel moonshine-voice: an `Ear`. Loaded by the first utterance, or by `load`."""

    def __init__(self) -> None:
        self._listed = lru_cache(maxsize=GRAMMARS)(Listed)
        self._automaton = lru_cache(maxsize=GRAMMARS)(self._build)

    def load(self) -> None:
        """Load the model now, which takes about a second. Raises AudioError when its files are missing."""
        self._silence  # noqa: B018 (the first look loads it)

    def follow(self, expected: Sequence[str]) -> Following | None:  # noqa: ARG002 - it hears whole utterances alone
        """None: it hears whole utterances alone."""
        return None

    def hear(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        followed: Transcript | None = None,  # noqa: ARG002 - there is never one
        closed: Closed | None = None,
    ) -> Transcript:
        """Recognise one utterance: mono, 16 kHz, shape (n,), any n; see `Ear`."""
        started = time.perf_counter()
        sound = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        if not sound.size or np.abs(sound).max() < SILENT:
            return Transcript("", 0.0, None, 0.0, time.perf_counter() - started)
        if closed is None and expected:
            closed = Closed(self._listed(tuple(expected)))
        texts: list[tuple[str, float]] = []
        parts = np.array_split(sound, math.ceil(len(sound) / LONGEST))
        look = _Look(FreeText(0), ())
        for part in parts:
            effort = AT_ONCE if len(part) <= BRIEF else LONG
            look = self._look(part, closed if len(parts) == 1 else None, MARGIN, effort)
            texts.append(self._freely(look.free))
            if look.found and len(part) <= BRIEF and look.confidence < CERTAIN:
                # With more silence around: a short word's place in its window sways the network.
                again = self._look(part, closed, WIDER_MARGIN, AGAIN)
                look = max(look, again, key=lambda each: each.confidence)
        text = " ".join(text for text, _ in texts if text)
        return Transcript(
            text,
            min((confidence for text, confidence in texts if text), default=0.0),
            look.found[0].text if look.found else None,
            look.confidence * (1 if text else UNHEARD),
            time.perf_counter() - started,
            look.found,
            look.free.log_probability,
        )

    def _look(self, samples: Floats, closed: Closed | None, margin: int, effort: Effort) -> "_Look":
        longest = int(len(samples) / RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        heard = self._network.listen(_prepared(samples, margin))
        free = FreeText(longest)
        if closed is None:
            read(self._network, heard, self._silence, [free])
            return _Look(free, ())
        sentences = ExpectedSentences(self._automaton(closed.grammar), closed.kinds, longest, effort)
        read(self._network, heard, self._silence, [free, sentences])
        found = sentences.candidates()
        if closed.usual is not None and len(samples) <= BRIEF:
            found = [replace(each, handicap=closed.usual.get(each.text, UNUSUAL)) for each in found]
        return _Look(free, tuple(sorted(found, key=lambda each: -each.evidence(effort.share))[:BEST]))

    def glance(self, samples: NDArray[np.float32], expected: Sequence[str]) -> Transcript | None:
        """Hear a phrase that may go on, strictly; see `Ear`."""
        started = time.perf_counter()
        look = self._look(samples, Closed(self._listed(tuple(expected))), MARGIN, AT_ONCE)
        if not look.found:
            return None
        best, free = look.found[0], look.free.log_probability
        sure = confidence_in(best, free, STRICT_RIVALRY)
        return Transcript(*self._freely(look.free), best.text, sure, time.perf_counter() - started, look.found, free)

    def _freely(self, free: FreeText) -> tuple[str, float]:
        text = self._tokenizer.text(free.tokens)
        if not any(character.isalnum() for character in text):
            return "", 0.0
        tokens = len(free.log_probabilities)
        if not free.looped and free.log_probability - sum(free.priors) < NO_EVIDENCE * tokens:
            return "", 0.0
        return text, math.exp(free.log_probability / tokens) * (LOOPED if free.looped else 1.0)

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
    def _silence(self) -> Heard:
        """A room in which nobody speaks."""
        return self._network.listen(np.random.default_rng(1).normal(0, SILENCE_LEVEL, SHORTEST).astype(np.float32))

    def _build(self, grammar: Grammar[Any]) -> Automaton:
        return Automaton(grammar, self._tokenizer)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at an utterance shows."""

    free: FreeText
    found: tuple[Candidate, ...]
    """The likeliest of the sentences expected, best first."""

    @property
    def confidence(self) -> float:
        """In the first of them."""
        return confidence_in(self.found[0], self.free.log_probability) if self.found else 0.0


def _prepared(samples: Floats, margin: int = MARGIN) -> Floats:
    peak = float(np.abs(samples).max())
    missing = max(SHORTEST - len(samples) - 2 * margin, 0)
    return np.pad(samples * np.float32(PEAK / peak), (margin + missing // 2, margin + missing - missing // 2))
