"""Vosk: hears while the person speaks, one of a closed set of sentences and, beside it, freely."""

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from audio.asr.grammar import ClosedGrammar
from audio.asr.recogniser import RecognitionStream, Transcript
from audio.errors import AudioError
from audio.samples import SAMPLE_RATE

VOSK_BLOCK = 1024
"""Samples Vosk is given at once, so that what is heard does not depend on the blocks the sound arrives in."""
VOSK_GRAMMARS = 8
"""Recognisers kept ready, one for each closed set, those listened with last."""
VOSK_PART_SAMPLES = SAMPLE_RATE * 10
"""Samples after which a part is closed where no silence did: the memory and time of its end grow with it."""
UNKNOWN_WORD = "[unk]"
"""What a grammar needs to hear words outside it, and what Vosk writes for them."""
VOSK_NO_TEXT_FACTOR = 0.5
"""Factor on the confidence in an expected sentence where freely nothing was heard."""
MODEL_FILES = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst")
"""Files without which a folder is no model that can be told what to expect."""
SILENT_LOG = -5
"""Below warnings and errors: those come as exceptions or results."""


@dataclass(frozen=True, slots=True)
class _VoskWord:
    text: str
    confidence: float


class VoskRecogniser:
    """The recogniser inside the wheel vosk, with one of Vosk's models. An `Ear`, and one that hears bit by bit.

    One a process: the model is large. Follows one utterance at a time, in one thread at a time.
    """

    def __init__(self, model: Path) -> None:
        """`model`: the model's folder, unpacked. Raises AudioError when Vosk or the model can't be loaded."""
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
        """Whether the model has this word, which is in lower case."""
        self._closed = lru_cache(maxsize=VOSK_GRAMMARS)(self._with_grammar)
        self._current: VoskStream | None = None

    def load(self) -> None:
        """Nothing is left to load."""

    def start_stream(self, expected: Sequence[str] = ()) -> "VoskStream":
        """Speech begins, and may be one of these sentences. An utterance still under way is abandoned.

        Sentences with words that the model does not know are left out.
        """
        if self._current:
            self._current.abandon()
        sentences = {sentence.lower(): sentence for sentence in expected if self._knows_all(sentence.lower())}
        closed = self._closed(tuple(sentences)) if sentences else None
        self._current = VoskStream(_KaldiStream(self._free), _KaldiStream(closed) if closed else None, sentences)
        return self._current

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """The same as `listen`, as an `Ear`."""
        return self.start_stream(expected)

    def recognise(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,  # noqa: ARG002 - it expects listed sentences alone
    ) -> Transcript:
        """Recognise one whole utterance: mono, 16 kHz, shape (n,), any n; see `Ear`."""
        if streamed is not None:
            return streamed
        utterance = self.start_stream(expected)
        utterance.feed(samples)
        return utterance.finish()

    def recognise_partial(
        self,
        samples: NDArray[np.float32],  # noqa: ARG002 - its grammar has no rejection: it would be sure of anything
        expected: Sequence[str],  # noqa: ARG002
    ) -> None:
        """None: it can't tell a sentence from what resembles none."""
        return

    def _knows_all(self, sentence: str) -> bool:
        words = sentence.split()
        return bool(words) and all(self.knows(word) for word in words)

    def _find(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def _with_grammar(self, sentences: tuple[str, ...]) -> Any:  # noqa: ANN401 (vosk has no types)
        return _with_words(self._reader(self._model, SAMPLE_RATE, json.dumps([*sentences, UNKNOWN_WORD])))


class VoskStream:
    """What is being said."""

    def __init__(self, free: "_KaldiStream", closed: "_KaldiStream | None", sentences: Mapping[str, str]) -> None:
        self._free, self._closed, self._sentences = free, closed, sentences
        self._waiting = np.zeros(0, np.float32)
        self._seconds = 0.0
        self._ended = False

    def feed(self, samples: NDArray[np.float32]) -> None:
        """The next samples: mono, 16 kHz, within -1 to 1, shape (n,), any n. Raises ValueError after the end."""
        if self._ended:
            raise ValueError("This utterance has ended. Listen again for the next.")
        started = time.perf_counter()
        waiting = np.concatenate([self._waiting, samples])
        whole = len(waiting) - len(waiting) % VOSK_BLOCK
        for block in np.split(waiting[:whole], range(VOSK_BLOCK, whole, VOSK_BLOCK)):
            self._pass_on(block)
        self._waiting = waiting[whole:]
        self._seconds += time.perf_counter() - started

    @property
    def partial(self) -> str:
        """What is heard so far, of the closed set (freely, where it is empty); later sound may revise it."""
        return (self._closed or self._free).partial

    def finish(self) -> Transcript:
        """The person has fallen silent. Raises ValueError after the end."""
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
        """Nobody will ask what was said; the recognisers are free for the next utterance."""
        self._ended = True

    def _pass_on(self, samples: NDArray[np.float32]) -> None:
        finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        pcm = np.rint(np.clip(finite, -1, 1) * 32767).astype("<i2").tobytes()
        self._free.feed(pcm)
        if self._closed:
            self._closed.feed(pcm)


class _KaldiStream:
    """One of Vosk's recognisers, from the beginning of an utterance to its end."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 (vosk has no types)
        reader.Reset()
        self._reader = reader
        self._words: list[_VoskWord] = []
        self._samples = 0
        self._partial: str | None = ""

    def feed(self, pcm: bytes) -> None:
        if not pcm:
            return
        self._partial = None
        self._samples += len(pcm) // 2
        # Vosk ends a part wherever it hears a silence; the utterance ends where the segmenter says.
        if self._reader.AcceptWaveform(pcm) or self._samples >= VOSK_PART_SAMPLES:
            self._words += _words(self._reader.Result())
            self._samples = 0

    @property
    def partial(self) -> str:
        if self._partial is None:  # asked for more often than it can change
            going_on = json.loads(self._reader.PartialResult()).get("partial", "")
            self._partial = f"{_text(self._words)} {going_on}".strip()
        return self._partial

    def finish(self) -> list[_VoskWord]:
        return [*self._words, *_words(self._reader.FinalResult())]


def _check(folder: Path) -> None:
    """A missing file would be explained on the terminal alone, and an empty one ends the process."""
    for name in MODEL_FILES:
        path = folder / name
        if not path.is_file() or not path.stat().st_size:
            raise AudioError(f"{folder} holds no Vosk model: {name} is missing. Run: main.py models install")


def _with_words(reader: Any) -> Any:  # noqa: ANN401 (vosk has no types)
    """The same recogniser, that tells how sure it is of each word."""
    reader.SetWords(True)
    return reader


def _words(result: str) -> list[_VoskWord]:
    return [_VoskWord(word["word"], min(float(word["conf"]), 1.0)) for word in json.loads(result).get("result", [])]


def _text(words: Sequence[_VoskWord]) -> str:
    return " ".join(word.text for word in words)


def _weakest(words: Sequence[_VoskWord]) -> float:
    return min(word.confidence for word in words)


def _agreement(expected: str, free: str) -> float:
    """How far free hearing bears an expected sentence out, 0 to 1: a grammar alone is sure of whatever it hears."""
    if not free:
        return VOSK_NO_TEXT_FACTOR
    similarity: float = Levenshtein.normalized_similarity(expected, free)
    return math.sqrt(similarity)
