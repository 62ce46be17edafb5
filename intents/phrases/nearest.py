"""Finds the short sentence nearest to a misheard or mistyped text, by letters and by sound."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Indel

from intents.text.english import exists

LONGEST_COMPARED = 3
"""Length in words up to which a text is compared."""
_AS_SOUND = 0.95
"""Weight of the likeness of two sounds against that of two spellings, which say more."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bone\b", "on"),  # recognisers write one for the other
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
"""Rewrites of English spelling to sound, applied in this order."""


def sound_of(text: str) -> str:
    """A rough key to how English text sounds: "paws" and "pause" have one key."""
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


class NearestSentence:
    """Sentences to compare a text with. A word that exists is only ever taken for one that sounds the same."""

    def __init__(self, sentences: Iterable[tuple[str, ...]]) -> None:
        self._texts = sorted(" ".join(words) for words in sentences)
        self._sounds = [sound_of(text) for text in self._texts]

    def find(self, words: list[str], most: int = 5) -> list[tuple[list[str], float]]:
        """The `most` nearest sentences and their likeness, 0 to 1, the best first; none for a longer text."""
        if len(words) > LONGEST_COMPARED:
            return []
        text = " ".join(words)
        found: dict[int, float] = {}
        for query, choices, worth in ((text, self._texts, 1.0), (sound_of(text), self._sounds, _AS_SOUND)):
            for _, score, index in process.extract(query, choices, scorer=Indel.normalized_similarity, limit=most):
                found[index] = max(found.get(index, 0.0), score * worth)
        ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        near = ((self._texts[index].split(), score) for index, score in ranked)
        return [(sentence, score) for sentence, score in near if self._may_be(words, sentence)]

    def _may_be(self, words: list[str], sentence: list[str]) -> bool:
        """Whether each word that exists is in the sentence, too, or sounds like what stands in its place."""
        if sound_of(" ".join(words)) == sound_of(" ".join(sentence)):
            return True
        if len(words) != len(sentence):
            return not any(exists(word) for word in words if word not in sentence)
        return all(
            word == meant or not exists(word) or sound_of(word) == sound_of(meant)
            for word, meant in zip(words, sentence, strict=True)
        )
