"""Beam search for free text, led by a language model of what is said to a coach (shallow fusion).

The network alone writes what sounds likely anywhere: "sexist last month" for "sepsis last month". What it expects
without sound is taken off in part, and what is said here is added in part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.asr.grammar import Candidate
from audio.asr.moonshine.beam_search import repeated
from audio.asr.moonshine.tokenizer import END_TOKEN, Tokenizer
from audio.asr.recogniser import Hypothesis
from audio.samples import Floats

LED_WIDTH = 12
"""Most texts in the beam."""
LED_BY = 0.5
"""Share of the language model's log-probability that is added to a text's score."""
EXPECTED_WITHOUT_SOUND = 0.4
"""Share of a text's log-probability in a silent room that is taken off its score."""
TOKEN_GAIN = 1.0
"""What each token adds to the score, so that the beginning of a text does not win over all of it."""
LED_PRUNING = 8.0
"""How much less a text may score than the best of the same length, or than the best finished one."""
LIKELY_TOKENS = 10.0
"""How much less likely, in log-probability, a token may be than the likeliest in its place."""
LED_TEXTS = 10
"""Length of the n-best list."""


class WordScorer(Protocol):
    """A second acoustic model, which is asked about whole words."""

    def score_of_beginning(self, words: Sequence[str]) -> float:
        """What is added to the score of a text that begins with these words."""
        ...

    def score_of_whole(self, words: Sequence[str]) -> float:
        """What is added to the score of a text of these words alone."""
        ...


class Leader(Protocol):
    """What tells how likely each next token is."""

    def next_tokens(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The log-probability of each next token after each text: shape (texts, vocabulary)."""
        ...


@dataclass(frozen=True, slots=True)
class _Row:
    """A text in the beam, or a finished one."""

    tokens: tuple[int, ...]
    """The tokens, without END."""
    score: float = 0.0
    """The score by which texts are ranked."""
    log_probability: float = 0.0
    """Log-probability given the sound."""
    internal_lm_score: float = 0.0
    """Log-probability in a silent room."""
    gap: float = 0.0
    """The most by which a token is less likely than the likeliest token in its place, in log-probability."""


class LedBeam:
    """A decoder of free text: a beam search with shallow fusion of a language model and of a second acoustic model."""

    def __init__(self, leader: Leader, scorer: WordScorer, tokenizer: Tokenizer, longest: int) -> None:
        """`longest`: most tokens of a text."""
        self._leader, self._scorer, self._tokenizer, self._longest = leader, scorer, tokenizer, longest
        self._beam = [_Row(())]
        self._finished: list[_Row] = []

    def advance(self, following: Floats, internal_lm: Floats) -> list[tuple[int, int]]:
        """Extend every text of the beam by its likeliest tokens, and keep the best of them; finish those that end."""
        gained = following + np.float32(TOKEN_GAIN)
        gained -= np.float32(EXPECTED_WITHOUT_SOUND) * internal_lm
        gained += np.float32(LED_BY) * self._leader.next_tokens([row.tokens for row in self._beam])
        for row, text in enumerate(self._beam):
            word, end = self._word_scores(text)
            gained[row, self._tokenizer.begin_words] += word
            gained[row, END_TOKEN] += end
        likeliest = following.max(axis=1)
        steps = _Steps(self._beam, following, internal_lm, gained, likeliest)
        self._finished += [steps.row(at, END_TOKEN, ended=True) for at in range(len(self._beam))]
        if len(self._beam[0].tokens) == self._longest:
            return []
        gained[:, END_TOKEN] = -np.inf
        rows, tokens = np.nonzero(following >= likeliest[:, np.newaxis] - LIKELY_TOKENS)
        scores = np.array([row.score for row in self._beam])[rows] + gained[rows, tokens]
        kept: NDArray[np.int64] = np.argsort(-scores, kind="stable")[:LED_WIDTH]
        best = max(scores[kept[0]], *(row.score for row in self._finished)) if len(kept) else 0.0
        kept = kept[scores[kept] > best - LED_PRUNING]
        further = [
            (int(rows[at]), int(tokens[at]))
            for at in kept
            if np.isfinite(scores[at]) and not repeated([*self._beam[rows[at]].tokens, int(tokens[at])])
        ]
        if further:
            self._beam = [steps.row(row, token) for row, token in further]
        return further

    def _word_scores(self, text: _Row) -> tuple[float, float]:
        """What the scorer adds to a text, its last word being whole: before another word, and at the end."""
        words = self._tokenizer.text(text.tokens).split()
        if not words:
            return 0.0, 0.0
        before = self._scorer.score_of_beginning(words[:-1])
        return self._scorer.score_of_beginning(words) - before, self._scorer.score_of_whole(words) - before

    def hypotheses(self) -> list[tuple[Hypothesis, Candidate]]:
        """The n-best list, best first: all spellings of a text added up, each with its share in the list."""
        writings: dict[str, list[_Row]] = {}
        for row in sorted(self._finished, key=lambda row: -row.score):
            text = self._tokenizer.text(row.tokens)
            writings.setdefault(_spoken(text), []).append(row)
        writings.pop("", None)
        found = [(float(np.logaddexp.reduce([row.score for row in rows])), rows[0]) for rows in writings.values()]
        found = sorted(found, key=lambda each: -each[0])[:LED_TEXTS]
        together = np.logaddexp.reduce([score for score, _ in found]) if found else 0.0
        return [
            (
                Hypothesis(self._tokenizer.text(row.tokens), float(np.exp(score - together)), score),
                Candidate(
                    _spoken(self._tokenizer.text(row.tokens)),
                    row.log_probability,
                    row.internal_lm_score,
                    len(row.tokens) + 1,
                    row.gap,
                ),
            )
            for score, row in found
        ]


def pooled(lists: Sequence[Sequence[tuple[Hypothesis, Candidate]]]) -> list[tuple[Hypothesis, Candidate]]:
    """One n-best list of several, of one utterance at different paces: each has an equal say, best first.

    A word that is misheard at one pace is often heard at another; what both lists hold counts most.
    """
    shares: dict[str, float] = {}
    entries: dict[str, tuple[Hypothesis, Candidate]] = {}
    for hypothesis, candidate in (each for found in lists for each in found):
        shares[candidate.text] = shares.get(candidate.text, 0.0) + hypothesis.share / len(lists)
        entries.setdefault(candidate.text, (hypothesis, candidate))
    found = [(replace(each, share=shares[text]), candidate) for text, (each, candidate) in entries.items()]
    return sorted(found, key=lambda each: -each[0].share)


@dataclass(frozen=True, slots=True)
class _Steps:
    """One step of the beam."""

    beam: Sequence[_Row]
    following: Floats
    internal_lm: Floats
    gained: Floats
    likeliest: Floats

    def row(self, at: int, token: int, *, ended: bool = False) -> _Row:
        """The text of a row with one more token; `ended`: the token is END."""
        row, step = self.beam[at], float(self.following[at, token])
        return _Row(
            row.tokens if ended else (*row.tokens, token),
            row.score + float(self.gained[at, token]),
            row.log_probability + step,
            row.internal_lm_score + float(self.internal_lm[at, token]),
            max(row.gap, float(self.likeliest[at]) - step),
        )


def _spoken(text: str) -> str:
    """The words of a text in lower case, without punctuation at their edges."""
    return " ".join(word for word in (each.strip(',.?!;:"-') for each in text.lower().split()) if word)
