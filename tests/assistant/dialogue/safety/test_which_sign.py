"""The screening question answered by a bare yes, by some of it, by nobody in particular, or not at all."""

import pytest

from assistant.dialogue.parts.modes import AskingSign, Screening
from assistant.script import safety_lines
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised, SessionStarted
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

QUESTION, SHORT, AGAIN = GUIDANCE.screening.question, GUIDANCE.screening.short, GUIDANCE.screening.again


def screened(*answers: str) -> Talk:
    """The quick routine was asked for, and these texts answered the screening question."""
    return Talk().hears("quick routine", *answers)


# -- a bare yes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", ["yes", "yeah", "yes I do", "I have", "yep, one of them"])
def test_a_bare_yes_is_asked_which_sign_it_is(yes: str) -> None:
    talk = screened()
    assert talk.answer(yes) == [safety_lines.WHICH_SIGN]
    assert talk.state is State.SCREENING
    assert not talk.noted(SessionStarted)


@pytest.mark.parametrize(
    ("sign", "flag"),
    [
        ("the fever", "infection_cancer"),
        ("a temperature", "infection_cancer"),
        ("chest pain", "chest"),
        ("the chest one", "chest"),
        ("my breathing", "chest"),
        ("I fell last week", "trauma"),
        ("an injury", "trauma"),
    ],
)
def test_the_sign_that_is_named_is_answered_as_that_sign(sign: str, flag: str) -> None:
    talk = screened("yes", sign)
    assert [entry.flag for _, entry in talk.noted(RedFlagRaised)] == [flag]
    assert not talk.noted(SessionStarted)


@pytest.mark.parametrize("sign", ["weakness", "numb fingers", "the numbness", "tingling"])
def test_a_sign_that_may_be_harmless_is_asked_about_and_then_the_whole_question_again(sign: str) -> None:
    talk = screened("yes", sign)
    assert isinstance(talk.conversation.mode, AskingSign)
    assert talk.answer("no") == [safety_lines.NO_SIGN, QUESTION]
    assert talk.hears("no").noted(SessionStarted)


@pytest.mark.parametrize(
    "answer", ["yes", "the first one", "all of them", "both", "not sure", "I don't know", "maybe", "never mind"]
)
def test_another_yes_or_doubt_counts(answer: str) -> None:
    talk = screened("yes", answer)
    if answer == "never mind":
        talk.hears(answer)
    assert talk.state is State.EMERGENCY


@pytest.mark.parametrize("answer", ["yes all of them", "yes, everything"])
def test_a_yes_to_all_asks_nothing(answer: str) -> None:
    assert screened(answer).state is State.EMERGENCY


def test_silence_counts_after_it_was_asked_twice() -> None:
    talk = screened("yes").wait(8.5).settle()
    assert talk.spoken[-2:] == [safety_lines.WHICH_SIGN] * 2
    assert talk.state is State.SCREENING
    assert talk.wait(8.5).state is State.EMERGENCY


def test_what_names_nothing_is_asked_once_more_and_then_counts() -> None:
    talk = screened("yes")
    assert talk.answer("did you get the milk") == [safety_lines.WHICH_SIGN]
    assert talk.hears("it is in the fridge").state is State.EMERGENCY


@pytest.mark.parametrize("no", ["no", "none of them", "nope", "sorry, no", "I mean no"])
def test_a_no_after_it_asks_the_whole_question_again(no: str) -> None:
    talk = screened("yes")
    assert talk.answer(no) == [QUESTION]
    assert not talk.noted(SessionStarted)
    assert talk.hears("no").noted(SessionStarted)


@pytest.mark.parametrize("order", ["just start", "go on", "skip it", "my back hurts"])
def test_no_order_leads_past_it(order: str) -> None:
    talk = screened("yes", order)
    assert talk.state is State.SCREENING
    assert talk.spoken[-1] == QUESTION
    assert talk.conversation.mode == screening(talk).whole


def screening(talk: Talk) -> Screening:
    """The screening question that is open."""
    assert isinstance(talk.conversation.mode, Screening)
    return talk.conversation.mode


def test_after_a_false_alarm_the_whole_question_is_open() -> None:
    talk = screened("yes", "chest pain", "false alarm", "yes")
    assert talk.spoken[-2:] == [safety_lines.WHERE_WE_WERE, QUESTION]
    assert not screening(talk).which


def test_one_word_that_is_a_topic_elsewhere_is_a_sign_here() -> None:
    assert isinstance(screened("weakness").conversation.mode, AskingSign)


