"""Whether what was said of a sign is about somebody else, and not about the person who speaks."""

import re
from itertools import pairwise

from intents.red_flags.detect import tells_of_others
from intents.text.normalize import words_of

ANOTHER = frozenset("he she they his her their somebody someone".split())
"""First words of what is told of somebody else."""
SPEAKER = frozenset("i me my mine myself we us our".split())
"""Words with which people speak of themselves."""
_WORRY = re.compile(
    r"\b(?:(?:and |so |but )?what (?:should|do|can|shall|must|could) (?:i|we) do(?: now| then| about (?:it|that))?"
    r"|(?:and |so |but )?i(?:'m| am| feel)(?: so| very| really| quite| a bit)? "
    r"(?:worried|frightened|scared|afraid|anxious)(?: about| for| of)?"
    r"|(?:and |so |but )?i (?:don't|do not) know what to do|can you help|please help)\b",
    re.IGNORECASE,
)
"""What people say of themselves beside the sign of another."""
_OF_THE_HOUSE = re.compile(
    r"(?:my|our|the|me) (?:little |wee |old |poor |other |youngest |eldest )*"
    r"(?:lad|lass|boy|girl|half|baby|bairn|kid|one|missus|hubby|partner|toddler|lodger|guest|visitor)\b"
)
"""How it begins when somebody of the house is told of whom no list of relatives has."""


def is_about_others(text: str) -> bool:
    """Whether somebody else is in danger, and not the person who speaks as well: "he fell off the ladder"."""
    words = words_of(text)
    if ANOTHER.issuperset(words[:1]):
        return SPEAKER.isdisjoint(words)
    also = {(first, second) for first in ("and", "now", "but") for second in SPEAKER}
    return tells_of_others(text) and also.isdisjoint(pairwise(words))


def surely_about_others(text: str) -> bool:
    """Whether a text tells of nobody but somebody else, so that the person who speaks need not see to themselves.

    "My wife says my arm is numb" names the speaker twice, and is not sure.
    """
    told = _WORRY.sub(" ", text).strip(" ,.;!?")
    words = words_of(told)
    own = [word for word in words if word in SPEAKER]
    if _OF_THE_HOUSE.match(" ".join(words)):
        return len(own) <= 1
    return is_about_others(told) and own in ([], ["my"], ["our"])
