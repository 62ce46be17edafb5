"""Short commands that a recogniser misheard or a person mistyped: the nearest sentence, by letters and by sound."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Indel

LONGEST_COMPARED = 3
"""Words; what is longer is not compared."""
_AS_SOUND = 0.95
"""What the likeness of two sounds is worth beside that of two spellings."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=[aeiou])gh(?=t|\b)|\b[kg](?=n)|\bw(?=r)|(?<=m)b\b", ""),
        (r"ph", "f"),
        (r"ck|q|c(?![eiyh])", "k"),
        (r"x", "ks"),
        (r"z|c(?=[eiy])", "s"),
        (r"dge|(?<=n)ge\b", "j"),
        (r"au|aw|ough|or(?=[^aeiouy]|\b)|ore|oar|all?(?=k|\b)", "O"),
        (r"ee|ea|ie(?=[^r])|ei", "E"),
        (r"oo|ew|ue|u(?=[^aeiou]e)", "U"),
        (r"ai|ay|eigh|a(?=[^aeiou]e)", "A"),
        (r"oa|ow|o(?=[^aeiou]e)", "W"),
        (r"(?<=[^aeiou])e\b", ""),
        (r"(.)\1+", r"\1"),
        (r" ", ""),
    )
)


def sound_of(text: str) -> str:
    """A rough key for how English text sounds: "paws" and "pause" have the same."""
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


class NearestSentence:
    """Sentences to compare with."""

    def __init__(self, sentences: Iterable[tuple[str, ...]]) -> None:
        self._texts = sorted(" ".join(words) for words in sentences)
        self._sounds = [sound_of(text) for text in self._texts]

    def find(self, words: list[str], most: int = 5) -> list[tuple[list[str], float]]:
        """The nearest sentences and their likeness, 0 to 1, the best first."""
        if len(words) > LONGEST_COMPARED:
            return []
        text = " ".join(words)
        found: dict[int, float] = {}
        for query, choices, worth in ((text, self._texts, 1.0), (sound_of(text), self._sounds, _AS_SOUND)):
            for _, score, index in process.extract(query, choices, scorer=Indel.normalized_similarity, limit=most):
                found[index] = max(found.get(index, 0.0), score * worth)
        ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        return [(self._texts[index].split(), score) for index, score in ranked]
