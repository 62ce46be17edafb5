"""A sitting without exercise: no line offers it, and only a mistake takes an urgent sign back."""

import pytest

from assistant.dialogue.parts.modes import Idle, Topic
from assistant.dialogue.parts.sitting import NoExercise, Sitting
from assistant.dialogue.parts.unoffered import OFFER, unoffered
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines
from assistant.states import VALID, State
from assistant.timeline.entries import SessionStarted
from intents.model import Intent
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS, Talk

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("All right. Say what helps, or start stretching.", f"All right. {safety_lines.DOCTOR_TODAY}"),
        ("Say more, or start stretching.", "Say more."),
        ("Ask what helps, or say start stretching. Say start stretching to begin.", safety_lines.DOCTOR_TODAY),
        ("Good. Keep it moving gently today.", "Good. Keep it moving gently today."),
    ],
)
def test_what_offers_exercise_gives_way_to_what_holds(line: str, instead: str) -> None:
    assert unoffered(line, NoExercise.URGENT) == instead
    assert unoffered(line, None) == line


@pytest.mark.parametrize("mode", [Idle(), Topic("measure.heat", 1)], ids=["idle", "topic"])
@pytest.mark.parametrize("why", list(NoExercise))
def test_no_answer_offers_exercise(why: NoExercise, mode: Idle | Topic) -> None:
    state = State.IDLE if isinstance(mode, Idle) else State.TOPIC
    for intent in sorted(VALID[state] - {Intent.FALSE_ALARM}):
        talk = Talk(Conversation(mode=mode, sitting=Sitting(no_exercise=why)))
        talk.say(intent, **SLOTS.get(intent, {})).settle()
        assert not [line for line in talk.spoken if OFFER in line], intent
        assert not talk.noted(SessionStarted), intent


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "what should I do",
        "yes",
        "no",
        "only a scratch",
        "please",
        "why not",
        "start",
        "it's fine now",
        "help",
        "where are we",
    ],
)
def test_after_urgent_advice_each_answer_agrees_with_it(text: str) -> None:
    talk = Talk().hears("I have a fever and my back hurts")
    answer = " ".join(talk.answer(text))
    assert OFFER not in answer
    assert "doctor" in answer or "No stretching today" in answer


@pytest.mark.parametrize(
    "text", ["but I feel fine", "it's fine now", "it's gone now", "I feel better", "it has passed"]
)
def test_what_is_fine_now_begins_no_exercise_unless_it_was_a_mistake(text: str) -> None:
    talk = Talk().hears("I have a fever and my back hurts")
    assert talk.answer(text) == [safety_lines.FINE_NOW]
    assert talk.answer("start stretching") == [safety_lines.DOCTOR_FIRST]
    assert talk.hears("it was a mistake", "start stretching").state is State.SCREENING


@pytest.mark.parametrize(
    "text", ["no", "yes", "ok", "I'm joking", "just kidding", "there's nobody here", "whatever", "the cat"]
)
def test_after_words_of_self_harm_nothing_is_read_back_or_offered(text: str) -> None:
    talk = Talk().hears("I want to kill myself")
    answer = " ".join(talk.answer(text))
    assert "I heard" not in answer
    assert "stretch" not in answer
    assert "I am here" in answer


@pytest.mark.parametrize("text", ["not great", "I don't know", "no", "bad", "a bit low", "worse", "the same"])
def test_not_being_well_is_answered_as_at_first(text: str) -> None:
    talk = Talk().hears("I'd be better off dead", "quick routine")
    assert talk.answer(text)[0] == GUIDANCE.self_harm[0]
    assert talk.state is State.IDLE


def test_a_bit_better_after_words_of_self_harm_is_no_word_about_the_back() -> None:
    assert Talk().hears("I want to kill myself").answer("a bit better") == [safety_lines.THANKS_FOR_TELLING]


@pytest.mark.parametrize("text", ["I'm ok, really", "yes", "I'm fine now", "I feel better"])
def test_being_well_answers_how_they_are(text: str) -> None:
    talk = Talk().hears("I want to kill myself", "quick routine")
    assert talk.spoken[-1] == safety_lines.HOW_ARE_YOU
    assert talk.answer(text) == [safety_lines.THANKS_FOR_TELLING]
    assert talk.hears("quick routine").state is State.SCREENING
