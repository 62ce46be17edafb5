"""What a person has is acknowledged by name; exercises are advised against once, and begun once somebody agreed."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.parts.modes import AskingAgreement, Idle
from assistant.dialogue.state import Conversation
from assistant.script import answering
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline import entries
from assistant.timeline.entries import SessionPaused, SessionResumed
from intents.model import Intent, Meant
from tests.assistant.dialogue.replies.effects import (
    NECK,
    NUMBER,
    PAUSES,
    SCENES,
    SESSION,
    Effect,
    Row,
    aside,
    rows,
    state_in,
)
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

PREGNANT = GUIDANCE.conditions["pregnant"]
ADVICE = "In pregnancy, ask your midwife or doctor before exercises."
AGAINST = "You said you are pregnant. Ask your midwife or doctor before exercises."
ASKED = Effect((ADVICE, answering.HAS_ONE_AGREED), State.CONFIRMING)
ACKNOWLEDGED = Effect((ADVICE, PREGNANT.meanwhile), State.IDLE)
NO_PAINKILLER = "With asthma, ask a pharmacist or doctor before any painkiller."


def named(scene: str) -> Effect:
    """A condition that speaks against exercises is named."""
    match scene:
        case "instructing" | "holding" | "resting":
            words = answering.let_go_and_ask(ADVICE)
            return Effect((words,), State.PAUSED, (SessionPaused("voice"),))
        case "paused" | "paused topic" | "hurt":
            return Effect((ADVICE, answering.GO_ON_IF_AGREED), state_in(scene))
        case "screening" | "offering":
            return ASKED
        case "screening for help" | "screening the chest":
            chest, question = GUIDANCE.screening.chest, GUIDANCE.screening.question
            return Effect((ADVICE, chest if scene == "screening the chest" else question), State.SCREENING)
        case _:
            return ACKNOWLEDGED


def agreeing(scene: str) -> Effect:
    """A professional agreed."""
    match scene:
        case "instructing" | "holding" | "resting":
            return aside(script.CARRYING_ON)(scene)
        case "paused":
            resumed = (SessionResumed("voice"),)
            return Effect((NECK.parts[0].again, NECK.hold_word), State.INSTRUCTING, resumed)
        case "paused topic":
            first = GUIDANCE.topics["causes"].bites[0].say
            return Effect((script.GOING_ON, first, script.MORE), State.TOPIC, (SessionResumed("voice"),))
        case "screening" | "screening for help":
            return Effect((answering.AGREED, GUIDANCE.screening.question), State.SCREENING)
        case "screening the chest":
            return Effect((answering.AGREED, GUIDANCE.screening.chest), State.SCREENING)
        case _:
            return Effect((answering.AGREED_WHAT_NEXT,), state_in(scene))


SCREENED = ("screening", "screening for help", "screening the chest")
EVERYWHERE = ("idle", "left", "topic", "ended", *SCREENED, "offering", *NUMBER, *SESSION, *PAUSES, "hurt")
ROWS = [
    *rows(Intent.CONDITION, EVERYWHERE, named, condition="pregnant"),
    *rows(Intent.CONDITION, SESSION, aside(NO_PAINKILLER), condition="asthma"),
    *rows(Intent.AGREED, EVERYWHERE, agreeing),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_a_person_has(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize("key", GUIDANCE.conditions)
def test_each_condition_is_named_and_somebody_is_to_be_asked(key: str) -> None:
    talk = Talk().say(Intent.CONDITION, condition=key).settle()
    known = GUIDANCE.conditions[key]
    assert talk.spoken[0].lower().startswith(f"{known.named},")
    assert any(who in talk.spoken[0] for who in ("doctor", "pharmacist", "avoid"))
    assert talk.spoken[1:] == [known.meanwhile]
    assert talk.conversation.mode == Idle()
    assert not talk.noted(entries.RedFlagRaised)


def test_what_is_not_known_is_no_reason_to_begin() -> None:
    assert Talk().say(Intent.CONDITION, condition="gremlins").settle().spoken == [answering.ASK_ABOUT_CONDITION]


def test_two_in_one_breath_are_both_named() -> None:
    talk = Talk()
    heard = said(Intent.CONDITION, talk.now, condition="blood_thinner")
    also = (Meant(Intent.CONDITION, {"condition": "kidney"}),)
    talk.take(replace(heard, reading=replace(heard.reading, also=also)))
    first = "On blood thinners and with kidney trouble, ask a doctor or physical therapist before exercises."
    assert talk.settle().spoken[0] == first
    assert talk.conversation.person.conditions == ("blood_thinner", "kidney")


@pytest.mark.parametrize(
    ("intent", "slots"), [(Intent.START_ROUTINE, {}), (Intent.START_MOVEMENT, {"movement": "neck_tilt"})]
)
def test_exercises_are_advised_against_once(intent: Intent, slots: dict[str, str]) -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(intent, **slots).settle()
    assert talk.spoken[-2:] == [AGAINST, answering.HAS_ONE_AGREED]
    assert isinstance(talk.conversation.mode, AskingAgreement)
    talk.say(Intent.NO).settle()
    assert talk.spoken[-2:] == [answering.NOT_YET, PREGNANT.meanwhile]
    assert not talk.noted(entries.SessionStarted)
    talk.say(intent, **slots).settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question, "once is enough"


@pytest.mark.parametrize("answer", [Intent.YES, Intent.AGREED])
def test_exercises_begin_after_the_screening_question_if_somebody_agreed(answer: Intent) -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.START_ROUTINE).settle()
    talk.say(answer).settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question
    assert not talk.noted(entries.SessionStarted)
    assert talk.say(Intent.NO).wait(1).noted(entries.SessionStarted)


def test_somebody_agreed_before_exercises_were_asked_for() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.AGREED).settle()
    assert talk.say(Intent.START_ROUTINE).settle().spoken[-1] == GUIDANCE.screening.question


def test_another_condition_is_advised_about_anew() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.AGREED).settle()
    talk.say(Intent.CONDITION, condition="heart").settle().say(Intent.START_ROUTINE).settle()
    assert isinstance(talk.conversation.mode, AskingAgreement)


def test_what_concerns_painkillers_alone_speaks_against_no_exercise() -> None:
    talk = Talk().say(Intent.CONDITION, condition="ulcer").settle().say(Intent.START_ROUTINE).settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question


def test_named_in_a_hold_it_waits_until_the_person_goes_on() -> None:
    talk = SCENES["holding"]().say(Intent.CONDITION, condition="pacemaker").settle()
    assert talk.state is State.PAUSED
    assert "pacemaker" in talk.spoken[-1]
    talk.say(Intent.RESUME).until(State.HOLDING)


def test_the_answer_to_why_is_the_reason() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.START_ROUTINE).settle()
    talk.say(Intent.WHY_ASK).settle()
    assert talk.spoken[-1] == answering.HAS_ONE_AGREED
    assert isinstance(talk.conversation.mode, AskingAgreement)


# -- for longer than a sitting --------------------------------------------------------------------------


def at_home() -> Talk:
    """Somebody whose settings are kept."""
    return Talk(Conversation(keeps=True))


@pytest.mark.parametrize(("answer", "kept"), [(Intent.YES, ("pregnant",)), (Intent.NO, ()), (Intent.CAUSES, ())])
def test_with_consent_it_is_remembered_for_longer(answer: Intent, kept: tuple[str, ...]) -> None:
    talk = at_home().say(Intent.CONDITION, condition="pregnant").settle()
    assert talk.spoken == [ADVICE, PREGNANT.meanwhile, answering.SHALL_I_KEEP]
    talk.say(answer).settle()
    assert talk.conversation.settings.conditions == kept
    assert talk.conversation.person.conditions == ("pregnant",), "for the sitting it is known in any case"
    assert (answering.KEPT in talk.spoken) is bool(kept)


def test_it_is_asked_once_and_can_be_taken_back() -> None:
    talk = at_home().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.YES).settle()
    talk.say(Intent.UNDO).settle()
    assert talk.conversation.settings.conditions == ()
    talk.say(Intent.CONDITION, condition="heart").settle()
    assert talk.spoken.count(answering.SHALL_I_KEEP) == 1


def test_what_is_remembered_already_is_not_asked_about() -> None:
    settings = Settings(conditions=("pregnant",))
    talk = Talk(Conversation(keeps=True, settings=settings)).say(Intent.CONDITION, condition="pregnant").settle()
    assert answering.SHALL_I_KEEP not in talk.spoken


def test_without_a_profile_nothing_is_offered() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle()
    assert answering.SHALL_I_KEEP not in talk.spoken


# -- taken back -----------------------------------------------------------------------------------------


def test_what_is_taken_back_no_longer_counts() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle()
    talk.say(Intent.CONDITION, condition="pregnant", over="yes").settle()
    assert talk.spoken[-1] == answering.TAKEN_BACK
    assert talk.conversation.person.conditions == ()
    talk.say(Intent.START_ROUTINE).settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question


def test_taken_back_while_consent_is_asked_for_what_was_wanted_goes_on() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.START_ROUTINE).settle()
    talk.say(Intent.CONDITION, condition="pregnant", over="yes").settle()
    assert talk.spoken[-1] == GUIDANCE.screening.question


def test_of_two_conditions_the_other_still_counts() -> None:
    talk = Talk().say(Intent.CONDITION, condition="pregnant").settle()
    talk.say(Intent.CONDITION, condition="heart").settle().say(Intent.START_ROUTINE).settle()
    talk.say(Intent.CONDITION, condition="pregnant", over="yes").settle()
    assert talk.spoken[-1] == answering.HAS_ONE_AGREED
    assert talk.conversation.person.conditions == ("heart",)


def test_what_was_remembered_for_longer_is_forgotten_and_that_can_be_undone() -> None:
    talk = at_home().say(Intent.CONDITION, condition="pregnant").settle().say(Intent.YES).settle()
    talk.say(Intent.CONDITION, condition="pregnant", over="yes").settle()
    assert not talk.conversation.settings.conditions
    talk.say(Intent.UNDO).settle()
    assert talk.conversation.settings.conditions == ("pregnant",)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6])
def test_many_conditions_are_one_short_sentence(n: int) -> None:
    named = [each.named for each in GUIDANCE.conditions.values()][:n]
    you = [each.you for each in GUIDANCE.conditions.values()][:n]
    for line in (
        answering.ask_before_exercises(named, "a doctor"),
        answering.you_said_so_ask(you, "a doctor"),
        answering.no_painkillers(named, you, avoid=True),
    ):
        assert len(line.split()) <= 24, line
        assert all(each in line.lower() for each in (named if line.startswith(named[0][:3].title()) else you)[:2])
