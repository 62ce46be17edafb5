"""How the back is as a number, nought (no pain) to ten (the worst): the slots of a sentence in, a whole number out."""

from collections.abc import Mapping, Sequence

RATING = "rating"
"""The slot with the number: whole, as it was said; below 0 or above 10 it is none of the scale."""
_BELOW, _TENTHS = "below", "tenths"
"""The slots of a number after "minus", and of the digit after a point."""
_HALF = 5
"""Tenths up to which a number is nearer to the whole one below; a half is, too, as it promises less relief or pain."""


_OF_THE_SCALE = frozenset(
    "pain pains ache aches aching sore soreness hurt hurts hurting cramp cramps back bad worse better ease eased scale "
    "score number nought rate rating".split()
)
"""Words one of which is in what tells such a number, where nobody has asked for it and no "out of ten" is said."""


def may_rate(words: Sequence[str], *, asked: bool) -> bool:
    """Whether words may tell such a number: "nine out of ten times" tells none, "maybe a three" only where `asked`."""
    text = " ".join(words)
    told = asked or "out of ten" in text or not _OF_THE_SCALE.isdisjoint(words)
    return told and "of ten times" not in text


def whole_rating(slots: Mapping[str, str]) -> Mapping[str, str]:
    """The slots of a rating, made one whole number: the nearest to "four point seven" is five, to a half four."""
    if _BELOW in slots:
        return {RATING: f"-{slots[_BELOW]}"}
    return {RATING: str(int(slots[RATING]) + (int(slots.get(_TENTHS, 0)) > _HALF))}
