"""What is said of one's own routines: movements and names in any order and words, known names and others."""

import pytest

from assistant.states import ROUTINE_ASKED, VALID, State
from intents.grammar.open_sentences import NO_NAMES, KnownNames
from intents.model import Intent, Reading
from intents.reader import IntentReader
from tests import loaded

pytestmark = pytest.mark.quality

IDLE = VALID[State.IDLE]
KNOWN = KnownNames(("desk break", "evening", "leg day"), "desk break")


def read(text: str, valid: frozenset[Intent] = IDLE, known: KnownNames = NO_NAMES) -> Reading:
    """What a text means to somebody with these routines."""
    reader = loaded.coach()
    reader.learn(known)
    try:
        return reader.read(text, valid)
    finally:
        reader.learn(NO_NAMES)


def slots(reading: Reading) -> tuple[str, ...]:
    """Movements, name and routine, as far as they are there."""
    return tuple(reading.slots[slot] for slot in ("movements", "name", "routine") if slot in reading.slots)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "make a routine of neck rotations and shoulder rolls, call it morning",
            "neck_rotation, shoulder_rolls|morning",
        ),
        (
            "put together a routine for me, shoulder blade squeezes and slow breathing",
            "shoulder_blade_squeeze, slow_breathing",
        ),
        ("Can you make me a routine with neck tilts and breathing?", "neck_tilt, slow_breathing"),
        (
            "let's create a new routine: shoulder rolls, neck rotations, breathing",
            "shoulder_rolls, neck_rotation, slow_breathing",
        ),
        (
            "could you put together neck tilts and shoulder rolls into a routine called sunrise",
            "neck_tilt, shoulder_rolls|sunrise",
        ),
        ("please create a routine named office with shoulder blade squeezes", "shoulder_blade_squeeze|office"),
        (
            "create a short routine called before bed out of breathing and neck tilts",
            "slow_breathing, neck_tilt|before bed",
        ),
        ("save shoulder rolls, then neck rotations as my evening routine", "shoulder_rolls, neck_rotation|evening"),
        (
            "make me a little routine for the office: neck tilts, shoulder rolls, and call it office",
            "neck_tilt, shoulder_rolls|office",
        ),
        ("build a routine: three neck rotations then ten shoulder rolls", "3 neck_rotation, 10 shoulder_rolls"),
        ("I need a new routine that has neck rotations and slow breathing in it", "neck_rotation, slow_breathing"),
        ("make my own program with the doorway stretch and call that program lunch", "doorway_chest|lunch"),
        (
            "compose a routine with breathing, breathing and more breathing",
            "slow_breathing, slow_breathing, slow_breathing",
        ),
        ("make a routine called 5 minute reset with neck tilts", "neck_tilt|five minute reset"),
        ("create routine blue with neck tilts", "neck_tilt|blue"),
        ("make a routine, neck tilts and rolls, and name it after me", "neck_tilt, rolls|after me"),
        ("make a routine for the office with neck tilts called desk", "neck_tilt|desk"),
        ("make a routine of push-ups and neck rotations called gym", "push ups, neck_rotation|gym"),
        ("make a morning routine with neck tilts", "neck_tilt|morning"),
        ("I'd like to make a routine called lunch break", "lunch break"),
        ("I want to set up a routine", ""),
        ("how do I make a routine", ""),
        ("make a routine for my neck", ""),
    ],
)
def test_making_one(text: str, said: str) -> None:
    reading = read(text)
    assert reading.intent == Intent.MAKE_ROUTINE
    assert "|".join(slots(reading)) == said


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("start desk break", Intent.START_ROUTINE, "desk break"),
        ("Desk break, please.", Intent.START_ROUTINE, "desk break"),
        ("I'd like to do my leg day now", Intent.START_ROUTINE, "leg day"),
        ("no wait, start leg day", Intent.START_ROUTINE, "leg day"),
        ("start the evening routine", Intent.START_ROUTINE, "evening"),
        ("hey limber, do desk break for me", Intent.START_ROUTINE, "desk break"),
        ("start it", Intent.START_ROUTINE, "desk break"),
        ("desk break again", Intent.START_ROUTINE, "desk break"),
        ("how long is leg day", Intent.ROUTINE_LENGTH, "leg day"),
        ("can you tell me how long desk break is", Intent.ROUTINE_LENGTH, "desk break"),
        ("what's in leg day?", Intent.ROUTINE_CONTENTS, "leg day"),
        ("what does desk break consist of", Intent.ROUTINE_CONTENTS, "desk break"),
        ("is there an evening routine", Intent.ROUTINE_CONTENTS, "evening"),
        ("add breathing to evening", Intent.ADD_TO_ROUTINE, "slow_breathing|evening"),
        ("add two more shoulder rolls to desk break", Intent.ADD_TO_ROUTINE, "2 shoulder_rolls|desk break"),
        ("put rolls back into desk break", Intent.ADD_TO_ROUTINE, "rolls|desk break"),
        ("add neck tilts", Intent.ADD_TO_ROUTINE, "neck_tilt|desk break"),
        ("take the rolls out of evening", Intent.REMOVE_FROM_ROUTINE, "shoulder_rolls|evening"),
        ("I don't want breathing in leg day any more", Intent.REMOVE_FROM_ROUTINE, "slow_breathing|leg day"),
        ("delete evening", Intent.DELETE_ROUTINE, "evening"),
        ("get rid of leg day", Intent.DELETE_ROUTINE, "leg day"),
        ("rename evening to night shift", Intent.RENAME_ROUTINE, "night shift|evening"),
        ("call it sunrise instead", Intent.RENAME_ROUTINE, "sunrise|desk break"),
        ("good evening", Intent.HELLO, ""),
        ("what routines do I have", Intent.LIST_ROUTINES, ""),
    ],
)
def test_a_name_that_is_known(text: str, intent: Intent, said: str) -> None:
    reading = read(text, IDLE, KNOWN)
    assert reading.intent == intent
    assert "|".join(slots(reading)) == said


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("start the bedtime routine", Intent.START_ROUTINE, "bedtime"),
        ("start the morning routine", Intent.START_ROUTINE, "morning"),
        ("can we do the tai chi routine please", Intent.START_ROUTINE, "tai chi"),
        ("start my usual routine", Intent.START_ROUTINE, ""),
        ("start the quick routine", Intent.START_ROUTINE, "quick"),
        ("add shoulder rolls to the sunday routine", Intent.ADD_TO_ROUTINE, "shoulder_rolls|sunday"),
        ("delete the bedtime routine", Intent.DELETE_ROUTINE, "bedtime"),
        ("how long is the bedtime routine", Intent.ROUTINE_LENGTH, "bedtime"),
        ("what is in the quick routine", Intent.ROUTINE_CONTENTS, "quick"),
        ("take neck tilts out of the sunday routine", Intent.REMOVE_FROM_ROUTINE, "neck_tilt|sunday"),
    ],
)
def test_a_name_that_is_not_known(text: str, intent: Intent, said: str) -> None:
    reading = read(text)
    assert reading.intent == intent
    assert "|".join(slots(reading)) == said


