"""What is spoken to the keyword spotter: keywords in the midst of talk, what sounds like them, and other talk."""

import random
import re
from collections.abc import Mapping, Sequence
from itertools import islice

from audio.keywords.spotter import KEYWORDS, Keyword
from benchmarks.television.screenplay import GENRES, Screenplay

_LEAD_INS = (
    "||||no|okay|oh|um|please|no no|wait|oh no|hey|limber|i said|we should|i need to|oh my god|ah|yes|can we|let's"
)
"""What may be said before a command."""
_BEFORE: Mapping[Keyword, str] = {
    "stop": _LEAD_INS,
    "pause": _LEAD_INS,
    "hurts": "that|it|this|my back|my neck|it really|ow that|my shoulder|oh it|this part|stop it|no that|that still",
    "ow": "|||oh|no|ah|um|okay",
}
"""To each keyword, what may be said before it."""
_AFTER: Mapping[Keyword, str] = {
    "stop": "||please|it hurts|i can't|now|it|that|that hurts|my shoulder hurts|i need a moment|it's too much|"
    "this is too hard|my arm is going numb|for a second|someone is at the door|right now|stop|i have to go|"
    "you are going too fast|and let me rest|counting|counting out loud|talking|the music|listening|telling me",
    "pause": "||please|it|for a moment|i need a break|to get the door|someone is at the door|here|"
    "the phone is ringing|for a second|now|i can't do it|let me breathe",
    "hurts": "||so much|in my shoulder|when i turn|a lot|on the left side|too much|stop|now|here|really badly",
    "ow": "||that hurts|stop|my back|ow|my neck|it hurts|no|careful",
}
"""To each keyword, what may be said after it."""
_ALIKE = (
    "stopped|he stopped|stopping|stopwatch|stock|step|top|shop|stomp|stuff|start|store|spot|step forward|top it up|"
    "shop assistant|stock market|paused|he paused|pausing|positive|possible|because|poses|pose|paul said|possibly|"
    "porch|cause|calls|was|out|how|how long|now|hour|our|owl|outside|allow|about|down|town|around|out of here|hers|"
    "hearts|hurt|shirts|herself|her|it hurt|birds|words|works|heard|head|house|loud|cow|power|without"
)
"""What sounds like a keyword."""
_OTHER_TALK = (
    "i have been sitting at my desk all day",
    "my back is so stiff this morning",
    "can you tell me how long",
    "i think it is on the left side",
    "someone is at the door",
    "give me a moment",
    "when i turn my head",
    "i can not do this any more",
    "what do i do next",
)
"""Other talk about the session."""
_LINES = 150
"""Lines of each genre of television."""


class Texts:
    """Draws texts. None is held out for testing: voices are."""

    def __init__(self) -> None:
        script, chance = Screenplay(), random.Random(1)  # noqa: S311 - to be the same again
        lines = (line for genre in GENRES for line in islice(script.sentences(genre, chance), _LINES))
        self._talk = [*(" ".join(re.findall(r"[a-z']+", line.lower())) for line in lines), *_OTHER_TALK]

    def with_word(self, word: Keyword, chance: random.Random) -> str:
        """A text with a keyword in it."""
        before, after = _one(chance, _BEFORE[word].split("|")), _one(chance, _AFTER[word].split("|"))
        if chance.random() < 0.25 and word != "ow":
            before = f"{_one(chance, self._talk)} {before}"
        if chance.random() < 0.25:
            after = " ".join(_one(chance, self._talk).split()[:6])
        return " ".join(f"{before} {word} {after}".split())

    def without(self, chance: random.Random) -> str:
        """A text without any keyword: half of the time one that sounds alike."""
        if chance.random() < 0.5:
            lead_in = _one(chance, _LEAD_INS.split("|")) if chance.random() < 0.4 else ""
            after = " ".join(_one(chance, self._talk).split()[:4]) if chance.random() < 0.3 else ""
            text = " ".join(f"{lead_in} {_one(chance, _ALIKE.split('|'))} {after}".split())
        else:
            text = _one(chance, self._talk)
        return self.without(chance) if set(KEYWORDS) & set(text.split()) else text


def _one(chance: random.Random, of: Sequence[str]) -> str:
    """One of some texts."""
    return chance.choice(of)
