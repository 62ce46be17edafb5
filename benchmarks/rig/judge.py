"""A judge of what was said that is not Limber's own recogniser: PocketSphinx, choosing among given sentences."""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
import soxr
from hassil.util import normalize_whitespace
from numpy.typing import NDArray
from pocketsphinx import Decoder

from audio.frames import FRAMES_PER_SECOND
from audio.samples import SAMPLE_RATE

_JUDGED_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
"""The words of 0 to 19."""
_JUDGED_TENS = {2: "twenty", 3: "thirty"}
"""The words of 20 and 30."""


def number(n: int) -> str:
    """A count from 0 to 39 in words."""
    if n < len(_JUDGED_ONES):
        return _JUDGED_ONES[n]
    return _JUDGED_TENS[n // 10] + (f" {_JUDGED_ONES[n % 10]}" if n % 10 else "")


def plain(text: str) -> str:
    """The lower-case words of a text, apart by single spaces."""
    return normalize_whitespace(re.sub(r"[^a-z ]", " ", text.lower())).strip()


class SentenceJudge:
    """A recogniser that tells which of some sentences was said."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL", lm=None)
        known = sorted({plain(s) for s in sentences if self._can_hear(plain(s))} - {""})
        grammar = f"#JSGF V1.0; grammar said; public <said> = {' | '.join(known)};"
        self._decoder.add_jsgf_string("said", grammar)
        self._decoder.activate_search("said")
        self.sentences = frozenset(known)

    def _can_hear(self, sentence: str) -> bool:
        """Whether the dictionary has every word of a sentence."""
        return all(self._decoder.lookup_word(word) for word in sentence.split())

    def hear(self, samples: NDArray[np.float32]) -> str | None:
        """The sentence said in samples at 48 kHz; None where none was heard."""
        padded = np.pad(soxr.resample(samples, FRAMES_PER_SECOND, SAMPLE_RATE), SAMPLE_RATE // 3)
        # Exact zeros make its features undefined: a room is never that quiet.
        room = np.random.default_rng(0).normal(0, 0.001, len(padded))
        pcm = (np.clip(padded + room, -1, 1) * 32_767).astype("<i2").tobytes()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return None if found is None else str(found.hypstr)


@cache
def of_counts() -> SentenceJudge:
    """The judge of counts from one to thirty."""
    return SentenceJudge(number(n) for n in range(1, 31))
