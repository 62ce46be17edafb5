"""Beam search: greedy free text, and a beam that is constrained to a grammar, in one decoder batch."""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from audio.asr.grammar import Candidate
from audio.asr.moonshine.automaton import Automaton
from audio.asr.moonshine.network import EncodedUtterance, MoonshineNetwork
from audio.asr.moonshine.tokenizer import END_TOKEN
from audio.samples import Floats

PRUNING_MARGIN = 8.0
"""Pruning: how much worse, in log-probability, a text in the beam may be than the best of the same length."""
UNFINISHED_SLACK = 4.0
"""Pruning: how much worse, in log-probability, an unfinished text may be than a finished one; tokens may gain."""
PUNCTUATION_AT = -5.0
"""Log-probability from which a comma or a hyphen is considered: the words are in the beam without it, too."""
LOOP_TIMES, LOOP_TIMES_ALONE = 3, 4
"""Repetitions in a row from which free text counts as a loop: of several tokens, and of a single one."""
LONGEST_LOOP_TOKENS = 8
"""Length of the longest loop that is looked for, in tokens."""


class Decoder(Protocol):
    """Writes texts token by token; each text is a row of a batch."""

    def advance(self, following: Floats, internal_lm: Floats) -> list[tuple[int, int]]:
        """Choose the texts that go on: each as a row of before, perhaps more than once, and its next token.

        `following`: log-probability of each next token in each row, given the sound; `internal_lm`: that in a silent
        room. Both of shape (rows, vocabulary). At first there is one row, without tokens; nothing is chosen at the end.
        """
        ...


def decode(
    network: MoonshineNetwork, encoded: EncodedUtterance, silence: EncodedUtterance, decoders: Sequence[Decoder]
) -> None:
    """Decode an utterance to the end: all decoders share one batch, which takes hardly longer than one alone.

    `silence`: an encoded silent room, for the internal language model.
    """
    with ThreadPoolExecutor(1) as beside:  # a thread that is begun here has the niceness of this one
        _decode(network, encoded, silence, decoders, beside)


def _decode(
    network: MoonshineNetwork,
    encoded: EncodedUtterance,
    silence: EncodedUtterance,
    decoders: Sequence[Decoder],
    beside: Executor,
) -> None:
    """Decode with a thread `beside`, which takes the steps in the silent room."""
    batch = [(decoder, 1) for decoder in decoders]
    following, internal_lm = (each.first.repeat(len(batch), axis=0) for each in (encoded, silence))
    past, silent_past = (
        {name: cache.repeat(len(batch), axis=0) for name, cache in each.past.items()} for each in (encoded, silence)
    )
    while True:
        further: list[tuple[Decoder, int]] = []
        rows: list[int] = []
        tokens: list[int] = []
        begin = 0
        for decoder, count in batch:
            going = decoder.advance(following[begin : begin + count], internal_lm[begin : begin + count])
            if going:
                further.append((decoder, len(going)))
                rows += [begin + row for row, _ in going]
                tokens += [token for _, token in going]
            begin += count
        if not rows:
            return
        batch = further
        # The past of a row that goes on twice is copied.
        in_silence = beside.submit(
            network.step, silence, {name: cache[rows] for name, cache in silent_past.items()}, tokens
        )
        following, past = network.step(encoded, {name: cache[rows] for name, cache in past.items()}, tokens)
        internal_lm, silent_past = in_silence.result()


class GreedyText:
    """A decoder of free text: the likeliest next token, one after the other."""

    def __init__(self, longest: int) -> None:
        """`longest`: most tokens of the text."""
        self._longest = longest
        self.tokens: list[int] = []
        """The tokens so far, without END."""
        self.log_probabilities: list[float] = []
        """Log-probability of each token, and of END once it came."""
        self.internal_lm_scores: list[float] = []
        """Log-probability of each of these in a silent room."""
        self.looped = False
        """Whether the text ran into a loop, and was cut where it began to repeat, or became too long."""

    @property
    def log_probability(self) -> float:
        """Log-probability of the whole text."""
        return sum(self.log_probabilities)

    def advance(self, following: Floats, internal_lm: Floats) -> list[tuple[int, int]]:
        """Take the likeliest next token of the one row; no row goes on at END, in a loop, or at the longest text."""
        token = int(following[0].argmax())
        self.log_probabilities.append(float(following[0, token]))
        self.internal_lm_scores.append(float(internal_lm[0, token]))
        if token == END_TOKEN:
            return []
        self.tokens.append(token)
        loop = repeated(self.tokens)
        self.looped = bool(loop) or len(self.tokens) >= self._longest
        if loop:
            del self.tokens[-loop:], self.log_probabilities[-loop:], self.internal_lm_scores[-loop:]
        return [] if self.looped else [(0, token)]


def repeated(tokens: list[int]) -> int:
    """Count the last tokens that only repeat those before them; 0 where they are no loop."""
    for length in range(1, LONGEST_LOOP_TOKENS + 1):
        times = LOOP_TIMES if length > 1 else LOOP_TIMES_ALONE
        if tokens[-length * times :] == tokens[-length:] * times:
            return length * (times - 1)
    return 0


