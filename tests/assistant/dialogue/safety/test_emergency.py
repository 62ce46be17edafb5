"""What is said in an emergency, as it is said: the number told and used, what takes it back, and short answers."""

import pytest

from assistant.dialogue.parts.modes import Emergency
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines, small_talk
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import SessionStarted
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

UNKNOWN, KNOWN = "Call your emergency number now.", "Call 9 9 9 now."
NO_CALLS = GUIDANCE.call_for_help[1]
ALARMS = ["I have chest pain and I'm sweating", "my husband just fell down the stairs", "call an ambulance"]


def emergency(number: str | None = None, alarm: str = ALARMS[0]) -> Talk:
    """An emergency, with this number set."""
    talk = Talk(Conversation(settings=Settings(emergency_number=number))).hears(alarm)
    assert talk.state is State.EMERGENCY
    return talk


# -- the number ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the number is 999", "Nine, nine, nine. Call it now."),
        ("my emergency number is one one two", "One, one, two. Call it now."),
        ("set my emergency number to 999", "Nine, nine, nine. Call it now."),
        ("nine one one", "Nine, one, one. Call it now."),
        ("it's 112", "One, one, two. Call it now."),
        ("triple nine", "Nine, nine, nine. Call it now."),
    ],
)
def test_a_number_that_is_told_is_said_back_and_used_from_then_on(text: str, said: str) -> None:
    talk = emergency()
    assert talk.answer(text) == [said]
    number = talk.conversation.settings.emergency_number
    assert talk.answer("repeat")[0] == f"Call {' '.join(number or '')} now."
    assert talk.state is State.EMERGENCY
    assert talk.wait(25).spoken[-1] == f"Call {' '.join(number or '')} now."


@pytest.mark.parametrize("no", ["no", "no that's wrong", "wrong number"])
def test_a_number_that_was_misheard_is_taken_back(no: str) -> None:
    talk = emergency("911").hears("the number is 999")
    assert talk.answer(no) == [safety_lines.SAY_DIGITS]
    assert talk.conversation.settings.emergency_number == "911"
    assert talk.answer("112") == ["One, one, two. Call it now."]


@pytest.mark.parametrize(
    "text",
    [
        "I don't know the number",
        "what number",
        "which number do I call",
        "I have no idea what to dial",
        "I can't remember it",
        "I've forgotten it",
        "I'm in Germany",
        "we're on holiday in Spain",
        "I'm not from here",
        "I'm from the States, I'm visiting Italy",
        "we're abroad",
    ],
)
def test_where_no_number_is_known_those_that_most_places_have_are_named(text: str) -> None:
    talk = emergency()
    assert talk.answer(text) == [safety_lines.CALL_ABROAD]
    assert talk.state is State.EMERGENCY


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("what number", [KNOWN]),
        ("I don't know the number", [KNOWN]),
        ("I'm in Germany", [KNOWN, safety_lines.CALL_ELSEWHERE]),
        ("I'm abroad", [KNOWN, safety_lines.CALL_ELSEWHERE]),
    ],
)
def test_where_a_number_is_set_it_is_the_one(text: str, lines: list[str]) -> None:
    assert emergency("999").answer(text) == lines


# -- how it is left -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("alarm", ALARMS)
@pytest.mark.parametrize(
    "text",
    [
        "you misunderstood",
        "you misunderstood me",
        "you got me wrong",
        "you heard me wrong",
        "it wasn't me",
        "it wasn't me, it was him",
        "I misspoke",
        "that came out wrong",
        "I mean my back",
        "I meant my shoulder",
        "it's only a cramp",
        "it's just my back",
        "he's ok, he's laughing",
        "no no, she's fine",
        "we're all right",
        "that was the television",
        "I was talking to my wife",
        "I'm only joking",
        "it's not that bad",
        "it's in my back",
        "it's the dentist, he numbed me",
        "he got up by himself, he's grand",
        "you've got the wrong end of the stick",
        "I was only reading out loud",
        "I said my chair hurts",
        "I said chair",
        "never mind",
    ],
)
def test_what_may_take_it_back_is_asked_about_and_needs_a_yes(alarm: str, text: str) -> None:
    talk = emergency(alarm=alarm)
    assert talk.answer(text) == [safety_lines.MISTAKE_ASKED]
    assert talk.state is State.EMERGENCY
    assert talk.hears("yes").state is State.IDLE
    assert not talk.noted(SessionStarted)


@pytest.mark.parametrize("text", ["yes I'm fine", "yes it was a mistake", "it was a mistake"])
def test_a_whole_sentence_confirms_it(text: str) -> None:
    assert emergency().hears("he's ok", text).state is State.IDLE


@pytest.mark.parametrize(
    "text", ["no", "no no no", "carry on", "I mean my back", "it wasn't me", "what", "ok", "start"]
)
def test_nothing_but_a_yes_confirms_it(text: str) -> None:
    assert emergency().hears("you misunderstood", text).state is State.EMERGENCY


