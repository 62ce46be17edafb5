"""What people say of sides, time, feeling and the end of a session, in words of the tests' own."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.quality

SAID: dict[tuple[Intent, State], tuple[str, ...]] = {
    (Intent.OTHER_SIDE, State.HOLDING): (
        "other side",
        "now the other side please",
        "Can we swap sides?",
        "do the opposite side",
        "let's change over",
    ),
    (Intent.COUNT_ONLY, State.HOLDING): (
        "stop talking",
        "Less chatter, please.",
        "just the numbers",
        "shut up and count",
    ),
    (Intent.TIME_LEFT, State.HOLDING): (
        "how long is left in total",
        "how much longer altogether",
        "how many minutes are left of the whole session",
    ),
    (Intent.MOVEMENTS_LEFT, State.RESTING): (
        "how many stretches are left",
        "how many more exercises have we got",
        "are there any more exercises to come",
    ),
    (Intent.WHY_THIS, State.INSTRUCTING): (
        "why this one",
        "What's this one for?",
        "what does this stretch do",
        "what is the point of this",
        "why are we doing this",
    ),
    (Intent.FEELS_GOOD, State.HOLDING): (
        "ooh that's nice",
        "that feels really good",
        "I can feel a stretch",
        "that's a lovely stretch",
        "it's helping",
    ),
    (Intent.STILL_BAD, State.RESTING): (
        "it's not going away",
        "no, it hasn't passed",
        "still there",
        "it's still dizzy",
    ),
    (Intent.PASSED, State.RESTING): ("it's gone now", "yes it passed", "it has stopped", "the tingling has gone"),
    (Intent.BETTER, State.IDLE): ("better", "a bit better thanks", "Much better!", "my back feels looser", "it helped"),
    (Intent.SAME, State.IDLE): ("the same", "about the same really", "no difference", "not any better", "no change"),
    (Intent.WORSE, State.IDLE): ("worse", "a little bit worse", "it hurts more than before", "worse if anything"),
    (Intent.AGAIN, State.IDLE): ("again", "let's do that again", "same again please", "one more round"),
    (Intent.HOW_DID_I_DO, State.IDLE): ("how did I do", "how have i done this week", "did I do it right"),
    (Intent.FALSE_ALARM, State.EMERGENCY): ("false alarm", "no, I'm fine", "It was a mistake.", "i was only joking"),
    (Intent.HELP_COMING, State.EMERGENCY): (
        "they're on their way",
        "I've called an ambulance",
        "my wife is ringing them",
        "the paramedics are here",
    ),
    (Intent.CALL_FOR_HELP, State.HOLDING): ("help me", "somebody help", "call an ambulance", "ring for an ambulance"),
}

WITH_SLOTS: tuple[tuple[Intent, State, str, dict[str, str]], ...] = (
    (Intent.ONLY_SIDE, State.HOLDING, "only the left please", {"side": "left"}),
    (Intent.ONLY_SIDE, State.HOLDING, "just do the right side today", {"side": "right"}),
    (Intent.ONLY_SIDE, State.INSTRUCTING, "I only want to do my left arm", {"side": "left"}),
    (Intent.ONLY_SIDE, State.RESTING, "leave out the left side", {"side": "right"}),
    (Intent.ONLY_SIDE, State.HOLDING, "no, the right one", {"side": "right"}),
    (Intent.HAVE_TIME, State.IDLE, "I've only got four minutes", {"minutes": "4"}),
    (Intent.HAVE_TIME, State.IDLE, "we only have a couple of minutes", {"minutes": "2"}),
    (Intent.HAVE_TIME, State.IDLE, "is there something for 6 minutes?", {"minutes": "6"}),
    (Intent.HAVE_TIME, State.IDLE, "i have half an hour", {"minutes": "30"}),
    (Intent.ROUTINE_LENGTH, State.IDLE, "how long is the strength routine", {"routine": "strength"}),
    (Intent.ROUTINE_LENGTH, State.IDLE, "how many minutes is the gentle one", {"routine": "gentle"}),
    (Intent.ROUTINE_LENGTH, State.IDLE, "how long does the full routine last?", {"routine": "full"}),
    (Intent.START_MOVEMENT, State.HOLDING, "neck tilts on the left", {"movement": "neck_tilt", "side": "left"}),
    (Intent.START_MOVEMENT, State.IDLE, "do the right neck rotation", {"movement": "neck_rotation", "side": "right"}),
    (Intent.START_MOVEMENT, State.HOLDING, "skip to the door one", {"movement": "doorway_chest"}),
    (Intent.START_MOVEMENT, State.RESTING, "jump ahead to the doorway", {"movement": "doorway_chest"}),
    (Intent.START_MOVEMENT, State.IDLE, "the ear one please", {"movement": "neck_tilt"}),
    (Intent.START_MOVEMENT, State.IDLE, "let's do shoulder circles", {"movement": "shoulder_rolls"}),
    (Intent.START_MOVEMENT, State.IDLE, "the chair stretch", {"movement": "thoracic_extension"}),
    (
        Intent.START_MOVEMENT,
        State.RESTING,
        "can we do the one with the chair",
        {"movement": "thoracic_extension", "with": "chair"},
    ),
    (Intent.START_MOVEMENT, State.IDLE, "the one where you look over your shoulder", {"movement": "neck_rotation"}),
    (Intent.START_MOVEMENT, State.IDLE, "that exercise where I roll my shoulders", {"movement": "shoulder_rolls"}),
    (Intent.START_MOVEMENT, State.IDLE, "the bit where my head tilts over, do that", {"movement": "neck_tilt"}),
    (Intent.LONGER, State.HOLDING, "add five seconds", {"seconds": "5"}),
    (Intent.LONGER, State.HOLDING, "another twenty seconds please", {"seconds": "20"}),
    (Intent.LONGER, State.HOLDING, "fifteen more seconds", {"seconds": "15"}),
    (Intent.LONGER, State.HOLDING, "hold it ten seconds longer", {"seconds": "10"}),
    (Intent.LONGER, State.HOLDING, "put half a minute on", {"seconds": "30"}),
    (Intent.LONGER, State.HOLDING, "extend it by a quarter of a minute", {"seconds": "15"}),
    (Intent.SHORTER, State.HOLDING, "ten seconds less", {"seconds": "10"}),
    (Intent.SHORTER, State.HOLDING, "take five seconds off", {"seconds": "5"}),
    (Intent.SHORTER, State.HOLDING, "make it 5 seconds shorter", {"seconds": "5"}),
    (Intent.HOLD_FOR, State.HOLDING, "make it forty", {"seconds": "40"}),
    (Intent.HOLD_FOR, State.HOLDING, "hold for ten minutes", {"seconds": "600"}),
    (Intent.HOLD_FOR, State.HOLDING, "hold it for two twenty", {"seconds": "220"}),
)


@pytest.mark.parametrize(
    ("text", "state", "intent"), [(text, state, intent) for (intent, state), texts in SAID.items() for text in texts]
)
def test_is_understood(text: str, state: State, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(("intent", "state", "text", "slots"), WITH_SLOTS)
def test_is_understood_with_slots(intent: Intent, state: State, text: str, slots: dict[str, str]) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert (reading.intent, dict(reading.slots)) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "state", "intent"),
    [
        ("can you help me", State.IDLE, Intent.HELP),
        ("could you help me out", State.HOLDING, Intent.HELP),
        ("right", State.CONFIRMING, Intent.YES),
        ("right then I'm ready", State.INSTRUCTING, Intent.READY),
        ("how long is left", State.HOLDING, Intent.HOW_LONG),
        ("how many more", State.RESTING, Intent.HOW_MANY),
        ("good", State.CONFIRMING, Intent.YES),
        ("say that again", State.IDLE, Intent.REPEAT),
        ("ready for the other side", State.RESTING, Intent.READY),
    ],
)
def test_the_wider_sentences_keep_what_is_theirs(text: str, state: State, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent
