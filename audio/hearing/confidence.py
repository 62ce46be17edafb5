"""How sure an expected sentence is: its probability against what a silent room and free text would say.

The probability alone misleads both ways: a short common word is likely whatever is said, and noise makes free
text so unlikely that any "yes" beats it. The constants were fitted on real and synthetic short commands against
speech that is none, so that of the latter less than 1 sentence in 100 passes 0.5. A lone word that sounds like an
expected one does pass.
"""

import math

from audio.hearing.search import Candidate

PRIOR_IN_CHOICE = 0.3
"""Share of the prior taken off when sentences are compared with each other."""
PRIOR_IN_CONFIDENCE = 0.5
RIVALRY = 0.25
"""Weight of the log-probability by which free text is likelier."""
EVEN = -0.5
"""Score of an even chance."""
STEEPNESS = 2.5


def evidence(candidate: Candidate, prior: float) -> float:
    """By which expected sentences are compared; `prior` is the sentence's log-probability in a silent room."""
    return candidate.log_probability - PRIOR_IN_CHOICE * prior


def confidence_in(candidate: Candidate, prior: float, free: float) -> float:
    """That the sentence was said, 0 to 1; `free` is the log-probability of the free text."""
    a_token = (candidate.log_probability - PRIOR_IN_CONFIDENCE * prior) / candidate.tokens
    score = a_token + RIVALRY * min(0.0, candidate.log_probability - free)
    return 1 / (1 + math.exp(-STEEPNESS * (score - EVEN)))
