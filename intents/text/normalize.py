"""One spelling for what is heard, typed or written in a template, so that only words are compared."""

import re
import unicodedata

from intents.text.english import exists
from intents.text.numerals import in_words, split_number

DIALECT = {
    "aboot": "about",
    "aff": "off",
    "airm": "arm",
    "airms": "arms",
    "amnae": "am not",
    "arenae": "are not",
    "auld": "old",
    "awa": "away",
    "canna": "can not",
    "cannae": "can not",
    "claes": "clothes",
    "couldna": "could not",
    "couldnae": "could not",
    "dae": "do",
    "deid": "dead",
    "didna": "did not",
    "didnae": "did not",
    "dinna": "do not",
    "dinnae": "do not",
    "disnae": "does not",
    "doesnae": "does not",
    "doon": "down",
    "efter": "after",
    "fae": "from",
    "gaun": "going",
    "gie": "give",
    "gies": "give us",
    "gonnae": "will you",
    "gonny": "will you",
    "hae": "have",
    "hasnae": "has not",
    "haud": "hold",
    "haun": "hand",
    "hauns": "hands",
    "havena": "have not",
    "havenae": "have not",
    "heid": "head",
    "hoo": "how",
    "isna": "is not",
    "isnae": "is not",
    "lang": "long",
    "mair": "more",
    "masel": "myself",
    "nae": "no",
    "nane": "none",
    "naebody": "nobody",
    "naw": "no",
    "nicht": "night",
    "noo": "now",
    "nowt": "nothing",
    "oot": "out",
    "ower": "over",
    "owt": "anything",
    "richt": "right",
    "roon": "round",
    "sair": "sore",
    "shooder": "shoulder",
    "shooders": "shoulders",
    "shouldnae": "should not",
    "staun": "stand",
    "summat": "something",
    "tae": "to",
    "thae": "those",
    "thon": "that",
    "twa": "two",
    "wan": "one",
    "wasna": "was not",
    "wasnae": "was not",
    "wheesht": "hush",
    "whit": "what",
    "wi": "with",
    "wid": "would",
    "willnae": "will not",
    "wisnae": "was not",
    "wouldna": "would not",
    "wouldnae": "would not",
    "wrang": "wrong",
    "ye": "you",
    "yer": "your",
    "yin": "one",
    "yous": "you",
    "youse": "you",
}
"""To a word of Scots or of northern English, the words it stands for."""
SPELLINGS = {
    **DIALECT,
    "alright": "all right",
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "centre": "center",
    "colour": "color",
    "cos": "because",
    "cuz": "because",
    "d'you": "do you",
    "how'd": "how did",
    "what'd": "what did",
    "when'd": "when did",
    "where'd": "where did",
    "why'd": "why did",
    "g'day": "hello",
    "dont": "do not",
    "didnt": "did not",
    "doesnt": "does not",
    "dunno": "do not know",
    "gimme": "give me",
    "d'ya": "do you",
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
}
"""To a contraction, short form or other spelling, the words it stands for."""
IS = frozenset(
    "what that it how long far much where there who here when he she why this one everything something nothing "
    "anything someone somebody anyone everyone nobody".split()
)
"""Words after which "'s" is "is"; after others it is a possessive."""
ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}
"""To the end of a contraction, the words it stands for."""

_SHORTEST_DROPPED_G = 5
"""Length in letters of the shortest word whose end may be "-ing" without its g: "eatin"."""
_NOT_DROPPED = frozenset({"aspirin", "cumin", "login", "raisin", "resin", "statin"})
"""Words that end in "-in" and are whole, though the same letters with a g are a word too."""

