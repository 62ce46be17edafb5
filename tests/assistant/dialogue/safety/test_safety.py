"""Warning signs of each grade, how an emergency is left, and the screening question, before which nothing begins."""

from collections.abc import Callable

import pytest

from assistant import script
from assistant.coaching.session import routine_session
from assistant.dialogue.actions import Note
from assistant.dialogue.events import Heard, Silenced
from assistant.dialogue.machine import step
from assistant.dialogue.output import Playing, Silencing
from assistant.dialogue.parts.modes import AskingSign, Emergency, Idle, Paused, Screening, WantsHelp, WantsSession
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import HoldEnded, RedFlagRaised, SessionEnded, SessionResumed, SessionStarted
from audio.frames import frames
from intents.model import Intent, Reading
from tests.assistant.dialogue.replies.effects import OFFER, SCENES, SCREENINGS, Effect, Row, holding, standing
from tests.assistant.dialogue.replies.test_flow import CHEST, advice, filled, given_up, in_session
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

QUESTION, SHORT = GUIDANCE.screening.question, GUIDANCE.screening.short
EMERGENCIES = sorted(key for key, flag in GUIDANCE.red_flags.items() if flag.urgency == "emergency")
URGENT = sorted(key for key, flag in GUIDANCE.red_flags.items() if flag.urgency == "urgent")
SCENES_FLAGGED = ["idle", "topic", "holding", "instructing", "paused", "paused topic", "hurt", "screening", "asleep"]

# -- warning signs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", EMERGENCIES)
@pytest.mark.parametrize("scene", [*SCENES_FLAGGED, "emergency"])
def test_an_emergency_has_its_own_advice_and_the_session_waits(flag: str, scene: str) -> None:
    row = Row(scene, Intent.RED_FLAG, Effect((), State.IDLE), {"flag": flag})
    noted = (RedFlagRaised(flag, "RedFlag"), *given_up(scene))
    assert row.seen == Effect(advice(flag), State.EMERGENCY, noted)


@pytest.mark.parametrize("flag", URGENT)
@pytest.mark.parametrize("scene", SCENES_FLAGGED)
def test_an_urgent_sign_ends_the_session_and_rests(flag: str, scene: str) -> None:
    row = Row(scene, Intent.RED_FLAG, Effect((), State.IDLE), {"flag": flag, "grade": "urgent"})
    ended = (SessionEnded(False),) if in_session(scene) else ()
    noted = (RedFlagRaised(flag, "RedFlag"), *given_up(scene), *ended)
    assert row.seen == Effect(advice(flag), State.IDLE, noted)


@pytest.mark.parametrize("flag", URGENT)
def test_an_urgent_sign_may_be_an_emergency(flag: str) -> None:
    talk = SCENES["idle"]().say(Intent.RED_FLAG, flag=flag, grade="emergency").settle()
    assert talk.state is State.EMERGENCY
    assert talk.spoken[0] == "Call your emergency number now."


@pytest.mark.parametrize(("flag", "sign"), [("chest", "sweating"), ("cauda_equina", "bladder"), ("trauma", "fall")])
def test_the_advice_names_what_was_said(flag: str, sign: str) -> None:
    talk = SCENES["idle"]().say(Intent.RED_FLAG, flag=flag, grade="emergency", sign=sign).settle()
    assert any(GUIDANCE.signs[sign].say in line for line in talk.spoken)


def test_a_lesser_sign_changes_nothing_in_an_emergency() -> None:
    talk = SCENES["emergency"]().say(Intent.RED_FLAG, flag="cord", grade="urgent").settle()
    assert talk.state is State.EMERGENCY
    assert talk.spoken[-len(CHEST) :] == list(CHEST)


def test_the_number_that_was_named_is_the_one_to_call() -> None:
    talk = Talk(Conversation(settings=Settings(emergency_number="112"))).say(Intent.RED_FLAG, flag="chest").settle()
    assert talk.spoken[0] == "Call 1 1 2 now."


