"""What words mean by where they are said: after a list, in a session, after pain, at the question of how it feels."""

import pytest

from assistant import script
from assistant.dialogue.parts.modes import AskingFelt, Screening, Topic, WantsSession
from assistant.dialogue.parts.sitting import CLEARED, Sitting
from assistant.dialogue.parts.telling import MOVEMENTS, ROUTINES
from assistant.dialogue.state import Conversation
from assistant.script import safety_lines
from assistant.script import stretching as lines
from assistant.states import State
from assistant.timeline.entries import MovementBegun, SessionEnded, SessionStarted
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import SCENES, begun, holding
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit


def wanted(talk: Talk) -> tuple[str | None, str]:
    """The routine, and the first movement, of the session that waits for the screening question."""
    mode = talk.conversation.mode
    assert isinstance(mode, Screening)
    assert isinstance(mode.wish, WantsSession)
    return mode.wish.session.routine, mode.wish.session.doses[0].movement.key


@pytest.mark.parametrize(
    ("said", "text", "routine"),
    [
        (1, "the second one", "full"),
        (1, "the first one please", "quick"),
        (1, "number two", "full"),
        (1, "I'll take the third", "gentle"),
        (1, "the last one", "gentle"),
        (1, "gentle", "gentle"),
        (1, "the gentle one please", "gentle"),
        (1, "full", "full"),
        (2, "strength", "strength"),
        (2, "the last one", "strength"),
        (2, "number one", "quick"),
    ],
)
def test_after_the_list_of_routines_one_is_chosen(said: int, text: str, routine: str) -> None:
    talk = Talk().say(Intent.LIST_ROUTINES).settle()
    for _ in range(said - 1):
        talk.say(Intent.MORE).settle()
    assert talk.conversation.mode == Topic(ROUTINES, said)
    assert wanted(talk.hears(text))[0] == routine


@pytest.mark.parametrize(
    ("said", "text", "movement"),
    [
        (1, "the second one", "shoulder_rolls"),
        (1, "let's do the third one", "thoracic_extension"),
        (2, "the first one", "shoulder_blade_squeeze"),
        (2, "number five", "doorway_chest"),
        (2, "the last one", "neck_tilt"),
    ],
)
def test_after_the_list_of_movements_one_is_chosen(said: int, text: str, movement: str) -> None:
    talk = Talk().say(Intent.LIST_MOVEMENTS).settle()
    for _ in range(said - 1):
        talk.say(Intent.MORE).settle()
    assert talk.conversation.mode == Topic(MOVEMENTS, said)
    assert wanted(talk.hears(text)) == (None, movement)


@pytest.mark.parametrize("text", ["the second one", "number two", "the last one", "gentle"])
def test_without_a_list_a_place_names_nothing(text: str) -> None:
    assert not isinstance(Talk().hears(text).conversation.mode, Screening)


@pytest.mark.parametrize("key", ["quick", "full", "gentle", "strength"])
def test_the_title_of_a_routine_begins_it(key: str) -> None:
    assert wanted(Talk().hears(GUIDANCE.routines[key].title))[0] == key


@pytest.mark.parametrize(
    "text",
    [
        "skip the rest and do the breathing",
        "skip the others and do slow breathing",
        "skip everything else, do the breathing",
    ],
)
def test_what_was_skipped_for_a_movement_does_not_come_after_it(text: str) -> None:
    talk = holding()
    talk.hears_now(text)
    talk.wait(2)
    session = talk.conversation.session
    assert session is not None
    assert session.dose.movement.key == "slow_breathing"
    assert session.skipped
    talk.say(Intent.SKIP).settle()
    assert talk.conversation.mode == AskingFelt()
    assert [entry.completed for _, entry in talk.noted(SessionEnded)] == [False]


@pytest.mark.parametrize("text", ["it's gone now, do the rest", "it has gone, let's do the rest", "let's do the rest"])
def test_after_pain_the_rest_is_what_is_left_to_do(text: str) -> None:
    talk = SCENES["hurt"]()
    begins = len(talk.noted(MovementBegun))
    talk.hears_now(text)
    talk.wait(8)
    assert talk.state in (State.INSTRUCTING, State.HOLDING)
    assert len(talk.noted(MovementBegun)) > begins


@pytest.mark.parametrize("text", ["it has settled, let us do the others", "it's gone, let's do the other ones"])
def test_after_pain_the_others_are_those_after_this_one(text: str) -> None:
    talk = SCENES["hurt"]()
    talk.hears_now(text)
    talk.wait(6)
    session = talk.conversation.session
    assert session is not None
    assert session.dose.movement.key == "shoulder_rolls"


@pytest.mark.parametrize(
    "text", ["once more", "grand, that was. once more, please", "lovely, another go", "again please"]
)
def test_at_the_end_once_more_is_done_not_said(text: str) -> None:
    talk = begun().say(Intent.NEXT).wait(0.1).say(Intent.NEXT).wait(0.1).say(Intent.NEXT).settle()
    began = len(talk.noted(SessionStarted))
    talk.hears_now(text)
    talk.wait(3)
    assert len(talk.noted(SessionStarted)) == began + 1


