"""Vosk: a streaming recogniser of one of a closed set of sentences and, beside it, of free text."""

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from audio.asr.grammar import ClosedGrammar
from audio.asr.recogniser import RecognitionStream, Transcript
from audio.errors import AudioError
from audio.samples import PCM_MAX, SAMPLE_RATE, Samples

VOSK_BLOCK = 1024
"""Samples that Vosk is given at once (64 ms), so that the outcome does not depend on the blocks that sound comes in."""
VOSK_GRAMMARS = 8
"""Number of closed sets whose Vosk recognisers are kept, the most recently used ones."""
VOSK_PART_SAMPLES = SAMPLE_RATE * 10
"""Samples (10 s) after which a part of an utterance is closed, if no silence did: memory grows with its length."""
UNKNOWN_WORD = "[unk]"
"""The word that stands for words outside the grammar: in the grammar, and in what Vosk writes."""
VOSK_NO_TEXT_FACTOR = 0.5
"""Factor on the confidence in an expected sentence where the free text is empty."""
MODEL_FILES = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst")
"""Files of a model folder; without one of them, Vosk can't be given a grammar."""
SILENT_LOG = -5
"""Vosk's log level under which nothing is written to the terminal: errors come as exceptions or results."""


@dataclass(frozen=True, slots=True)
class _VoskWord:
    """A word that Vosk has recognised."""

    text: str
    """The word in lower case, or UNKNOWN_WORD."""
    confidence: float
    """Vosk's confidence in the word, 0 to 1."""


class VoskRecogniser:
    """The recogniser of the wheel vosk, with one of Vosk's models: a `Recogniser` that streams.

    At most one in a process: the model is large. One utterance at a time.

    Threads: all of it belongs to one thread at a time.
    """

    def __init__(self, model: Path) -> None:
        """`model`: the folder of an unpacked model. Raises AudioError when Vosk or the model can't be loaded."""
        try:
            import vosk
        except (ImportError, OSError) as error:
            raise AudioError(f"Vosk can't be loaded: {error}. Run script/setup again.") from error
        _check(model)
        vosk.SetLogLevel(SILENT_LOG)
        self._reader = vosk.KaldiRecognizer
        try:
            self._model = vosk.Model(str(model))
            self._free = _with_words(vosk.KaldiRecognizer(self._model, SAMPLE_RATE))
        except Exception as error:  # the wheel raises no other class
            raise AudioError(f"{model} can't be loaded: it is damaged. Run: main.py models install") from error
        self.knows = lru_cache(maxsize=None)(self._find)
        """Whether the model's vocabulary has a word, given in lower case."""
        self._closed = lru_cache(maxsize=VOSK_GRAMMARS)(self._with_grammar)
        self._current: VoskStream | None = None

    def load(self) -> None:
        """Do nothing: the model was loaded at the start."""

    def start_stream(self, expected: Sequence[str] = ()) -> "VoskStream":
        """Begin an utterance that may be one of these sentences; one still under way is abandoned.

        Sentences with words that the model does not know are left out.
        """
        if self._current:
            self._current.abandon()
        sentences = {sentence.lower(): sentence for sentence in expected if self._knows_all(sentence.lower())}
        closed = self._closed(tuple(sentences)) if sentences else None
        self._current = VoskStream(_KaldiStream(self._free), _KaldiStream(closed) if closed else None, sentences)
        return self._current

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """Begin streaming recognition of an utterance that may be one of these sentences; never None."""
        return self.start_stream(expected)

    def recognise(
        self,
        samples: Samples,
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,  # noqa: ARG002 - Vosk's grammars are lists of sentences
    ) -> Transcript:
        """Recognise one whole utterance of any length.

        `expected`: short sentences that mean something now. `streamed`: the transcript of the same utterance by a
        stream of this recogniser, which is then returned as it is.
        """
        if streamed is not None:
            return streamed
        utterance = self.start_stream(expected)
        utterance.feed(samples)
        return utterance.finish()

    def recognise_partial(
        self,
        samples: Samples,  # noqa: ARG002 - the grammar rejects nothing
        expected: Sequence[str],  # noqa: ARG002
    ) -> None:
        """None: Vosk's grammar rejects nothing, so it can't tell a sentence from other speech."""
        return

    def _knows_all(self, sentence: str) -> bool:
        """Whether every word of a sentence is in the model's vocabulary; False for an empty one."""
        words = sentence.split()
        return bool(words) and all(self.knows(word) for word in words)

    def _find(self, word: str) -> bool:
        """Look a word up in the model's vocabulary."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def _with_grammar(self, sentences: tuple[str, ...]) -> Any:  # noqa: ANN401 (vosk has no types)
        """Make one of Vosk's recognisers for a closed set of sentences."""
        return _with_words(self._reader(self._model, SAMPLE_RATE, json.dumps([*sentences, UNKNOWN_WORD])))


