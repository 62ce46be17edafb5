"""What begins with stop, pause, wait or help does that, whatever comes before it and whatever follows."""

import random

import pytest
import yaml

from assistant.states import VALID, State
from benchmarks.rig.places import TRAINING_PHRASES
from intents.grammar.graph_cache import coach_graph
from intents.grammar.match import match
from intents.model import ALARM_INTENTS, Intent
from intents.text.normalize import words_of
from tests import loaded

pytestmark = pytest.mark.quality

REQUESTS = yaml.safe_load((TRAINING_PHRASES / "commands.yaml").read_text(encoding="utf-8"))
"""To each intent, what people say for it."""

STOPS = (
    "stop",
    "STOP!!!",
    "oh stop",
    "no no stop",
    "no, stop!",
    "please stop now",
    "okay stop there",
    "oh for goodness sake stop",
    "bloody hell, stop",
    "shit shit stop",
    "ah damn it all stop it",
    "Jesus Christ stop",
    "for fuck's sake stop",
    "christ almighty stop",
    "sto- stop",
    "s-s-stop",
    "st st st stop it",
    "siri, stop",
    "hey google stop please",
    "okay computer stop",
    "limber stop",
    "hey limber, stop",
    "excuse me, stop",
    "would you please stop",
    "could you just bloody stop",
    "i want you to stop",
    "I would like you to stop it now, if you please",
    "I need to stop now",
    "let's stop",
    "we have to stop",
    "just stop",
    "right, stop",
    "stop it you daft machine",
    "stop stop stop stop",
    "stop this instant",
    "stop the session please",
    "wait stop",
    "help, stop!",
    "that's enough",
    "that's enough for me thanks",
    "okay that's enough",
    "enough!",
    "enough already",
    "I'm done",
    "i am done here",
    "right i'm done",
    "let me out",
    "let me out of here",
    "please let me out",
    "get me out of this",
    "i quit",
    "I've had enough",
    "I've had it, I'm done",
    "knock it off",
    "make it stop",
    "stop my cat is on the table",
    "stop because the kettle is boiling",
    "stop there's somebody at the door",
    "stop i need the loo",
    "stop doing that",
    "this is horrible please stop",
    "i don't like this one bit stop",
)

PAUSES = (
    "pause",
    "oh pause a second",
    "no, pause",
    "p-pause",
    "pau pause",
    "good grief, pause",
    "okay google pause",
    "hey siri, pause it",
    "I said pause",
    "please pause for a moment",
    "pause, the phone's going",
    "pause my husband is calling me",
    "could you pause there",
)

WAITS = (
    "wait",
    "no wait",
    "oh wait a second",
    "w-wait",
    "hang on",
    "hold on a minute",
    "wait for me to sit down",
    "wait my shoe's come undone",
    "god, wait",
    "please wait up",
)

NO_STOP = (
    "I do not want you to stop yet",
    "I want to stop smoking",
    "the bus doesn't stop here any more",
    "did she stop by yesterday",
    "it's a nonstop flight to oslo",
    "they ought to stop the traffic on that road",
    "what time does the rain stop",
    "we had a stop in crewe on the way up",
    "he told me to stop worrying",
    "there's a stop sign at the corner",
    "stop sign",
    "stop press the bakery has buns",
    "wait for it",
    "wait and see what the doctor says",
    "help yourself to the biscuits",
    "help me find my glasses",
    "please help me with the crossword",
    "help with the gas bill",
    "help me renew my library card",
    "please help with the crossword",
    "I never stop for lunch",
    "it gave me pause",
    "the pause button is broken",
    "they enough of them had been there",
    "I'm done with the dishes",
    "let me out of the committee she said",
    "nobody could stop him",
    "would you stop the car at the corner",
    "she got off at the wrong stop again",
    "go ahead and skip this song and play the next one",
)


@pytest.mark.parametrize("text", STOPS)
def test_stops(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent in {Intent.STOP, Intent.THAT_HURTS}, text


@pytest.mark.parametrize("text", PAUSES)
def test_pauses(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent == Intent.PAUSE


@pytest.mark.parametrize("text", WAITS)
def test_waits(text: str) -> None:
    for state in (State.INSTRUCTING, State.HOLDING, State.IDLE, State.CONFIRMING):
        assert loaded.coach().read(text, VALID[state]).intent == Intent.WAIT


@pytest.mark.parametrize("text", NO_STOP)
def test_stops_nothing(text: str) -> None:
    read = loaded.coach().read(text, VALID[State.HOLDING])
    meant = {read.intent, *(each.intent for each in read.also)}
    assert not meant & {Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.HELP, Intent.GOODBYE}, read


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stop counting", Intent.COUNT_SILENTLY),
        ("please stop counting out loud", Intent.COUNT_SILENTLY),
        ("stop the numbers", Intent.COUNT_SILENTLY),
        ("stop talking", Intent.COUNT_ONLY),
        ("stop chatting so much", Intent.COUNT_ONLY),
        ("stop shouting", Intent.QUIETER),
        ("stop listening", Intent.MUTE),
        ("stop mumbling", Intent.LOUDER),
        ("pause for thought", None),
        ("stop reminding me", Intent.STOP_REMINDING),
        ("please stop reminding me", Intent.STOP_REMINDING),
    ],
)
def test_a_whole_phrase_that_means_something_else_is_something_else(text: str, intent: Intent | None) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent == intent


