"""Every intent of the coach, by phrases of the tests' own; near misses; what a recogniser mishears."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.states import NUMBER_ASKED, VALID, State
from intents.model import OPEN_INTENTS, REMINDING_INTENTS, Intent
from tests import loaded
from tests.intents import test_session_talk

pytestmark = pytest.mark.quality


PHRASES: dict[tuple[Intent, State], tuple[str, ...]] = {
    (Intent.START_ROUTINE, State.IDLE): (
        "start stretching",
        "Let's begin.",
        "could you lead me through some stretches",
    ),
    (Intent.YES, State.SCREENING): ("yes", "Yes, I do.", "um yes i have"),
    (Intent.YES, State.CONFIRMING): ("Yeah.", "sure", "yes please", "okay", "go for it", "that sounds good"),
    (Intent.NO, State.SCREENING): ("no", "Nope.", "none of those", "no i haven't", "no nothing like that"),
    (Intent.NO, State.CONFIRMING): ("no thanks", "not now", "I'd rather not.", "no thank you dear", "nah", "I don't"),
    (Intent.READY, State.INSTRUCTING): ("ready", "I'm ready.", "okay i am all set", "ready when you are", "go"),
    (Intent.WAIT, State.INSTRUCTING): ("wait", "hold on", "Not yet!", "give me a minute", "let me get my chair first"),
    (Intent.PAUSE, State.HOLDING): ("pause", "Pause, please.", "i need a break", "could we take a short break"),
    (Intent.WAIT, State.IDLE): ("hold on", "hang on a second", "just a moment"),
    (Intent.PAUSE, State.INSTRUCTING): ("um can you just pause that for me", "pause it there for a minute"),
    (Intent.RESUME, State.PAUSED): ("resume", "go on", "carry on", "continue", "okay keep going", "I'm back."),
    (Intent.REPEAT, State.INSTRUCTING): ("again", "what?", "say that again", "pardon", "i didn't catch that"),
    (Intent.REPEAT_SLOWER, State.TOPIC): ("say that again slowly", "repeat it but slower", "once more, more slowly"),
    (Intent.NEXT, State.INSTRUCTING): ("next", "next one please", "let's move on", "go to the next exercise"),
    (Intent.BACK, State.RESTING): ("back", "go back", "the previous one please", "can we go back one step"),
    (Intent.SKIP, State.HOLDING): ("skip", "skip this one", "leave this one out", "i'll pass"),
    (Intent.STOP, State.HOLDING): (
        "stop",
        "Stop!",
        "please stop i'm tired",
        "that's enough",
        "stop stop stop",
        "I quit",
    ),
    (Intent.STOP, State.MUTED): ("stop", "please stop", "stop it"),
    (Intent.START_OVER, State.INSTRUCTING): ("start over", "start again", "let's do it from the beginning"),
    (Intent.NEVER_MIND, State.CONFIRMING): ("never mind", "forget it", "cancel that", "oh it doesn't matter"),
    (Intent.HOW_LONG, State.HOLDING): (
        "how long",
        "how much longer",
        "how many seconds are left",
        "are we nearly done",
    ),
    (Intent.HOW_MANY, State.RESTING): ("how many", "how many more", "how many are left"),
    (Intent.WHERE_AM_I, State.RESTING): (
        "where am i",
        "where are we now",
        "which side am i on",
        "what exercise is this",
    ),
    (Intent.WHAT_NEXT, State.RESTING): ("what's next", "what comes after this", "and then what"),
    (Intent.LONGER, State.HOLDING): ("longer", "a bit longer", "hold it longer please", "make it a little longer"),
    (Intent.SHORTER, State.HOLDING): ("shorter", "make it shorter", "that's too long for me"),
    (Intent.COUNT_ALOUD, State.HOLDING): ("count out loud", "count aloud please", "i'd like to hear you count"),
    (Intent.COUNT_SILENTLY, State.HOLDING): ("count silently", "don't count out loud", "stop counting aloud"),
    (Intent.THAT_HURTS, State.HOLDING): (
        "ow",
        "that hurts",
        "Ouch!",
        "my neck hurts",
        "stop that hurts",
        "it's painful",
    ),
    (Intent.TOO_EASY, State.RESTING): ("too easy", "this is too easy for me", "can you make it harder"),
    (Intent.GENTLER, State.RESTING): ("something gentler", "an easier one", "make it gentler"),
    (Intent.HOW_FAR, State.INSTRUCTING): (
        "how far",
        "how far do i turn",
        "do i go all the way",
        "how much should i lean",
    ),
    (Intent.WHERE_TO_FEEL, State.INSTRUCTING): ("where should i feel it", "what should i feel", "which muscle is this"),
    (Intent.CAN_I_SIT, State.INSTRUCTING): ("can i sit", "can I do this sitting down?", "do i have to stand"),
    (Intent.SKIP_INSTRUCTIONS, State.INSTRUCTING): ("skip the instructions", "i know this one", "just start counting"),
    (Intent.OVERVIEW, State.IDLE): (
        "what is a muscle spasm",
        "what's going on in my back",
        "tell me about back cramps",
    ),
    (Intent.WHAT_HELPS, State.IDLE): ("my upper back is cramping", "my back hurts", "what helps right now"),
    (Intent.CAUSES, State.IDLE): ("what causes this", "why does my back cramp", "what are the causes"),
    (Intent.PREVENTION, State.IDLE): ("how do i prevent this", "how can i stop it coming back", "prevention"),
    (Intent.SEE_PROFESSIONAL, State.IDLE): ("should i see a doctor", "when should i call my gp", "is it serious"),
    (Intent.PAINKILLERS, State.IDLE): ("can i take ibuprofen", "which painkillers can i take", "is ibuprofen any good"),
    (Intent.RADIATES, State.IDLE): ("it spreads to my shoulder", "the pain goes to my ribs", "it radiates to my neck"),
    (Intent.MORE, State.TOPIC): ("more", "tell me more", "what else", "anything else"),
    (Intent.HELP, State.MUTED): ("help", "please help", "i need help"),
    (Intent.HELP, State.IDLE): ("help", "i'm stuck", "i don't know what to do"),
    (Intent.WHAT_CAN_I_SAY, State.PAUSED): ("what can i say", "what are my options", "which commands are there"),
    (Intent.SPEAK_FASTER, State.TOPIC): ("speak faster", "talk a bit faster", "you're too slow"),
    (Intent.SPEAK_SLOWER, State.TOPIC): ("slower", "speak more slowly please", "you're talking too fast"),
    (Intent.LOUDER, State.TOPIC): ("louder", "turn it up", "i can't hear you", "speak up a bit"),
    (Intent.QUIETER, State.TOPIC): ("quieter", "turn the volume down", "you're too loud"),
    (Intent.MUTE, State.IDLE): ("mute", "stop listening", "turn off the microphone"),
    (Intent.UNMUTE, State.MUTED): ("unmute", "start listening", "microphone on", "listen again"),
    (Intent.WAKE, State.ASLEEP): ("hey limber", "Hey, Limba!", "Hey Limber, my back is cramping."),
    (Intent.UNDO, State.RESTING): ("undo", "undo that", "put it back how it was"),
    (Intent.EMERGENCY_NUMBER, State.TOPIC): ("change my emergency number", "Set my emergency number, please."),
    (Intent.ASK_EMERGENCY_NUMBER, State.IDLE): ("what's my emergency number?", "do you know my emergency number"),
    (Intent.ASK_EMERGENCY_NUMBER, State.EMERGENCY): ("which number do i call", "what number should i ring for help"),
    (Intent.HELLO, State.IDLE): ("hello", "good morning", "Limber?", "are you there", "can you hear me"),
    (Intent.HELLO, State.EMERGENCY): ("hello?", "hey limber"),
    (Intent.THANKS, State.TOPIC): ("thank you", "thanks a lot", "oh lovely ta"),
    (Intent.WHO_ARE_YOU, State.IDLE): ("who are you", "what's your name", "who am i talking to"),
    (Intent.TIME, State.HOLDING): ("what time is it", "have you got the time", "what's the time"),
    (Intent.WHY_ASK, State.SCREENING): ("why do you ask", "why do you need to know that", "why are you asking me this"),
    (Intent.LIST_ROUTINES, State.IDLE): ("which routines do you have", "what routines are there", "list the routines"),
    (Intent.LIST_MOVEMENTS, State.IDLE): (
        "which exercises do you know",
        "what stretches are there",
        "list your movements",
    ),
    (Intent.AGREED, State.CONFIRMING): ("my doctor said it's fine", "the physio agreed", "my midwife says i can"),
    (Intent.GOODBYE, State.HOLDING): ("go to sleep", "go to sleep now"),
    (Intent.GOODBYE, State.IDLE): ("goodbye", "bye", "that's all for today thank you", "see you tomorrow"),
}

WITH_SLOTS: tuple[tuple[Intent, State, str, dict[str, str]], ...] = (
    (Intent.START_ROUTINE, State.IDLE, "start the quick routine", {"routine": "quick"}),
    (Intent.START_ROUTINE, State.IDLE, "I'd like the full session please", {"routine": "full"}),
    (Intent.START_ROUTINE, State.TOPIC, "something gentle for today", {"routine": "gentle"}),
    (Intent.START_ROUTINE, State.IDLE, "can we do the strength exercises", {"routine": "strength"}),
    (Intent.START_ROUTINE, State.IDLE, "begin", {}),
    (Intent.START_MOVEMENT, State.IDLE, "let's do the neck rotations", {"movement": "neck_rotation"}),
    (Intent.START_MOVEMENT, State.IDLE, "shoulder rolls", {"movement": "shoulder_rolls"}),
    (Intent.START_MOVEMENT, State.IDLE, "start the thoracic extension", {"movement": "thoracic_extension"}),
    (Intent.START_MOVEMENT, State.IDLE, "squeeze my shoulder blades together", {"movement": "shoulder_blade_squeeze"}),
    (Intent.START_MOVEMENT, State.IDLE, "the doorway stretch please", {"movement": "doorway_chest"}),
    (Intent.START_MOVEMENT, State.IDLE, "can we do neck tilts", {"movement": "neck_tilt"}),
    (Intent.START_MOVEMENT, State.IDLE, "i want to do some slow breathing", {"movement": "slow_breathing"}),
    (Intent.HOLD_FOR, State.HOLDING, "hold for twenty seconds", {"seconds": "20"}),
    (Intent.HOLD_FOR, State.INSTRUCTING, "Hold it for 45 seconds, please.", {"seconds": "45"}),
    (Intent.HOLD_FOR, State.INSTRUCTING, "could i hold this for a minute", {"seconds": "60"}),
    (Intent.HOLD_FOR, State.INSTRUCTING, "half a minute each", {"seconds": "30"}),
    (Intent.MORE_REPETITIONS, State.RESTING, "two more", {"count": "2"}),
    (Intent.MORE_REPETITIONS, State.RESTING, "I'll do 3 more of those", {"count": "3"}),
    (Intent.MORE_REPETITIONS, State.RESTING, "another one please", {"count": "1"}),
    (Intent.MORE_REPETITIONS, State.RESTING, "more repetitions", {}),
    (Intent.FEWER_REPETITIONS, State.RESTING, "two fewer", {"count": "2"}),
    (Intent.FEWER_REPETITIONS, State.RESTING, "one less please", {"count": "1"}),
    (Intent.FEWER_REPETITIONS, State.RESTING, "only do three", {"count": "3"}),
    (Intent.FEWER_REPETITIONS, State.RESTING, "that's too many", {}),
    (Intent.MEASURE, State.TOPIC, "should i rest", {"measure": "rest"}),
    (Intent.MEASURE, State.TOPIC, "does a hot water bottle help", {"measure": "heat"}),
    (Intent.MEASURE, State.TOPIC, "is stretching good for it", {"measure": "stretching"}),
    (Intent.MEASURE, State.TOPIC, "tell me about over the counter medicine", {"measure": "analgesics"}),
    (Intent.CAUSE, State.TOPIC, "can bad posture cause this", {"cause": "imbalance"}),
    (Intent.CAUSE, State.TOPIC, "is it because of too much lifting", {"cause": "overuse"}),
    (Intent.CAUSE, State.TOPIC, "could whiplash be the cause", {"cause": "injury"}),
    (Intent.CAUSE, State.TOPIC, "does dehydration cause cramps", {"cause": "dehydration"}),
    (Intent.CAUSE, State.TOPIC, "can stress do this", {"cause": "stress"}),
    (Intent.CAUSE, State.TOPIC, "is fibromyalgia to blame", {"cause": "conditions"}),
    (Intent.STRATEGY, State.TOPIC, "how should i arrange my workstation", {"strategy": "ergonomics"}),
    (Intent.STRATEGY, State.TOPIC, "how do i strengthen my core", {"strategy": "strengthening"}),
    (Intent.STRATEGY, State.TOPIC, "how can i become more flexible", {"strategy": "flexibility"}),
    (Intent.STRATEGY, State.TOPIC, "would yoga help", {"strategy": "stress_management"}),
    (Intent.STRATEGY, State.TOPIC, "should i drink more water", {"strategy": "hydration_nutrition"}),
    (Intent.STRATEGY, State.TOPIC, "would physical therapy help", {"strategy": "professional"}),
    (
        Intent.STRATEGY,
        State.TOPIC,
        "how much water should i drink",
        {"strategy": "hydration_nutrition", "about": "water_amount"},
    ),
    (Intent.STRATEGY, State.TOPIC, "does massage help", {"strategy": "professional", "about": "massage"}),
    (
        Intent.MEASURE,
        State.IDLE,
        "how long should I leave the heat pack on?",
        {"measure": "heat", "about": "heat_minutes"},
    ),
    (Intent.MEASURE, State.IDLE, "How often can I use heat?", {"measure": "heat", "about": "heat_often"}),
    (Intent.MEASURE, State.HOLDING, "can I sleep on a heating pad", {"measure": "heat", "about": "heat_asleep"}),
    (Intent.PAINKILLERS, State.IDLE, "May I take ibuprofen with naproxen?", {"about": "painkiller_combination"}),
    (Intent.PAINKILLERS, State.IDLE, "can I take aspirin with ibuprofen", {"about": "painkiller_aspirin"}),
    (Intent.PAINKILLERS, State.IDLE, "how many days can i take ibuprofen", {"about": "painkiller_days"}),
    (
        Intent.PAINKILLERS,
        State.IDLE,
        "can i take ibuprofen if i have asthma",
        {"about": "painkiller_allowed", "condition": "asthma"},
    ),
    (Intent.QUESTION, State.SCREENING, "what are the signs of an emergency", {"about": "emergencies"}),
    (Intent.QUESTION, State.IDLE, "how long should I walk", {"about": "walk_minutes"}),
    (Intent.QUESTION, State.IDLE, "Will it go away by itself?", {"about": "will_it_pass"}),
    (Intent.CONDITION, State.IDLE, "I'm pregnant.", {"condition": "pregnant"}),
    (Intent.CONDITION, State.HOLDING, "by the way i have a pacemaker", {"condition": "pacemaker"}),
    (Intent.CONDITION, State.SCREENING, "i take blood thinners", {"condition": "blood_thinner"}),
    (Intent.SITUATION, State.IDLE, "there's no chair here", {"situation": "no_chair"}),
    (Intent.SITUATION, State.IDLE, "i'm in a wheelchair", {"situation": "wheelchair"}),
    (Intent.SITUATION, State.IDLE, "I'm in bed", {"situation": "in_bed"}),
    (Intent.SMALL_TALK, State.IDLE, "how are you today?", {"topic": "how_are_you"}),
    (Intent.SMALL_TALK, State.TOPIC, "are you a doctor", {"topic": "doctor"}),
    (Intent.SMALL_TALK, State.HOLDING, "do you record me", {"topic": "privacy"}),
    (Intent.EMERGENCY_NUMBER, State.IDLE, "change my emergency number to one one two", {"number": "112"}),
    (Intent.EMERGENCY_NUMBER, State.HOLDING, "My emergency number is 000.", {"number": "000"}),
    (Intent.EMERGENCY_NUMBER, State.CONFIRMING, "in an emergency i call triple nine", {"number": "999"}),
)

DIGITS = (
    ("nine one one", "911"),
    ("Nine eleven.", "911"),
    ("call 911", "911"),
    ("One, one, two.", "112"),
    ("1-1-2", "112"),
    ("112", "112"),
    ("one hundred and twelve", "112"),
    ("one eleven", "111"),
    ("it's triple nine", "999"),
    ("nine nine nine please", "999"),
    ("double nine nine", "999"),
    ("zero zero zero", "000"),
    ("triple oh", "000"),
    ("oh oh oh", "000"),
    ("000", "000"),
    ("oh, one one two", "112"),
    ("one oh eight", "108"),
    ("no, one one eight", "118"),
    ("fifteen", "15"),
    ("1 0 1 1 1", "10111"),
    ("nine one one, nine one one", "911"),
)

NOT_COMMANDS = (
    "the bus stops at the corner",
    "we stopped for fuel in leeds",
    "next thursday would suit us",
    "he pressed pause on the recorder",
    "yes vicar replied the woman",
    "nobody was at the station",
    "the weather will be fine on sunday",
    "turn on the kitchen light",
    "skip hire is expensive",
    "who is going to win the cup",
    "shop",
    "hop",
    "lamp",
    "the paws of the cat",
    "ready salted crisps",
    "",
    "   ",
    "?!",
)

MISHEARD = (
    ("Paws.", Intent.PAUSE, State.HOLDING),
    ("Rezoom.", Intent.RESUME, State.PAUSED),
    ("Go one.", Intent.RESUME, State.PAUSED),
    ("Nekst!", Intent.NEXT, State.INSTRUCTING),
    ("Carry one.", Intent.RESUME, State.PAUSED),
    ("Stopp it.", Intent.STOP, State.HOLDING),
    ("Repeet that", Intent.REPEAT, State.INSTRUCTING),
)


@pytest.mark.parametrize(
    ("text", "state", "intent"),
    [(text, state, intent) for (intent, state), texts in PHRASES.items() for text in texts],
)
def test_means(text: str, state: State, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(("intent", "state", "text", "slots"), WITH_SLOTS)
def test_means_with_slots(intent: Intent, state: State, text: str, slots: dict[str, str]) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert (reading.intent, dict(reading.slots)) == (intent, slots)


@pytest.mark.parametrize(("text", "number"), DIGITS)
def test_digits_alone_are_a_number_where_they_are_asked_for(text: str, number: str) -> None:
    reading = loaded.coach().read(text, NUMBER_ASKED)
    assert (reading.intent, dict(reading.slots)) == (Intent.DIGITS, {"number": number})


@pytest.mark.parametrize("valid", [*(each for each in VALID.values() if Intent.DIGITS not in each), None])
def test_digits_alone_are_nothing_elsewhere(valid: frozenset[str] | None) -> None:
    assert Intent.DIGITS not in {loaded.coach().read(text, valid).intent for text, _ in DIGITS}


@pytest.mark.parametrize("text", ["that's wrong", "No, that's not right.", "wrong number", "you got it wrong"])
def test_that_digits_are_wrong_names_no_number(text: str) -> None:
    reading = loaded.coach().read(text, NUMBER_ASKED)
    assert (reading.intent, dict(reading.slots)) == (Intent.DIGITS, {})


@pytest.mark.parametrize("text", ["one", "twenty questions", "two of them came", "there is one more thing", "oh"])
def test_other_talk_is_no_number(text: str) -> None:
    assert loaded.coach().read(text, NUMBER_ASKED).intent != Intent.DIGITS


def test_every_intent_is_valid_in_some_state() -> None:
    # Valid while they are asked for.
    answers = {Intent.WHEN, Intent.NAME_ROUTINE, Intent.ROUTINE_MOVEMENTS, Intent.RATING_ALONE}
    assert frozenset().union(NUMBER_ASKED, answers, *VALID.values()) == set(Intent)


def test_every_intent_has_three_phrases() -> None:
    counts = dict.fromkeys(Intent, 0)
    for (intent, _), texts in PHRASES.items():
        counts[intent] += len(texts)
    for (intent, _), texts in test_session_talk.SAID.items():
        counts[intent] += len(texts)
    for intent, *_ in (*WITH_SLOTS, *test_session_talk.WITH_SLOTS):
        counts[intent] += 1
    counts[Intent.DIGITS] = len(DIGITS)
    # These have tests of their own.
    elsewhere = {Intent.RED_FLAG, Intent.SELF_HARM, Intent.SCREENING_OPEN} | OPEN_INTENTS | REMINDING_INTENTS
    elsewhere |= {Intent.LAST_TIME, Intent.HOW_MUCH, Intent.AM_I_BETTER, Intent.MEMORY, Intent.FORGET}
    elsewhere |= {Intent.QUIET_HOURS, Intent.SETTINGS, Intent.HIGHER_VOICE, Intent.DEEPER_VOICE, Intent.CHANGE_SETTING}
    elsewhere |= {Intent.TUTORIAL, Intent.WELCOME_AGAIN, Intent.RATING, Intent.RATING_ALONE}
    assert not {intent for intent, count in counts.items() if count < 3} - elsewhere


@pytest.mark.parametrize("text", NOT_COMMANDS)
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING, State.CONFIRMING, State.MUTED])
def test_means_nothing(text: str, state: State) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert reading.intent is None, reading


@pytest.mark.parametrize(("text", "intent", "state"), MISHEARD)
def test_misheard(text: str, intent: Intent, state: State) -> None:
    reading = loaded.coach().read(text, VALID[state])
    assert reading.intent == intent
    assert 0 < reading.confidence < 1


def test_a_red_flag_comes_before_all_else() -> None:
    reading = loaded.coach().read("stop i have chest pain", VALID[State.HOLDING])
    assert reading.intent == Intent.RED_FLAG
    assert reading.slots["flag"]


def test_only_valid_intents_are_read() -> None:
    assert loaded.coach().read("yes", VALID[State.HOLDING]).intent is None
    assert loaded.coach().read("stop", {Intent.YES, Intent.NO}).intent is None
    assert loaded.coach().read("stop listening to the radio", VALID[State.ASLEEP]).intent is None


def test_a_long_speech_is_no_command_but_may_hold_a_red_flag() -> None:
    speech = "go on " * 40
    assert loaded.coach().read(speech, VALID[State.PAUSED]).intent is None
    assert loaded.coach().read(speech + "i have chest pain", VALID[State.PAUSED]).intent == Intent.RED_FLAG


def test_minutes_of_something_else_are_no_hold() -> None:
    reading = loaded.coach().read("set the oven for ten minutes", VALID[State.HOLDING])
    assert reading.intent != Intent.HOLD_FOR


def test_of_several_sentences_the_one_that_counts_is_read() -> None:
    for text, intent in (
        ("yes yes that's enough stop", Intent.STOP),
        ("that was lovely let's go on to the next one", Intent.NEXT),
        ("wait go back one", Intent.BACK),
        ("no no that's not what i said", Intent.NO),
    ):
        assert loaded.coach().read(text).intent == intent, text


def test_threshold_zero_takes_the_best_whatever_its_confidence() -> None:
    assert loaded.coach().read("shtep", VALID[State.HOLDING]).intent is None
    assert loaded.coach().read("shtep", VALID[State.HOLDING], threshold=0).intent is not None


def test_every_state_listens_for_stop_or_a_way_to_wake() -> None:
    for state in State:
        assert loaded.coach().read("stop", VALID[state]).intent == (None if state is State.ASLEEP else Intent.STOP)


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from("stop pause the next yes no 20 seconds hold more two back is um , . ' ١٢ half my and".split()),
        max_size=25,
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, state=st.sampled_from([None, *State]), threshold=st.sampled_from([None, 0.0, 0.5, 1.0]))
def test_any_text_is_read_the_same_twice(text: str, state: State | None, threshold: float | None) -> None:
    valid = None if state is None else VALID[state]
    reading = loaded.coach().read(text, valid, threshold)
    assert reading == loaded.coach().read(text, valid, threshold)
    assert reading.intent is None or valid is None or reading.intent in valid
    assert 0 <= reading.confidence <= 1
    assert reading.text == text
    assert all(isinstance(value, str) for value in reading.slots.values())