@pytest.mark.parametrize(
    "text",
    [
        "make a routine appointment with my doctor",
        "the doctor said it was routine surgery",
        "start the routine maintenance",
        "add milk to the shopping list",
        "take the dog out",
        "delete my alarm",
        "put neck rotations on repeat",
        "I have a morning routine of coffee and toast",
    ],
)
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING])
def test_what_is_no_routine(text: str, state: State) -> None:
    reading = read(text, VALID[state], KNOWN)
    assert reading.intent is None, reading


@pytest.mark.parametrize("text", ["start morning", "delete evening", "desk break"])
def test_a_bare_name_means_nothing_to_who_has_no_routines(text: str) -> None:
    assert "routine" not in read(text).slots


@pytest.mark.parametrize("name", KNOWN.names)
def test_a_name_alone_is_an_order_only_outside_a_session(name: str) -> None:
    assert read(name, IDLE, KNOWN).intent == Intent.START_ROUTINE
    assert read(name, VALID[State.HOLDING], KNOWN).intent != Intent.START_ROUTINE


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("desk break", Intent.NAME_ROUTINE, "desk break"),
        ("Morning.", Intent.NAME_ROUTINE, "morning"),
        ("tea with Anna", Intent.NAME_ROUTINE, "tea with anna"),
        ("hmm, let me think, maybe sunrise", Intent.NAME_ROUTINE, "sunrise"),
        ("no, call it early bird", Intent.NAME_ROUTINE, "early bird"),
        ("the blue one", Intent.NAME_ROUTINE, "blue"),
        ("it's called balcony", Intent.NAME_ROUTINE, "balcony"),
        ("Zwiebelkuchen", Intent.NAME_ROUTINE, "zwiebelkuchen"),
        ("shoulder rolls, then the doorway stretch", Intent.ROUTINE_MOVEMENTS, "shoulder_rolls, doorway_chest"),
        ("neck tilts", Intent.ROUTINE_MOVEMENTS, "neck_tilt"),
        ("start neck tilts", Intent.START_MOVEMENT, ""),
        ("stop", Intent.STOP, ""),
        ("never mind", Intent.NEVER_MIND, ""),
        ("skip", Intent.SKIP, ""),
        ("what routines do I have", Intent.LIST_ROUTINES, ""),
        ("I have chest pain", Intent.RED_FLAG, ""),
        ("call it chest pain", Intent.RED_FLAG, ""),
        ("hello", Intent.HELLO, ""),
        ("help", Intent.HELP, ""),
        ("um", None, ""),
        ("you pick", None, ""),
    ],
)
def test_an_answer_to_what_it_is_to_be_called(text: str, intent: Intent | None, said: str) -> None:
    reading = read(text, ROUTINE_ASKED)
    assert reading.intent == intent
    assert "|".join(slots(reading)) == said


