"""Periods of the calendar in words: what a sentence names that no template knows whole."""

from itertools import pairwise

from intents.text.normalize import words_of

_PERIODS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("last", "week"), "last_week"),
    (("week", "before"), "last_week"),
    (("last", "month"), "last_month"),
    (("last", "night"), "yesterday"),
    (("yesterday",), "yesterday"),
    (("this", "week"), "week"),
    (("the", "week"), "week"),
    (("this", "month"), "month"),
    (("today",), "today"),
    (("tonight",), "today"),
    (("this", "morning"), "today"),
    (("this", "afternoon"), "today"),
    (("this", "evening"), "today"),
    (("all", "told"), "all"),
    (("in", "all"), "all"),
    (("altogether",), "all"),
    (("in", "total"), "all"),
    (("ever",), "all"),
)
"""Words for a period, and the period; the first that is there counts."""


_WHEN = frozenset("when ago since".split())
"""Words that ask how long ago something was."""
_LAST_OF = frozenset("session stretch time one routine exercise workout go did do stretched exercised".split())
"""Words after "last" that mean the latest, and no period."""
_DATES = (("what", "day"), ("which", "day"), ("what", "time"), ("what", "date"), ("which", "date"))
"""Two words that ask for a date."""


def asks_when(text: str) -> bool:
    """Whether a text asks when something was last."""
    words = words_of(text)
    pairs = list(pairwise(words))
    last = any(one == "last" and other in _LAST_OF for one, other in pairs) or words[-1:] == ["last"]
    return not _WHEN.isdisjoint(words) or last or any(pair in pairs for pair in _DATES)


def period_in(text: str) -> str | None:
    """The period that a text names; None: none."""
    words = words_of(text)
    for said, period in _PERIODS:
        if any(tuple(words[at : at + len(said)]) == said for at in range(len(words))):
            return period
    return None
