"""Speech with the exact time of every word and phoneme, from espeak-ng's library."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.samples import SAMPLE_RATE

_SYNCHRONOUS, _PHONEME_EVENTS = 2, 1
"""Arguments of espeak_Initialize: synthesize before returning, and report phonemes."""
_EVENT_END, _EVENT_WORD, _EVENT_PHONEME = 0, 1, 7
"""Types of espeak_EVENT."""
_SPEED, _PITCH, _RANGE, _GAP = 1, 3, 4, 7
"""Parameters of espeak_SetParameter."""
_BY_CHARACTER, _UTF_8 = 1, 1
"""Arguments of espeak_Synth: positions are counted in characters, and the text is in UTF-8."""


class _Id(ctypes.Union):
    """The union in espeak_EVENT."""

    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
"""The type of the function that espeak-ng calls with each piece of sound."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said."""

    voice: str
    """A voice and a variant, as in "en-us+m3"."""
    speed: int = 150
    """Words a minute."""
    pitch: int = 50
    """0 to 100."""
    range: int = 50
    """Range of the pitch, from 0 (monotonous) to 100."""
    gap: int = 0
    """Pause between words, in steps of 10 ms."""


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A word or phoneme that begins at a moment."""

    seconds: float
    """Seconds from the beginning of the sound."""
    text: str
    """A word of the text, or a phoneme's mnemonic; an empty mnemonic is silence."""
    is_word: bool


@dataclass(frozen=True, slots=True)
class MarkedSpeech:
    """A text that was spoken."""

    samples: NDArray[np.float32]
    """Mono at 16 kHz, in 16-bit steps, shape (n,)."""
    marks: tuple[TimeMark, ...]
    """Its words and phonemes in order of time."""


class _Synthesizer:
    """espeak-ng's library, which has one state for the whole process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 200, None, _PHONEME_EVENTS))
        if self._rate <= 0:
            raise OSError("espeak-ng has no data. Install espeak-ng-data.")
        self._pieces: list[NDArray[np.int16]] = []
        self._marks: list[TimeMark] = []
        self._text = ""
        self._callback = _Callback(self._take)  # espeak-ng keeps a bare pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, manner: Manner) -> MarkedSpeech:
        """Speak a text. Raises ValueError for an unknown voice."""
        self._pieces, self._marks, self._text = [], [], text
        if self._library.espeak_SetVoiceByName(manner.voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {manner.voice}.")
        for parameter, value in (
            (_SPEED, manner.speed),
            (_PITCH, manner.pitch),
            (_RANGE, manner.range),
            (_GAP, manner.gap),
        ):
            self._library.espeak_SetParameter(parameter, value, 0)
        said = text.encode()
        self._library.espeak_Synth(said, len(said) + 1, 0, _BY_CHARACTER, 0, _UTF_8, None, None)
        samples = np.concatenate([np.zeros(0, np.int16), *self._pieces]).astype(np.float32)
        return MarkedSpeech(soxr.resample(samples, self._rate, SAMPLE_RATE), tuple(self._marks))

    def _take(self, sound: "ctypes._Pointer[ctypes.c_short]", samples: int, events: "ctypes._Pointer[_Event]") -> int:
        """Keep a piece of sound and its events; 0 lets espeak-ng go on."""
        if samples > 0:
            self._pieces.append(np.ctypeslib.as_array(sound, (samples,)).copy())
        self._marks.extend(self._read(events))
        return 0

    def _read(self, events: "ctypes._Pointer[_Event]") -> Iterator[TimeMark]:
        """The marks of the events."""
        index = 0
        while (event := events[index]).type != _EVENT_END:
            index += 1
            seconds = event.sample / self._rate
            if event.type == _EVENT_PHONEME:
                yield TimeMark(seconds, event.id.string.decode(), is_word=False)
            elif event.type == _EVENT_WORD:
                # The event's own length ends at an apostrophe.
                word = self._text[event.text_position - 1 :].split(maxsplit=1)[0]
                yield TimeMark(seconds, word.rstrip(","), is_word=True)


@cache
def _synthesizer() -> _Synthesizer:
    """The one synthesizer. Raises OSError where the library or its data are missing."""
    return _Synthesizer()


def speak(text: str, manner: Manner) -> MarkedSpeech:
    """Speak a text.

    Raises OSError where espeak-ng's library or data are missing, ValueError where the voice is unknown.
    """
    return _synthesizer().speak(text, manner)