class VoskStream:
    """Streaming recognition of one utterance by Vosk."""

    def __init__(self, free: "_KaldiStream", closed: "_KaldiStream | None", sentences: Mapping[str, str]) -> None:
        """`sentences`: the expected sentences as they were given, by their lower case; `closed`: None without any."""
        self._free, self._closed, self._sentences = free, closed, sentences
        self._waiting = np.zeros(0, np.float32)
        self._seconds = 0.0
        self._ended = False

    def feed(self, samples: Samples) -> None:
        """Take the next samples, any number. Raises ValueError after the end."""
        if self._ended:
            raise ValueError("This utterance has ended. Start another stream for the next.")
        started = time.perf_counter()
        waiting = np.concatenate([self._waiting, samples])
        whole = len(waiting) - len(waiting) % VOSK_BLOCK
        for block in np.split(waiting[:whole], range(VOSK_BLOCK, whole, VOSK_BLOCK)):
            self._pass_on(block)
        self._waiting = waiting[whole:]
        self._seconds += time.perf_counter() - started

    @property
    def partial(self) -> str:
        """The partial transcript: words of the closed set, or free text without one; later sound may revise it."""
        return (self._closed or self._free).partial

    def finish(self) -> Transcript:
        """End the utterance; its transcript. Raises ValueError after the end."""
        self.feed(np.zeros(0, np.float32))
        started = time.perf_counter()
        self._pass_on(self._waiting)
        self._ended = True
        free = self._free.finish()
        text = _text(free)
        closed = self._closed.finish() if self._closed else []
        # Vosk's grammar joins the sentences' words at will: only a whole sentence counts.
        expected = self._sentences.get(_text(closed))
        confidence = _weakest(closed) * _agreement(_text(closed), text) if expected else 0.0
        mean = sum(word.confidence for word in free) / len(free) if free else 0.0
        return Transcript(text, mean, expected, confidence, self._seconds + time.perf_counter() - started)

    def abandon(self) -> None:
        """End the utterance without a transcript: Vosk's recognisers are needed for the next."""
        self._ended = True

    def _pass_on(self, samples: Samples) -> None:
        """Give a block to Vosk, as 16-bit PCM."""
        finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        pcm = np.rint(np.clip(finite, -1, 1) * PCM_MAX).astype("<i2").tobytes()
        self._free.feed(pcm)
        if self._closed:
            self._closed.feed(pcm)


class _KaldiStream:
    """One of Vosk's recognisers, from the beginning of an utterance to its end.

    Vosk ends a part of the utterance wherever it finds a silence; where the utterance ends is for the segmenter.
    """

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 (vosk has no types)
        """`reader`: one of Vosk's recognisers, which is reset."""
        reader.Reset()
        self._reader = reader
        self._words: list[_VoskWord] = []
        self._samples = 0
        self._partial: str | None = ""

    def feed(self, pcm: bytes) -> None:
        """Take the next samples as 16-bit PCM."""
        if not pcm:
            return
        self._partial = None
        self._samples += len(pcm) // 2
        if self._reader.AcceptWaveform(pcm) or self._samples >= VOSK_PART_SAMPLES:
            self._words += _words(self._reader.Result())
            self._samples = 0

    @property
    def partial(self) -> str:
        """The words so far. Kept until the next samples, since it is asked for more often than it can change."""
        if self._partial is None:
            going_on = json.loads(self._reader.PartialResult()).get("partial", "")
            self._partial = f"{_text(self._words)} {going_on}".strip()
        return self._partial

    def finish(self) -> list[_VoskWord]:
        """End the utterance; its words."""
        return [*self._words, *_words(self._reader.FinalResult())]


def _check(folder: Path) -> None:
    """Raise AudioError for a folder without all files of a model.

    Vosk explains a missing file on the terminal alone, and an empty one ends the process.
    """
    for name in MODEL_FILES:
        path = folder / name
        if not path.is_file() or not path.stat().st_size:
            raise AudioError(f"{folder} holds no Vosk model: {name} is missing. Run: main.py models install")


def _with_words(reader: Any) -> Any:  # noqa: ANN401 (vosk has no types)
    """Have one of Vosk's recognisers give a confidence for each word; returns that recogniser."""
    reader.SetWords(True)
    return reader


def _words(result: str) -> list[_VoskWord]:
    """Parse the words of a result, which is JSON."""
    return [_VoskWord(word["word"], min(float(word["conf"]), 1.0)) for word in json.loads(result).get("result", [])]


def _text(words: Sequence[_VoskWord]) -> str:
    """Join words to a text."""
    return " ".join(word.text for word in words)


def _weakest(words: Sequence[_VoskWord]) -> float:
    """The least confidence among words, 0 to 1."""
    return min(word.confidence for word in words)


def _agreement(expected: str, free: str) -> float:
    """How far the free text supports an expected sentence, 0 to 1: Vosk's grammar alone is confident of anything."""
    if not free:
        return VOSK_NO_TEXT_FACTOR
    similarity: float = Levenshtein.normalized_similarity(expected, free)
    return math.sqrt(similarity)
