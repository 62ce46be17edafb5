"""How sure an expected sentence is, from all that speaks for it and against it.

The probability alone misleads both ways: a short common word is likely whatever is said, and noise makes free
text so unlikely that any "yes" beats it. What each sign weighs was fitted by `python -m benchmarks.calibrate`, so
that of the sentences at 0.8 about 80 % are right where half of what is heard is meant; `docs/hearing.md` has the check.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from audio.asr.grammar import Candidate

EvidenceKind = Literal["brief", "long", "wider"]
"""Of a text: an expected sentence in brief or in long sound, or one of a wider grammar."""
CONFIDENCE_FILE = "confidence.toml"
MANY_TOKENS = 6
"""Tokens; in a longer sentence free text wins a little at every word, and rivals it the less with each."""
MOST_MARGIN = 5.0
PAUSE_SECONDS, TOKEN_SECONDS = 1.0, 0.3
"""Seconds of sound that a sentence takes at most besides those of each token: what is longer says more than it."""
STRICT_PRIOR, STRICT_EVEN, STRICT_STEEPNESS = 0.5, -0.5, 2.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one look at an utterance shows of its likeliest text."""

    kind: EvidenceKind
    text: Candidate
    margin: float
    """By how much more speaks for it than for the next, in log-probability."""
    free: float
    """Log-probability of the free text."""
    free_tokens: int
    """Its tokens, END included."""
    seconds: float
    """Of sound."""

    def signs(self) -> dict[str, float]:
        """What is weighed, by name."""
        tokens = self.text.tokens
        return {
            "sound": self.text.acoustic_score / tokens,
            "prior": self.text.internal_lm_score / tokens,
            "rivalry": min(0.0, self.text.acoustic_score - self.free) * min(1.0, MANY_TOKENS / tokens),
            "gap": self.text.gap,
            "margin": min(self.margin, MOST_MARGIN),
            "more_said": max(0.0, (self.free_tokens - tokens) / tokens),
            "too_long": max(0.0, self.seconds - PAUSE_SECONDS - TOKEN_SECONDS * tokens),
            "clearness": self.free / max(self.free_tokens, 1),
            "length": math.log(tokens),
        }

    @property
    def confidence(self) -> float:
        """That it was said, 0 to 1."""
        weights = _weights()[self.kind]
        return _logistic(weights["bias"] + sum(weights[name] * value for name, value in self.signs().items()))


def strict_confidence(sentence: Candidate, free: float) -> float:
    """The same where a sentence is to act before it is sure to be complete: nothing else may be likelier by much.

    `free` is the log-probability of the free text.
    """
    a_token = (sentence.acoustic_score - STRICT_PRIOR * sentence.internal_lm_score) / sentence.tokens
    behind = min(0.0, sentence.acoustic_score - free) * min(1.0, MANY_TOKENS / sentence.tokens)
    return _logistic(STRICT_STEEPNESS * (a_token + behind - STRICT_EVEN))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@cache
def _weights() -> Mapping[EvidenceKind, Mapping[str, float]]:
    text = files("audio.asr").joinpath(CONFIDENCE_FILE).read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {kind: found[kind] for kind in get_args(EvidenceKind)}