_SYMBOLS = {"%": " percent ", "&": " and ", "°": " degrees ", "’": "'", "ʼ": "'", "`": "'"}
"""To a symbol, how it is read; apostrophes of every kind become one."""
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(\b(?:is|are|am|was|were)|'s|'re|'m)((?: (?:it|that|he|she|they|we|you|i))?) gonnae\b"),
        r"\1\2 going to",
    ),
    (re.compile(r"\bo (?=(?:them|these|those|that|the|it|my|yer|your)\b)"), "of "),
    (re.compile(r"\bno fit\b"), "can not"),
    (re.compile(r"\bno dey\b"), "does not"),
    (re.compile(r"^\W*(?:ya\b[\s,.!]*)+(?=$|correct|right|sure|okay|please|yes|that's)"), "yes "),
    (re.compile(r"\bya\b"), "you"),
    (re.compile(r"\bah'm\b"), "i am"),
    # Exclamations, which ask for nothing and name nothing.
    (re.compile(r"\bfor (?:(?:the )?love of [a-z]+|cry(?:ing|in'?) out loud|[a-z]+'?s? sake)\b"), ""),
    # An assurance, and nobody who lies anywhere.
    (re.compile(r"\b(?:i'?m |i am )?not (?:going to|gonna) lie\b(?! (?:down|on|in|back|flat|here|still|there))"), ""),
)
"""Phrases of dialects, and those whose words alone say something else, with what they stand for."""
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
"""A comma between groups of three digits."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
"""A decimal point."""
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
"""A full stop between initials, as in "O.K."."""
_FRACTIONS = {"½": " 1/2 ", "¼": " 1/4 ", "¾": " 3/4 "}
"""To a fraction that is one character, its digits: the normal form NFKC would join them to a whole number before."""
_FRACTION_WORDS = {"1/2": "a half", "1/4": "a quarter", "3/4": "three quarters"}
"""To a written fraction, its words."""
_WRITTEN_LENGTHS: tuple[tuple[re.Pattern[str], str], ...] = (
    # 1:30, 1'30" and 1m30s are minutes and seconds; 10:30 is more likely a time of day, and stays.
    (re.compile(r"(?<![\d:])(\d):([0-5]\d)(?![\d:])"), r"\1 minutes \2 seconds"),
    (re.compile(r"(?<!\d)(\d) ?['\u2032] ?([0-5]?\d) ?(?:\"|\u2033|'')"), r"\1 minutes \2 seconds"),
    (re.compile(r"(?<!\d)(\d) ?m(?:in)? ?([0-5]?\d) ?s(?:ec)?\b"), r"\1 minutes \2 seconds"),
    (re.compile(r"(\d) ?(?:s|sec|secs)\b"), r"\1 seconds"),
    (re.compile(r"(\d) ?(?:m|min|mins)\b"), r"\1 minutes"),
    (re.compile(r"(\d) *(?:and )? *(?<![\d/])(1/2|1/4|3/4)(?![\d/])"), r"\1 and \2"),
    (re.compile(r"(?<![\d/])(\d{1,2}) ?/ ?10(?![\d/])"), r"\1 out of 10"),
    (re.compile(r"(?<![\w-])[-\u2212](?=\d)"), "minus "),
)
"""Written lengths of time, mixed numbers, a score of ten and a number below nought, and the words they are read as."""
_FRACTION = re.compile(r"(?<![\d/])(?:1/2|1/4|3/4)(?![\d/])")
"""A written fraction."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
"""A word, with apostrophes within, or a run of digits."""


def words_of(text: str) -> list[str]:
    """The words of `text`: lower case, no punctuation, contractions opened, numbers spelled out."""
    for character, written in _FRACTIONS.items():
        text = text.replace(character, written)
    text = unicodedata.normalize("NFKC", text)
    for symbol, spelled in _SYMBOLS.items():
        text = text.replace(symbol, spelled)
    text = _GROUPED.sub("", text.casefold())
    for pattern, read_as in _PHRASES:
        text = pattern.sub(read_as, text)
    if any(character.isdigit() for character in text):
        for pattern, read_as in _WRITTEN_LENGTHS:
            text = pattern.sub(read_as, text)
        text = _FRACTION.sub(lambda found: f" {_FRACTION_WORDS[found.group()]} ", text)
    text = _POINT.sub(" point ", text)
    text = _INITIALS.sub(r"\1", text)
    return [word for found in _WORD.findall(text) for word in _respell(found)]


def _respell(word: str) -> list[str]:
    """The words that one written word stands for."""
    if word.isdecimal():
        parts = [word] if len(word) <= 6 and not word.startswith("00") else list(word)
        return [spelled for part in parts for spelled in in_words(int(part)).split()]
    if word in SPELLINGS:
        return SPELLINGS[word].split()
    if word.endswith("in") and _drops_g(word):
        return [f"{word}g"]
    for ending, opened in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending) + opened).split()
    if word.endswith("'s") and word[:-2] in IS:
        return [word[:-2], "is"]
    return split_number(word.replace("'", ""))


def _drops_g(word: str) -> bool:
    """Whether a word that ends in "-in" is one in "-ing", said without its g."""
    whole = len(word) < _SHORTEST_DROPPED_G or word in _NOT_DROPPED or exists(word)
    return not whole and exists(f"{word}g")
