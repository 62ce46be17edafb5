"""Of several things said in one breath: an alarm before a stop, a false alarm before all else, a consent first."""

import pytest

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AskingAgreement, Emergency, Idle, Screening
from assistant.dialogue.parts.precedence import weighed
from assistant.dialogue.parts.unrepeated import unrepeated
from assistant.guidance.checks import CALL_NOW
from assistant.script import answering, safety_lines
from assistant.states import State
from intents.model import Intent, Meant, Reading
from tests.assistant.dialogue.replies.effects import SCENES, holding
from tests.assistant.dialogue.talk import GUIDANCE, Talk
from tests.assistant.dialogue.test_one_breath import breath, taken

pytestmark = pytest.mark.unit

URGENT_FLAG = {"flag": "trauma", "grade": "urgent"}
HELP_NOW = "Call your emergency number now."


def carried_out(*intents: Intent, text: str = "", emergency: bool = False, refuses: bool = False) -> list[str]:
    """The intents of a breath that are carried out, in order."""
    first, *others = intents
    reading = Reading(text, first, also=tuple(Meant(intent) for intent in others))
    found = weighed(reading, emergency=emergency, refuses=refuses)
    return [str(found.intent), *(each.intent for each in found.also)]


@pytest.mark.parametrize("cry", [Intent.STOP, Intent.PAUSE, Intent.WAIT])
@pytest.mark.parametrize("alarm", [Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM])
def test_a_stop_beside_an_alarm_is_part_of_the_cry(alarm: Intent, cry: Intent) -> None:
    assert carried_out(alarm, cry) == [alarm]
    assert carried_out(cry, alarm) == [alarm]


@pytest.mark.parametrize("scene", ["idle", "holding", "topic", "paused"])
def test_the_number_is_said_three_times_though_stop_was_cried_with_the_sign(scene: str) -> None:
    talk = breath(SCENES[scene](), Intent.RED_FLAG, Intent.STOP).wait(70)
    assert talk.spoken.count(HELP_NOW) == 3


@pytest.mark.parametrize("ending", [Intent.FALSE_ALARM, Intent.HELP_COMING])
@pytest.mark.parametrize(
    "other", [Intent.WHAT_HELPS, Intent.THAT_HURTS, Intent.STILL_BAD, Intent.RESUME, Intent.START_MOVEMENT, Intent.STOP]
)
def test_a_false_alarm_counts_before_all_that_is_no_alarm(ending: Intent, other: Intent) -> None:
    assert carried_out(ending, other, emergency=True) == [ending]
    assert carried_out(other, ending, emergency=True) == [ending]


@pytest.mark.parametrize("alarm", [Intent.RED_FLAG, Intent.CALL_FOR_HELP, Intent.SELF_HARM])
def test_a_further_alarm_counts_before_a_false_one(alarm: Intent) -> None:
    assert carried_out(Intent.FALSE_ALARM, alarm, emergency=True)[0] in (alarm, Intent.FALSE_ALARM)
    talk = breath(SCENES["emergency"](), Intent.FALSE_ALARM, alarm).settle()
    assert talk.state is State.EMERGENCY
    assert talk.say(Intent.YES).settle().state is State.EMERGENCY


@pytest.mark.parametrize("other", [Intent.WHAT_HELPS, Intent.THAT_HURTS, Intent.RESUME])
def test_a_false_alarm_among_other_words_is_said_back_and_a_yes_leaves(other: Intent) -> None:
    talk = breath(SCENES["emergency"](), other, Intent.FALSE_ALARM).settle()
    assert talk.spoken[-1] == safety_lines.FINE_ASKED
    assert talk.say(Intent.YES).settle().conversation.mode == Idle()


def test_what_was_not_said_back_is_not_confirmed() -> None:
    talk = breath(SCENES["emergency"](), Intent.WHAT_HELPS, Intent.START_ROUTINE).settle()
    assert talk.say(Intent.YES).settle().state is State.EMERGENCY


@pytest.mark.parametrize(
    ("intents", "kept"),
    [
        ((Intent.RESUME, Intent.START_MOVEMENT), [Intent.START_MOVEMENT]),
        ((Intent.START_ROUTINE, Intent.READY), [Intent.START_ROUTINE]),
        ((Intent.WHAT_HELPS, Intent.START_ROUTINE), [Intent.START_ROUTINE]),
        ((Intent.RESUME, Intent.NEXT), [Intent.RESUME]),
        ((Intent.START_MOVEMENT, Intent.LOUDER), [Intent.START_MOVEMENT, Intent.LOUDER]),
        ((Intent.FALSE_ALARM, Intent.START_MOVEMENT), [Intent.FALSE_ALARM, Intent.START_MOVEMENT]),
    ],
)
def test_where_exercise_is_refused_one_order_is_answered(intents: tuple[Intent, ...], kept: list[Intent]) -> None:
    assert carried_out(*intents, refuses=True) == kept


def test_go_on_neck_rotations_after_an_urgent_sign_is_refused_once() -> None:
    talk = Talk().say(Intent.RED_FLAG, **URGENT_FLAG).settle()
    before = len(talk.spoken)
    breath(talk, Intent.RESUME, Intent.START_MOVEMENT).settle()
    assert talk.spoken[before:] == [safety_lines.DOCTOR_FIRST]