@pytest.mark.parametrize("state", [state for state in State if state is not State.ASLEEP])
@pytest.mark.parametrize("text", ["stop", "oh god stop", "stop, ring my sister", "st- stop now"])
def test_stops_in_every_state_that_listens(text: str, state: State) -> None:
    assert loaded.coach().read(text, VALID[state]).intent == Intent.STOP


@pytest.mark.parametrize("intent", sorted(REQUESTS.keys() - ALARM_INTENTS))
def test_stop_before_any_other_request_ends_the_hold(intent: str) -> None:
    dice = random.Random(intent)  # noqa: S311  it chooses sentences, no secrets
    for text in dice.sample(REQUESTS[intent], min(4, len(REQUESTS[intent]))):
        said = f"{dice.choice(('stop', 'oh please stop'))} {text}"
        if match(coach_graph(), words_of(said), None) is not None:
            continue  # a whole phrase of its own, as "stop counting"
        read = loaded.coach().read(said, VALID[State.HOLDING])
        ended = {Intent.STOP, Intent.THAT_HURTS, Intent.RADIATES, *ALARM_INTENTS}
        taken_back = {Intent.RESUME, Intent.NEVER_MIND} if "corrected" in read.why else set()
        assert {read.intent, *(each.intent for each in read.also)} & (ended | taken_back), (said, read)


@pytest.mark.parametrize(
    "text", ["stop next one", "stop the last one", "stop every one", "end this one", "stop, set a reminder"]
)
def test_stop_ends_no_reminder_unless_it_is_called_one(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.HOLDING]).intent == Intent.STOP


@pytest.mark.parametrize(
    ("text", "intent", "also", "unread"),
    [
        ("stop, ring my sister", Intent.STOP, (), "ring my sister"),
        ("stop and turn the oven off", Intent.STOP, (), "turn the oven off"),
        ("stop that, what causes this", Intent.STOP, (Intent.CAUSES,), ""),
        ("pause and tell me how long is left", Intent.PAUSE, (Intent.HOW_LONG,), ""),
        ("wait, which side am I on", Intent.WAIT, (Intent.WHERE_AM_I,), ""),
        ("stop. Actually, go on", Intent.RESUME, (), ""),
        ("stop, no, go on", Intent.RESUME, (), ""),
        ("stop I want my left", Intent.STOP, (Intent.ONLY_SIDE,), ""),
        ("pause, no, louder", Intent.PAUSE, (Intent.LOUDER,), ""),
        ("pause. sorry, I meant stop", Intent.STOP, (), ""),
        ("wait no skip this one", Intent.SKIP, (), ""),
        ("hang on, go back one", Intent.BACK, (), ""),
        ("stop, actually can you tell me about heat", Intent.STOP, (Intent.MEASURE,), ""),
        ("stop please and then start over", Intent.STOP, (Intent.START_OVER,), ""),
        ("pause please, that's the phone", Intent.PAUSE, (), ""),
        ("stop! oh, and how much was left of that?", Intent.STOP, (Intent.TIME_LEFT,), ""),
    ],
)
def test_then_the_rest_is_read(text: str, intent: Intent, also: tuple[Intent, ...], unread: str) -> None:
    read = loaded.coach().read(text, VALID[State.HOLDING])
    assert (read.intent, tuple(each.intent for each in read.also), read.unread) == (intent, also, unread)


@pytest.mark.parametrize("state", [State.SCREENING, State.TOPIC, State.CONFIRMING])
def test_waiting_for_a_question_asks_it(state: State) -> None:
    read = loaded.coach().read("no wait, say that last bit again", VALID[state])
    assert (read.intent, read.also) == (Intent.REPEAT, ())


@pytest.mark.parametrize("text", ["yes yes I know", "yeah yeah, I know"])
def test_a_yes_that_waves_away_is_no_never_mind_to_the_screening_question(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.SCREENING]).intent in (Intent.YES, None)
    assert loaded.coach().read(text, VALID[State.TOPIC]).intent == Intent.NEVER_MIND
