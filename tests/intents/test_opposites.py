"""What tells the opposite of a command or consent is never taken for it: a no, what is taken back or forbidden."""

import pytest

from assistant import states
from assistant.states import VALID, State
from intents.model import Intent
from intents.red_flags.screening_answer import AnswerKind, is_clear_no, read_screening_answer
from tests import loaded

pytestmark = pytest.mark.quality

FORBIDDEN = """
my doctor said no exercises | my physio told me not to stretch for two weeks | the surgeon says no stretching yet
my doctor is against stretching | the midwife advised me against exercise | my physio doesn't want me to exercise
I'm not allowed to exercise | I was told not to stretch after the operation | our doctor forbade all exercise
"""
"""Exercise was forbidden, in words that tell it whatever was asked."""
NOT_AGREED = """
she said not yet | no, he said not to | they told me I shouldn't | my doctor hasn't agreed | nobody has agreed to it
I haven't asked anyone | not allowed | my surgeon forbids it | he never agreed | the nurse said absolutely not
"""
"""No consent, where it is asked for."""
AGREED = """
my doctor said it's fine | the midwife said yes | my surgeon said I could | my physio told me to keep moving
I asked my doctor and she said it is okay | my doctor has cleared me
"""
NO_CONSENT = """
my doctor said | my doctor told me to rest | my doctor told me to wait | my physio was unsure about it
my doctor said it is nothing | he told me to wait
"""
"""Neither a consent nor a refusal."""
NO_EXERCISE = """
no exercises | no stretching | no exercise today | no stretches today, please | please, no exercises
no routine today | no workout for me
"""
LEFT_OUT = """
no shoulder rolls for me | I can't do shoulder rolls | leave out the shoulder rolls | please no shoulder rolls
shoulder rolls are not for me | I'm not able to do shoulder rolls | without the shoulder rolls
my shoulder won't let me do shoulder rolls | shoulder rolls are no good to me, I just can't do them, it locks
"""
TAKEN_BACK = """
pregnant: forget that I'm pregnant | I'm not pregnant any more | I'm no longer pregnant | forget about the pregnancy
pregnant: I was joking about being pregnant | only joking, I'm not pregnant
blood_thinner: I don't take blood thinners any more | I've stopped taking warfarin | I came off the blood thinners
blood_thinner: ignore what I said about blood thinners | I'm off warfarin now | I used to take warfarin
asthma: I don't have asthma | I never had asthma
"""
STILL_TOLD = """
I'm pregnant | I take blood thinners | I'm not sure if I'm pregnant | I might be pregnant | my kidneys don't work well
"""
RELAYED = """
he says no to all of that | she says no | he means no | my husband says none of those | he misheard, he means no
no he hasn't got any of it | no, she is fine | none for him | you misheard, I said no | she has none of that
oh I see. no, none of those | I understand, none of them | got it. no, nothing like that | fair enough, no
let me think... no, none | gotcha, no | that's what you mean. no
"""
"""A clear no that is told for somebody else, or after a word that the question was understood."""
NOT_RELAYED = """
he says yes | he is fine | I see | let me think | he said no to the job | no, I got that | no, I get that
you misheard me | my doctor says no | she has it
"""
WELL = "I'm fine | I'm all right thanks | I'm okay thanks | I feel fine, thank you"


def each(table: str) -> list[str]:
    return [text.strip() for line in table.strip().splitlines() for text in line.split(" | ")]


def keyed(table: str) -> list[tuple[str, str]]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [(key, text.strip()) for key, _, texts in lines for text in texts.split(" | ")]


def read(text: str, state: State) -> list[tuple[str | None, dict[str, str]]]:
    found = loaded.coach().read(text, VALID[state])
    return [(found.intent, dict(found.slots)), *((also.intent, dict(also.slots)) for also in found.also)]


@pytest.mark.parametrize("text", each(FORBIDDEN))
def test_what_a_professional_forbade_begins_nothing(text: str) -> None:
    assert read(text, State.IDLE) == [(Intent.QUESTION, {"about": "meantime"})]
    assert read(text, State.CONFIRMING) == [(Intent.NO, {})]
    assert read(text, State.HOLDING) == [(Intent.STOP, {})]
    assert Intent.NO not in [intent for intent, _ in read(text, State.SCREENING)]


