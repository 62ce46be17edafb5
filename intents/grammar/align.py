"""Finds the template sentence nearest to a text by edit distance, for text that is misheard or mistyped."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intents.grammar.graph import Graph, GraphPlace

_BEAM = 60
"""Width of the beam: paths that are kept after each word."""
_PER_PLACE = 3
"""Paths that are kept at one place of the graph, so that no place fills the beam."""
_LONGEST_ALIGNED = 40
"""Length in words of the longest sentence that is searched."""

_Rows = npt.NDArray[np.float32]
"""Rows of the edit distance, one a path: shape (paths, letters of the text + 1)."""


@dataclass(frozen=True, slots=True)
class _Path:
    """The beginning of a sentence: a place in the graph, and the words that led there."""

    place: GraphPlace
    words: tuple[str, ...]
    letters: int
    """Length in letters, spaces aside."""


def align(graph: Graph, words: list[str], valid: Collection[str] | None = None) -> tuple[list[str], float] | None:
    """The nearest valid sentence as words, and its likeness, 0 to 1; None where no sentence is valid.

    The likeness is one less the share of letters to change. A beam search over the graph, word by word: each path
    carries one row of the edit distance between its letters and the text's, spaces aside, so that "coffee" and "cough
    he" are compared whole.
    """
    text = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    alive = graph.leading_to(valid)
    paths, rows = [_Path((0, ()), (), 0)], np.arange(len(text) + 1, dtype=np.float32)[None]
    best: tuple[float, tuple[str, ...]] | None = None
    for _ in range(_LONGEST_ALIGNED):
        steps = [
            (index, word, place)
            for index, path in enumerate(paths)
            for word, place in graph.follow(path.place)
            if (place[1][0] if place[1] else place[0]) in alive
        ]
        if not steps:
            break
        longer = _extend(rows[[index for index, _, _ in steps]], [word for _, word, _ in steps], text)
        kept: list[int] = []
        seen: dict[GraphPlace, int] = {}
        for step in np.argsort(longer.min(axis=1), kind="stable"):
            place = steps[step][2]
            seen[place] = seen.get(place, 0) + 1
            if seen[place] <= _PER_PLACE and len(kept) < _BEAM:
                kept.append(int(step))
        paths = [_lengthened(paths[steps[step][0]], *steps[step][1:]) for step in kept]
        rows = longer[kept]
        for path, row in zip(paths, rows, strict=True):
            likeness = 1 - float(row[-1]) / max(len(text), path.letters, 1)
            if (best is None or likeness > best[0]) and graph.may_end(path.place, valid):
                best = likeness, path.words
        if best is not None and rows.min() / max(len(text), 1) > 1 - best[0]:
            break
    return (list(best[1]), max(best[0], 0.0)) if best else None


def _lengthened(path: _Path, word: str, place: GraphPlace) -> _Path:
    """The path with one more word."""
    return _Path(place, (*path.words, *word.split()), path.letters + len(word.replace(" ", "")))


def _extend(rows: _Rows, words: list[str], text: npt.NDArray[np.uint32]) -> _Rows:
    """The rows of the edit distance after each path's next word: one step a letter, all paths at once."""
    spelled = [np.frombuffer(word.replace(" ", "").encode("utf-32-le"), dtype=np.uint32) for word in words]
    places = np.arange(rows.shape[1], dtype=np.float32)
    rows = rows.copy()
    for at in range(max(map(len, spelled))):
        going = [index for index, letters in enumerate(spelled) if len(letters) > at]
        before = rows[going]
        letters = np.array([spelled[index][at] for index in going])
        after = before + 1
        np.minimum(after[:, 1:], before[:, :-1] + (letters[:, None] != text[None]), out=after[:, 1:])
        rows[going] = np.minimum.accumulate(after - places, axis=1) + places
    return rows
