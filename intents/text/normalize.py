"""One spelling for what is heard, typed or written in a template, so that only words are compared."""

import re
import unicodedata

from intents.text.numerals import in_words

SPELLINGS = {
    "alright": "all right",
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "centre": "center",
    "colour": "color",
    "cos": "because",
    "cuz": "because",
    "dont": "do not",
    "didnt": "did not",
    "doesnt": "does not",
    "dunno": "do not know",
    "gimme": "give me",
    "gonna": "going to",
    "gotta": "got to",
    "im": "i am",
    "isnt": "is not",
    "ive": "i have",
    "lemme": "let me",
    "lets": "let us",
    "let's": "let us",
    "min": "minute",
    "mins": "minutes",
    "nah": "no",
    "ok": "okay",
    "programme": "program",
    "sec": "second",
    "secs": "seconds",
    "shan't": "shall not",
    "thats": "that is",
    "till": "until",
    "til": "until",
    "wanna": "want to",
    "whats": "what is",
    "won't": "will not",
    "wont": "will not",
    "ya": "you",
}
"""To a contraction, short form or other spelling, the words it stands for."""
IS = frozenset(
    "what that it how where there who here when he she why this one everything something nothing anything "
    "someone somebody anyone everyone nobody".split()
)
"""Words after which "'s" is "is"; after others it is a possessive."""
ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}
"""To the end of a contraction, the words it stands for."""

_SYMBOLS = {"%": " percent ", "&": " and ", "°": " degrees ", "’": "'", "ʼ": "'", "`": "'"}
"""To a symbol, how it is read; apostrophes of every kind become one."""
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
"""A comma between groups of three digits."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
"""A decimal point."""
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
"""A full stop between initials, as in "O.K."."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
"""A word, with apostrophes within, or a run of digits."""


def words_of(text: str) -> list[str]:
    """The words of `text`: lower case, no punctuation, contractions opened, numbers spelled out."""
    text = unicodedata.normalize("NFKC", text)
    for symbol, spelled in _SYMBOLS.items():
        text = text.replace(symbol, spelled)
    text = _POINT.sub(" point ", _GROUPED.sub("", text.casefold()))
    text = _INITIALS.sub(r"\1", text)
    return [word for found in _WORD.findall(text) for word in _respell(found)]


def _respell(word: str) -> list[str]:
    """The words that one written word stands for."""
    if word.isdecimal():
        parts = [word] if len(word) <= 6 and not word.startswith("00") else list(word)
        return [spelled for part in parts for spelled in in_words(int(part)).split()]
    if word in SPELLINGS:
        return SPELLINGS[word].split()
    for ending, opened in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending) + opened).split()
    if word.endswith("'s") and word[:-2] in IS:
        return [word[:-2], "is"]
    return [word.replace("'", "")]
