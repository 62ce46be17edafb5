"""Confidence: the calibrated probability that an expected sentence was said, from all evidence for and against it.

The network's probability alone misleads both ways: a short common word is likely whatever is said, and noise makes free
text so unlikely that any "yes" beats it. The weights of the evidence are in `confidence.toml`, fitted by
`python -m benchmarks.training.calibrate`, so that of the sentences at 0.8 about 80 % are right where half of what is
heard is meant; `docs/hearing.md` has the check.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from audio.asr.grammar import Candidate

EvidenceKind = Literal["brief", "long", "led"]
"""Which weights count: for an expected sentence in brief or in long sound, or for led free text."""
CONFIDENCE_FILE = "confidence.toml"
"""Name of the file with the weights, beside this module."""
MANY_TOKENS = 6
"""Number of tokens beyond which free text counts less as a rival: it wins a little at every word."""
MOST_MARGIN = 5.0
"""Largest margin over the next candidate that counts, in log-probability."""
PAUSE_SECONDS, TOKEN_SECONDS = 1.0, 0.3
"""Longest sound of a sentence, in seconds: the first, and the second for each token. Longer sound says more."""
STRICT_LM_WEIGHT = 0.5
"""Weight of the internal language model in the strict confidence."""
STRICT_EVEN = -0.5
"""Score a token, in log-probability, at which the strict confidence is 0.5."""
STRICT_STEEPNESS = 2.5
"""Slope of the strict confidence: logits to one unit of log-probability a token."""
BELIEVED_WEIGHT, SHORTFALL_WEIGHT, RIVALRY_WEIGHT, PHONEME_BIAS = 0.8, 0.8, 0.05, 2.5
"""Weights and bias of `PhonemeEvidence`, a logistic model: of the logit of `believed`, of `shortfall`, of `rivalry`.

Chosen on the tuning half (docs/hearing.md).
"""
LEAST_BELIEVED = 0.001
"""Bound of the first network's confidence from 0 and from 1, beyond which a second network can't tell more."""
MOST_SHORTFALL, MOST_RIVALRY = 6.0, 40.0
"""Bounds of what counts against a sentence, in log-probability: for a phoneme, and for all of them."""
LARGEST_LOGIT = 50.0
"""Bound of a logit on both sides, beyond which its exponential says no more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one recognition pass shows for and against the likeliest text."""

    kind: EvidenceKind
    """Which weights count."""
    text: Candidate
    """The likeliest text."""
    margin: float
    """Score of the likeliest text over that of the next, in log-probability."""
    free: float
    """Log-probability of the free text."""
    free_tokens: int
    """Number of tokens of the free text, END included."""
    seconds: float
    """Length of the sound, in seconds."""

    def signs(self) -> dict[str, float]:
        """The quantities that are weighed, by their names in the file of weights."""
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
        """The probability that the text was said, 0 to 1."""
        weights = _weights()[self.kind]
        return _logistic(weights["bias"] + sum(weights[name] * value for name, value in self.signs().items()))


@dataclass(frozen=True, slots=True)
class PhonemeEvidence:
    """What a second network, of phonemes, makes of an expected sentence that the first has some confidence in."""

    believed: float
    """Confidence in the sentence by the first network alone, 0 to 1."""
    shortfall: float
    """Log-probability of its phonemes less that of the likeliest ones, for each phoneme: 0 or less."""
    rivalry: float
    """Log-probability of its phonemes less that of the free text's."""

    @property
    def confidence(self) -> float:
        """The probability that the sentence was said, 0 to 1."""
        believed = min(max(self.believed, LEAST_BELIEVED), 1 - LEAST_BELIEVED)
        shortfall = max(self.shortfall, -MOST_SHORTFALL)
        rivalry = max(min(self.rivalry, 0.0), -MOST_RIVALRY)
        logit = BELIEVED_WEIGHT * math.log(believed / (1 - believed)) + PHONEME_BIAS
        return _logistic(logit + SHORTFALL_WEIGHT * shortfall + RIVALRY_WEIGHT * rivalry)


def strict_confidence(sentence: Candidate, free: float) -> float:
    """The probability, 0 to 1, that a sentence was said which is to act before it is known to be complete.

    Stricter than `Evidence.confidence`: no other text may be likelier by much. `free`: the free text's
    log-probability.
    """
    score_a_token = (sentence.acoustic_score - STRICT_LM_WEIGHT * sentence.internal_lm_score) / sentence.tokens
    behind = min(0.0, sentence.acoustic_score - free) * min(1.0, MANY_TOKENS / sentence.tokens)
    return _logistic(STRICT_STEEPNESS * (score_a_token + behind - STRICT_EVEN))


def _logistic(logit: float) -> float:
    """Convert a logit to a probability."""
    return 1 / (1 + math.exp(-max(-LARGEST_LOGIT, min(LARGEST_LOGIT, logit))))


@cache
def _weights() -> Mapping[EvidenceKind, Mapping[str, float]]:
    """Read the weights: for each kind of evidence, by the names of `Evidence.signs`, and the bias."""
    text = files("audio.asr").joinpath(CONFIDENCE_FILE).read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {kind: found[kind] for kind in get_args(EvidenceKind)}
