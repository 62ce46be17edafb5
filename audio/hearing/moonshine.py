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

from audio.clip import faint
from audio.errors import AudioError
from audio.hearing.automaton import Automaton
from audio.hearing.confidence import Evidence, Kind, strict_confidence
from audio.hearing.ear import Following, Transcript
from audio.hearing.grammar import ANY, UNUSUAL, Candidate, Closed, Grammar, Listed
from audio.hearing.memory import give_back
from audio.hearing.network import Floats, Heard, Network
from audio.hearing.search import Effort, ExpectedSentences, FreeText, read
from audio.hearing.tokenizer import Tokenizer
from audio.hearing.views import agreed
from audio.recordings import resample

RATE = 16_000
PEAK = 0.5
"""Level of the loudest sample the network is given."""
SILENT = 1e-4
"""Peak under which there is nothing to hear."""
MARGIN = RATE // 4
"""Samples of silence put on each side."""
WIDER_MARGIN = RATE * 3 // 5
"""The same, for further looks at what is uncertain."""
SLOWER = 0.93
"""Pace at which it is played for the third look: a lone word is often spoken faster than what the network learned."""
BRIEF = RATE * 5 // 2
CERTAIN = 0.9
"""Sound of at most so many samples is looked at again, where the confidence is below this: three times at most."""
PHRASE = RATE * 7
UNCERTAIN = 0.5
"""The same of longer sound, which is looked at twice, and what is read freely where it is read best."""
SHORTEST = RATE * 3 // 2
"""Samples the network is given at least: it invents text for less."""
TOKENS_PER_SECOND = 6.5
SPARE_TOKENS = 6
LONGEST = RATE * 16
"""Samples the network is given at most, as memory grows with them; longer sound is read in equal parts."""
LONG, AT_ONCE, AGAIN = Effort(beam=12, share=0.5), Effort(beam=8, share=0.3), Effort(beam=24, share=0.3)
"""Search in long sound, at the first look at brief sound, and at the others."""
WIDELY = Effort(beam=12, share=0.3)
"""Search in a wider grammar."""
MARGIN_SHARE = 0.3
"""Of the prior, where two texts are compared."""
BEST = 6
"""Expected sentences that are weighed against each other."""
GRAMMARS = 32
"""Closed sets that are kept ready, those listened for last."""
LOOPED = 0.5
"""Factor on the confidence in a text that ran into a loop."""
UNHEARD = 0.5
"""Factor on the confidence in an expected sentence where freely nothing was heard: a clatter now and then fits one."""
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
        parts = np.array_split(sound, math.ceil(len(sound) / LONGEST))
        heard = [self._looks(part, closed if len(parts) == 1 else None) for part in parts]
        look, sure, _ = heard[-1]
        texts = [text for _, _, text in heard]
        text = " ".join(text for text, _ in texts if text)
        wider = self._wider(look, closed) if text and closed and look.found and sure < CERTAIN else None
        if len(sound) > BRIEF:
            give_back()
        return Transcript(
            text,
            min((confidence for text, confidence in texts if text), default=0.0),
            look.found[0].text if look.found else None,
            sure * (1 if text else UNHEARD),
            time.perf_counter() - started,
            look.found,
            look.evidence,
            wider,
        )

    def _looks(self, samples: Floats, closed: Closed | None) -> tuple["_Look", float, tuple[str, float]]:
        """As many looks as it takes: the best, the confidence in it, and the free text with its own."""
        brief = len(samples) <= BRIEF
        look = self._look(samples, closed, MARGIN, AT_ONCE if brief else LONG)
        sure, text = look.confidence, self._freely(look.free)
        if not look.found or sure >= (CERTAIN if brief else UNCERTAIN) or len(samples) > PHRASE:
            return look, sure, text
        # With more silence around, and slower: its place in its window and its pace sway the network.
        slower = resample(samples, RATE, round(RATE / SLOWER))
        if not brief:
            again = self._look(slower, closed, MARGIN, LONG)
            return *_together([look, again]), max(text, self._freely(again.free), key=lambda each: each[1])
        looks = [look, self._look(samples, closed, WIDER_MARGIN, AGAIN)]
        together, sure = _together(looks)
        if sure < CERTAIN or len({each.found[0].kinds for each in looks if each.found}) > 1:
            together, sure = _together([*looks, self._look(slower, closed, WIDER_MARGIN, AGAIN)])
        return together, sure, text

    def _look(self, samples: Floats, closed: Closed | None, margin: int, effort: Effort) -> "_Look":
        longest = int(len(samples) / RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        heard = self._network.listen(_prepared(samples, margin))
        free = FreeText(longest)
        if closed is None:
            read(self._network, heard, self._silence, [free])
            return _Look(free, (), len(samples), heard)
        sentences = ExpectedSentences(self._automaton(closed.grammar), closed.kinds, longest, effort)
        read(self._network, heard, self._silence, [free, sentences])
        found = sentences.candidates()
        if closed.usual is not None and len(samples) <= BRIEF:
            found = [replace(each, handicap=closed.usual.get(each.text, UNUSUAL)) for each in found]
        found.sort(key=lambda each: -each.evidence(effort.share))
        return _Look(free, tuple(found[:BEST]), len(samples), heard)

    def _wider(self, look: "_Look", closed: Closed) -> Evidence | None:
        """The likeliest text of the wider grammar in what was looked at."""
        if closed.wider is None or look.heard is None:
            return None
        longest = int(look.samples / RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        texts = ExpectedSentences(self._automaton(closed.wider), ANY, longest, WIDELY)
        read(self._network, look.heard, self._silence, [texts])
        return _evidence("wider", texts.candidates(), look.free, look.samples)

    def glance(self, samples: NDArray[np.float32], expected: Sequence[str]) -> Transcript | None:
        """Hear a phrase that may go on, strictly; see `Ear`."""
        started = time.perf_counter()
        closed = Closed(self._listed(tuple(expected))) if expected else None
        look = self._look(samples, closed, MARGIN, AT_ONCE)
        free = look.free
        if closed is None:
            return Transcript(*self._freely(free), None, 0.0, time.perf_counter() - started)
        if not look.found:
            return None
        best = look.found[0]
        sure = strict_confidence(best, free.log_probability)
        return Transcript(*self._freely(free), best.text, sure, time.perf_counter() - started, look.found)

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
        """A room in which nobody speaks, which evidence is weighed against."""
        return self._network.listen(faint(SHORTEST))

    def _build(self, grammar: Grammar[Any]) -> Automaton:
        return Automaton(grammar, self._tokenizer)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at an utterance shows."""

    free: FreeText
    found: tuple[Candidate, ...]
    """The likeliest of the sentences expected, best first."""
    samples: int
    """That were looked at."""
    heard: Heard | None
    """What the network has made of them."""

    @property
    def evidence(self) -> Evidence | None:
        """For the first of them."""
        return _evidence("brief" if self.samples <= BRIEF else "long", self.found, self.free, self.samples)

    @property
    def confidence(self) -> float:
        """In the first of them."""
        return self.evidence.confidence if self.evidence else 0.0


def _together(looks: Sequence[_Look]) -> tuple[_Look, float]:
    """The look that is surest of what all agree on most, with the likeliest sentence of that first; and how sure.

    Each look that has found it makes it surer.
    """
    kinds = agreed([look.found for look in looks], AGAIN.share)
    led = [
        replace(look, found=tuple(sorted(look.found, key=lambda each: each.kinds != kinds)))
        for look in looks
        if any(each.kinds == kinds for each in look.found)
    ]
    doubt = math.prod(1 - look.confidence for look in led)
    return max(led, key=lambda look: look.confidence), 1 - doubt


def _evidence(kind: Kind, found: Sequence[Candidate], free: FreeText, samples: int) -> Evidence | None:
    """What speaks for the first of some texts, best first."""
    if not found:
        return None
    margin = found[0].evidence(MARGIN_SHARE) - found[1].evidence(MARGIN_SHARE) if found[1:] else math.inf
    return Evidence(kind, found[0], margin, free.log_probability, len(free.log_probabilities), samples / RATE)


def _prepared(samples: Floats, margin: int = MARGIN) -> Floats:
    peak = float(np.abs(samples).max())
    missing = max(SHORTEST - len(samples) - 2 * margin, 0)
    return np.pad(samples * np.float32(PEAK / peak), (margin + missing // 2, margin + missing - missing // 2))