@pytest.mark.parametrize("scene", ["idle", "holding", "paused", "asleep", "muted", "muted session", "emergency"])
def test_a_call_for_help_is_answered_with_the_number_in_every_state(scene: str) -> None:
    row = Row(scene, Intent.CALL_FOR_HELP, Effect((), State.IDLE))
    noted = (RedFlagRaised("call_for_help", "CallForHelp"), *given_up(scene))
    assert row.seen == Effect(filled(GUIDANCE.call_for_help), State.EMERGENCY, noted)


# -- self-harm ------------------------------------------------------------------------------------------


def test_words_of_self_harm_end_the_session_and_offer_nothing() -> None:
    talk = holding().say(Intent.SELF_HARM).settle()
    assert talk.state is State.IDLE
    assert talk.spoken[-len(GUIDANCE.self_harm) :] == list(filled(GUIDANCE.self_harm))
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]


def test_the_crisis_line_is_named_where_one_is_set() -> None:
    talk = Talk(Conversation(settings=Settings(crisis_line="988"))).say(Intent.SELF_HARM).settle()
    assert talk.spoken[-1].endswith("Its number is 9 8 8.")


def test_asked_for_exercise_it_asks_once_how_they_are() -> None:
    talk = Talk().say(Intent.SELF_HARM).settle().say(Intent.START_ROUTINE).settle()
    assert talk.spoken[-1] == safety_lines.HOW_ARE_YOU
    assert talk.say(Intent.YES).settle().spoken[-1] == safety_lines.THANKS_FOR_TELLING
    assert talk.state is State.IDLE
    assert talk.say(Intent.START_ROUTINE).settle().spoken[-1] == QUESTION


@pytest.mark.parametrize("answer", [Intent.NO, Intent.STILL_BAD])
def test_not_being_all_right_is_answered_as_at_first(answer: Intent) -> None:
    talk = Talk().say(Intent.SELF_HARM).settle().say(Intent.START_ROUTINE).settle()
    assert talk.say(answer).settle().spoken[-1] == filled(GUIDANCE.self_harm)[-1]


def test_what_helps_offers_no_exercise_after_words_of_self_harm() -> None:
    talk = Talk().say(Intent.SELF_HARM).settle().say(Intent.WHAT_HELPS).settle().say(Intent.YES).settle()
    talk.say(Intent.WHAT_HELPS).settle().say(Intent.NO).settle()
    assert OFFER not in talk.spoken


# -- a sign that may be harmless ------------------------------------------------------------------------


def unsure(scene: str, flag: str = "chest", sign: str = "chest_tight") -> Talk:
    """A sign that may be harmless was said in a scene, and asked about."""
    return SCENES[scene]().say(Intent.RED_FLAG, flag=flag, grade="unsure", sign=sign).settle()


def asked_about(talk: Talk) -> AskingSign:
    """The question about a sign that is open."""
    assert isinstance(talk.conversation.mode, AskingSign)
    return talk.conversation.mode


def test_what_may_be_harmless_is_asked_about_and_raises_no_alarm_yet() -> None:
    talk = unsure("idle")
    assert talk.spoken == [GUIDANCE.signs["chest_tight"].question]
    assert not talk.noted(RedFlagRaised)
    assert asked_about(talk).back == Idle()


def test_in_a_hold_it_lets_go_first() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="chest", grade="unsure", sign="chest_tight").wait(0.2)
    assert len(talk.noted(HoldEnded)) == 1
    assert talk.settle().spoken[-2:] == [script.LET_GO_NOW, GUIDANCE.signs["chest_tight"].question]


@pytest.mark.parametrize("answer", [Intent.YES, Intent.STILL_BAD])
@pytest.mark.parametrize("scene", ["idle", "holding", "paused", "screening"])
def test_yes_counts_as_the_flag(answer: Intent, scene: str) -> None:
    talk = unsure(scene).say(answer).settle()
    assert talk.state is State.EMERGENCY
    assert [entry.flag for _, entry in talk.noted(RedFlagRaised)] == ["chest"]


