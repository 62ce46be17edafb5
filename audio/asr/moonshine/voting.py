"""Several looks at one utterance, taken together: how a short word happens to fall in one of them says little."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from audio.asr.grammar import Candidate


def vote(looks: Iterable[Iterable[Candidate]], share: float) -> int | None:
    """The kinds of the sentences with the greatest mean likelihood in all looks; None: nothing was found in any.

    Sentences of the same kinds mean the same and count together. A look that has found none of them counts as nothing
    for them; `share` of the prior is taken off.
    """
    evidence: defaultdict[int, list[float]] = defaultdict(list)
    for look in looks:
        for each in look:
            evidence[each.intent_mask].append(each.score(share))
    return max(evidence, key=lambda kinds: float(np.logaddexp.reduce(evidence[kinds])), default=None)
