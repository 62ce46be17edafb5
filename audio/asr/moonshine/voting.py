"""N-best voting: several recognition passes over one utterance decide together.

How a short word happens to fall into the network's window in a single pass says little.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from audio.asr.grammar import Candidate


def vote(passes: Iterable[Iterable[Candidate]], lm_weight: float) -> int | None:
    """Choose the intents whose sentences have the greatest mean likelihood over all passes; None without candidates.

    `passes`: the n-best list of each pass. The result is an intent mask: sentences of one mask mean the same and count
    together, and a pass that has none of them adds nothing to them. `lm_weight`: as in `Candidate.score`.
    """
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for candidates in passes:
        for each in candidates:
            scores[each.intent_mask].append(each.score(lm_weight))
    return max(scores, key=lambda mask: float(np.logaddexp.reduce(scores[mask])), default=None)
