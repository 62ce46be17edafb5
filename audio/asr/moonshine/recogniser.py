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

from audio.asr.confidence import Evidence, EvidenceKind, strict_confidence
from audio.asr.engine import RecognitionStream, Transcript
from audio.asr.grammar import ANY_INTENT, UNCOMMON_PENALTY, Candidate, ClosedGrammar, Grammar, ListedSentences
from audio.asr.moonshine.automaton import Automaton
from audio.asr.moonshine.beam_search import BeamSettings, ConstrainedBeam, GreedyText, decode
from audio.asr.moonshine.memory import give_back
from audio.asr.moonshine.network import EncodedUtterance, MoonshineNetwork
from audio.asr.moonshine.tokenizer import Tokenizer
from audio.asr.moonshine.voting import vote
from audio.errors import AudioError
from audio.filters import resample
from audio.samples import SAMPLE_RATE, Floats, faint_noise

INPUT_PEAK = 0.5
"""Level of the loudest sample the network is given."""
SILENT_PEAK = 1e-4
"""Peak under which there is nothing to hear."""
PASS_MARGIN = SAMPLE_RATE // 4
"""Samples of silence put on each side."""
FURTHER_PASS_MARGIN = SAMPLE_RATE * 3 // 5
"""The same, for further looks at what is uncertain."""
SLOW_PASS_PACE = 0.93
"""Pace at which it is played for the third look: a lone word is often spoken faster than what the network learned."""
BRIEF_SAMPLES = SAMPLE_RATE * 5 // 2
BRIEF_CERTAIN_AT = 0.9
"""Sound of at most so many samples is looked at again, where the confidence is below this: three times at most."""
PHRASE_SAMPLES = SAMPLE_RATE * 7
PHRASE_CERTAIN_AT = 0.5
"""The same of longer sound, which is looked at twice, and what is read freely where it is read best."""
SHORTEST_INPUT = SAMPLE_RATE * 3 // 2
"""Samples the network is given at least: it invents text for less."""
TOKENS_PER_SECOND = 6.5
SPARE_TOKENS = 6
LONGEST_INPUT = SAMPLE_RATE * 16
"""Samples the network is given at most, as memory grows with them; longer sound is read in equal parts."""
LONG_BEAM, FIRST_PASS_BEAM, FURTHER_PASS_BEAM = (
    BeamSettings(beam=12, share=0.5),
    BeamSettings(beam=8, share=0.3),
    BeamSettings(beam=24, share=0.3),
)
"""Search in long sound, at the first look at brief sound, and at the others."""
FALLBACK_BEAM = BeamSettings(beam=12, share=0.3)
"""Search in a wider grammar."""
MARGIN_LM_WEIGHT = 0.3
"""Of the prior, where two texts are compared."""
N_BEST = 6
"""Expected sentences that are weighed against each other."""
MOONSHINE_GRAMMARS = 32
"""Closed sets that are kept ready, those listened for last."""
LOOP_FACTOR = 0.5
"""Factor on the confidence in a text that ran into a loop."""
NO_TEXT_FACTOR = 0.5
"""Factor on the confidence in an expected sentence where freely nothing was heard: a clatter now and then fits one."""
SILENT_ROOM_MARGIN = 1.0
"""Text that such a room makes nearly as likely (in log-probability a token) was not spoken."""


