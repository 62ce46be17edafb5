"""Periods of the calendar in words: what a sentence names that no template knows whole."""

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


def period_in(text: str) -> str | None:
    """The period that a text names; None: none."""
    words = words_of(text)
    for said, period in _PERIODS:
        if any(tuple(words[at : at + len(said)]) == said for at in range(len(words))):
            return period
    return None