def test_silence_counts_as_the_flag_after_the_question_was_asked_twice() -> None:
    talk = unsure("idle").wait(7.8)
    assert len(talk.begun) == 1
    talk.wait(0.4).settle()
    assert talk.spoken == [GUIDANCE.signs["chest_tight"].question] * 2
    talk.wait(7.8)
    assert talk.state is State.SCREENING
    assert talk.wait(0.5).state is State.EMERGENCY


@pytest.mark.parametrize(
    "doubt", ["maybe I think", "ooh I dunno, could be", "not sure", "sort of", "hard to say", "on and off", "a bit"]
)
def test_doubt_counts_as_yes_does(doubt: str) -> None:
    assert unsure("idle").mumble(doubt).settle().state is State.EMERGENCY


def test_doubt_counts_though_it_was_read_as_something_else() -> None:
    talk = unsure("idle")
    talk.take(Heard(Reading("a bit", Intent.WAIT, confidence=1.0), talk.now, talk.now))
    assert talk.settle().state is State.EMERGENCY


@pytest.mark.parametrize("intent", [Intent.CAUSE, Intent.NEVER_MIND, Intent.RESUME, None])
def test_an_answer_that_begins_with_yes_counts_whatever_else_it_says(intent: Intent | None) -> None:
    talk = unsure("idle")
    slots = {"cause": "stress"} if intent is Intent.CAUSE else {}
    talk.take(Heard(Reading("yes, a sort of pressure", intent, slots, 1.0), talk.now, talk.now))
    assert talk.settle().state is State.EMERGENCY


@pytest.mark.parametrize("unclear", [lambda talk: talk.mumble("the cat"), lambda talk: talk.say(Intent.RESUME)])
def test_what_is_no_answer_is_asked_about_once_and_then_counts(unclear: Callable[[Talk], Talk]) -> None:
    talk = unsure("idle")
    unclear(talk)
    assert talk.settle().spoken[-2:] == [safety_lines.YES_OR_NO_FIRST, GUIDANCE.signs["chest_tight"].question]
    unclear(talk)
    assert talk.settle().state is State.EMERGENCY


def test_a_clear_no_goes_on_to_where_they_were() -> None:
    talk = unsure("idle").say(Intent.NO).settle()
    assert (talk.state, talk.noted(RedFlagRaised)) == (State.IDLE, [])
    talk = unsure("holding").say(Intent.NO).until(State.HOLDING)
    assert len(talk.noted(SessionStarted)) == 1
    talk = unsure("screening").say(Intent.NO).settle()
    assert isinstance(talk.conversation.mode, Screening)
    assert talk.spoken[-1] == QUESTION


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("only in my back", True),
        ("it's just the shoulder blade", True),
        ("just my chest", False),
        ("only my back and my chest", False),
        ("my back", True),
        ("my back and the chest", False),
    ],
)
def test_only_my_back_denies_the_sign(text: str, denied: bool) -> None:
    talk = unsure("idle").mumble(text).settle()
    assert (talk.state is State.IDLE) is denied


def test_a_numb_limb_in_a_hold_is_let_go_of_and_asked_about() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="stretch_warning", grade="unsure", sign="numb_arm").settle()
    assert talk.spoken[-2:] == [script.LET_GO_NOW, GUIDANCE.signs["numb_arm"].question]
    talk.say(Intent.STILL_BAD).settle()
    assert talk.state is State.IDLE
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]
    assert any("doctor" in line for line in talk.spoken[-2:])


def test_a_numb_limb_that_has_gone_is_followed_by_the_choice_of_how_to_go_on() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="stretch_warning", grade="unsure", sign="numb").settle()
    assert talk.say(Intent.PASSED).settle().spoken[-1] == safety_lines.GOOD_CHOICES
    assert talk.state is State.CONFIRMING
    assert not talk.noted(RedFlagRaised)