def test_at_the_end_say_that_again_is_said() -> None:
    talk = SCENES["ended"]().hears("say that again")
    assert talk.spoken[-1] == lines.BETTER_SAME_WORSE


@pytest.mark.parametrize(
    "text",
    [
        "that's done the trick, I can move again",
        "it did the trick",
        "that worked a treat",
        "I can breathe properly again",
    ],
)
def test_at_the_end_what_did_the_trick_is_better(text: str) -> None:
    assert SCENES["ended"]().answer(text) == [lines.FELT_BETTER]


@pytest.mark.parametrize("text", ["stop reminding me to breathe", "shorter instructions please", "you talk too much"])
def test_in_a_hold_fewer_words_are_the_counts_alone(text: str) -> None:
    talk = holding()
    said = len(talk.begun)
    talk.hears_now(text)
    talk.until(State.RESTING)
    told = [line.text for line in talk.begun[said:]]
    assert [line for line in told if not line.isdigit() and line != script.REST][:1] in (
        [],
        ["Slowly back to the middle."],
    )
    assert script.BREATHE not in told[2:]


@pytest.mark.parametrize(
    ("text", "repetitions"),
    [
        ("twenty reps please", 5),
        ("do it twice", 2),
        ("three times", 3),
        ("only once", 1),
        ("make it four reps", 4),
        ("just one more", 2),
        ("one fewer", 1),
    ],
)
def test_a_number_of_repetitions_is_how_many_there_are(text: str, repetitions: int) -> None:
    talk = holding()
    talk.hears_now(text)
    session = talk.conversation.session
    assert session is not None
    assert session.dose.repetitions == repetitions


@pytest.mark.parametrize("text", ["is it nearly over", "how much longer is this going to take", "are we nearly done"])
def test_before_a_hold_how_long_asks_about_all_of_it(text: str) -> None:
    talk = begun()
    talk.hears_now(text)
    assert "About four minutes left in all." in talk.wait(4).spoken


@pytest.mark.parametrize(
    ("text", "all_of_it"), [("is it nearly over", False), ("how long does the whole thing take", True)]
)
def test_in_a_hold_it_asks_about_the_hold_unless_it_says_all(text: str, all_of_it: bool) -> None:
    talk = holding()
    talk.hears_now(text)
    assert ("About four minutes left in all." in talk.wait(4).spoken) is all_of_it


@pytest.mark.parametrize("text", ["how many have we done", "how many have I done so far"])
def test_how_many_are_done_is_no_number_of_those_left(text: str) -> None:
    talk = holding()
    talk.hears_now(text)
    assert "This is the first of two." in talk.wait(4).spoken
    talk.until(State.RESTING).until(State.HOLDING).until(State.RESTING).until(State.HOLDING).wait(1)
    talk.hears_now(text)
    assert "One of two done." in talk.wait(4).spoken


def test_the_usual_speed_is_brought_back() -> None:
    talk = Talk().hears("slower", "slower", "normal speed")
    assert talk.spoken[-1] == script.USUAL_SPEED
    assert talk.conversation.settings == Talk().conversation.settings


@pytest.mark.parametrize(
    ("text", "movement"),
    [
        ("skip to the last one", "slow_breathing"),
        ("jump straight to the last exercise", "slow_breathing"),
        ("skip ahead to the final stretch", "slow_breathing"),
    ],
)
def test_the_last_one_ahead_is_the_last_of_the_session(text: str, movement: str) -> None:
    talk = Talk(Conversation(sitting=CLEARED)).say(Intent.START_ROUTINE, routine="quick").until(State.HOLDING)
    talk.hears_now(text).wait(1).until(State.HOLDING)
    assert talk.conversation.session is not None
    assert talk.conversation.session.dose.movement.key == movement


@pytest.mark.parametrize("text", ["what's in it", "what is in it", "what do we do", "which movements are in it"])
@pytest.mark.parametrize("wish", ["my back hurts", "start the quick routine"])
def test_what_is_in_the_routine_that_is_asked_about(text: str, wish: str) -> None:
    talk = Talk(Conversation(sitting=CLEARED if "hurts" in wish else Sitting())).hears(wish)
    before = talk.state
    assert talk.answer(text)[0].startswith("Quick relief: neck rotations, shoulder rolls")
    assert talk.state is before


def test_an_alarm_that_is_called_false_is_asked_about() -> None:
    talk = Talk().hears("my neighbour has collapsed", "he's breathing again, false alarm")
    assert talk.spoken[-1] == safety_lines.FINE_ASKED
    assert Talk().hears("my neighbour has collapsed", "it's not a false alarm, he's not breathing").spoken[-1] != (
        safety_lines.FINE_ASKED
    )
