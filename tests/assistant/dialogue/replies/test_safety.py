"""Warning signs, each with its own advice; and the screening question, without whose clear no nothing begins."""

import pytest

from assistant import script
from assistant.coaching.session import routine_session
from assistant.dialogue.actions import Note
from assistant.dialogue.events import Silenced
from assistant.dialogue.machine import step
from assistant.dialogue.output import Playing, Silencing
from assistant.dialogue.parts.modes import Emergency, Screening, WantsHelp, WantsSession
from assistant.dialogue.state import Conversation
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import HoldEnded, RedFlagRaised, SessionEnded, SessionStarted
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import SCENES, SCREENINGS, Effect, Row, holding, standing
from tests.assistant.dialogue.replies.test_flow import CHEST, advice, flagged, given_up, in_session
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

# -- warning signs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", sorted(set(GUIDANCE.red_flags) - {"chest"}))
@pytest.mark.parametrize("scene", ["idle", "holding", "instructing", "paused", "paused topic", "hurt", "emergency"])
def test_every_sign_has_its_own_advice(flag: str, scene: str) -> None:
    goes_on = flag == "stretch_warning" and (in_session(scene) or scene == "paused topic")
    flag_noted = RedFlagRaised(flag, "RedFlag")
    row = Row(scene, Intent.RED_FLAG, flagged(scene), {"flag": flag})
    if goes_on:
        lines = (*advice(flag), script.HURT_CHOICES)
        assert row.seen == Effect(lines, State.CONFIRMING, (flag_noted, *given_up(scene)))
    else:
        noted = (flag_noted, *flagged(scene).noted[1:])
        assert row.seen == Effect(advice(flag), State.EMERGENCY, noted)


def test_in_an_emergency_the_advice_stands_and_nothing_is_left_of_a_session() -> None:
    talk = holding().say(Intent.RED_FLAG, flag="chest").settle()
    assert talk.conversation.mode == Emergency(CHEST)
    assert talk.conversation.session is None
    assert talk.conversation.cleared is False
    talk.say(Intent.NO).settle()
    assert talk.say(Intent.RESUME).settle().spoken[-1] == script.NOTHING_TO_RESUME


def test_a_warning_sign_takes_back_the_no_to_the_screening() -> None:
    talk = SCENES["offering"]()
    assert talk.conversation.cleared
    assert talk.say(Intent.RED_FLAG, flag="chest").conversation.cleared is False


def test_the_number_that_was_named_is_the_one_to_call() -> None:
    talk = Talk(Conversation(settings=Settings(emergency_number="112"))).say(Intent.RED_FLAG, flag="chest").settle()
    assert talk.spoken[0] == "Call 1 1 2 now."


# -- the screening question -----------------------------------------------------------------------------


def test_a_clear_no_counts_for_the_session_and_the_next_is_screened_anew() -> None:
    talk = Talk().say(Intent.START_MOVEMENT, movement="shoulder_blade_squeeze").settle().say(Intent.NO)
    assert talk.conversation.cleared
    assert not talk.settle().conversation.cleared
    assert talk.spoken.count(GUIDANCE.screening.question) == 1
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [True]
    assert talk.conversation.session is None
    assert talk.say(Intent.START_MOVEMENT, movement="neck_tilt").settle().spoken[-1] == GUIDANCE.screening.question


def test_the_no_to_spreading_pain_clears_nothing_and_takes_nothing_back() -> None:
    assert not SCENES["screening the chest"]().say(Intent.NO).conversation.cleared
    talk = SCENES["offering"]().say(Intent.RADIATES).settle().say(Intent.NO).settle()
    assert talk.conversation.cleared


def test_silence_is_never_consent() -> None:
    talk = SCENES["screening"]().wait(120)
    assert talk.state is State.SCREENING
    assert not talk.noted(SessionStarted)


def test_the_question_that_is_open_is_the_one_that_was_asked() -> None:
    quick = routine_session(GUIDANCE, "quick")
    modes = [SCENES[scene]().conversation.mode for scene in SCREENINGS]
    assert modes == [
        Screening(WantsSession(quick), GUIDANCE.screening.question),
        Screening(WantsHelp(), GUIDANCE.screening.question),
        Screening(WantsHelp(), GUIDANCE.screening.chest, clears=False),
    ]


@pytest.mark.parametrize("intent", [Intent.RED_FLAG, Intent.GOODBYE, Intent.STOP])
def test_a_session_that_is_broken_off_ends_at_the_first_silent_frame(intent: Intent) -> None:
    conversation, now = standing("holding")
    slots = {"flag": "chest"} if intent is Intent.RED_FLAG else {}
    falling, _ = step(conversation, said(intent, now, **slots), now, GUIDANCE)
    mouth = falling.output.now
    assert isinstance(mouth, Silencing)
    assert isinstance(conversation.output.now, Playing)
    silenced = Silenced(mouth.id, now + 10, conversation.output.now.played(now))
    _, actions = step(falling, silenced, now + 900, GUIDANCE)
    assert Note(now + 10, SessionEnded(False)) in actions
    assert [action.at for action in actions if isinstance(action, Note) and isinstance(action.entry, HoldEnded)] == [
        now + 10
    ]
