"""Several things said in one breath, corrections, and clauses that need the words of the clause before."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.quality

H, R, N, T, D, C = State.HOLDING, State.RESTING, State.INSTRUCTING, State.TOPIC, State.IDLE, State.CONFIRMING

BOTH: tuple[tuple[State, str, tuple[Intent, ...]], ...] = (
    (H, "next and a bit slower", (Intent.NEXT, Intent.SPEAK_SLOWER)),
    (H, "next one, and speak more slowly please", (Intent.NEXT, Intent.SPEAK_SLOWER)),
    (H, "speak up and carry on", (Intent.LOUDER, Intent.RESUME)),
    (R, "skip this one and tell me what's next", (Intent.SKIP, Intent.WHAT_NEXT)),
    (R, "louder please. And how many are left?", (Intent.LOUDER, Intent.HOW_MANY)),
    (H, "count out loud and hold it a bit longer", (Intent.COUNT_ALOUD, Intent.LONGER)),
    (H, "quieter, and count silently", (Intent.QUIETER, Intent.COUNT_SILENTLY)),
    (H, "how long is left and which side am I on", (Intent.HOW_LONG, Intent.WHERE_AM_I)),
    (N, "where should I feel it, and how far do I go?", (Intent.WHERE_TO_FEEL, Intent.HOW_FAR)),
    (N, "can I do this sitting down and how many times", (Intent.CAN_I_SIT, Intent.HOW_MANY)),
    (R, "two more, and then the next one", (Intent.MORE_REPETITIONS, Intent.NEXT)),
    (R, "make it gentler and talk slower", (Intent.GENTLER, Intent.SPEAK_SLOWER)),
    (D, "start the quick routine and count out loud", (Intent.START_ROUTINE, Intent.COUNT_ALOUD)),
    (D, "turn the volume up and start the full routine", (Intent.LOUDER, Intent.START_ROUTINE)),
    (D, "neck tilts, and then shoulder rolls", (Intent.START_MOVEMENT, Intent.START_MOVEMENT)),
    (D, "what causes this and should i see a doctor", (Intent.CAUSES, Intent.SEE_PROFESSIONAL)),
    (T, "tell me about heat, and can I take ibuprofen", (Intent.MEASURE, Intent.PAINKILLERS)),
    (H, "tell me about heat and stop", (Intent.STOP, Intent.MEASURE)),
    (H, "ow that hurts, skip it", (Intent.THAT_HURTS, Intent.SKIP)),
    (R, "go back one and slow down", (Intent.BACK, Intent.SPEAK_SLOWER)),
    (R, "repeat that and speak up", (Intent.REPEAT, Intent.LOUDER)),
    (H, "mute yourself after that how long is left", (Intent.MUTE, Intent.HOW_LONG)),
    (C, "yes but slower please", (Intent.YES, Intent.SPEAK_SLOWER)),
    (C, "no, and quieter", (Intent.NO, Intent.QUIETER)),
    (H, "hold for thirty seconds and count out loud", (Intent.HOLD_FOR, Intent.COUNT_ALOUD)),
    (H, "switch sides and speak up a bit", (Intent.OTHER_SIDE, Intent.LOUDER)),
    (H, "go on, and less chat", (Intent.RESUME, Intent.COUNT_ONLY)),
    (D, "I've got osteoporosis but my doctor says exercise is fine", (Intent.CONDITION, Intent.AGREED)),
    (R, "what's this one for, and how many exercises are left", (Intent.WHY_THIS, Intent.MOVEMENTS_LEFT)),
)

ONE: tuple[tuple[State, str, Intent], ...] = (
    (H, "thanks, next", Intent.NEXT),
    (H, "stop counting aloud, I will count in my head", Intent.COUNT_SILENTLY),
    (H, "stop chatting, only the numbers now", Intent.COUNT_ONLY),
    (H, "that feels lovely, next please", Intent.NEXT),
    (R, "okay great and now the next one please", Intent.NEXT),
    (R, "I wasn't listening, say it again", Intent.REPEAT),
    (R, "i lost count how many are left", Intent.HOW_MANY),
    (C, "yes please, the gentle routine", Intent.START_ROUTINE),
    (R, "no, go back", Intent.BACK),
    (H, "hold it for a minute and a half", Intent.HOLD_FOR),
    (D, "heat or cold", Intent.MEASURE),
    (N, "do i sit or stand", Intent.CAN_I_SIT),
    (T, "tell me about ergonomics and my desk", Intent.STRATEGY),
    (H, "louder, no, quieter", Intent.QUIETER),
    (H, "a bit gentler please, I'm eighty-one", Intent.GENTLER),
    (R, "speak up would you, I'm seventy-eight", Intent.LOUDER),
    (H, "faster. slower", Intent.SPEAK_SLOWER),
    (R, "again but slower", Intent.REPEAT_SLOWER),
    (D, "i only have five minutes, start the quick routine", Intent.START_ROUTINE),
    (R, "skip it because my shoulder is tired", Intent.SKIP),
)

CORRECTED: tuple[tuple[State, str, Intent, dict[str, str]], ...] = (
    (D, "start the gentle, sorry, the strength routine", Intent.START_ROUTINE, {"routine": "strength"}),
    (D, "the full one. no, the quick one", Intent.START_ROUTINE, {"routine": "quick"}),
    (D, "the full routine i mean the gentle routine", Intent.START_ROUTINE, {"routine": "gentle"}),
    (D, "wait, I meant the full one", Intent.START_ROUTINE, {"routine": "full"}),
    (D, "not the full one, the quick one", Intent.START_ROUTINE, {"routine": "quick"}),
    (D, "start the full one. no not the full one, the gentle one", Intent.START_ROUTINE, {"routine": "gentle"}),
    (D, "no not the full routine the gentle one", Intent.START_ROUTINE, {"routine": "gentle"}),
    (R, "too fast for me love, say that again slowly", Intent.REPEAT_SLOWER, {}),
    (D, "the quick one, not the full one", Intent.START_ROUTINE, {"routine": "quick"}),
    (D, "the quick routine instead of the full routine", Intent.START_ROUTINE, {"routine": "quick"}),
    (D, "neck tilts, no, shoulder rolls", Intent.START_MOVEMENT, {"movement": "shoulder_rolls"}),
    (D, "do the neck rotations sorry i meant the neck tilts", Intent.START_MOVEMENT, {"movement": "neck_tilt"}),
    (D, "neck tilts on the left, sorry, the right", Intent.START_MOVEMENT, {"movement": "neck_tilt", "side": "right"}),
    (H, "only the left, no, only the right", Intent.ONLY_SIDE, {"side": "right"}),
    (H, "no, the left", Intent.ONLY_SIDE, {"side": "left"}),
    (H, "the left, I mean the right side", Intent.ONLY_SIDE, {"side": "right"}),
    (H, "next, no, go back", Intent.BACK, {}),
    (H, "next wait no back", Intent.BACK, {}),
    (H, "pause, no, carry on", Intent.RESUME, {}),
    (H, "pause. Er, no, stop", Intent.STOP, {}),
    (H, "skip it, oh no, repeat that", Intent.REPEAT, {}),
    (H, "skip it. Scratch that, next", Intent.NEXT, {}),
    (H, "hold for forty, no, twenty seconds", Intent.HOLD_FOR, {"seconds": "20"}),
    (H, "hold for forty i mean fifty", Intent.HOLD_FOR, {"seconds": "50"}),
    (H, "hold it for ten seconds, make that fifteen", Intent.HOLD_FOR, {"seconds": "15"}),
    (H, "hold it for thirty sorry forty seconds", Intent.HOLD_FOR, {"seconds": "40"}),
    (H, "hold for thirty, not thirteen, seconds", Intent.HOLD_FOR, {"seconds": "30"}),
    (H, "hold for sixteen not sixty", Intent.HOLD_FOR, {"seconds": "16"}),
    (H, "hold it not for ten but for twenty seconds", Intent.HOLD_FOR, {"seconds": "20"}),
    (H, "longer, no wait, shorter", Intent.SHORTER, {}),
    (H, "speak faster, I mean slower", Intent.SPEAK_SLOWER, {}),
    (R, "three more, no, two more", Intent.MORE_REPETITIONS, {"count": "2"}),
    (T, "tell me about heat, no, about rest", Intent.MEASURE, {"measure": "rest"}),
    (D, "should I rest, sorry, does heat help", Intent.MEASURE, {"measure": "heat"}),
    (D, "how long is the full, I mean the quick routine", Intent.ROUTINE_LENGTH, {"routine": "quick"}),
)

CONTINUED: tuple[tuple[State, str, tuple[tuple[Intent, dict[str, str]], ...]], ...] = (
    (
        D,
        "how long is the quick routine, and the full one",
        ((Intent.ROUTINE_LENGTH, {"routine": "quick"}), (Intent.ROUTINE_LENGTH, {"routine": "full"})),
    ),
    (
        D,
        "how long does the gentle one take, and the strength one?",
        ((Intent.ROUTINE_LENGTH, {"routine": "gentle"}), (Intent.ROUTINE_LENGTH, {"routine": "strength"})),
    ),
    (T, "tell me about heat and rest", ((Intent.MEASURE, {"measure": "heat"}), (Intent.MEASURE, {"measure": "rest"}))),
)


@pytest.mark.parametrize(("state", "text", "intents"), BOTH)
def test_all_is_read_in_order(state: State, text: str, intents: tuple[Intent, ...]) -> None:
    read = loaded.coach().read(text, VALID[state])
    assert (read.intent, *(each.intent for each in read.also)) == intents, read
    assert not read.unread


@pytest.mark.parametrize(("state", "text", "intent"), ONE)
def test_one_thing_stays_one(state: State, text: str, intent: Intent) -> None:
    read = loaded.coach().read(text, VALID[state])
    assert (read.intent, read.also) == (intent, ()), read


@pytest.mark.parametrize(("state", "text", "intent", "slots"), CORRECTED)
def test_the_last_holds(state: State, text: str, intent: Intent, slots: dict[str, str]) -> None:
    read = loaded.coach().read(text, VALID[state])
    assert (read.intent, dict(read.slots), read.also) == (intent, slots, ()), read


@pytest.mark.parametrize(("state", "text", "meant"), CONTINUED)
def test_a_clause_goes_on_with_the_words_of_the_one_before(
    state: State, text: str, meant: tuple[tuple[Intent, dict[str, str]], ...]
) -> None:
    read = loaded.coach().read(text, VALID[state])
    assert ((read.intent, dict(read.slots)), *((each.intent, dict(each.slots)) for each in read.also)) == meant


@pytest.mark.parametrize(
    ("text", "intent", "unread"),
    [
        ("next, and order me a pizza", Intent.NEXT, "order me a pizza"),
        ("louder and play some jazz", Intent.LOUDER, "play some jazz"),
        ("go on. Can you water the plants?", Intent.RESUME, "can you water the plants"),
        ("next, my daughter is here", Intent.NEXT, ""),
        ("the ear one, start that please", Intent.START_MOVEMENT, ""),
    ],
)
def test_what_it_cannot_do_is_kept(text: str, intent: Intent, unread: str) -> None:
    read = loaded.coach().read(text, VALID[H])
    assert (read.intent, read.also, read.unread) == (intent, (), unread)


@pytest.mark.parametrize(
    "text",
    [
        "we went to the market and then the train was late",
        "she said the soup was cold but the bread was fine",
        "my sister and her husband are coming on friday, so I have to cook",
        "the man on the radio says the next government will go back on it",
        "no, the other one, the blue cup on the shelf",
        "and then he left, and she started over in leeds",
    ],
)
def test_other_talk_of_several_clauses_is_nothing(text: str) -> None:
    assert loaded.coach().read(text, VALID[H]).intent is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what's the capital of france", True),
        ("Limber, do you like jazz", True),
        ("order some milk please", True),
        ("could you ring my daughter", True),
        ("is it raining?", True),
        ("the soup is on the stove", False),
        ("she never said a word about it", False),
        ("oh dear the parcel has come", False),
    ],
)
def test_whether_it_asks_something(text: str, asks: bool) -> None:
    read = loaded.coach().read(text, VALID[H])
    assert (read.intent, read.asks) == (None, asks)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("remind me at half seven, wait no, half eight", {"at": "08:30"}),
        ("remind me at quarter to seven, no, quarter to eight", {"at": "07:45"}),
        ("remind me at seven, no, half eight", {"at": "08:30"}),
    ],
)
def test_a_time_that_is_corrected_keeps_its_half(text: str, slots: dict[str, str]) -> None:
    assert dict(loaded.coach().read(text, VALID[State.IDLE]).slots) == slots


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("not today, no reminders today", Intent.NOT_TODAY),
        ("softly, no counting", Intent.COUNT_SILENTLY),
        ("slower, no, faster", Intent.SPEAK_FASTER),
    ],
)
def test_no_before_what_is_only_left_off_corrects_nothing(text: str, intent: Intent) -> None:
    reading = loaded.coach().read(text, VALID[H])
    assert intent in {reading.intent, *(each.intent for each in reading.also)}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Limber, next", Intent.NEXT),
        ("hey limber, go back one", Intent.BACK),
        ("okay limber pause", Intent.PAUSE),
        ("next, limber", Intent.NEXT),
        ("Limber, how long is left?", Intent.HOW_LONG),
    ],
)
def test_its_name_changes_nothing(text: str, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[H]).intent == intent
