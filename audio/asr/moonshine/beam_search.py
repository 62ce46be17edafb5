"""Two ways to read an utterance, side by side: freely, and as one of the sentences expected."""

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

BEAM_WIDTH = 8.0
"""How much worse a text may be than another of the same length."""
UNFINISHED_SLACK = 4.0
"""How much worse an unfinished text may be than a finished one: each token may gain a little."""
PUNCTUATION_AT = -5.0
"""Log-probability from which a comma or a hyphen is written: the same words are there without, and come cheaper."""
LOOP_TIMES = 3
LOOP_TIMES_ALONE = 4
"""Times in a row that the same few tokens, or one alone, come before a free text is taken for a loop."""
LONGEST_LOOP_TOKENS = 8
"""Tokens."""


class Decoder(Protocol):
    """Writes texts token by token, each a row of a batch."""

    def advance(self, following: Floats, unheard: Floats) -> list[tuple[int, int]]:
        """The rows that go on, some more than once, each with its next token; none at the end.

        Given is the log-probability of each next token in each row, in the sound and in a silent room, both of shape
        (rows, vocabulary). There is one row at first, of no tokens.
        """
        ...


def decode(
    network: MoonshineNetwork, heard: EncodedUtterance, silence: EncodedUtterance, decoders: Sequence[Decoder]
) -> None:
    """Let several read one utterance to the end, as one batch: all together take hardly longer than one."""
    with ThreadPoolExecutor(1) as beside:  # begun here, it is as nice as who reads
        _read(network, heard, silence, decoders, beside)


def _read(
    network: MoonshineNetwork,
    heard: EncodedUtterance,
    silence: EncodedUtterance,
    decoders: Sequence[Decoder],
    beside: Executor,
) -> None:
    batch = [(decoder, 1) for decoder in decoders]
    following, unheard = (each.first.repeat(len(batch), axis=0) for each in (heard, silence))
    past, unheard_past = (
        {name: cache.repeat(len(batch), axis=0) for name, cache in each.past.items()} for each in (heard, silence)
    )
    while True:
        further: list[tuple[Decoder, int]] = []
        rows: list[int] = []
        tokens: list[int] = []
        begin = 0
        for decoder, count in batch:
            going = decoder.advance(following[begin : begin + count], unheard[begin : begin + count])
            if going:
                further.append((decoder, len(going)))
                rows += [begin + row for row, _ in going]
                tokens += [token for _, token in going]
            begin += count
        if not rows:
            return
        batch = further
        # A row that goes on twice keeps the past it had.
        in_silence = beside.submit(
            network.step, silence, {name: cache[rows] for name, cache in unheard_past.items()}, tokens
        )
        following, past = network.step(heard, {name: cache[rows] for name, cache in past.items()}, tokens)
        unheard, unheard_past = in_silence.result()


class GreedyText:
    """A reader of the likeliest text, one token at a time."""

    def __init__(self, longest: int) -> None:
        """`longest`: the most tokens."""
        self._longest = longest
        self.tokens: list[int] = []
        """Without END."""
        self.log_probabilities: list[float] = []
        """Of each token, and of END when it came."""
        self.priors: list[float] = []
        """The same in a silent room."""
        self.looped = False
        """The text ran into a loop, and was cut where it began to repeat."""

    @property
    def log_probability(self) -> float:
        """Of the whole text."""
        return sum(self.log_probabilities)

    def advance(self, following: Floats, unheard: Floats) -> list[tuple[int, int]]:
        """See `Reader`."""
        token = int(following[0].argmax())
        self.log_probabilities.append(float(following[0, token]))
        self.priors.append(float(unheard[0, token]))
        if token == END_TOKEN:
            return []
        self.tokens.append(token)
        loop = repeated(self.tokens)
        self.looped = bool(loop) or len(self.tokens) >= self._longest
        if loop:
            del self.tokens[-loop:], self.log_probabilities[-loop:], self.priors[-loop:]
        return [] if self.looped else [(0, token)]


def repeated(tokens: list[int]) -> int:
    """How many of the last tokens only repeat what came before them; 0 when they are no loop."""
    for length in range(1, LONGEST_LOOP_TOKENS + 1):
        times = LOOP_TIMES if length > 1 else LOOP_TIMES_ALONE
        if tokens[-length * times :] == tokens[-length:] * times:
            return length * (times - 1)
    return 0


