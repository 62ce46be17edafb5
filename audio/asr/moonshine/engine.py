"""Moonshine tiny: a recogniser of whole utterances, as free text and as one of the expected sentences."""

import importlib.util
import math
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from audio.asr.confidence import Evidence, EvidenceKind, PhonemeEvidence, strict_confidence
from audio.asr.grammar import UNCOMMON_PENALTY, Candidate, ClosedGrammar, ListedSentences
from audio.asr.moonshine.automaton import Automaton
from audio.asr.moonshine.beam_search import BeamSettings, ConstrainedBeam, GreedyText, decode
from audio.asr.moonshine.language_model import LanguageModel, built_in_ngrams
from audio.asr.moonshine.led_beam import LedBeam, pooled
from audio.asr.moonshine.memory import give_back, map_large_blocks
from audio.asr.moonshine.network import EncodedUtterance, MoonshineNetwork
from audio.asr.moonshine.tokenizer import Tokenizer
from audio.asr.moonshine.voting import vote
from audio.asr.phonemes.scorer import PhonemeNetwork, PhonemeScores
from audio.asr.recogniser import Hypothesis, RecognitionStream, Transcript
from audio.errors import AudioError
from audio.filters import resample
from audio.samples import SAMPLE_RATE, Samples, faint_noise

INPUT_PEAK = 0.5
"""Amplitude of the loudest sample that the network is given: every utterance is scaled to that."""
SILENT_PEAK = 1e-4
"""Amplitude of the loudest sample (-80 dBFS) under which an utterance counts as silent."""
PASS_MARGIN = SAMPLE_RATE // 4
"""Silence on each side of the utterance in the first pass, in samples (0.25 s)."""
FURTHER_PASS_MARGIN = SAMPLE_RATE * 3 // 5
"""Silence on each side of a brief utterance in further passes, in samples (0.6 s)."""
SLOW_PASS_PACE = 0.93
"""Pace of the last pass, as a factor: a lone word is often spoken faster than what the network was trained with."""
BRIEF_SAMPLES = SAMPLE_RATE * 5 // 2
"""Longest brief utterance, in samples (2.5 s): it gets up to three passes."""
BRIEF_CERTAIN_AT = 0.9
"""Confidence, 0 to 1, from which a brief utterance gets no further pass."""
PHRASE_SAMPLES = SAMPLE_RATE * 7
"""Longest utterance that gets a second pass, in samples (7 s)."""
PHRASE_CERTAIN_AT = 0.5
"""Confidence, 0 to 1, from which an utterance that is not brief gets no second pass."""
SHORTEST_INPUT = SAMPLE_RATE * 3 // 2
"""Shortest sound that the network is given, in samples (1.5 s): it invents text for less."""
TOKENS_PER_SECOND = 6.5
"""Most tokens of a text for each second of sound."""
SPARE_TOKENS = 6
"""Most tokens of a text besides."""
LONGEST_INPUT = SAMPLE_RATE * 16
"""Longest sound that the network is given, in samples (16 s), as memory grows with it; longer sound is split evenly."""
LONG_BEAM = BeamSettings(beam_width=12, lm_weight=0.5)
"""Beam search in an utterance that is not brief."""
FIRST_PASS_BEAM = BeamSettings(beam_width=8, lm_weight=0.3)
"""Beam search in the first pass over a brief utterance."""
FURTHER_PASS_BEAM = BeamSettings(beam_width=24, lm_weight=0.3)
"""Beam search in the further passes over a brief utterance."""
MARGIN_LM_WEIGHT = 0.3
"""Weight of the internal language model where the margin between two candidates is measured, 0 to 1."""
N_BEST = 6
"""Length of the n-best list of expected sentences."""
MOONSHINE_GRAMMARS = 32
"""Number of grammars whose automata are kept, the most recently used ones."""
LOOP_FACTOR = 0.5
"""Factor on the confidence in a free text that ran into a loop."""
NO_TEXT_FACTOR = 0.5
"""Factor on the confidence in an expected sentence where the free text is empty: a clatter now and then fits one."""
SILENT_ROOM_MARGIN = 1.0
"""Least log-probability a token of free text over that in a silent room; text below was not spoken."""