# -- some of it, others' talk, no answer ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("no fever no chest pain no numbness no falls", "And breathlessness or weakness?"),
        ("no fever", "And chest pain, breathlessness, numbness, weakness or injury?"),
        ("no chest pain, no breathlessness, no fever, no numbness and no weakness", "And injury?"),
    ],
)
def test_who_denies_some_is_told_which_are_missing(text: str, missing: str) -> None:
    talk = screened()
    assert talk.answer(text) == [missing, SHORT]
    assert talk.answer(text) == [missing, SHORT], "it is an answer, and no miss"
    assert talk.hears("no").noted(SessionStarted)


def test_what_is_denied_one_by_one_adds_up_and_still_needs_a_no() -> None:
    talk = screened("no fever")
    assert talk.answer("no chest pain") == ["And breathlessness, numbness, weakness or injury?", SHORT]
    assert talk.answer("no numbness, no weakness and no falls") == ["And breathlessness?", SHORT]
    assert talk.answer("no breathlessness") == [SHORT]
    assert not talk.noted(SessionStarted)
    assert talk.hears("no").noted(SessionStarted)


def test_others_are_not_asked_again_for_each_remark() -> None:
    talk = screened()
    remarks = ["did you get the milk", "it is in the fridge", "what about the bread", "it was sold out", "what a pity"]
    answers = [talk.answer(remark) for remark in remarks]
    assert answers == [[AGAIN], [], [safety_lines.ANSWER_ANY_TIME], [], []]
    assert talk.state is State.SCREENING
    assert talk.hears("no").noted(SessionStarted)


@pytest.mark.parametrize("text", ["I don't want to answer", "I'd rather not say", "that's private", "go away"])
def test_who_will_not_answer_gets_one_line(text: str) -> None:
    talk = screened()
    assert talk.answer(text) == [safety_lines.NO_ANSWER]
    assert talk.state is State.IDLE
    assert talk.wait(60).spoken[-1] == safety_lines.NO_ANSWER
    assert not talk.noted(SessionStarted)


# -- the question about one sign --------------------------------------------------------------------------


def dizzy() -> Talk:
    """Dizziness was reported, and asked about."""
    talk = Talk().hears("I feel dizzy")
    assert talk.spoken == ["Are you still dizzy?"]
    return talk


GONE = """no it's gone;not any more;no not any more;she says no;no longer;it went away;it's passed;I'm fine;
I'm fine now;all good now;nope all gone;not now;no, only for a second;he says it's gone;
just for a moment;it's settled;no it's fine now;no, it's okay again;it's back to normal now"""
STAYS = """nearly gone;it's not back to normal;no it's not fine now;almost gone;it's fading;less now;
still a bit;not as bad;it comes and goes;a little;yes still"""
UNCLEAR = "the cat;start shoulder rolls;quick routine;what helps;no but it was bad"


@pytest.mark.parametrize("text", [each.strip() for each in GONE.split(";")])
def test_what_has_gone_is_no_sign(text: str) -> None:
    talk = dizzy().hears(text)
    assert (talk.state, talk.noted(RedFlagRaised)) == (State.IDLE, [])


@pytest.mark.parametrize("text", [each.strip() for each in STAYS.split(";")])
def test_what_is_there_in_part_is_there(text: str) -> None:
    talk = dizzy().hears(text)
    assert [entry.flag for _, entry in talk.noted(RedFlagRaised)] == ["stretch_warning"]


@pytest.mark.parametrize("text", UNCLEAR.split(";"))
def test_the_open_question_comes_before_whatever_else_is_asked(text: str) -> None:
    talk = dizzy()
    assert talk.answer(text) == [safety_lines.YES_OR_NO_FIRST, "Are you still dizzy?"]


@pytest.mark.parametrize(
    ("text", "alarm"), [("in my back", False), ("the chest", True), ("both", True), ("back", False)]
)
def test_the_place_answers_the_question_for_it(text: str, *, alarm: bool) -> None:
    talk = Talk().say("RedFlag", flag="chest", grade="unsure", sign="chest_tight").settle().hears(text)
    assert (talk.state is State.EMERGENCY) is alarm
    assert talk.state in (State.EMERGENCY, State.IDLE)


def test_what_was_asked_for_waits_for_the_screening_question_after_it() -> None:
    talk = dizzy().hears("start shoulder rolls")
    assert talk.answer("no") == [safety_lines.NO_SIGN, QUESTION]
    assert talk.hears("no").noted(SessionStarted)
