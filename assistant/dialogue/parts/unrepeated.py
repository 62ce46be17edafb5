"""Nothing is said twice in answer to one breath: a sentence is said where it comes first, a question at the end."""

import re
from collections.abc import Sequence

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def unrepeated(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines with each sentence once; a line of which nothing is left is left out."""
    sentences = [_BETWEEN_SENTENCES.split(line) for line in lines]
    last = {sentence: at for at, row in enumerate(sentences) for sentence in row}
    said: set[str] = set()
    kept: list[str] = []
    for at, row in enumerate(sentences):
        new = [each for each in row if (last[each] == at if each.endswith("?") else each not in said)]
        said.update(row)
        if new := [each for each in new if each]:
            kept.append(" ".join(new))
    return tuple(kept)
