"""How words are pronounced: espeak-ng's letter-to-sound rules, in the phonemes that the network of phonemes knows."""

import ctypes
import re
import threading
from functools import cache, lru_cache

import espeakng_loader

from audio.errors import AudioError

AUDIO_OUTPUT_SYNCHRONOUS, INITIALIZE_DONT_EXIT = 2, 0x8000
"""Arguments of espeak_Initialize: no sound card is opened, and a failure is returned instead of ending the process."""
CHARS_UTF8 = 1
"""Argument of espeak_TextToPhonemes: the text is in UTF-8."""
SEPARATED_IPA = 0x02 | ord("_") << 8
"""Argument of espeak_TextToPhonemes: phonemes in the International Phonetic Alphabet, with "_" between them."""
ACCENT = b"en-us"
"""espeak-ng's voice whose phonemes are asked for."""
CACHED_PRONUNCIATIONS = 20_000
"""Most words whose phonemes are kept."""
WEAK_FORMS = {"a": ("ə",), "the": ("ð", "ə")}
"""Words that are hardly ever said as they are named."""
UNSPOKEN = re.compile(r"[^\w']+")
"""What is no part of a word's sound."""
DIACRITICS = re.compile("[ˈˌː\u0329ʲ-]")
"""Marks of stress, length, syllables and palatal sounds, none of which the network tells apart."""
AS_LABELS = {
    "tʃ": ("t͡ʃ",),
    "dʒ": ("d͡ʒ",),
    "ɾ": ("t",),
    "ʔ": ("t",),
    "ɡ": ("g",),
    "r": ("ɹ",),
    "x": ("k",),
    "ɬ": ("l",),
    "ɚ": ("ɝ",),
    "ɜ": ("ɝ",),
    "ɐ": ("ə",),
    "ᵻ": ("ɪ",),
    "a": ("æ",),
    "e": ("eɪ",),
    "o": ("oʊ",),
    "əʊ": ("oʊ",),
    "əl": ("ə", "l"),
    "iə": ("i", "ə"),
    "eə": ("ɛ", "ɹ"),
    "oɹ": ("ɔ", "ɹ"),
    "aɪə": ("aɪ", "ə"),
    "aɪɚ": ("aɪ", "ɝ"),
    "aɪɹ": ("aɪ", "ɝ"),
    **{vowel + "ɹ": (vowel, "ɹ") for vowel in ("ɑ", "ɔ", "ɛ", "ɪ", "ʊ")},
}
"""To each phoneme of espeak-ng that the network writes otherwise, its labels."""

_one_at_a_time = threading.Lock()
"""Held while espeak-ng's library is used: it keeps its text in global variables."""


@lru_cache(maxsize=CACHED_PRONUNCIATIONS)
def pronounced(word: str) -> tuple[str, ...]:
    """The phonemes of one word or number, as labels; none where it has no sound.

    Raises AudioError where espeak-ng can't be loaded.
    """
    spoken = UNSPOKEN.sub("", word.lower().replace("’", "'"))
    if not spoken:
        return ()
    if spoken in WEAK_FORMS:
        return WEAK_FORMS[spoken]
    return tuple(label for phoneme in _phonemes(spoken) for label in AS_LABELS.get(phoneme, (phoneme,)))


def _phonemes(text: str) -> list[str]:
    """espeak-ng's phonemes of a text."""
    with _one_at_a_time:
        library = _library()
        rest, found = ctypes.c_char_p(text.encode()), []
        while rest.value:
            clause = library.espeak_TextToPhonemes(ctypes.byref(rest), CHARS_UTF8, SEPARATED_IPA)
            found += re.split(r"[_\s]+", clause.decode() if clause else "")
    return [phoneme for phoneme in (DIACRITICS.sub("", each) for each in found) if phoneme]


@cache
def _library() -> ctypes.CDLL:
    """espeak-ng's library, loaded with the accent. Raises AudioError when it can't be loaded."""
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise AudioError(f"espeak-ng can't be loaded ({error}). Install espeakng-loader again.") from error
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    data = espeakng_loader.get_data_path().encode()
    if library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data, INITIALIZE_DONT_EXIT) < 0:
        raise AudioError("espeak-ng finds no voices. Install espeakng-loader again.")
    library.espeak_SetVoiceByName(ACCENT)
    return library