@dataclass(frozen=True, slots=True)
class BeamSettings:
    """How the expected sentences are searched."""

    beam: int
    """Texts followed at once."""
    share: float
    """Of a text's log-probability in a silent room, taken off: else short and common texts win.

    It grows with each token, so that texts of all lengths compare.
    """


@dataclass(frozen=True, slots=True)
class _Text:
    tokens: tuple[int, ...]
    score: float
    """Log-probability."""
    prior: float
    """The same in a silent room."""
    gap: float
    """The most by which one of its tokens is less likely than the likeliest there, in log-probability."""
    kinds: int = 0
    """Of the sentence that it is, once it is complete."""


class ConstrainedBeam:
    """A reader of the likeliest sentences of an automaton: a beam search in which only they can be written."""

    def __init__(self, automaton: Automaton, kinds: int, longest: int, effort: BeamSettings) -> None:
        """`kinds`: those that are expected; `longest`: the most tokens."""
        self._automaton, self._kinds, self._longest, self._effort = automaton, kinds, longest, effort
        self._beam, self._states = [_Text((), 0.0, 0.0, 0.0)], [automaton.begin()]
        self._finished: list[_Text] = []
        self._best = -np.inf

    def advance(self, following: Floats, unheard: Floats) -> list[tuple[int, int]]:
        """See `Reader`."""
        self._finish(following, unheard)
        if len(self._beam[0].tokens) == self._longest:
            return []
        allowed = [self._automaton.tokens(state, self._kinds) for state in self._states]
        row_of = np.repeat(np.arange(len(allowed)), [len(tokens) for tokens in allowed])
        token_of = np.concatenate(allowed)
        steps = following[row_of, token_of]
        written = (steps > PUNCTUATION_AT) | ~np.isin(token_of, self._automaton.marks)
        row_of, token_of, steps = row_of[written], token_of[written], steps[written]
        scores = np.array([text.score for text in self._beam])[row_of] + steps
        priors = np.array([text.prior for text in self._beam])[row_of] + unheard[row_of, token_of]
        gained = scores - self._effort.share * priors
        kept = np.argsort(-gained, kind="stable")[: self._effort.beam]
        kept = kept[gained[kept] > max(gained.max(initial=-np.inf) - BEAM_WIDTH, self._best - UNFINISHED_SLACK)]
        rows, tokens = row_of[kept].tolist(), token_of[kept].tolist()
        gaps = (following.max(axis=1)[row_of[kept]] - steps[kept]).tolist()
        self._states = [
            self._automaton.after(self._states[row], token) for row, token in zip(rows, tokens, strict=True)
        ]
        self._beam = [
            _Text((*self._beam[row].tokens, token), score, prior, max(self._beam[row].gap, gap))
            for row, token, score, prior, gap in zip(
                rows, tokens, scores[kept].tolist(), priors[kept].tolist(), gaps, strict=True
            )
        ]
        return list(zip(rows, tokens, strict=True))

    def _finish(self, following: Floats, unheard: Floats) -> None:
        for row, (text, state) in enumerate(zip(self._beam, self._states, strict=True)):
            if kinds := self._automaton.complete(state, self._kinds):
                score, prior = (
                    text.score + float(following[row, END_TOKEN]),
                    text.prior + float(unheard[row, END_TOKEN]),
                )
                gap = max(text.gap, float(following[row].max() - following[row, END_TOKEN]))
                self._finished.append(_Text(text.tokens, score, prior, gap, kinds))
                self._best = max(self._best, score - self._effort.share * prior)

    def candidates(self) -> list[Candidate]:
        """What was found, best first."""
        writings: dict[str, list[_Text]] = {}
        for text in self._finished:
            writings.setdefault(self._automaton.sentence(text.tokens, self._kinds), []).append(text)
        found = []
        for sentence, texts in writings.items():
            likeliest = max(texts, key=lambda text: text.score)
            score, prior = (
                float(np.logaddexp.reduce(each))
                for each in zip(*((text.score, text.prior) for text in texts), strict=True)
            )
            found.append(Candidate(sentence, score, prior, len(likeliest.tokens) + 1, likeliest.gap, likeliest.kinds))
        return sorted(found, key=lambda each: -each.score(self._effort.share))