@pytest.mark.parametrize(
    ("name", "clash"),
    [
        *(("stop", Intent.STOP), ("stopp", Intent.STOP), ("paws", Intent.PAUSE), ("start over", Intent.START_OVER)),
        *(("full routine", Intent.START_ROUTINE), ("neck tilts", Intent.START_MOVEMENT), ("how long", Intent.HOW_LONG)),
        *(("morning", None), ("desk break", None), ("tea with anna", None), ("heat", None), ("zwiebelkuchen", None)),
    ],
)
def test_a_name_that_is_a_command_is_told_so_and_never_learnt(name: str, clash: Intent | None) -> None:
    reader = IntentReader.coach()
    assert reader.clash(name) == clash
    reader.learn(KnownNames((name,), name))
    assert (reader.read(f"start {name}", IDLE).slots.get("routine") == name) == (clash is None)
    assert reader.read("stop please", VALID[State.HOLDING]).intent == Intent.STOP


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("make a routine of breathing, call it calm, and start it", "calm"),
        ("make a routine of breathing called calm, then start calm please", "calm"),
        ("add neck tilts to leg day and then begin it", "leg day"),
        ("make a routine of breathing, call it rest and be thankful", None),
        ("make a routine of breathing called calm and start leg day", "leg day"),
    ],
)
def test_what_is_made_may_begin_in_the_same_breath(text: str, begun: str | None) -> None:
    reading = read(text, IDLE, KNOWN)
    assert reading.intent in {Intent.MAKE_ROUTINE, Intent.ADD_TO_ROUTINE}
    also = [each.slots["routine"] for each in reading.also if each.intent == Intent.START_ROUTINE]
    assert also == ([] if begun is None else [begun])


GONE = KnownNames(("evening",), None, ("quiet time",))


@pytest.mark.parametrize(
    ("text", "intent", "name"),
    [
        ("start quiet time", Intent.START_ROUTINE, "quiet time"),
        ("how long is quiet time", Intent.ROUTINE_LENGTH, "quiet time"),
        ("add rolls to quiet time", Intent.ADD_TO_ROUTINE, "quiet time"),
        ("start morning", Intent.START_ROUTINE, "morning"),
        ("delete morning", Intent.DELETE_ROUTINE, "morning"),
        ("what's in morning", Intent.ROUTINE_CONTENTS, "morning"),
    ],
)
def test_names_that_are_gone_or_never_were_are_understood_by_who_has_routines(
    text: str, intent: Intent, name: str
) -> None:
    reading = read(text, IDLE, GONE)
    assert (reading.intent, reading.slots["routine"]) == (intent, name)
    assert "quiet time" not in loaded.coach().speech_grammar.sentences(IDLE)


@pytest.mark.parametrize("text", ["start over", "start again", "start stretching", "begin", "start the quick one"])
def test_other_ways_to_begin_are_no_names(text: str) -> None:
    assert read(text, IDLE, GONE).slots.get("routine") in {None, "quick"}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("put slow breathing and neck tilts together, call it evening, no, call it bedtime", "bedtime"),
        ("make another one of neck tilts and doorway stretch, call it evening", "evening"),
        ("make a routine of shoulder rolls and breathing, and the name shall be window", "window"),
    ],
)
def test_a_routine_has_the_name_that_was_said_last(text: str, slots: str) -> None:
    reading = loaded.coach().read(text, VALID[State.IDLE])
    assert (reading.text, reading.intent, reading.slots["name"]) == (text, Intent.MAKE_ROUTINE, slots)
