"""What is guessed where no template has a text: its value, and how surely one of several answers is meant."""

import pytest

from assistant.states import VALID, State
from intents.encoder.meaning import MeaningModel
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("how long is the strength routine likely to be", Intent.ROUTINE_LENGTH, {"routine": "strength"}),
        ("I'm in the family way, due quite soon", Intent.CONDITION, {"condition": "pregnant"}),
    ],
)
def test_a_sure_value_by_meaning_comes_before_words_that_name_another(
    text: str, intent: Intent, slots: dict[str, str]
) -> None:
    read = loaded.coach().read(text, VALID[State.IDLE])
    assert (read.intent, dict(read.slots)) == (intent, slots)


def test_what_is_meant_together_is_the_sum_of_its_parts() -> None:
    meaning, text = MeaningModel.load(), "should I lie down all day or go for a walk"
    intents = {Intent.QUESTION, Intent.MEASURE}
    parts = [meaning.together(text, {intent}) for intent in intents]
    assert meaning.together(text, intents) == pytest.approx(sum(parts))
    assert 0.5 < sum(parts) <= 1.0


@pytest.mark.parametrize(
    ("text", "state", "intent"),
    [
        # A sentence and a remark.
        ("one second please, someone's at the door", State.INSTRUCTING, Intent.WAIT),
        ("right, that's enough for these old knees", State.HOLDING, Intent.STOP),
        ("I'm not in any hurry, let's do the full routine", State.IDLE, Intent.START_ROUTINE),
        # A denial ends where an order begins, and who cannot hear denies no wish.
        ("eight seconds isn't enough, keep me here longer", State.HOLDING, Intent.LONGER),
        ("I can't hear the numbers, count out loud", State.HOLDING, Intent.COUNT_ALOUD),
        # A surer whole outdoes guesses at its parts.
        ("are you a kind of physio then, or a doctor", State.IDLE, Intent.SMALL_TALK),
        ("may I go to bed with the hot water bottle and nod off", State.IDLE, Intent.MEASURE),
        # "Not so quick" beside a repetition is how it is to be repeated.
        ("say that again, not so quickly", State.TOPIC, Intent.REPEAT_SLOWER),
    ],
)
def test_the_whole_agrees_with_its_part(text: str, state: State, intent: Intent) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == intent


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("we should pause the building work until summer", State.IDLE),
        ("the next movement is the doorway stretch", State.RESTING),
        ("my sister is the one who is pregnant", State.IDLE),
        ("I dunno, could be, maybe", State.SCREENING),
        ("don't keep me here longer", State.HOLDING),
    ],
)
def test_what_only_sounds_like_it_is_nothing(text: str, state: State) -> None:
    assert loaded.coach().read(text, VALID[state]).intent is None


@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.SITUATION])
def test_what_a_relative_has_is_not_the_persons(intent: Intent) -> None:
    text = {Intent.CONDITION: "my sister is pregnant, not me", Intent.SITUATION: "my mother is in a wheelchair"}[intent]
    assert loaded.coach().read(text, VALID[State.IDLE]).intent != intent


@pytest.mark.parametrize(
    ("text", "state", "intent"),
    [
        # A professional's no is no consent, and "no" after "said" corrects nothing.
        ("my physio said no exercises", State.IDLE, Intent.QUESTION),
        ("the doctor told me not to stretch", State.CONFIRMING, Intent.NO),
        ("she said never do that again", State.CONFIRMING, None),
        # Quiet in a session is the count alone; elsewhere what goes on ends, and the microphone stays open.
        ("be quiet", State.HOLDING, Intent.COUNT_ONLY),
        ("shush", State.RESTING, Intent.COUNT_ONLY),
        ("be quiet", State.IDLE, Intent.STOP),
        # One question at a time.
        ("I have ten minutes, what do you suggest", State.IDLE, Intent.HAVE_TIME),
        ("ready again", State.PAUSED, Intent.READY),
    ],
)
def test_what_was_taken_for_its_opposite(text: str, state: State, intent: Intent | None) -> None:
    read = loaded.coach().read(text, VALID[state])
    assert read.intent == intent
    assert not read.also


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my emergency number is nine nine nine no sorry one one two", "112"),
        ("the emergency number is nine one one I mean nine nine nine", "999"),
        ("my emergency number is one one two", "112"),
    ],
)
def test_of_digits_that_are_corrected_the_last_hold(text: str, number: str) -> None:
    assert loaded.coach().read(text, VALID[State.IDLE]).slots["number"] == number


@pytest.mark.parametrize("text", ["I don't think so", "so", "and so", "count aloud so", "yes so"])
def test_a_text_may_end_with_a_word_that_links(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.SCREENING]).text == text
