"""Requests for reminders in words that no table has: "gie me a wee reminder in half an hour tae stand up".

Tried only where a text is nothing else. The word for a reminder must be there and nothing that denies it or asks about
it; of the rest the times count, and the activity after "to".
"""

from collections.abc import Collection, Sequence

from intents.model import Intent, Meant
from intents.reminding.time_words import times_anywhere

_NAMES_ONE = frozenset("remind reminder nudge prod prompt buzz ping jog".split())
"""Words for a reminder, one of which is said."""
_FOR_ONE_HERE = frozenset("me us myself reminder".split())
"""Words that tell that a reminder is for whoever speaks."""
_DENIES_OR_ASKS = frozenset(
    "not no never stop cancel without off what which when why how who did does do is are was were have has if he she "
    "they it you've him her them that's scrap forget again".split()
)
"""Words with which nothing is set: a denial, a question, a tale of somebody else."""
_ASKS_BACK = frozenset("what which why how who when did does have has had".split())
"""Words of a question, which is no answer to "when?"."""
_BEFORE_ACTIVITY = frozenset({"to", "tae", "about"})
"""Words before the activity."""
_SLANG = {"mornin": "morning", "evenin": "evening", "arvo": "afternoon", "tomorra": "tomorrow", "tomoz": "tomorrow"}
"""Times of the day as they are spoken, without the apostrophe."""
_LONGEST_WISH = 18
"""Most words of a request."""
_LONGEST_WHEN = 6
"""Most words of an answer to "when?"."""
_LONGEST_TO_DO = 6
"""Most words of an activity."""


def read_loosely(words: Sequence[str], valid: Collection[str]) -> Meant | None:
    """What a text that is nothing else asks of reminders: one at a time, or the time that was asked for."""
    said = [_SLANG.get(word.strip("'"), word) for word in words]
    answers = len(said) <= _LONGEST_WHEN and _ASKS_BACK.isdisjoint(said)
    if Intent.WHEN in valid and answers and (slots := _time_or_part(said)):
        return Meant(Intent.WHEN, slots)
    wished = not _NAMES_ONE.isdisjoint(said) and not _FOR_ONE_HERE.isdisjoint(said)
    if Intent.REMIND not in valid or not wished or len(said) > _LONGEST_WISH or not _DENIES_OR_ASKS.isdisjoint(said):
        return None
    slots = dict(times_anywhere(said))
    if not slots and "remind" not in said[:4]:
        return None
    activity = _activity(said)
    return Meant(Intent.REMIND, {**slots, "text": activity} if activity else slots)


def _time_or_part(words: list[str]) -> dict[str, str]:
    """The times in an answer, also those without a word before them: "afternoon, pet"."""
    slots = dict(times_anywhere(words)) or dict(times_anywhere(["at", *words]))
    parts = {"morning", "afternoon", "evening", "night", "lunchtime"}.intersection(words)
    return slots or ({"part": parts.pop()} if len(parts) == 1 else {})


def _activity(words: list[str]) -> str:
    """What somebody is to be reminded of; empty where nothing is named that is no time."""
    at = next((at for at, word in enumerate(words[:-1]) if word in _BEFORE_ACTIVITY and at > 0), None)
    if at is None:
        return ""
    said = words[at + 1 :]
    for end in range(min(len(said), _LONGEST_TO_DO), 0, -1):
        if not times_anywhere(said[:end]) and (end == len(said) or times_anywhere(said[end:])):
            return " ".join(said[:end])
    return ""