def test_a_mistake_and_an_order_lead_to_the_screening_question_alone() -> None:
    talk = Talk().say(Intent.RED_FLAG, **URGENT_FLAG).settle()
    before = len(talk.spoken)
    breath(talk, Intent.FALSE_ALARM, Intent.START_MOVEMENT).settle()
    assert talk.spoken[before:] == [safety_lines.A_MISTAKE, GUIDANCE.screening.question]


def test_two_orders_in_an_emergency_are_refused_once() -> None:
    talk = SCENES["emergency"]()
    before = len(talk.spoken)
    breath(talk, Intent.START_ROUTINE, Intent.NEXT).settle()
    assert talk.spoken[before:] == [safety_lines.NOT_NOW, HELP_NOW]
    assert CALL_NOW in talk.conversation.last_lines or HELP_NOW in talk.conversation.last_lines


@pytest.mark.parametrize("order", [(Intent.START_ROUTINE, Intent.AGREED), (Intent.AGREED, Intent.START_ROUTINE)])
def test_a_consent_in_the_same_breath_leads_to_screening(order: tuple[Intent, Intent]) -> None:
    talk = Talk().say(Intent.CONDITION, condition="osteoporosis").settle()
    before = len(talk.spoken)
    breath(talk, *order).settle()
    assert isinstance(talk.conversation.mode, Screening)
    assert talk.spoken[before:] == [GUIDANCE.screening.question]


@pytest.mark.parametrize("open_question", [False, True])
def test_a_condition_with_its_consent_and_an_order(open_question: bool) -> None:
    talk = Talk()
    if open_question:
        talk.say(Intent.START_ROUTINE, routine="gentle").settle()
    breath(talk, Intent.START_ROUTINE, Intent.CONDITION, Intent.AGREED).settle()
    assert isinstance(talk.conversation.mode, Screening)
    assert answering.NOT_YET not in talk.spoken
    assert talk.conversation.person.agreed


def test_told_the_condition_alone_it_asks_whether_one_agreed() -> None:
    talk = breath(Talk(), Intent.CONDITION, Intent.START_ROUTINE).settle()
    assert isinstance(talk.conversation.mode, AskingAgreement)


@pytest.mark.parametrize(
    ("text", "intents", "kept"),
    [
        ("them tablets did nothing, it still aches", (Intent.PAINKILLERS, Intent.STILL_BAD), [Intent.STILL_BAD]),
        ("it is worse, heat did nothing", (Intent.WORSE, Intent.MEASURE), [Intent.WORSE]),
        ("still sore, can I take a tablet", (Intent.STILL_BAD, Intent.PAINKILLERS), None),
        ("still sore. which tablets?", (Intent.STILL_BAD, Intent.PAINKILLERS), None),
        ("still sore, what helps", (Intent.STILL_BAD, Intent.WHAT_HELPS), None),
    ],
)
def test_a_topic_beside_a_complaint_is_what_the_pain_withstood(
    text: str, intents: tuple[Intent, ...], kept: list[Intent] | None
) -> None:
    assert carried_out(*intents, text=text) == (list(intents) if kept is None else kept)


def test_a_complaint_outside_a_session_gets_whom_to_ask() -> None:
    assert "doctor" in breath(Talk(), Intent.PAINKILLERS, Intent.STILL_BAD).settle().spoken[0]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("One. Two.", "Two. Three."), ("One. Two.", "Three.")),
        (("One.", "One. Two."), ("One.", "Two.")),
        (("One.", "One."), ("One.",)),
        (("One?", "Two.", "One?"), ("Two.", "One?")),
        (("One.", ""), ("One.",)),
    ],
)
def test_no_sentence_is_said_twice_and_a_question_stands_last(lines: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert unrepeated(lines) == kept


def test_what_a_condition_changes_is_said_once_and_first() -> None:
    talk = Talk()
    also = (Meant(Intent.QUESTION, {"about": "safe_now"}),)
    talk.take(Heard(Reading("both", Intent.CONDITION, {"condition": "pacemaker"}, 1.0, also=also), talk.now, talk.now))
    talk.settle()
    assert "pacemaker" in talk.spoken[0]
    assert len(talk.spoken) == len(set(talk.spoken)) == 2


def test_two_answers_with_a_sentence_in_common_say_it_once() -> None:
    talk = breath(Talk(), Intent.START_ROUTINE, Intent.START_ROUTINE).settle()
    assert talk.spoken == [GUIDANCE.screening.question]
    talk = holding()
    before = len(talk.begun)
    breath(talk, Intent.HOW_LONG, Intent.HOW_LONG).wait(5)
    assert sum("left." in line.text for line in talk.begun[before:]) == 1
    assert taken(talk)[-2:] == ["HowLong", "HowLong"]


def test_the_alarm_stays_what_it_is() -> None:
    talk = breath(Talk(), Intent.RED_FLAG, Intent.STOP).settle()
    assert isinstance(talk.conversation.mode, Emergency)
    assert not talk.conversation.mode.hushed
