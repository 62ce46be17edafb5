"""A language model of what is said to a coach: n-grams of the recogniser's tokens, with back-off to shorter ones.

Any text is possible, so that no unknown word ends a text; words that are said here are likelier, and so are they in
their order. `python -m benchmarks.training.language_model` writes the built-in n-grams.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.asr.moonshine.tokenizer import Tokenizer
from audio.samples import Floats

LANGUAGE_MODEL_FILE = Path(__file__).with_name("language_model.npz")
"""The file of n-grams of what is said to a coach."""
ORDER = 4
"""Length of the longest n-grams."""
START_TOKEN = 0
"""Stands for the beginning of a text or a sentence in it; no text holds it."""
VOCABULARY = 1 << 15
"""Number of tokens."""
BACK_OFF_SHARE = 1.0
"""Share of the distinct next tokens of a context that counts for tokens which were never seen there (Witten-Bell)."""
RAREST_CONTEXT = 1.0
"""How often a context of two tokens or more must have been seen to be kept."""
MARK_LOG_PROBABILITY = -2.0
"""Log-probability of punctuation within a text: the phrases have none, and it tells nothing."""
OPENING_MARK_LOG_PROBABILITY = -20.0
"""Log-probability of punctuation before the first word."""
QUANTUM = 16.0
"""Steps of one unit of log-probability in the file."""
_BITS = 15
"""Bits of one token in the key of a context."""


@dataclass(frozen=True, slots=True)
class NGrams:
    """Which tokens follow which contexts. All arrays have a fixed order: contexts by key, tokens by context.

    Log-probabilities are in steps of -1 / QUANTUM, in a byte each, since there are many.
    """

    contexts: NDArray[np.int64]
    """The keys of the contexts, ascending: shape (n,); the empty context is not among them."""
    back_off: NDArray[np.uint8]
    """Log-probability that an unseen token follows each context: shape (n,)."""
    begins: NDArray[np.int32]
    """Where the tokens after each context begin, and where the last ones end: shape (n + 1,)."""
    tokens: NDArray[np.uint16]
    """The tokens that were seen after the contexts: shape (m,)."""
    following: NDArray[np.uint8]
    """Log-probability of each of them: shape (m,)."""
    alone: Floats
    """Log-probability of each token without any context: shape (VOCABULARY,)."""


class LanguageModel:
    """The log-probability of each next token after the tokens so far."""

    def __init__(self, ngrams: NGrams, tokenizer: Tokenizer) -> None:
        """`tokenizer`: the one that the n-grams are made with."""
        self._ngrams = ngrams
        self._stops = frozenset(tokenizer.mark(mark) for mark in ".?!")
        self._marks = np.array([tokenizer.mark(mark) for mark in ",-.?!"])

    def next_tokens(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The log-probability of each next token after each text: shape (texts, VOCABULARY)."""
        likely = np.empty((len(texts), VOCABULARY), np.float32)
        for row, text in zip(likely, texts, strict=True):
            self._fill(row, self._context(text))
            row[self._marks] = MARK_LOG_PROBABILITY if len(text) else OPENING_MARK_LOG_PROBABILITY
        return likely

    def _context(self, text: Sequence[int]) -> tuple[int, ...]:
        """The last tokens that count, without punctuation; a sentence begins anew."""
        context = [START_TOKEN]
        for token in text:
            if token in self._stops:
                context = [START_TOKEN]
            elif token not in self._marks:
                context.append(token)
        return tuple(context[1 - ORDER :])

    def _fill(self, row: Floats, context: tuple[int, ...]) -> None:
        """Write the log-probabilities after a context: from no context on, each longer one that was seen overrides."""
        grams, row[:] = self._ngrams, self._ngrams.alone
        for length in range(1, len(context) + 1):
            key = key_of(context[-length:])
            at = int(np.searchsorted(grams.contexts, key))
            if at == len(grams.contexts) or grams.contexts[at] != key:
                return
            row -= grams.back_off[at] / np.float32(QUANTUM)
            seen = slice(int(grams.begins[at]), int(grams.begins[at + 1]))
            row[grams.tokens[seen]] = grams.following[seen] / np.float32(-QUANTUM)


def key_of(context: Sequence[int]) -> int:
    """The key of a context; contexts of different lengths have different keys."""
    key = 1
    for token in context:
        key = key << _BITS | token
    return key


def ngrams_of(arrays: Mapping[str, NDArray[Any]]) -> NGrams:
    """The n-grams in the arrays of a file."""
    return NGrams(
        arrays["contexts"],
        arrays["back_off"],
        np.concatenate([[0], np.cumsum(arrays["counts"])]).astype(np.int32),
        arrays["tokens"],
        arrays["following"],
        arrays["alone"].astype(np.float32),
    )


@cache
def built_in_ngrams() -> NGrams:
    """The n-grams that Limber comes with."""
    with np.load(LANGUAGE_MODEL_FILE) as file:
        return ngrams_of(file)