@dataclass(frozen=True, slots=True)
class BeamSettings:
    """Settings of a constrained beam search."""

    beam_width: int
    """Most texts in the beam."""
    lm_weight: float
    """Share of a text's log-probability in a silent room that is taken off its score, 0 to 1.

    Without that, short and common texts win. The penalty grows with each token, so that texts of all lengths compare.
    """


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in the beam, or a finished one."""

    tokens: tuple[int, ...]
    """The tokens, without END."""
    score: float
    """Log-probability given the sound."""
    internal_lm_score: float
    """Log-probability in a silent room."""
    gap: float
    """The most by which a token is less likely than the likeliest token in its place, in log-probability."""
    intent_mask: int = 0
    """The intents of the sentence, as bits, once the text is finished."""


class ConstrainedBeam:
    """A decoder of the likeliest sentences of an automaton: a beam search in which only their tokens are allowed."""

    def __init__(self, automaton: Automaton, intent_mask: int, longest: int, settings: BeamSettings) -> None:
        """`intent_mask`: the intents that are expected, as bits; `longest`: most tokens of a sentence."""
        self._automaton, self._intent_mask, self._longest, self._settings = automaton, intent_mask, longest, settings
        self._beam, self._states = [_Text((), 0.0, 0.0, 0.0)], [automaton.begin()]
        self._finished: list[_Text] = []
        self._best = -np.inf

    def advance(self, following: Floats, internal_lm: Floats) -> list[tuple[int, int]]:
        """Extend every text of the beam by the tokens allowed after it, and keep the best of them."""
        self._finish(following, internal_lm)
        if len(self._beam[0].tokens) == self._longest:
            return []
        allowed = [self._automaton.tokens(state, self._intent_mask) for state in self._states]
        row_of = np.repeat(np.arange(len(allowed)), [len(tokens) for tokens in allowed])
        token_of = np.concatenate(allowed)
        steps = following[row_of, token_of]
        written = (steps > PUNCTUATION_AT) | ~np.isin(token_of, self._automaton.marks)
        row_of, token_of, steps = row_of[written], token_of[written], steps[written]
        scores = np.array([text.score for text in self._beam])[row_of] + steps
        internal_lm_scores = (
            np.array([text.internal_lm_score for text in self._beam])[row_of] + internal_lm[row_of, token_of]
        )
        gained = scores - self._settings.lm_weight * internal_lm_scores
        kept = np.argsort(-gained, kind="stable")[: self._settings.beam_width]
        kept = kept[gained[kept] > max(gained.max(initial=-np.inf) - PRUNING_MARGIN, self._best - UNFINISHED_SLACK)]
        rows, tokens = row_of[kept].tolist(), token_of[kept].tolist()
        gaps = (following.max(axis=1)[row_of[kept]] - steps[kept]).tolist()
        self._states = [
            self._automaton.after(self._states[row], token) for row, token in zip(rows, tokens, strict=True)
        ]
        self._beam = [
            _Text((*self._beam[row].tokens, token), score, internal_lm_score, max(self._beam[row].gap, gap))
            for row, token, score, internal_lm_score, gap in zip(
                rows, tokens, scores[kept].tolist(), internal_lm_scores[kept].tolist(), gaps, strict=True
            )
        ]
        return list(zip(rows, tokens, strict=True))

    def _finish(self, following: Floats, internal_lm: Floats) -> None:
        """Keep the texts of the beam that are whole sentences, with END."""
        for row, (text, state) in enumerate(zip(self._beam, self._states, strict=True)):
            if intents := self._automaton.complete(state, self._intent_mask):
                score, internal_lm_score = (
                    text.score + float(following[row, END_TOKEN]),
                    text.internal_lm_score + float(internal_lm[row, END_TOKEN]),
                )
                gap = max(text.gap, float(following[row].max() - following[row, END_TOKEN]))
                self._finished.append(_Text(text.tokens, score, internal_lm_score, gap, intents))
                self._best = max(self._best, score - self._settings.lm_weight * internal_lm_score)

    def candidates(self) -> list[Candidate]:
        """The sentences that were found, best first: an n-best list, with all spellings of a sentence added up."""
        writings: dict[str, list[_Text]] = {}
        for text in self._finished:
            writings.setdefault(self._automaton.sentence(text.tokens, self._intent_mask), []).append(text)
        found = []
        for sentence, texts in writings.items():
            likeliest = max(texts, key=lambda text: text.score)
            score, internal_lm_score = (
                float(np.logaddexp.reduce(each))
                for each in zip(*((text.score, text.internal_lm_score) for text in texts), strict=True)
            )
            written = self._automaton.written(likeliest.tokens)
            tokens, gap, intents = len(likeliest.tokens) + 1, likeliest.gap, likeliest.intent_mask
            found.append(Candidate(sentence, score, internal_lm_score, tokens, gap, intents, written=written))
        return sorted(found, key=lambda each: -each.score(self._settings.lm_weight))