@pytest.mark.parametrize("text", each(NOT_AGREED))
def test_no_consent_is_no(text: str) -> None:
    assert read(text, State.CONFIRMING) == [(Intent.NO, {})]


@pytest.mark.parametrize("text", each(AGREED))
def test_consent(text: str) -> None:
    assert read(text, State.CONFIRMING) == [(Intent.AGREED, {})]


@pytest.mark.parametrize("text", each(NO_CONSENT))
@pytest.mark.parametrize("state", [State.IDLE, State.CONFIRMING])
def test_what_tells_of_no_consent(text: str, state: State) -> None:
    starts = {Intent.AGREED, Intent.YES, Intent.START_ROUTINE, Intent.READY}
    assert starts.isdisjoint(intent for intent, _ in read(text, state))


@pytest.mark.parametrize("text", each(NO_EXERCISE))
@pytest.mark.parametrize("state", [State.IDLE, State.CONFIRMING, State.SCREENING])
def test_no_exercise_is_a_stop(text: str, state: State) -> None:
    assert read(text, state) == [(Intent.STOP, {})]


@pytest.mark.parametrize("text", each(LEFT_OUT))
@pytest.mark.parametrize("state", [State.IDLE, State.HOLDING])
def test_a_movement_that_is_not_to_be_done(text: str, state: State) -> None:
    assert read(text, state) == [(Intent.SITUATION, {"situation": "cannot_do_this", "movement": "shoulder_rolls"})]


@pytest.mark.parametrize(("text", "movement"), [("no, neck tilts please", "neck_tilt"), ("neck tilts", "neck_tilt")])
def test_after_a_no_with_a_comma_a_movement_is_asked_for(text: str, movement: str) -> None:
    assert read(text, State.CONFIRMING) == [(Intent.START_MOVEMENT, {"movement": movement})]


@pytest.mark.parametrize(("key", "text"), keyed(TAKEN_BACK))
@pytest.mark.parametrize("state", [State.IDLE, State.CONFIRMING, State.SCREENING])
def test_a_condition_that_is_taken_back(key: str, text: str, state: State) -> None:
    assert read(text, state) == [(Intent.CONDITION, {"condition": key, "over": "yes"})]


@pytest.mark.parametrize("text", each(STILL_TOLD))
def test_a_condition_that_is_told(text: str) -> None:
    told = read(text, State.IDLE)
    assert [intent for intent, _ in told] == [Intent.CONDITION]
    assert "over" not in told[0][1]


@pytest.mark.parametrize("text", each(RELAYED))
def test_a_no_that_is_relayed_passes(text: str) -> None:
    assert is_clear_no(text)
    assert read(text, State.SCREENING) == [(Intent.NO, {})]


@pytest.mark.parametrize("text", each(NOT_RELAYED))
def test_what_is_no_clear_no(text: str) -> None:
    assert read_screening_answer(text).kind is not AnswerKind.CLEAR_NO
    assert Intent.NO not in [intent for intent, _ in read(text, State.SCREENING)]


@pytest.mark.parametrize("text", each(WELL))
def test_to_be_well_answers_what_was_asked(text: str) -> None:
    for state in (State.IDLE, State.CONFIRMING, State.TOPIC, State.HOLDING):
        assert read(text, state) == [(Intent.SMALL_TALK, {"topic": "how_are_you"})]
    asked = loaded.coach().read(text, states.FELT_ASKED)
    assert asked.intent == Intent.BETTER
    assert loaded.coach().read(f"no, {text}", VALID[State.SCREENING]).intent == Intent.NO


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("don't, carry on", Intent.RESUME),
        ("pause it... actually no, don't, keep going", Intent.RESUME),
        ("stop. no, please don't, go on", Intent.RESUME),
        ("skip it. no don't, repeat it", Intent.REPEAT),
        ("don't pause, go on", Intent.RESUME),
        ("pause zero no", Intent.PAUSE),
        ("don't carry on", Intent.STOP),
        ("don't. stop it", Intent.STOP),
        ("please don't, it hurts", Intent.THAT_HURTS),
        ("no, don't, my chest hurts", Intent.RED_FLAG),
    ],
)
def test_what_is_taken_back_counts_no_more(said: str, meant: str) -> None:
    assert loaded.coach().read(said, VALID[State.HOLDING]).intent == meant
