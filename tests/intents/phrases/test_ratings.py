"""How the back is as a number: told in a sentence anywhere, alone only where it is asked for, and no other number."""

import pytest

from assistant.states import FELT_RATED, RATING_ASKED, VALID, State
from intents.model import Intent
from intents.text.ratings import RATING, whole_rating
from tests import loaded

pytestmark = pytest.mark.unit

TOLD = {
    "0": "it's a zero;the pain is nil;nought out of ten;my pain's at nought",
    "2": "it's down to two now;it is a two out of ten today;it's gone down to two;pain level two",
    "3": "my pain is a 3;it dropped to three;it went from six to three;it's gone down from six to three;a 3/10 now",
    "4": "the pain is about four;four and a half out of ten;i'd give it a four;my back pain's a 4 i'd say",
    "5": "my back is a five today;stiffness is a 5;i would put it at a five;4.7 out of ten",
    "6": "it's a six;six out of ten;it's a six now;still a six;my back's at a six;i'd say a six for the pain;6/10",
    "7": "I'd say seven of ten;a solid 7/10;i'd rate it a seven;well, the pain's a seven;my neck is a seven",
    "8": "on a scale of one to ten it's an eight;i rate my pain as an eight;eight on a scale of nought to ten",
    "9": "pain is nine out of ten;my pain is at nine;nine out of ten for my back",
    "10": "the pain is ten;it's ten out of ten;my shoulder pain is a ten",
    "11": "eleven out of ten;it's an eleven",
    "-2": "the pain is minus two;the pain is -2",
}
"""To a number, in sentences that tell of the back or name the scale."""
ALONE = {
    "0": "nought;zero;0;no pain;none;nothing at all;no pain now",
    "4": "four;4;a four;about four;four, thanks;maybe a four;it's four;four and a half;4.5;four or five",
    "5": "4.7;between five and six;I'd say five;five please;five of ten",
    "7": "six, no, seven;i would say it's a seven;more like a seven;number seven",
    "10": "ten;10;ten out of ten",
    "11": "eleven",
    "-3": "minus three;-3",
}
"""To a number, what means it only where it is asked for, and sentences of the above."""
OTHERWISE = (
    "it's a six o'clock;i give the film seven out of ten;hold for six;ten out of ten for effort;it's a ten minute walk;"
    "the pain has lasted three days;nine out of ten dentists;eight out of ten cats;it's ten to four;we are ten;"
    "the pain started two days ago;my back is fifty years old;i'm a six foot man;it's a two hour drive;"
    "four out of ten people;nine out of ten times it hurts;i scored six out of ten in the quiz;he gave it a six;"
    "the pain is in two places;it's one of those days;is it a six;yesterday it was a seven;it was a six this morning;"
    "it's a four star hotel;pain for three days;five minutes of pain;she says it's a six"
).split(";")
"""Other numbers."""


@pytest.mark.parametrize("state", [State.IDLE, State.SCREENING, State.HOLDING, State.PAUSED, State.CONFIRMING])
@pytest.mark.parametrize(("number", "text"), [(n, text) for n, texts in TOLD.items() for text in texts.split(";")])
def test_a_number_in_a_sentence_tells_how_it_is(number: str, text: str, state: State) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert (reading.intent, dict(reading.slots), reading.also) == (Intent.RATING, {"rating": number}, ())


@pytest.mark.parametrize("valid", [RATING_ASKED, FELT_RATED], ids=["before", "after"])
@pytest.mark.parametrize(("number", "text"), [(n, text) for n, texts in ALONE.items() for text in texts.split(";")])
def test_a_number_alone_tells_it_where_it_is_asked_for(number: str, text: str, valid: frozenset[Intent]) -> None:
    reading = loaded.coach().read(text, valid)
    assert (reading.intent, dict(reading.slots), reading.also) == (Intent.RATING, {"rating": number}, ())


@pytest.mark.parametrize("valid", [*VALID.values(), None])
@pytest.mark.parametrize(
    "text", ["six", "about four", "maybe a three", "nought", "it's six", "it's about four", "none"]
)
def test_a_number_alone_tells_nothing_elsewhere(text: str, valid: frozenset[Intent] | None) -> None:
    assert loaded.coach().read(text, valid).intent not in {Intent.RATING, Intent.RATING_ALONE}


@pytest.mark.parametrize("valid", [VALID[State.IDLE], VALID[State.HOLDING], RATING_ASKED, FELT_RATED])
@pytest.mark.parametrize("text", OTHERWISE)
def test_other_numbers_are_none(text: str, valid: frozenset[Intent]) -> None:
    assert loaded.coach().read(text, valid).intent != Intent.RATING


@pytest.mark.parametrize("valid", [VALID[State.IDLE], VALID[State.HOLDING], RATING_ASKED, FELT_RATED])
@pytest.mark.parametrize(
    "text",
    [
        "pain is ten out of ten, I can't breathe",
        "it's a nine and my arm is numb",
        "eight out of ten, and I have chest pain",
        "six, I've got chest pain",
    ],
)
def test_a_red_flag_beside_it_comes_first(text: str, valid: frozenset[Intent]) -> None:
    assert loaded.coach().read(text, valid).intent == Intent.RED_FLAG


@pytest.mark.parametrize(
    "text", ["my pain is nine out of ten today and the desk is too low", "it is nine out of ten, ow"]
)
def test_nine_out_of_ten_is_no_age(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.IDLE]).intent != Intent.RED_FLAG


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("ask me how it is from nought to ten", "rating_on"),
        ("ask me for a number before and after", "rating_on"),
        ("could you ask me for a number each time", "rating_on"),
        ("i want to rate my pain", "rating_on"),
        ("turn on the pain scores", "rating_on"),
        ("ask me how bad it is from one to ten", "rating_on"),
        ("don't ask me for numbers", "rating_off"),
        ("stop asking me for numbers", "rating_off"),
        ("never ask me for a rating again", "rating_off"),
        ("turn the ratings off", "rating_off"),
        ("no more ratings please", "rating_off"),
        ("ask me about the signs every time", "every_session"),
    ],
)
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING])
def test_whether_to_be_asked_is_a_setting(text: str, to: str, state: State) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert (reading.intent, dict(reading.slots)) == (Intent.CHANGE_SETTING, {"to": to})


def test_a_half_is_nearest_to_the_number_before_it() -> None:
    assert [whole_rating({"rating": "4", "tenths": str(tenth)})["rating"] for tenth in (0, 4, 5, 6, 9)] == list("44455")
    assert whole_rating({"below": "2"}) == {"rating": "-2"}


def test_asked_for_a_number_may_come_in_words_of_no_table() -> None:
    reading = loaded.coach().read("down to three", FELT_RATED)
    assert (reading.intent, reading.slots.get(RATING)) == (Intent.RATING, "3")
