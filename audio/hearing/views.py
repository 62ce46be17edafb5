"""Several looks at one utterance, taken together: how a short word happens to fall in one of them says little."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from audio.hearing.grammar import Candidate


def agreed(looks: Iterable[Iterable[Candidate]], share: float) -> str | None:
    """The sentence with the greatest mean likelihood in all looks; None: nothing was found in any.

    A look that has not found it counts as nothing for it; `share` of the prior is taken off.
    """
    evidence: defaultdict[str, list[float]] = defaultdict(list)
    for look in looks:
        for each in look:
            evidence[each.text].append(each.evidence(share))
    return max(evidence, key=lambda text: float(np.logaddexp.reduce(evidence[text])), default=None)
