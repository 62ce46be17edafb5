"""What people say of themselves in words that no template has: that their back hurts, or that they are afraid.

Pure: words in, a judgement out.
"""

from collections.abc import Sequence
from itertools import pairwise

from intents.red_flags.detect import tells_of_others

_PLACES = frozenset("back neck shoulder shoulders spine blade blades muscles".split())
"""Words for where Limber can help."""
_COMPLAINTS = frozenset(
    "stiff stiffness sore ache aches aching achy hurts hurting hurt cramp cramps cramped cramping spasm spasms tight "
    "tightness knot knots knotted pain pains painful seized seizing twinge twinges tense locked".split()
)
"""Words for what ails it."""
_AFRAID = frozenset("scared frightened afraid terrified panicking panic panicked anxious petrified fearful".split())
"""Words for fear."""
_SPEAKER = frozenset("i my me mine myself".split())
"""Words with which people speak of themselves."""
_DENIED = frozenset("no not never nor without isn't hardly nothing".split())
"""Words after which it is not there."""
_OVER = frozenset("gone stopped over vanished".split())
"""Words that tell that it is over."""
_BECOME = frozenset("into all stiff tight rigid in and numb again".split())
"""Words after "gone" that tell what it has become."""
_OTHERS = frozenset("he she his her they their you your".split())
"""Words with which others are spoken of."""
_SAID_BETWEEN = frozenset({"know", "see", "understand"})
"""Words after a "you" that is spoken to nobody: "you know"."""
_NEAR, _BEFORE = 7, 3
"""Words within which the place and the complaint stand, and before one in which it may be denied."""
_LONGEST_FEAR = 14
"""Most words of somebody who says no more than that they are afraid."""


def complains(words: Sequence[str], text: str) -> bool:
    """Whether somebody tells at length that their own back, neck or shoulders hurt."""
    places = [at for at, word in enumerate(words) if word in _PLACES or word.removesuffix("s") in _PLACES]
    ails = [at for at, word in enumerate(words) if word in _COMPLAINTS and not _denied(words, at)]
    near = any(abs(place - ail) <= _NEAR for place in places for ail in ails)
    over = any(word in _OVER and after not in _BECOME for word, after in pairwise([*words, ""]))
    return near and not over and _of_the_speaker(words) and not tells_of_others(text)


def is_afraid(words: Sequence[str], text: str) -> bool:
    """Whether somebody says that they are afraid."""
    afraid = [at for at, word in enumerate(words) if word in _AFRAID and not _denied(words, at)]
    return bool(afraid) and len(words) <= _LONGEST_FEAR and _of_the_speaker(words) and not tells_of_others(text)


def _denied(words: Sequence[str], at: int) -> bool:
    return not _DENIED.isdisjoint(words[max(0, at - _BEFORE) : at])


def _of_the_speaker(words: Sequence[str]) -> bool:
    addressed = [word for word, after in pairwise([*words, ""]) if word != "you" or after not in _SAID_BETWEEN]
    return not _SPEAKER.isdisjoint(words) and _OTHERS.isdisjoint(addressed)