class MoonshineRecogniser:
    """The recogniser inside the wheel moonshine-voice: an `Ear`. Loaded by the first utterance, or by `load`."""

    def __init__(self) -> None:
        self._listed = lru_cache(maxsize=MOONSHINE_GRAMMARS)(ListedSentences)
        self._automaton = lru_cache(maxsize=MOONSHINE_GRAMMARS)(self._build)

    def load(self) -> None:
        """Load the model now, which takes about a second. Raises AudioError when its files are missing."""
        self._silence  # noqa: B018 (the first look loads it)

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:  # noqa: ARG002 - it hears whole utterances alone
        """None: it hears whole utterances alone."""
        return None

    def recognise(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,  # noqa: ARG002 - there is never one
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one utterance: mono, 16 kHz, shape (n,), any n; see `Ear`."""
        started = time.perf_counter()
        sound = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        if not sound.size or np.abs(sound).max() < SILENT_PEAK:
            return Transcript("", 0.0, None, 0.0, time.perf_counter() - started)
        if closed is None and expected:
            closed = ClosedGrammar(self._listed(tuple(expected)))
        parts = np.array_split(sound, math.ceil(len(sound) / LONGEST_INPUT))
        heard = [self._looks(part, closed if len(parts) == 1 else None) for part in parts]
        look, sure, _ = heard[-1]
        texts = [text for _, _, text in heard]
        text = " ".join(text for text, _ in texts if text)
        wider = self._wider(look, closed) if text and closed and look.found and sure < BRIEF_CERTAIN_AT else None
        if len(sound) > BRIEF_SAMPLES:
            give_back()
        return Transcript(
            text,
            min((confidence for text, confidence in texts if text), default=0.0),
            look.found[0].text if look.found else None,
            sure * (1 if text else NO_TEXT_FACTOR),
            time.perf_counter() - started,
            look.found,
            look.evidence,
            wider,
        )

    def _looks(self, samples: Floats, closed: ClosedGrammar | None) -> tuple["_Pass", float, tuple[str, float]]:
        """As many looks as it takes: the best, the confidence in it, and the free text with its own."""
        brief = len(samples) <= BRIEF_SAMPLES
        look = self._look(samples, closed, PASS_MARGIN, FIRST_PASS_BEAM if brief else LONG_BEAM)
        sure, text = look.confidence, self._freely(look.free)
        if (
            not look.found
            or sure >= (BRIEF_CERTAIN_AT if brief else PHRASE_CERTAIN_AT)
            or len(samples) > PHRASE_SAMPLES
        ):
            return look, sure, text
        # With more silence around, and slower: its place in its window and its pace sway the network.
        slower = resample(samples, SAMPLE_RATE, round(SAMPLE_RATE / SLOW_PASS_PACE))
        if not brief:
            again = self._look(slower, closed, PASS_MARGIN, LONG_BEAM)
            return *_together([look, again]), max(text, self._freely(again.free), key=lambda each: each[1])
        looks = [look, self._look(samples, closed, FURTHER_PASS_MARGIN, FURTHER_PASS_BEAM)]
        together, sure = _together(looks)
        if sure < BRIEF_CERTAIN_AT or len({each.found[0].intent_mask for each in looks if each.found}) > 1:
            together, sure = _together([*looks, self._look(slower, closed, FURTHER_PASS_MARGIN, FURTHER_PASS_BEAM)])
        return together, sure, text

    def _look(self, samples: Floats, closed: ClosedGrammar | None, margin: int, effort: BeamSettings) -> "_Pass":
        longest = int(len(samples) / SAMPLE_RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        heard = self._network.listen(_prepared(samples, margin))
        free = GreedyText(longest)
        if closed is None:
            decode(self._network, heard, self._silence, [free])
            return _Pass(free, (), len(samples), heard)
        sentences = ConstrainedBeam(self._automaton(closed.grammar), closed.intent_mask, longest, effort)
        decode(self._network, heard, self._silence, [free, sentences])
        found = sentences.candidates()
        if closed.common_phrases is not None and len(samples) <= BRIEF_SAMPLES:
            found = [replace(each, penalty=closed.common_phrases.get(each.text, UNCOMMON_PENALTY)) for each in found]
        found.sort(key=lambda each: -each.score(effort.share))
        return _Pass(free, tuple(found[:N_BEST]), len(samples), heard)

    def _wider(self, look: "_Pass", closed: ClosedGrammar) -> Evidence | None:
        """The likeliest text of the wider grammar in what was looked at."""
        if closed.fallback_grammar is None or look.heard is None:
            return None
        longest = int(look.samples / SAMPLE_RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        texts = ConstrainedBeam(self._automaton(closed.fallback_grammar), ANY_INTENT, longest, FALLBACK_BEAM)
        decode(self._network, look.heard, self._silence, [texts])
        return _evidence("wider", texts.candidates(), look.free, look.samples)

    def recognise_partial(self, samples: NDArray[np.float32], expected: Sequence[str]) -> Transcript | None:
        """Hear a phrase that may go on, strictly; see `Ear`."""
        started = time.perf_counter()
        closed = ClosedGrammar(self._listed(tuple(expected))) if expected else None
        look = self._look(samples, closed, PASS_MARGIN, FIRST_PASS_BEAM)
        free = look.free
        if closed is None:
            return Transcript(*self._freely(free), None, 0.0, time.perf_counter() - started)
        if not look.found:
            return None
        best = look.found[0]
        sure = strict_confidence(best, free.log_probability)
        return Transcript(*self._freely(free), best.text, sure, time.perf_counter() - started, look.found)

    def _freely(self, free: GreedyText) -> tuple[str, float]:
        text = self._tokenizer.text(free.tokens)
        if not any(character.isalnum() for character in text):
            return "", 0.0
        tokens = len(free.log_probabilities)
        if not free.looped and free.log_probability - sum(free.priors) < SILENT_ROOM_MARGIN * tokens:
            return "", 0.0
        return text, math.exp(free.log_probability / tokens) * (LOOP_FACTOR if free.looped else 1.0)

    @cached_property
    def _folder(self) -> Path:
        spec = importlib.util.find_spec("moonshine_voice")
        if spec is None or not spec.submodule_search_locations:
            raise AudioError("Moonshine is missing. Install moonshine-voice, at most 0.0.73.")
        return Path(spec.submodule_search_locations[0]) / "assets" / "tiny-en"

    @cached_property
    def _network(self) -> MoonshineNetwork:
        return MoonshineNetwork(self._folder)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self._folder / "tokenizer.bin")

    @cached_property
    def _silence(self) -> EncodedUtterance:
        """A room in which nobody speaks, which evidence is weighed against."""
        return self._network.listen(faint_noise(SHORTEST_INPUT))

    def _build(self, grammar: Grammar[Any]) -> Automaton:
        return Automaton(grammar, self._tokenizer)


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one look at an utterance shows."""

    free: GreedyText
    found: tuple[Candidate, ...]
    """The likeliest of the sentences expected, best first."""
    samples: int
    """That were looked at."""
    heard: EncodedUtterance | None
    """What the network has made of them."""

    @property
    def evidence(self) -> Evidence | None:
        """For the first of them."""
        return _evidence("brief" if self.samples <= BRIEF_SAMPLES else "long", self.found, self.free, self.samples)

    @property
    def confidence(self) -> float:
        """In the first of them."""
        return self.evidence.confidence if self.evidence else 0.0


def _together(looks: Sequence[_Pass]) -> tuple[_Pass, float]:
    """The look that is surest of what all agree on most, with the likeliest sentence of that first; and how sure.

    Each look that has found it makes it surer.
    """
    kinds = vote([look.found for look in looks], FURTHER_PASS_BEAM.share)
    led = [
        replace(look, found=tuple(sorted(look.found, key=lambda each: each.intent_mask != kinds)))
        for look in looks
        if any(each.intent_mask == kinds for each in look.found)
    ]
    doubt = math.prod(1 - look.confidence for look in led)
    return max(led, key=lambda look: look.confidence), 1 - doubt


def _evidence(kind: EvidenceKind, found: Sequence[Candidate], free: GreedyText, samples: int) -> Evidence | None:
    """What speaks for the first of some texts, best first."""
    if not found:
        return None
    margin = found[0].score(MARGIN_LM_WEIGHT) - found[1].score(MARGIN_LM_WEIGHT) if found[1:] else math.inf
    return Evidence(kind, found[0], margin, free.log_probability, len(free.log_probabilities), samples / SAMPLE_RATE)


def _prepared(samples: Floats, margin: int = PASS_MARGIN) -> Floats:
    peak = float(np.abs(samples).max())
    missing = max(SHORTEST_INPUT - len(samples) - 2 * margin, 0)
    return np.pad(samples * np.float32(INPUT_PEAK / peak), (margin + missing // 2, margin + missing - missing // 2))