def test_silence_about_a_numb_limb_never_begins_another_hold() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="stretch_warning", grade="unsure", sign="numb").wait(90)
    assert talk.state is State.CONFIRMING
    assert not talk.noted(SessionEnded)
    assert talk.say(Intent.STILL_BAD).settle().noted(SessionEnded)


def test_dizzy_in_neck_turns_they_are_not_done_again() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="stretch_warning", grade="unsure", sign="dizzy").settle()
    assert talk.conversation.sitting.left_out == {"neck_rotation", "neck_tilt"}
    assert talk.spoken[-1] == script.HURT_CHOICES
    talk.say(Intent.RESUME).until(State.HOLDING)
    assert talk.conversation.session is not None
    assert talk.conversation.session.dose.movement.key != "neck_rotation"


# -- how an emergency is left ---------------------------------------------------------------------------


@pytest.mark.parametrize("scene", ["idle", "topic", "screening", "offering", "hurt", "paused", "asleep"])
def test_after_a_false_alarm_the_person_is_where_they_were(scene: str) -> None:
    before = SCENES[scene]()
    was, session = before.conversation.mode, before.conversation.session
    talk = before.say(Intent.RED_FLAG, flag="chest").settle().say(Intent.FALSE_ALARM).settle()
    assert talk.spoken[-1] == safety_lines.FINE_ASKED
    assert talk.state is State.EMERGENCY
    assert talk.say(Intent.YES).settle().conversation.mode == was
    assert (talk.conversation.session is None) == (session is None)


def test_a_session_is_paused_at_its_place_after_a_false_alarm() -> None:
    talk = holding().say(Intent.CALL_FOR_HELP).settle().say(Intent.FALSE_ALARM).settle().say(Intent.YES).settle()
    assert isinstance(talk.conversation.mode, Paused)
    assert not talk.noted(SessionEnded)
    talk.say(Intent.RESUME).until(State.HOLDING)
    assert len(talk.noted(SessionStarted)) == 1
    assert len(talk.noted(SessionResumed)) == 1


@pytest.mark.parametrize("intent", [Intent.NO, Intent.RESUME, Intent.NEVER_MIND, Intent.START_ROUTINE, Intent.STOP])
def test_nothing_else_leaves_it(intent: Intent) -> None:
    talk = SCENES["emergency"]().say(Intent.FALSE_ALARM).settle().say(intent).settle()
    assert talk.state is State.EMERGENCY
    assert talk.say(Intent.YES).settle().state is State.EMERGENCY, "the question is no longer open"


def test_when_help_comes_it_is_quiet_and_begins_no_exercise() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="chest").settle().say(Intent.HELP_COMING).settle()
    assert talk.spoken[-1] == safety_lines.COMING_ASKED
    assert talk.say(Intent.YES).settle().state is State.IDLE
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]
    assert talk.say(Intent.START_ROUTINE).settle().spoken[-1] == safety_lines.NOT_WHILE_HELP_COMES
    assert talk.conversation.sitting.no_exercise is NoExercise.HELP_COMING


def test_the_number_is_said_three_times_in_all() -> None:
    talk = Talk().say(Intent.RED_FLAG, flag="chest").settle()
    ended = talk.now
    talk.wait(120)
    assert talk.spoken.count("Call your emergency number now.") == 3
    assert talk.state is State.EMERGENCY
    began = [at for at, _ in talk.noted(RedFlagRaised)]
    assert began[0] < ended


def test_after_stop_the_number_is_not_said_again() -> None:
    talk = Talk().say(Intent.RED_FLAG, flag="chest").wait(1).say(Intent.STOP).settle()
    lines = len(talk.spoken)
    assert len(talk.wait(90).spoken) == lines
    assert talk.state is State.EMERGENCY


