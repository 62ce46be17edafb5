"""Where clauses begin, how they are linked, and what a text begins with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.clauses.asking import addressed, asks, perhaps_to_others
from intents.clauses.doubt import begins_with_yes, doubts
from intents.clauses.negation import denied
from intents.clauses.opening import is_help_alone, opening, without_oaths
from intents.clauses.pieces import Link, pieces_of
from intents.clauses.splice import spliced, without_denied
from intents.model import Intent
from intents.text.normalize import words_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("skip it", [(Link.FIRST, "", "skip it")]),
        ("skip it, then louder", [(Link.FIRST, "", "skip it"), (Link.NEXT, "then", "louder")]),
        ("left sorry right", [(Link.FIRST, "", "left"), (Link.WEAK, "sorry", "right")]),
        ("left. No, I mean right", [(Link.FIRST, "", "left"), (Link.CORRECTION, "no i mean", "right")]),
        ("left, no, right", [(Link.FIRST, "", "left"), (Link.CORRECTION, "no", "right")]),
        ("rest because it aches", [(Link.FIRST, "", "rest"), (Link.REASON, "because", "it aches")]),
        ("there is no chair", [(Link.FIRST, "", "there is no chair")]),
        ("skip it no need to wait", [(Link.FIRST, "", "skip it no need to wait")]),
        ("hold 1.5 or 1,000 at 2:30", [(Link.FIRST, "", " ".join(words_of("hold 1.5 or 1,000 at 2:30")))]),
        ("one — two", [(Link.FIRST, "", "one"), (Link.NEXT, "", "two")]),
        ("twenty-five", [(Link.FIRST, "", "twenty five")]),
        ("well so", [(Link.FIRST, "", "well"), (Link.NEXT, "so", "")]),
        ("no neck rotations", [(Link.FIRST, "", "no neck rotations")]),
        ("please no exercises", [(Link.FIRST, "", "please"), (Link.NEXT, "", "no exercises")]),
        ("no, neck rotations", [(Link.FIRST, "no", "neck rotations")]),
        ("shoulder rolls no neck tilts", [(Link.FIRST, "", "shoulder rolls"), (Link.CORRECTION, "no", "neck tilts")]),
        ("", []),
        ("?!", []),
    ],
)
def test_pieces(text: str, pieces: list[tuple[Link, str, str]]) -> None:
    assert [(each.link, " ".join(each.lead), " ".join(each.words)) for each in pieces_of(text)] == pieces


@given(
    st.lists(st.sampled_from("next no and sorry wait stop , . hold it i mean because not the".split())).map(" ".join)
)
def test_the_pieces_are_the_whole_text(text: str) -> None:
    pieces = pieces_of(text)
    assert [word for piece in pieces for word in piece.whole] == words_of(text)
    assert all(piece.whole for piece in pieces)
    assert [piece.link is Link.FIRST for piece in pieces] == [at == 0 for at in range(len(pieces))]


@given(st.text(max_size=80))
def test_any_text_has_pieces_and_an_opening(text: str) -> None:
    words = [word for piece in pieces_of(text) for word in piece.whole]
    begins = opening(words)
    assert begins is None or list(begins.rest) == words[len(words) - len(begins.rest) :]


@pytest.mark.parametrize(
    ("text", "intent", "rest"),
    [
        ("oh stop it now", Intent.STOP, ""),
        ("wait stop", Intent.STOP, ""),
        ("stop wait", Intent.STOP, "wait"),
        ("help pause", Intent.PAUSE, ""),
        ("pause and go on", Intent.PAUSE, "and go on"),
        ("st stop my arm", Intent.STOP, "my arm"),
        ("pause please that is the phone", Intent.PAUSE, "that is the phone"),
        ("stop it hurts", Intent.STOP, "it hurts"),
        ("stop that now", Intent.STOP, ""),
        ("can you stop", Intent.STOP, ""),
        ("i am done and thank you", Intent.STOP, "and thank you"),
        ("stop sign", None, ""),
        ("help i am stuck", Intent.HELP, "i am stuck"),
        ("help and stop", Intent.STOP, ""),
    ],
)
def test_what_it_begins_with(text: str, intent: Intent | None, rest: str) -> None:
    begins = opening(text.split())
    assert begins is not None
    assert (begins.intent, " ".join(begins.rest)) == (intent, rest)


@pytest.mark.parametrize(
    "text",
    [
        "can you stop the car",
        "i am done with it all",
        "st bernard",
        "the stop",
        "did you wait",
        "",
        "next",
        "help me cook",
    ],
)
def test_what_begins_otherwise(text: str) -> None:
    assert opening(text.split()) is None


@pytest.mark.parametrize(
    ("text", "alone"), [("help", True), ("please help", True), ("help me", False), ("help us", False)]
)
def test_help_alone(text: str, alone: bool) -> None:
    assert is_help_alone(text.split()) is alone


def test_oaths_are_left_out() -> None:
    assert without_oaths("oh for fucks sake skip the bloody thing".split()) == "oh skip the thing".split()
    assert without_oaths("the godly man".split()) == "the godly man".split()


def test_a_clause_is_spliced_with_the_one_before() -> None:
    whole = list(spliced("tilt to the right".split(), "the left".split()))
    assert whole[0] == tuple("tilt to the left".split()), "no word is said twice"
    assert tuple("how often do i rest".split()) in spliced("how long do i rest".split(), "how often".split())
    assert not list(spliced(["next"], ["back"]))


def test_what_is_denied_is_taken_out() -> None:
    assert ("fifteen seconds".split(), ["fifty"]) in [
        (list(rest), list(other)) for rest, other in without_denied("fifteen not fifty seconds".split())
    ]
    assert ("fifteen".split(), ["fifty"]) in [
        (list(rest), list(other)) for rest, other in without_denied("not fifty but fifteen".split())
    ]
    assert (["left"], ["the", "right"]) in [
        (list(rest), list(other)) for rest, other in without_denied("left instead of the right".split())
    ]
    assert not list(without_denied("the left".split()))


@pytest.mark.parametrize(
    ("text", "intent", "is_denied"),
    [
        ("do not skip it", Intent.SKIP, True),
        ("never ever skip it", Intent.SKIP, True),
        ("no need to skip it", Intent.SKIP, True),
        ("no skip it", Intent.SKIP, False),
        ("i do not like it so skip it", Intent.SKIP, False),
        ("i can not hear you", Intent.LOUDER, False),
        ("not too loud", Intent.QUIETER, True),
        ("skip it", Intent.SKIP, False),
        ("i will not tell you how often i have said skip", Intent.SKIP, False),
        ("do not skip it", Intent.HOW_LONG, False),
        ("", Intent.SKIP, False),
    ],
)
def test_what_is_denied(text: str, intent: Intent, is_denied: bool) -> None:
    assert denied(text.split(), intent) is is_denied


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("limber next", "next"),
        ("hey limber next", "next"),
        ("next limber", "next"),
        ("limber", ""),
        ("a limber back", None),
        ("next", None),
        ("", None),
    ],
)
def test_its_name(text: str, rest: str | None) -> None:
    found = addressed(text.split())
    assert found == (None if rest is None else rest.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("get down rex", True),
        ("oh leave it alone", True),
        ("put that down now", True),
        ("get me a taxi", False),
        ("limber get down", False),
        ("can you get the door", False),
        ("put the lights on", False),
        ("play some music", False),
        ("what is that", False),
        ("", False),
    ],
)
def test_whether_an_order_is_perhaps_for_others_in_the_room(text: str, expected: bool) -> None:
    assert perhaps_to_others(text.split()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ooh I dunno, could be, maybe", True),
        ("hard to tell really", True),
        ("can't say", True),
        ("so-so", True),
        ("it comes and goes", True),
        ("no", False),
        ("yes it is", False),
        ("the cat is on the stove", False),
        ("well my sister came over on the Monday and she said it could be a bit of the weather", False),
    ],
)
def test_whether_it_doubts(text: str, expected: bool) -> None:
    assert doubts(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Yes, a sort of pressure", True), ("yeah yeah I know", True), ("yeah, no", False), ("a yes", False), ("", False)],
)
def test_whether_it_begins_with_yes(text: str, expected: bool) -> None:
    assert begins_with_yes(text) is expected


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("what is that", False, True),
        ("please ring my son", False, True),
        ("and then play some music", False, True),
        ("the cat", False, False),
        ("the cat", True, True),
        ("limber the cat", False, True),
        ("", True, False),
    ],
)
def test_whether_it_asks(text: str, mark: bool, expected: bool) -> None:
    assert asks(text.split(), question_mark=mark) is expected


WORDS = "so and then no sorry wait i mean stop because it that we but or now please not to the next left , . ?".split()


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_every_text_has_its_pieces_and_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    assert [word for piece in pieces_of(text) for word in piece.whole] == words_of(text)