class MoonshineRecogniser:
    """The recogniser of the wheel moonshine-voice: a `Recogniser` that does not stream.

    Threads: all of it belongs to one thread at a time.
    """

    def __init__(self) -> None:
        """Load nothing yet: the first utterance does, or `load`."""
        self._phonemes = PhonemeNetwork()
        self._listed = lru_cache(maxsize=MOONSHINE_GRAMMARS)(ListedSentences)
        self._automaton = lru_cache(maxsize=MOONSHINE_GRAMMARS)(lambda grammar: Automaton(grammar, self.tokenizer))

    def load(self) -> None:
        """Load the network now, which takes about a second. Raises AudioError when its files are missing."""
        self._silence  # noqa: B018 (what is asked for is loaded)
        self._phonemes.load()
        give_back()

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:  # noqa: ARG002 - never a stream
        """None: Moonshine recognises whole utterances alone."""
        return None

    def recognise(
        self,
        samples: Samples,
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,  # noqa: ARG002 - there is never one
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one whole utterance of any length. Raises AudioError when the network's files are missing.

        `expected`: short sentences that mean something now; `closed`: the grammar of all that do, which goes before.
        """
        started = time.perf_counter()
        sound = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        if not sound.size or np.abs(sound).max() < SILENT_PEAK:
            return Transcript("", 0.0, None, 0.0, time.perf_counter() - started)
        if closed is None and expected:
            closed = ClosedGrammar(self._listed(tuple(expected)))
        parts = np.array_split(sound, math.ceil(len(sound) / LONGEST_INPUT))
        if closed is None or len(parts) > 1:
            return self._freely(parts, started)
        with ThreadPoolExecutor(1) as beside:
            phonemes = beside.submit(self._phonemes.hear, sound)
            passes = self._passes(sound, closed)
            scores = phonemes.result()
        text, text_confidence = passes.free_text
        found = sorted(passes.best.found, key=lambda each: -passes.best.rank(each, scores))
        confidence = _confidence(passes, found, scores)
        uncertain = bool(text) and confidence < BRIEF_CERTAIN_AT
        led = self._led(passes.looks, scores) if closed.led_text and uncertain else []
        give_back()
        return Transcript(
            text,
            text_confidence,
            found[0].text if found else None,
            confidence * (1 if text else NO_TEXT_FACTOR),
            time.perf_counter() - started,
            tuple(found),
            passes.best.evidence,
            _led_evidence(led[0], passes.looks[0]) if led else None,
            tuple(hypothesis for hypothesis, _ in pooled(led)),
        )

    def _freely(self, parts: Sequence[Samples], started: float) -> Transcript:
        """The free text of the parts of a sound, where no sentence is expected or the sound is too long for one.

        `started`: when the recognition began, by `time.perf_counter`.
        """
        texts = [each for each in (self._passes(part, None).free_text for part in parts) if each[0]]
        give_back()
        text = " ".join(text for text, _ in texts)
        confidence = min((confidence for _, confidence in texts), default=0.0)
        return Transcript(text, confidence, None, 0.0, time.perf_counter() - started)

    def _passes(self, samples: Samples, closed: ClosedGrammar | None) -> "_Passes":
        """Run as many passes over an utterance as its confidence asks for."""
        brief = len(samples) <= BRIEF_SAMPLES
        first = self._pass(samples, closed, PASS_MARGIN, FIRST_PASS_BEAM if brief else LONG_BEAM)
        confidence, text = first.confidence, self._free_text(first.free)
        if (
            not first.found
            or confidence >= (BRIEF_CERTAIN_AT if brief else PHRASE_CERTAIN_AT)
            or len(samples) > PHRASE_SAMPLES
        ):
            return _Passes((first,), first, confidence, text)
        # With more silence around, and slower: its place in the window and its pace sway the network.
        slower = resample(samples, SAMPLE_RATE, round(SAMPLE_RATE / SLOW_PASS_PACE))
        if not brief:
            second = self._pass(slower, closed, PASS_MARGIN, LONG_BEAM)
            text = max(text, self._free_text(second.free), key=lambda each: each[1])
            return _Passes((first, second), *_combined([first, second]), text)
        passes = [first, self._pass(samples, closed, FURTHER_PASS_MARGIN, FURTHER_PASS_BEAM)]
        best, confidence = _combined(passes)
        agreed = len({each.found[0].intent_mask for each in passes if each.found}) <= 1
        if confidence >= BRIEF_CERTAIN_AT and agreed:
            return _Passes((first,), best, confidence, text)
        third = self._pass(slower, closed, FURTHER_PASS_MARGIN, FURTHER_PASS_BEAM)
        return _Passes((first, third), *_combined([*passes, third]), text)

    def _pass(self, samples: Samples, closed: ClosedGrammar | None, margin: int, settings: BeamSettings) -> "_Pass":
        """Run one recognition pass, with a margin of silence in samples on each side."""
        longest = _longest_text(len(samples))
        encoded = self._network.encode(_prepared(samples, margin))
        free = GreedyText(longest)
        if closed is None:
            decode(self._network, encoded, self._silence, [free])
            return _Pass(free, (), len(samples), encoded)
        sentences = ConstrainedBeam(self._automaton(closed.grammar), closed.intent_mask, longest, settings)
        decode(self._network, encoded, self._silence, [free, sentences])
        found = sentences.candidates()
        if closed.common_phrases is not None and len(samples) <= BRIEF_SAMPLES:
            found = [replace(each, penalty=closed.common_phrases.get(each.text, UNCOMMON_PENALTY)) for each in found]
        found.sort(key=lambda each: -each.score(settings.lm_weight))
        return _Pass(free, tuple(found[:N_BEST]), len(samples), encoded)

    def _led(self, looks: Sequence["_Pass"], scores: PhonemeScores) -> list[list[tuple[Hypothesis, Candidate]]]:
        """The n-best lists of free text in the sound of each of some passes, led by what is said to a coach."""
        found = []
        for look in looks:
            texts = LedBeam(self._language_model, scores, self.tokenizer, _longest_text(look.samples))
            decode(self._network, look.encoded, self._silence, [texts])
            found.append(texts.hypotheses())
        return found

    def recognise_partial(self, samples: Samples, expected: Sequence[str]) -> Transcript | None:
        """Recognise an unfinished utterance of at most 2.5 s in one pass, with the strict confidence.

        Without expected sentences there is free text alone; None where the utterance is none of them.
        """
        started = time.perf_counter()
        closed = ClosedGrammar(self._listed(tuple(expected))) if expected else None
        only = self._pass(samples, closed, PASS_MARGIN, FIRST_PASS_BEAM)
        free = only.free
        if closed is None:
            return Transcript(*self._free_text(free), None, 0.0, time.perf_counter() - started)
        if not only.found:
            return None
        best = only.found[0]
        confidence = strict_confidence(best, free.log_probability)
        return Transcript(*self._free_text(free), best.text, confidence, time.perf_counter() - started, only.found)

    def _free_text(self, free: GreedyText) -> tuple[str, float]:
        """The free text and its confidence, 0 to 1; empty where a silent room makes the text nearly as likely."""
        text = self.tokenizer.text(free.tokens)
        if not any(character.isalnum() for character in text):
            return "", 0.0
        tokens = len(free.log_probabilities)
        if not free.looped and free.log_probability - sum(free.internal_lm_scores) < SILENT_ROOM_MARGIN * tokens:
            return "", 0.0
        return text, math.exp(free.log_probability / tokens) * (LOOP_FACTOR if free.looped else 1.0)

    @cached_property
    def _folder(self) -> Path:
        """The folder of the network's files, inside the wheel."""
        spec = importlib.util.find_spec("moonshine_voice")
        if spec is None or not spec.submodule_search_locations:
            raise AudioError("Moonshine is missing. Install moonshine-voice, at most 0.0.73.")
        return Path(spec.submodule_search_locations[0]) / "assets" / "tiny-en"

    @cached_property
    def _network(self) -> MoonshineNetwork:
        """The network, loaded when it is first asked for."""
        map_large_blocks()
        return MoonshineNetwork(self._folder)

    @cached_property
    def _language_model(self) -> LanguageModel:
        """The language model of what is said to a coach."""
        return LanguageModel(built_in_ngrams(), self.tokenizer)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, loaded when it is first asked for."""
        return Tokenizer(self._folder / "tokenizer.bin")

    @cached_property
    def _silence(self) -> EncodedUtterance:
        """An encoded silent room, by which the network tells what it expects without sound."""
        return self._network.encode(faint_noise(SHORTEST_INPUT))


@dataclass(frozen=True, slots=True)
class _Pass:
    """The outcome of one recognition pass over an utterance."""

    free: GreedyText
    """The free text."""
    found: tuple[Candidate, ...]
    """The n-best list of expected sentences, best first."""
    samples: int
    """Length of the utterance in this pass, in samples."""
    encoded: EncodedUtterance
    """The utterance as the network has encoded it."""

    @property
    def evidence(self) -> Evidence | None:
        """Evidence for the first candidate; None without candidates."""
        return _evidence("brief" if self.brief else "long", self.found, self.free, self.samples)

    @property
    def brief(self) -> bool:
        """Whether the utterance is brief."""
        return self.samples <= BRIEF_SAMPLES

    def rank(self, candidate: Candidate, scores: PhonemeScores) -> float:
        """The score of a candidate by both networks."""
        lm_weight = (FURTHER_PASS_BEAM if self.brief else LONG_BEAM).lm_weight
        return candidate.score(lm_weight) + scores.score_of_whole(candidate.written.split())

    @property
    def confidence(self) -> float:
        """Confidence in the first candidate, 0 to 1; 0 without candidates."""
        return self.evidence.confidence if self.evidence else 0.0


@dataclass(frozen=True, slots=True)
class _Passes:
    """The outcome of all passes over an utterance."""

    looks: tuple[_Pass, ...]
    """The first pass, at the pace of the speech, and the slower one where there is one: led text is sought in both."""
    best: _Pass
    """The most confident pass."""
    confidence: float
    """Confidence in the first candidate of `best` by all passes together, 0 to 1."""
    free_text: tuple[str, float]
    """The free text and its confidence, 0 to 1."""


def _combined(passes: Sequence[_Pass]) -> tuple[_Pass, float]:
    """Combine passes by n-best voting: the most confident of those that have found the winning intents.

    Its candidates with these intents come first. The confidence is that of all such passes together, each of which
    raises it.
    """
    intents = vote([each.found for each in passes], FURTHER_PASS_BEAM.lm_weight)
    agreeing = [
        replace(each, found=tuple(sorted(each.found, key=lambda candidate: candidate.intent_mask != intents)))
        for each in passes
        if any(candidate.intent_mask == intents for candidate in each.found)
    ]
    doubt = math.prod(1 - each.confidence for each in agreeing)
    return max(agreeing, key=lambda each: each.confidence), 1 - doubt


def _evidence(kind: EvidenceKind, found: Sequence[Candidate], free: GreedyText, samples: int) -> Evidence | None:
    """Evidence for the first of an n-best list; None for an empty one."""
    if not found:
        return None
    margin = found[0].score(MARGIN_LM_WEIGHT) - found[1].score(MARGIN_LM_WEIGHT) if found[1:] else math.inf
    return Evidence(kind, found[0], margin, free.log_probability, len(free.log_probabilities), samples / SAMPLE_RATE)


def _confidence(passes: _Passes, found: Sequence[Candidate], scores: PhonemeScores) -> float:
    """Confidence in the first of an n-best list by both networks, 0 to 1; 0 for an empty one."""
    if not found:
        return 0.0
    written, (text, _) = found[0].written, passes.free_text
    rivalry = scores.log_probability(written) - scores.log_probability(text)
    return PhonemeEvidence(passes.confidence, scores.shortfall(written), rivalry).confidence


def _led_evidence(led: Sequence[tuple[Hypothesis, Candidate]], look: _Pass) -> Evidence | None:
    """Evidence for the first of an n-best list of led free text in the sound of a pass; None for an empty one."""
    if not led:
        return None
    margin = led[0][0].score - led[1][0].score if led[1:] else math.inf
    free = look.free
    seconds = look.samples / SAMPLE_RATE
    return Evidence("led", led[0][1], margin, free.log_probability, len(free.log_probabilities), seconds)


def _longest_text(samples: int) -> int:
    """Most tokens of a text in so many samples of sound."""
    return int(samples / SAMPLE_RATE * TOKENS_PER_SECOND) + SPARE_TOKENS


def _prepared(samples: Samples, margin: int) -> Samples:
    """Scale an utterance to INPUT_PEAK, and put silence around it: at least `margin` samples on each side."""
    peak = float(np.abs(samples).max())
    missing = max(SHORTEST_INPUT - len(samples) - 2 * margin, 0)
    return np.pad(samples * np.float32(INPUT_PEAK / peak), (margin + missing // 2, margin + missing - missing // 2))
