"""How sure an expected sentence is: its probability against what a silent room and free text would say.

The probability alone misleads both ways: a short common word is likely whatever is said, and noise makes free
text so unlikely that any "yes" beats it. The constants were fitted on real and synthetic short commands against
speech that is none, so that of the latter less than 1 sentence in 100 passes 0.5. A lone word that sounds like an
expected one does pass.
"""

import math

from audio.hearing.grammar import Candidate

PRIOR_IN_CONFIDENCE = 0.5
RIVALRY = 0.25
"""Weight of the log-probability by which free text is likelier."""
STRICT_RIVALRY = 1.0
"""The same, where a sentence is to act before it is sure to be complete: nothing else may be likelier by much."""
MANY = 6
"""Tokens; in a longer sentence free text wins a little at every word, and rivals it the less with each."""
EVEN = -0.5
"""Score of an even chance."""
STEEPNESS = 2.5


def confidence_in(sentence: Candidate, free: float, rivalry: float = RIVALRY) -> float:
    """That the sentence was said, 0 to 1; `free` is the log-probability of the free text."""
    a_token = (sentence.sound - PRIOR_IN_CONFIDENCE * sentence.prior) / sentence.tokens
    behind = min(0.0, sentence.sound - free) * min(1.0, MANY / sentence.tokens)
    score = a_token + rivalry * behind
    return 1 / (1 + math.exp(-STEEPNESS * (score - EVEN)))
