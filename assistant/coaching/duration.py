"""How long a stretch session takes: computed from the very plans that are spoken, with estimated lengths of lines."""

from collections.abc import Iterable
from typing import assert_never

from assistant.coaching.holds import place_plan
from assistant.coaching.introduction import Introduction, speech_seconds
from assistant.coaching.plan import Beat, Gap, Item, Marker, Say
from assistant.coaching.session import Session, next_place, session_at
from audio.frames import seconds


def plan_seconds(plan: Iterable[Item]) -> float:
    """Estimated length of a plan, in seconds at the usual speaking rate."""
    total = 0.0
    for item in plan:
        match item:
            case Say(text=text, after=after):
                total += speech_seconds(text) + seconds(after)
            case Gap(length=length) | Beat(length=length):
                total += seconds(length)
            case Marker():
                pass
            case _:
                assert_never(item)
    return total


def seconds_ahead(session: Session) -> float:
    """Estimated length of a session from its place on, that place included, in seconds at the usual speaking rate."""
    total, place = 0.0, session.place
    while True:
        total += plan_seconds(place_plan(session_at(session, place), "words", Introduction()))
        following = next_place(session_at(session, place))
        if following is None:
            return total
        place = following


def seconds_after(session: Session) -> float:
    """Estimated length of what comes after the current place of a session, in seconds; 0 at its last place."""
    following = next_place(session)
    return 0.0 if following is None else seconds_ahead(session_at(session, following))