def test_a_late_yes_does_not_leave_it() -> None:
    talk = Talk().say(Intent.RED_FLAG, flag="chest").wait(120).say(Intent.FALSE_ALARM).settle().wait(25)
    assert talk.say(Intent.YES).settle().state is State.EMERGENCY


def test_muted_the_emergency_stays() -> None:
    talk = SCENES["emergency"]().say(Intent.MUTE).settle().say(Intent.UNMUTE).settle()
    assert talk.conversation.mode == Emergency(GUIDANCE.advice_on("chest", ""))


def test_an_urgent_sign_is_taken_back_as_a_mistake() -> None:
    talk = Talk().say(Intent.RED_FLAG, flag="cord").settle().say(Intent.START_ROUTINE).settle()
    assert talk.spoken[-1] == safety_lines.DOCTOR_FIRST
    talk.say(Intent.CAUSES).settle().say(Intent.FALSE_ALARM).settle().say(Intent.START_ROUTINE).settle()
    assert talk.spoken[-1] == QUESTION


# -- the screening question -----------------------------------------------------------------------------


def test_a_clear_no_counts_for_an_hour() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="shoulder_blade_squeeze").settle().say(Intent.NO).settle()
    sitting, now = talk.conversation.sitting, talk.now
    assert sitting.cleared_at is not None
    assert sitting.cleared(sitting.cleared_at + frames(3_599))
    assert not sitting.cleared(sitting.cleared_at + frames(3_600))
    assert sitting.cleared(now)
    talk.say(Intent.START_MOVEMENT, movement="shoulder_blade_squeeze").settle()
    assert talk.spoken.count(QUESTION) == 1


@pytest.mark.parametrize("slots", [{"flag": "stretch_warning"}, {"flag": "chest", "grade": "unsure"}])
def test_whatever_was_reported_takes_back_the_no(slots: dict[str, str]) -> None:
    talk = SCENES["offering"]()
    assert talk.conversation.sitting.cleared(talk.now)
    assert not talk.say(Intent.RED_FLAG, **slots).conversation.sitting.cleared(talk.now)


def test_that_it_hurts_does_not() -> None:
    talk = holding().say(Intent.THAT_HURTS).settle()
    assert talk.conversation.sitting.cleared(talk.now)


def test_the_no_to_a_sign_clears_nothing() -> None:
    assert SCENES["screening the chest"]().say(Intent.NO).conversation.sitting.cleared_at is None


def test_silence_is_never_consent() -> None:
    talk = SCENES["screening"]().wait(120)
    assert talk.state is State.SCREENING
    assert not talk.noted(SessionStarted)
    assert talk.spoken[-2:] == [SHORT, safety_lines.ANSWER_ANY_TIME]


def test_the_question_that_is_open_is_the_one_that_was_asked() -> None:
    quick = routine_session(GUIDANCE, "quick")
    modes = [SCENES[scene]().conversation.mode for scene in SCREENINGS]
    question = GUIDANCE.signs["spreading_pain"].question
    assert modes == [
        Screening(WantsSession(quick), QUESTION),
        Screening(WantsHelp(advised=True), QUESTION),
        AskingSign("chest", "spreading_pain", "Radiates", question or "", Idle()),
    ]


@pytest.mark.parametrize("intent", [Intent.SELF_HARM, Intent.GOODBYE, Intent.STOP])
def test_a_session_that_is_broken_off_ends_at_the_first_silent_frame(intent: Intent) -> None:
    conversation, now = standing("holding")
    falling, _ = step(conversation, said(intent, now), now, GUIDANCE)
    mouth = falling.output.now
    assert isinstance(mouth, Silencing)
    assert isinstance(conversation.output.now, Playing)
    silenced = Silenced(mouth.id, now + 10, conversation.output.now.played(now))
    _, actions = step(falling, silenced, now + 900, GUIDANCE)
    assert Note(now + 10, SessionEnded(False)) in actions
    assert [action.at for action in actions if isinstance(action, Note) and isinstance(action.entry, HoldEnded)] == [
        now + 10
    ]
