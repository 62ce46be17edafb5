"""A question gets its answer first, and what the person has told about themselves counts in it."""

import pytest

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Topic
from assistant.dialogue.parts.telling import told_of
from assistant.script import answering, stretching
from assistant.states import State
from intents.model import Intent, Meant, Reading
from tests.assistant.dialogue.replies.effects import (
    NUMBER,
    PAUSES,
    SESSION,
    Effect,
    Row,
    aside,
    holding,
    rows,
)
from tests.assistant.dialogue.replies.test_flow import ASKED
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ((Intent.MEASURE, {"measure": "heat"}), (Intent.HOW_LONG, {}), "heat_minutes"),
        ((Intent.MEASURE, {"measure": "heat"}), (Intent.QUESTION, {"about": "stretch_often"}), "heat_often"),
        ((Intent.QUESTION, {"about": "heat_or_cold"}), (Intent.QUESTION, {"about": "stretch_often"}), "heat_often"),
        ((Intent.MEASURE, {"measure": "rest"}), (Intent.HOW_LONG, {}), "rest_days"),
        ((Intent.PAINKILLERS, {}), (Intent.HOW_LONG, {}), "painkiller_days"),
        ((Intent.PAINKILLERS, {}), (Intent.QUESTION, {"about": "stretch_often"}), "dose"),
        ((Intent.MEASURE, {"measure": "analgesics"}), (Intent.QUESTION, {"about": "which"}), "painkiller_which"),
        ((Intent.MEASURE, {"measure": "stretching"}), (Intent.QUESTION, {"about": "which"}), "stretch_which"),
        ((Intent.CAUSES, {}), (Intent.QUESTION, {"about": "stretch_often"}), "stretch_often"),
    ],
)
@pytest.mark.parametrize("one_breath", [False, True])
def test_a_question_goes_on_with_what_was_told(
    before: tuple[Intent, dict[str, str]], after: tuple[Intent, dict[str, str]], key: str, *, one_breath: bool
) -> None:
    talk = Talk().wait(1)
    if one_breath:
        also = (Meant(after[0], after[1]),)
        talk.take(Heard(Reading("both", before[0], before[1], 1.0, also=also), talk.now, talk.now))
    else:
        talk.say(before[0], **before[1]).settle().say(after[0], **after[1])
    assert GUIDANCE.answers[key].say in talk.settle().spoken


def test_without_what_it_goes_on_with_which_one_asks_where_we_are() -> None:
    assert Talk().say(Intent.QUESTION, about="which").settle().spoken == [script.where_in(State.IDLE)]
    assert Talk().say(Intent.HOW_LONG).settle().spoken == [script.where_in(State.IDLE)]


NOT_PREGNANT = "No, avoid ibuprofen and naproxen. You said you are pregnant."
ABOUT_PAINKILLERS = ("painkiller_allowed", "painkiller_which", "painkiller_work")


def said(key: str) -> str:
    """The answer, as it is said where no number was named."""
    return GUIDANCE.answers[key].say.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER)


def answered(key: str) -> list[Row]:
    """A question, everywhere: an open question stays open."""
    first, about = said(key), {"about": key}
    closing = (script.MORE,) if GUIDANCE.answers[key].more else ()
    return [
        *rows(
            Intent.QUESTION,
            ("idle", "left", "topic", "ended", *NUMBER),
            Effect((first, *closing), State.TOPIC),
            **about,
        ),
        *rows(Intent.QUESTION, ASKED, Effect((first, answering.SCREENING_IS_OPEN), State.SCREENING), **about),
        *rows(
            Intent.QUESTION,
            ("screening the chest",),
            Effect((first, GUIDANCE.screening.chest), State.SCREENING),
            **about,
        ),
        *rows(Intent.QUESTION, ("offering",), Effect((first, stretching.BEGIN), State.CONFIRMING), **about),
        *rows(Intent.QUESTION, ("hurt",), Effect((first, script.HURT_CHOICES), State.CONFIRMING), **about),
        *rows(Intent.QUESTION, PAUSES, Effect((first,), State.PAUSED), **about),
        *rows(Intent.QUESTION, SESSION, aside(first), **about),
    ]


