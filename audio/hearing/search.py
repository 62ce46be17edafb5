"""Two ways to read an utterance: freely, and as one of the sentences expected."""

from dataclasses import dataclass

import numpy as np

from audio.hearing.network import Floats, Heard, Network
from audio.hearing.sentences import Place, Sentences
from audio.hearing.tokenizer import END

BEAM = 8
"""Texts followed at once."""
BEST = 3
"""Sentences looked for: the search ends when nothing unfinished can beat the third."""
REPEATED = 3
REPEATED_ALONE = 4
"""Times in a row that the same few tokens, or one alone, come before a free text is taken for a loop."""
LONGEST_LOOP = 8
"""Tokens."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """The likeliest text, one token at a time."""

    tokens: tuple[int, ...]
    """Without END."""
    log_probabilities: tuple[float, ...]
    """Of each token, and of END when it came."""
    looped: bool
    """The text ran into a loop, and was cut where it began to repeat."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expected sentence with its score."""

    index: int
    """Its place in `Sentences.texts`."""
    log_probability: float
    """Of all its writings together, END included."""
    tokens: int
    """In its likeliest writing, END included."""


def free_text(network: Network, heard: Heard, longest: int) -> FreeText:
    """Read an utterance freely, at most `longest` tokens."""
    tokens: list[int] = []
    scores: list[float] = []
    following, past = heard.first, heard.past
    while True:
        token = int(following[0].argmax())
        scores.append(float(following[0, token]))
        if token == END:
            return FreeText(tuple(tokens), tuple(scores), looped=False)
        tokens.append(token)
        if loop := repeated(tokens):
            return FreeText(tuple(tokens[:-loop]), tuple(scores[:-loop]), looped=True)
        if len(tokens) >= longest:
            return FreeText(tuple(tokens), tuple(scores), looped=True)
        following, past = network.step(heard, past, [token])


def repeated(tokens: list[int]) -> int:
    """How many of the last tokens only repeat what came before them; 0 when they are no loop."""
    for length in range(1, LONGEST_LOOP + 1):
        times = REPEATED if length > 1 else REPEATED_ALONE
        if tokens[-length * times :] == tokens[-length:] * times:
            return length * (times - 1)
    return 0


@dataclass(frozen=True, slots=True)
class _Unfinished:
    score: float
    place: Place
    length: int


def expected_sentences(network: Network, heard: Heard, sentences: Sentences) -> list[Candidate]:
    """The likeliest of the expected sentences, best first: a beam search in which only they can be written."""
    found: dict[int, Candidate] = {}
    beam = [_Unfinished(0.0, sentences.start, 1)]
    following, past = heard.first, heard.past
    while True:
        longer: list[tuple[float, int, int, Place]] = []
        for row, text in enumerate(beam):
            after = sentences.after(text.place)
            if after.sentence is not None:
                _add(found, after.sentence, text.score + float(following[row, END]), text.length)
            scores: Floats = following[row, after.tokens] + text.score
            longer += zip(scores.tolist(), [row] * len(scores), after.tokens.tolist(), after.places, strict=True)
        best = sorted((candidate.log_probability for candidate in found.values()), reverse=True)[:BEST]
        least = best[-1] if len(best) == BEST else -np.inf
        longer = sorted((text for text in longer if text[0] > least), key=lambda text: -text[0])[:BEAM]
        if not longer:
            return sorted(found.values(), key=lambda candidate: -candidate.log_probability)
        rows = [row for _, row, _, _ in longer]
        # A row that goes on twice keeps the past it had.
        past = {name: cache[rows] for name, cache in past.items()}
        following, past = network.step(heard, past, [token for _, _, token, _ in longer])
        beam = [_Unfinished(score, place, beam[row].length + 1) for score, row, _, place in longer]


def _add(found: dict[int, Candidate], index: int, score: float, length: int) -> None:
    other = found.get(index)
    if other is None:
        found[index] = Candidate(index, score, length)
    else:
        both = float(np.logaddexp(score, other.log_probability))
        # The first found writing stands for the length: they differ by a mark at most.
        found[index] = Candidate(index, both, other.tokens)
