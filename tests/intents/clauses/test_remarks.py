"""What stands around a request and asks for nothing: polite frames, reasons, tags, and clauses that only tell when."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from intents.reader import IntentReader
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return loaded.coach()


@pytest.mark.parametrize(
    ("state", "text", "intent"),
    [
        (State.IDLE, "we might as well have a go at the gentle routine if it's no bother", Intent.START_ROUTINE),
        (State.IDLE, "would you ever put on the quick routine there", Intent.START_ROUTINE),
        (State.TOPIC, "one other thing, may I take a shower instead of the heat pack?", Intent.MEASURE),
        (State.TOPIC, "should I ring the doctor or no", Intent.SEE_PROFESSIONAL),
        (State.RESTING, "after this one, what comes?", Intent.WHAT_NEXT),
        (State.INSTRUCTING, "sorry, I drifted off, what did you say?", Intent.REPEAT),
        (State.INSTRUCTING, "say it again and take your time over it", Intent.REPEAT_SLOWER),
        (State.INSTRUCTING, "that's us all set now", Intent.READY),
        (State.CONFIRMING, "oh, never mind, right", Intent.NEVER_MIND),
        (State.CONFIRMING, "yes please, cheers", Intent.YES),
        (State.CONFIRMING, "ya ya", Intent.YES),
        (State.CONFIRMING, "yes, throw it out", Intent.YES),
        (State.PAUSED, "okay, where were we", Intent.WHERE_AM_I),
        (State.IDLE, "undo that, I didn't mean it", Intent.UNDO),
        (State.IDLE, "that was grand, thank you", Intent.THANKS),
        (State.IDLE, "you're very kind, thanks", Intent.THANKS),
        (State.TOPIC, "what about strengthening?", Intent.STRATEGY),
        (State.IDLE, "start the strengthening routine", Intent.START_ROUTINE),
        (State.IDLE, "stop reminding me, for pity's sake", Intent.STOP_REMINDING),
        (State.HOLDING, "how much longer, for crying out loud", Intent.HOW_LONG),
        (State.IDLE, "you wouldn't know the time, would you", Intent.TIME),
        (State.TOPIC, "what's the time, my soup's on the hob", Intent.TIME),
        (State.INSTRUCTING, "you couldn't say that again, could you", Intent.REPEAT),
        (State.IDLE, "remind me about the rest again", Intent.MEASURE),
        (State.IDLE, "sorry for roaring at you earlier", Intent.SMALL_TALK),
        (State.CONFIRMING, "no, keep all that as it is", Intent.NO),
        (State.IDLE, "did I get through the whole routine yesterday", Intent.HOW_DID_I_DO),
        (State.HOLDING, "back to the squeezes", Intent.START_MOVEMENT),
        (State.IDLE, "I am having sugar", Intent.CONDITION),
        (State.TOPIC, "never mind, the kettle's boiled over", Intent.NEVER_MIND),
        (State.IDLE, "I'm that stiff today, so start the gentle routine", Intent.START_ROUTINE),
        (
            State.IDLE,
            "it's for the bus stop, build a routine of neck tilts and breathing, call it queue",
            Intent.MAKE_ROUTINE,
        ),
        (State.IDLE, "remind me, a quarter of an hour", Intent.REMIND),
        (State.IDLE, "what's in my exercise history", Intent.HOW_DID_I_DO),
        (State.RESTING, "what do we do next", Intent.WHAT_NEXT),
        (State.TOPIC, "do I have to see a doctor about it", Intent.SEE_PROFESSIONAL),
        (State.INSTRUCTING, "say the last bit again", Intent.REPEAT),
        # Without a mark between the request and the remark: recognisers seldom write one.
        (State.TOPIC, "you're mumbling talk more slowly", Intent.SPEAK_SLOWER),
        (State.TOPIC, "my neighbour is drilling speak up", Intent.LOUDER),
        (State.INSTRUCTING, "count silently please my baby is asleep", Intent.COUNT_SILENTLY),
        (State.RESTING, "that was far too easy have you nothing harder", Intent.TOO_EASY),
        (State.IDLE, "what actually is an upper back cramp", Intent.OVERVIEW),
        (State.INSTRUCTING, "say that again I was looking for my glasses", Intent.REPEAT),
    ],
)
def test_what_stands_around_a_request_changes_nothing(
    reader: IntentReader, state: State, text: str, intent: Intent
) -> None:
    assert reader.read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.RESTING, "the next movement is the doorway chest stretch"),
        (State.IDLE, "he is going to start the quick routine"),
        (State.TOPIC, "the man on the radio said speak up"),
        (State.HOLDING, "my sister wants to count out loud"),
    ],
)
def test_what_is_only_told_is_no_request(reader: IntentReader, state: State, text: str) -> None:
    assert reader.read(text, VALID[state]).intent is None


@pytest.mark.parametrize("text", ["it eases once you stop", "I was fine until you stop", "stop at the garage for milk"])
def test_a_stop_that_is_only_told_is_none(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.HOLDING]).intent != Intent.STOP


@pytest.mark.parametrize(
    "text",
    [
        "stop chewing that slipper",
        "stop leaving your boots in the hall",
        "wait for your brother at the corner",
        "Rex, off the rug, you silly thing",
        "I'll finish the painting once this is over",
    ],
)
def test_what_is_told_others_in_a_hold_is_nothing(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.HOLDING]).intent is None


@pytest.mark.parametrize("text", ["stop hurting me", "I'd like to stop, my arms are killing me", "stop, leave me be"])
def test_a_stop_with_a_reason_is_one(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.HOLDING]).intent == Intent.STOP


@pytest.mark.parametrize("text", ["can you stop", "I want you to stop", "I need you to stop now", "oh stop"])
def test_a_stop_that_is_asked_for_is_one(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.HOLDING]).intent == Intent.STOP


@pytest.mark.parametrize("text", ["sharp", "ooh, a sharp one", "ah. sharp. too much.", "there's a sharp pain there"])
def test_what_is_sharp_in_a_session_is_what_hurts(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.HOLDING]).intent == Intent.THAT_HURTS


def test_a_question_about_limber_is_answered_beside_a_wait(reader: IntentReader) -> None:
    held = reader.read("hold on, are you a nurse?", VALID[State.HOLDING])
    assert [held.intent, *(meant.intent for meant in held.also)] == [Intent.WAIT, Intent.SMALL_TALK]
    assert reader.read("hang about, are you a nurse?", VALID[State.IDLE]).intent == Intent.SMALL_TALK


@pytest.mark.parametrize(
    ("text", "movements"),
    [
        ("make a routine of shoulder rolls, no, neck tilts, call it dawn", "neck_tilt"),
        (
            "make a routine of squeezing my shoulder blades, sorry, neck tilts, call it dawn",
            "neck_tilt",
        ),
        (
            "make a routine of neck tilts, the doorway, no, not the doorway, the rolls, call it dawn",
            "neck_tilt, s",
        ),
        ("make a routine of neck tilts and shoulder rolls, call it dawn", "neck_tilt, shoulder_rolls"),
    ],
)
def test_a_movement_that_is_taken_back_is_not_in_the_routine(reader: IntentReader, text: str, movements: str) -> None:
    reading = reader.read(text, VALID[State.IDLE])
    assert reading.intent == Intent.MAKE_ROUTINE
    assert reading.slots["movements"].startswith(movements)


def test_what_was_asked_about_is_started_where_the_text_points_back(reader: IntentReader) -> None:
    reading = reader.read("how long does the quick routine take, and then start it", VALID[State.IDLE])
    assert [(meant.intent, dict(meant.slots)) for meant in reading.also] == [
        (Intent.START_ROUTINE, {"routine": "quick"})
    ]


def test_who_tells_that_a_professional_agreed_may_begin_in_the_same_breath(reader: IntentReader) -> None:
    reading = reader.read("my physio says it's fine, so start shoulder rolls", VALID[State.IDLE])
    assert [reading.intent, *(meant.intent for meant in reading.also)] == [Intent.AGREED, Intent.START_MOVEMENT]


@pytest.mark.parametrize("text", ["stop, I must dash", "stop now, I'm running late"])
def test_a_hurry_is_the_reason_of_a_stop(reader: IntentReader, text: str) -> None:
    reading = reader.read(text, VALID[State.HOLDING])
    assert reading.intent == Intent.STOP
    assert not reading.also


@pytest.mark.parametrize("text", ["yes, keep it like that", "leave it as it is"])
def test_who_keeps_something_undoes_nothing(reader: IntentReader, text: str) -> None:
    assert reader.read(text, VALID[State.IDLE]).intent != Intent.UNDO
