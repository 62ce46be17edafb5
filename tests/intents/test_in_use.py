"""What people say in use: feelings in a hold, a wish for quiet, time of their own, what is taken back."""

import pytest

from assistant.states import VALID, State
from intents.model import ALARM_INTENTS, Intent
from intents.red_flags.signs import Grade
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("state", "text", "intent"),
    [
        (State.HOLDING, "that's it", Intent.FEELS_GOOD),
        (State.HOLDING, "ooh that's it right there", Intent.FEELS_GOOD),
        (State.RESTING, "that's it keep going", Intent.FEELS_GOOD),
        (State.HOLDING, "ah lovely", Intent.FEELS_GOOD),
        (State.HOLDING, "ah", Intent.THAT_HURTS),
        (State.TOPIC, "that's it for today", Intent.GOODBYE),
        (State.TOPIC, "cancel all of them", Intent.STOP_REMINDING),
        (State.IDLE, "cancel the lot", Intent.STOP_REMINDING),
        (State.IDLE, "do all of them", Intent.START_ROUTINE),
        (State.IDLE, "oh shush", Intent.STOP),
        (State.SCREENING, "be quiet please", Intent.STOP),
        (State.HOLDING, "hush", Intent.COUNT_ONLY),
        (State.IDLE, "go on mute", Intent.MUTE),
        (State.HOLDING, "i need five minutes", Intent.WAIT),
        (State.CONFIRMING, "give us ten minutes first", Intent.WAIT),
        (State.HOLDING, "wait a couple of minutes", Intent.WAIT),
        (State.IDLE, "i have five minutes", Intent.HAVE_TIME),
        (State.HOLDING, "stop being so loud", Intent.QUIETER),
        (State.TOPIC, "half the volume", Intent.QUIETER),
        (State.HOLDING, "stop counting so fast", Intent.SPEAK_SLOWER),
        (State.TOPIC, "speak a little slowly", Intent.SPEAK_SLOWER),
        (State.HOLDING, "actually do count", Intent.COUNT_ALOUD),
        (State.IDLE, "show me my progress for the month", Intent.HOW_DID_I_DO),
        (State.IDLE, "let me hear my diary", Intent.HOW_DID_I_DO),
        (State.IDLE, "good afternoon, and with whom am I speaking?", Intent.WHO_ARE_YOU),
        (State.INSTRUCTING, "may I ask who I am talking to", Intent.WHO_ARE_YOU),
        (State.HOLDING, "start counting out loud again", Intent.COUNT_ALOUD),
        (State.TOPIC, "a bit more volume please", Intent.LOUDER),
        (State.INSTRUCTING, "you're awful quiet turn up", Intent.LOUDER),
        (State.TOPIC, "you are speaking very fast for me", Intent.SPEAK_SLOWER),
        (State.INSTRUCTING, "undo that last bit", Intent.UNDO),
        (State.IDLE, "I didn't mean that change, undo it", Intent.UNDO),
        (State.INSTRUCTING, "what'd you say", Intent.REPEAT),
        (State.RESTING, "again from scratch", Intent.START_OVER),
        (State.IDLE, "how does this work", Intent.HELP),
        (State.HOLDING, "how does this one work", Intent.REPEAT),
        (State.TOPIC, "is there any more", Intent.MORE),
        (State.IDLE, "should I book in with a physio", Intent.SEE_PROFESSIONAL),
        (State.IDLE, "can the cramp come because I drink too little water", Intent.CAUSE),
        (State.CONFIRMING, "never mind please it is not needed", Intent.NEVER_MIND),
        (State.CONFIRMING, "no, never mind", Intent.NEVER_MIND),
        (State.HOLDING, "ah stop would you", Intent.STOP),
        (State.INSTRUCTING, "tell me again", Intent.REPEAT),
        (State.TOPIC, "tell me again later", Intent.SNOOZE),
        (State.INSTRUCTING, "how long does this last", Intent.HOW_LONG),
        (State.IDLE, "how long does this last", Intent.QUESTION),
        (State.RESTING, "finished, bring on the next one", Intent.NEXT),
        (State.RESTING, "finished bring on the next one", Intent.NEXT),
        (State.HOLDING, "I'm done, next time I'll do more", Intent.STOP),
        (State.IDLE, "sorry, what did you say your name was?", Intent.WHO_ARE_YOU),
    ],
)
def test_what_is_said_in_use_is_read_as_it_is_meant(state: State, text: str, intent: Intent) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert (reading.intent, reading.also) == (intent, ())


@pytest.mark.parametrize("text", ["hold each one ten seconds", "do twelve second ones", "make this one forty seconds"])
def test_one_before_a_length_is_a_thing_and_no_hundred(text: str) -> None:
    reading = loaded.coach().read(text, VALID[State.RESTING])
    assert (reading.intent, int(reading.slots["seconds"]) < 100) == (Intent.HOLD_FOR, True)


@pytest.mark.parametrize("text", ["999", "999 now please", "nine nine nine", "nine one one quick", "911 now"])
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING, State.ASLEEP])
def test_the_number_alone_is_a_call_for_help(text: str, state: State) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == Intent.CALL_FOR_HELP


def test_the_number_alone_answers_the_question_for_it() -> None:
    assert loaded.coach().read("nine nine nine", VALID[State.CONFIRMING] | {Intent.DIGITS}).intent == Intent.DIGITS


@pytest.mark.parametrize("text", ["hang on, the phone's ringing", "ease off a bit will you"])
def test_who_pauses_or_eases_does_not_wait_as_well(text: str) -> None:
    reading = loaded.coach().read(text, VALID[State.HOLDING])
    assert Intent.WAIT not in {reading.intent, *(each.intent for each in reading.also)}


@pytest.mark.parametrize(
    "text",
    [
        "I can't talk right now",
        "I'm not able to speak just now",
        "I don't speak good English",
        "speak a bit more slowly please",
        "sweating like a horse in this heat",
        "they took my gallbladder out",
        "she'd never breathe a word of it",
        "he has a chest like a barrel",
        "I've got an ulcer",
    ],
)
def test_turns_of_speech_near_a_sign_are_none(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent not in ALARM_INTENTS


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("I suddenly can't talk properly", Grade.EMERGENCY),
        ("I'm sweating and my chest is tight", Grade.EMERGENCY),
        ("both my pins have gone numb", Grade.EMERGENCY),
        ("ooh, pins and needles", Grade.UNSURE),
    ],
)
def test_the_signs_near_them_still_are(text: str, grade: Grade) -> None:
    reading = loaded.coach().read(text, VALID[State.HOLDING])
    assert (reading.intent, reading.slots.get("grade")) == (Intent.RED_FLAG, grade)


@pytest.mark.parametrize("text", ["chest pain thank you", "my chest hurts, thanks", "call an ambulance thank you"])
def test_a_cry_for_help_may_be_polite(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent in ALARM_INTENTS
    assert loaded.coach().read(text, VALID[State.SCREENING]).intent in ALARM_INTENTS


@pytest.mark.parametrize("text", ["no chest pain, thank you", "chest pain? no thank you", "I'm fine, thank you"])
def test_a_polite_denial_is_none(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.IDLE]).intent not in ALARM_INTENTS