ROWS = [*answered("heat_minutes"), *answered("emergencies")]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_question_is_answered_where_it_is_asked(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize("key", GUIDANCE.answers)
def test_every_answer_is_told_to_its_end(key: str) -> None:
    talk = Talk().say(Intent.QUESTION, about=key).settle()
    assert talk.spoken[0] == said(key)
    lines = told_of(GUIDANCE, f"answer.{key}")
    for _ in lines[1:]:
        talk.say(Intent.MORE).settle()
    assert talk.conversation.mode == Topic(f"answer.{key}", len(lines))
    assert talk.say(Intent.MORE).settle().spoken[-1] == script.NO_MORE


@pytest.mark.parametrize("slots", [{"about": "no such fact"}, {}])
def test_what_it_does_not_know_it_does_not_guess(slots: dict[str, str]) -> None:
    assert Talk().say(Intent.QUESTION, **slots).settle().spoken == [said("unknown")]


def test_a_question_in_a_hold_is_answered_over_the_counts() -> None:
    talk = holding().say(Intent.QUESTION, about="dose").until(State.RESTING)
    assert said("dose") in talk.spoken
    assert talk.counts == list(range(1, 16))


def test_a_question_that_is_being_asked_comes_again_after_an_answer() -> None:
    talk = Talk().say(Intent.START_ROUTINE).wait(1).say(Intent.QUESTION, about="heat_minutes").settle()
    assert talk.spoken[-2:] == [said("heat_minutes"), GUIDANCE.screening.question]
    talk.say(Intent.NO).until(State.INSTRUCTING)


def test_a_topic_that_was_cut_off_is_not_begun_again() -> None:
    talk = Talk().say(Intent.CAUSES).wait(1).say(Intent.QUESTION, about="dose").settle()
    assert talk.spoken[1:] == [said("dose")]


@pytest.mark.parametrize("key", ABOUT_PAINKILLERS)
@pytest.mark.parametrize("condition", GUIDANCE.conditions)
def test_painkillers_are_answered_for_the_condition_that_is_asked_about(key: str, condition: str) -> None:
    talk = Talk().say(Intent.QUESTION, about=key, condition=condition).settle()
    known = GUIDANCE.conditions[condition]
    assert known.named in talk.spoken[0]
    assert talk.spoken[0].startswith("No" if known.painkillers == "avoid" else "Not without asking a pharmacist")
    assert "You said" not in talk.spoken[0]


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        (Intent.PAINKILLERS, {}),
        (Intent.MEASURE, {"measure": "analgesics"}),
        (Intent.QUESTION, {"about": "painkiller_allowed"}),
    ],
)
def test_painkillers_are_answered_for_what_was_told_before(intent: Intent, slots: dict[str, str]) -> None:
    talk = Talk().say(Intent.CONDITION, condition="blood_thinner").settle()
    talk.say(intent, **slots).settle()
    assert talk.spoken[-1] == "Not without asking a pharmacist or doctor. You said you take blood thinners."
    talk.say(Intent.CONDITION, condition="pregnant").settle().say(intent, **slots).settle()
    assert talk.spoken[-1] == NOT_PREGNANT, "what is to be avoided counts before what is to be asked about"


@pytest.mark.parametrize(
    ("intent", "slots"), [(Intent.MEASURE, {"measure": "heat"}), (Intent.QUESTION, {"about": "heat_allowed"})]
)
def test_heat_is_answered_for_what_was_told_before(intent: Intent, slots: dict[str, str]) -> None:
    talk = Talk().say(Intent.CONDITION, condition="diabetes").settle().say(intent, **slots).settle()
    assert talk.spoken[-1] == GUIDANCE.conditions["diabetes"].heat
    assert talk.say(Intent.MORE).settle().spoken[-1] == script.NO_MORE


def test_a_condition_that_changes_nothing_about_heat_changes_no_answer() -> None:
    talk = Talk().say(Intent.CONDITION, condition="scoliosis").settle().say(Intent.QUESTION, about="heat_allowed")
    assert talk.settle().spoken[-1] == said("heat_allowed")


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("safe_now", "In pregnancy, ask your midwife or doctor before exercises."),
        ("stretch_safe", "In pregnancy, ask your midwife or doctor before exercises."),
        ("meantime", GUIDANCE.conditions["pregnant"].meanwhile),
    ],
)
def test_exercises_are_answered_for_what_was_told_before_until_somebody_agreed(about: str, line: str) -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.QUESTION, about=about).settle()
    assert talk.spoken[-1] == line
    talk.say(Intent.AGREED).settle().say(Intent.QUESTION, about=about).settle()
    assert talk.spoken[-1] == said(about)


def test_a_condition_that_concerns_painkillers_alone_changes_no_answer_about_exercises() -> None:
    talk = Talk().say(Intent.CONDITION, condition="asthma").settle().say(Intent.QUESTION, about="safe_now").settle()
    assert talk.spoken[-1] == said("safe_now")


def test_painkillers_with_one_fact_asked_for_give_that_fact() -> None:
    talk = Talk().say(Intent.PAINKILLERS, about="painkiller_aspirin").settle()
    assert talk.spoken == [said("painkiller_aspirin")]
