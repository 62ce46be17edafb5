"""What is done of several clauses, in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.clauses.agenda import MOST_MEANT, Clause, agenda
from intents.clauses.pieces import Link
from intents.model import Intent, Meant

pytestmark = pytest.mark.unit

N, W, C = Link.NEXT, Link.WEAK, Link.CORRECTION


def _clauses(*said: tuple[Link, Intent | None]) -> list[Clause]:
    return [Clause((f"word{at}",), link, Meant(intent) if intent else None) for at, (link, intent) in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ([(N, Intent.NEXT), (N, Intent.SPEAK_SLOWER)], [Intent.NEXT, Intent.SPEAK_SLOWER]),
        ([(N, Intent.NEXT), (N, Intent.BACK)], [Intent.NEXT, Intent.BACK]),
        ([(N, Intent.NEXT), (C, Intent.BACK)], [Intent.BACK]),
        ([(N, Intent.NEXT), (W, Intent.BACK)], [Intent.BACK]),
        ([(N, Intent.NEXT), (W, Intent.HOW_LONG)], [Intent.NEXT, Intent.HOW_LONG]),
        ([(N, Intent.NEXT), (C, Intent.HOW_LONG)], [Intent.HOW_LONG]),
        ([(N, Intent.STOP), (C, Intent.RESUME)], [Intent.RESUME]),
        ([(N, Intent.STOP), (C, Intent.OVERVIEW)], [Intent.STOP, Intent.OVERVIEW]),
        ([(N, Intent.STOP), (N, Intent.WAIT)], [Intent.STOP]),
        ([(N, Intent.LOUDER), (N, Intent.QUIETER)], [Intent.QUIETER]),
        ([(N, Intent.LOUDER), (N, Intent.SPEAK_FASTER)], [Intent.LOUDER, Intent.SPEAK_FASTER]),
        ([(N, Intent.HOW_LONG), (N, Intent.STOP)], [Intent.STOP, Intent.HOW_LONG]),
        ([(N, Intent.SKIP), (N, Intent.THAT_HURTS)], [Intent.THAT_HURTS, Intent.SKIP]),
        ([(N, Intent.THANKS), (N, Intent.NEXT)], [Intent.NEXT]),
        ([(N, Intent.THANKS), (N, Intent.FEELS_GOOD)], [Intent.THANKS, Intent.FEELS_GOOD]),
        ([(N, Intent.NO), (N, Intent.BACK)], [Intent.BACK]),
        ([(N, Intent.YES), (N, Intent.SPEAK_SLOWER)], [Intent.YES, Intent.SPEAK_SLOWER]),
        ([(N, Intent.YES), (N, Intent.NO)], []),
        ([(N, Intent.YES), (C, Intent.NO)], [Intent.NO]),
        ([(N, Intent.NO), (N, None)], []),
        ([(N, Intent.NEXT), (N, None)], [Intent.NEXT]),
        ([(N, Intent.READY), (N, Intent.LOUDER)], [Intent.LOUDER]),
        ([(N, Intent.HAVE_TIME), (N, Intent.START_ROUTINE)], [Intent.START_ROUTINE]),
        ([(N, Intent.REPEAT), (N, Intent.REPEAT_SLOWER)], [Intent.REPEAT_SLOWER]),
        ([(N, Intent.NEXT), (N, Intent.NEXT)], [Intent.NEXT]),
        ([], []),
    ],
)
def test_what_is_meant(said: list[tuple[Link, Intent | None]], meant: list[Intent]) -> None:
    assert [each.intent for each in agenda(_clauses(*said)).meant] == meant


def test_what_is_not_read_is_kept() -> None:
    found = agenda(_clauses((N, Intent.NEXT), (N, None), (N, None)))
    assert found.unread == (("word1",), ("word2",))
    assert not found.corrected
    assert agenda(_clauses((N, Intent.NEXT), (C, Intent.BACK))).corrected


def test_both_sides_are_no_side() -> None:
    sides = [Clause((side,), N, Meant(Intent.ONLY_SIDE, {"side": side})) for side in ("left", "right")]
    assert agenda(sides).meant == ()
    assert agenda(sides[:1]).meant == (Meant(Intent.ONLY_SIDE, {"side": "left"}),)


def test_what_was_named_is_what_starts() -> None:
    named = Clause(("rolls",), N, Meant(Intent.START_MOVEMENT, {"movement": "shoulder_rolls"}))
    assert agenda([named, Clause(("start",), N, Meant(Intent.START_ROUTINE))]).meant == (named.meant,)


def test_it_is_as_sure_as_the_least_sure_clause() -> None:
    sure = [Clause(("a",), N, Meant(Intent.NEXT), 1.0), Clause(("b",), N, Meant(Intent.LOUDER), 0.8)]
    assert agenda(sure).confidence == 0.8
    assert agenda([]).confidence == 0


INTENTS = st.sampled_from([*Intent, None])


@given(st.lists(st.tuples(st.sampled_from([N, W, C]), INTENTS), max_size=8))
def test_nothing_is_done_that_was_not_said(said: list[tuple[Link, Intent | None]]) -> None:
    found = agenda(_clauses(*said))
    meant = [each.intent for each in found.meant]
    heard = {intent for _, intent in said}
    # Two that make one: "say again, not so quick".
    made = {Intent.REPEAT_SLOWER} if {Intent.REPEAT, Intent.SPEAK_SLOWER} <= heard else set()
    assert set(meant) <= heard | made
    assert len(meant) == len(set(meant)) <= MOST_MEANT
    takes_back = any(link is not N for link, _ in said)
    assert takes_back or (Intent.STOP in meant) == (Intent.STOP in {intent for _, intent in said})
