"""Nothing is said twice in answer to one breath: a sentence that comes again later is left out before."""

import re
from collections.abc import Iterable, Sequence

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def unrepeated(lines: Sequence[str], later: Iterable[str]) -> tuple[str, ...]:
    """The lines without the sentences that come again, in a later one of them or in the lines after them, `later`."""
    said = {sentence for line in later for sentence in _sentences(line)}
    kept: list[str] = []
    for line in reversed(lines):
        sentences = [sentence for sentence in _sentences(line) if sentence not in said]
        said.update(sentences)
        if sentences:
            kept.append(" ".join(sentences))
    return tuple(reversed(kept))


def _sentences(line: str) -> list[str]:
    return [sentence for sentence in _BETWEEN_SENTENCES.split(line) if sentence]