def test_silence_does_not_confirm_it() -> None:
    talk = emergency().hears("you misunderstood").wait(25)
    assert talk.spoken[-1] == UNKNOWN
    assert talk.hears("yes").state is State.EMERGENCY


@pytest.mark.parametrize(
    "text", ["I'm not joking", "this is not a joke", "he's not okay", "it's no mistake", "it's getting worse"]
)
def test_what_denies_a_mistake_asks_nothing(text: str) -> None:
    talk = emergency()
    assert safety_lines.MISTAKE_ASKED not in talk.answer(text)
    assert talk.state is State.EMERGENCY


@pytest.mark.parametrize(
    "text",
    ["it's only wind", "she's woken up", "it's gone", "I feel better now", "it has eased off"],
)
def test_what_has_eased_is_no_mistake(text: str) -> None:
    talk = emergency("999")
    assert talk.answer(text) == ["Call 9 9 9 all the same.", safety_lines.WRONG_ALARM]
    assert talk.hears("yes").state is State.EMERGENCY


# -- answers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("oww", [UNKNOWN, safety_lines.REST_UNTIL_HELP]),
        ("carry on", [safety_lines.NOT_NOW, UNKNOWN]),
        ("start the quick routine", [safety_lines.NOT_NOW, UNKNOWN]),
        ("no no no", [UNKNOWN, safety_lines.WRONG_ALARM]),
        ("yes", [UNKNOWN, safety_lines.TELL_ME_COMING]),
        ("can you call them", [NO_CALLS]),
        ("I have no phone", [NO_CALLS]),
        ("I'm scared", [small_talk.HERE_IN_EMERGENCY.replace("{emergency}", "your emergency number")]),
    ],
)
def test_answers_differ_by_what_was_said(text: str, lines: list[str]) -> None:
    assert emergency().answer(text) == lines


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("quiet", State.EMERGENCY),
        ("be quiet", State.EMERGENCY),
        ("shush", State.EMERGENCY),
        ("mute yourself", State.MUTED),
        ("stop listening", State.MUTED),
    ],
)
def test_quiet_leaves_the_microphone_open(text: str, state: State) -> None:
    talk = emergency().hears(text)
    assert talk.state is state
    if state is State.EMERGENCY:
        assert talk.spoken[-1] == GUIDANCE.advice_on("chest", "chest_pain")[-1], "it says nothing"
        assert talk.answer("what number") == [safety_lines.CALL_ABROAD]


def test_how_it_is_left_is_said_once() -> None:
    talk = emergency()
    assert talk.answer("the cat is on the roof") == [UNKNOWN, safety_lines.WRONG_ALARM]
    assert talk.answer("what a lovely day") == [UNKNOWN]


def test_no_two_answers_in_a_row_are_the_same_wall() -> None:
    talk = emergency()
    texts = ["I don't know the number", "the number is 999", "you misunderstood", "no", "oww", "carry on", "help"]
    answers = [tuple(talk.answer(text)) for text in texts]
    assert len(set(answers)) == len(texts)
    assert all(len(each) <= 2 for each in answers)


@pytest.mark.parametrize(
    ("alarm", "line"),
    [
        ("my husband just fell down the stairs", "After a fall, they need help at once."),
        ("he fell off the ladder", "After a fall, they need help at once."),
        ("her face is drooping on one side", "With a drooping face, they need help at once."),
        ("my wife has chest pain", "With chest pain, they need help at once."),
        (
            "my friend is having a stroke",
            "With a sudden headache or trouble with face, speech or balance",
        ),
    ],
)
def test_about_somebody_else_there_is_one_advice(alarm: str, line: str) -> None:
    talk = emergency(alarm=alarm)
    assert talk.spoken[0] == UNKNOWN
    assert talk.spoken[1].startswith(line)
    assert len(talk.spoken) == 2, "a doctor, or the speaker's own neck, has no place beside the number"


@pytest.mark.parametrize(
    "text",
    [
        "my father died of a heart attack and now my chest hurts",
        "they say my chest pain is serious, it's getting worse",
        "my husband says I've got chest pain",
    ],
)
def test_who_speaks_of_others_and_of_themselves_is_in_danger(text: str) -> None:
    assert "you need help at once" in " ".join(Talk().hears(text).spoken)


@pytest.mark.parametrize("text", ["twelve", "twenty five"])
def test_two_digits_are_no_number_here(text: str) -> None:
    talk = emergency("911").hears(text)
    assert talk.conversation.settings.emergency_number == "911"


def test_an_emergency_that_the_guidance_calls_urgent_has_one_grade() -> None:
    talk = Talk().say("RedFlag", flag="trauma", grade="emergency", sign="fall").settle()
    assert talk.spoken == [UNKNOWN, "After a fall, keep your neck and back still."]
    assert isinstance(talk.conversation.mode, Emergency)
