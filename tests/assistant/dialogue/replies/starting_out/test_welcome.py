"""The welcome at the first start: four questions in under half a minute, each of which can be left out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import script
from assistant.dialogue.parts.modes import AskingNumber, Asleep, Idle, Muted, Paused, Welcoming
from assistant.dialogue.state import Conversation, state_of, valid_now
from assistant.script import safety_lines, small_talk
from assistant.script import starting_lines as lines
from assistant.sessions.profile import Profile
from assistant.settings import LOUDEST_DB, SLOWEST_WPM, Settings
from assistant.states import VALID, State
from assistant.timeline import entries
from audio.frames import seconds
from audio.score import Speech
from audio.tts.voice import Voice
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import PAUSES, SCREENINGS, SESSION, Effect, Row, aside, rows
from tests.assistant.dialogue.slow_stage import SlowStage
from tests.assistant.dialogue.talk import GUIDANCE, SLOTS, Talk

pytestmark = pytest.mark.unit

NEW = Conversation(settings=Settings(welcomed=False))
NUMBERED = Conversation(settings=Settings(welcomed=False, emergency_number="112"))
HEARING, SPEED, STOP = lines.WELCOME_QUESTIONS.values()
BEGINS = [lines.NICE_TO_MEET, HEARING]
RIGHT = "One, one, two. Is that right?"
LONGEST_SPEECH = 30
"""Bound of all that Limber says in the welcome, in seconds."""
MOST_WORDS = 20
"""Bound of the words before a pause."""


def begun(scene: str) -> Effect:
    """What asking for it does in a scene."""
    if scene in (*SESSION, "paused", "hurt"):
        return aside(lines.AFTER_THE_SESSION)(scene)
    if scene in SCREENINGS:
        chest = scene == "screening the chest"
        question = GUIDANCE.signs["spreading_pain"].question if chest else "Now, any of those signs?"
        return Effect((lines.AFTER_THE_SESSION, question or ""), State.SCREENING)
    return Effect(tuple(BEGINS), State.CONFIRMING)


OUTSIDE_AND_IN = ("idle", "left", "topic", *SCREENINGS, "offering", "ended", "asked", "said back", *SESSION, *PAUSES)
ROWS = rows(Intent.WELCOME_AGAIN, (*OUTSIDE_AND_IN, "hurt"), begun)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_comes_again_when_it_is_asked_for(row: Row) -> None:
    assert row.seen == row.effect


def answered(*texts: str, to: Conversation = NEW) -> Talk:
    """A first start, at which these texts are said, one after the other."""
    return Talk(to).settle().hears(*texts)


KNOWN = {"emergency_number": "112"}
ON, NUMBER, DONE = [SPEED], [script.WHICH_NUMBER], [lines.STOP_WORKS]


@pytest.mark.parametrize(
    ("texts", "said_then", "kept"),
    [
        (["yes"], ON, {}),
        (["I can hear you"], ON, {}),
        (["loud and clear"], ON, {}),
        (["yes, clear as a bell"], ON, {}),
        (["I can't hear you"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["fine"], ON, {}),
        (["I hear you fine, thanks"], ON, {}),
        (["skip"], ON, {}),
        (["no"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["not very well"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["hardly"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["a bit louder"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["speak up"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["no, louder"], [lines.HEARD_BETTER], {"volume": 6.0}),
        (["quieter"], [lines.HEARD_BETTER], {"volume": -6.0}),
        (["too loud"], [lines.HEARD_BETTER], {"volume": -6.0}),
        (["no", "yes"], [lines.HEARD_BETTER, *ON], {"volume": 6.0}),
        (["no", "that's better"], [lines.HEARD_BETTER, *ON], {"volume": 6.0}),
        (["no", "the same"], [lines.HEARD_BETTER, lines.HEARD_BETTER], {"volume": 12.0}),
        (
            ["no", "louder", "no"],
            [lines.HEARD_BETTER, lines.HEARD_BETTER, lines.VOLUME_ANY_TIME, *ON],
            {"volume": 12.0},
        ),
        (["yes", "like this"], [*ON, *NUMBER], {}),
        (["yes", "stay like this"], [*ON, *NUMBER], {}),
        (["yes", "leave it as it is"], [*ON, *NUMBER], {}),
        (["yes", "no"], [*ON, *NUMBER], {}),
        (["yes", "normal speed"], [*ON, *NUMBER], {}),
        (["yes", "slower", "normal speed"], [*ON, lines.LIKE_THIS, *NUMBER], {}),
        (["yes", "fine"], [*ON, *NUMBER], {}),
        (["yes", "you choose"], [*ON, "I heard you choose. I can't help with that. Slower, faster, or like this?"], {}),
        (["yes", "slower"], [*ON, lines.LIKE_THIS], {"words_per_minute": 130}),
        (["yes", "a little slower would be nice"], [*ON, lines.LIKE_THIS], {"words_per_minute": 130}),
        (["yes, but slower please"], [lines.LIKE_THIS], {"words_per_minute": 130}),
        (["yes", "faster", "yes"], [*ON, lines.LIKE_THIS, *NUMBER], {"words_per_minute": 170}),
        (["yes", "faster", "like this"], [*ON, lines.LIKE_THIS, *NUMBER], {"words_per_minute": 170}),
        (
            ["yes", "faster", "no"],
            [*ON, lines.LIKE_THIS, lines.SPEED_ANY_TIME, *NUMBER],
            {"words_per_minute": 170},
        ),
        (
            ["yes", "slower", "slower"],
            [*ON, lines.LIKE_THIS, script.SLOWER, *NUMBER],
            {"words_per_minute": 110},
        ),
        (
            ["yes", "slower", "undo", "fine"],
            [*ON, lines.LIKE_THIS, script.CHANGED_BACK, "Slower, faster, or like this?", *NUMBER],
            {},
        ),
        (
            ["yes", "fine", "one one two", "yes", "stop"],
            [*ON, *NUMBER, RIGHT, script.REMEMBERED_BRIEFLY, STOP, *DONE],
            {"emergency_number": "112"},
        ),
        (
            ["yes", "fine", "one one nine", "no", "one one two", "yes"],
            [*ON, *NUMBER, "One, one, nine. Is that right?", script.SAY_NUMBER, RIGHT, script.REMEMBERED_BRIEFLY, STOP],
            {"emergency_number": "112"},
        ),
        (
            ["yes", "fine", "skip", "stop"],
            [*ON, *NUMBER, script.NO_NUMBER, STOP, *DONE],
            {"ask_emergency_number": False},
        ),
        (
            ["yes", "fine", "no", "skip"],
            [*ON, *NUMBER, script.NO_NUMBER, STOP, lines.HELP_ANY_TIME],
            {"ask_emergency_number": False},
        ),
        (["yes", "fine", "my number is 112", "yes"], [*ON, *NUMBER, RIGHT, script.REMEMBERED_BRIEFLY, STOP], KNOWN),
        (
            ["yes", "fine", "set my emergency number to 112", "yes"],
            [*ON, *NUMBER, RIGHT, script.REMEMBERED_BRIEFLY, STOP],
            KNOWN,
        ),
        (["yes", "fine", "never mind"], [*ON, *NUMBER, script.NO_NUMBER], {"ask_emergency_number": False}),
    ],
)
def test_answers(texts: list[str], said_then: list[str], kept: dict[str, object]) -> None:
    talk = answered(*texts)
    assert talk.spoken == [*BEGINS, *said_then]
    assert talk.conversation.settings == Settings(**kept)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["never mind", "not now", "skip all of it", "some other time", "leave me alone"])
@pytest.mark.parametrize("before", [[], ["yes"], ["yes", "fine"], ["yes", "fine", "skip"]], ids=len)
def test_all_of_it_is_left_at_once(before: list[str], text: str) -> None:
    talk = answered(*before, text)
    assert talk.conversation.mode == Idle()
    assert talk.spoken[-1] in (lines.HELP_ANY_TIME, script.NO_NUMBER)
    assert talk.wait(60).spoken[-1] in (lines.HELP_ANY_TIME, script.NO_NUMBER), "it asks on"


@pytest.mark.parametrize(
    ("text", "first", "state"),
    [
        ("my back is cramping", GUIDANCE.topics["what_helps"].bites[0].say, State.SCREENING),
        ("start stretching", GUIDANCE.screening.question, State.SCREENING),
        ("what causes this", GUIDANCE.topics["causes"].bites[0].say, State.TOPIC),
        ("that hurts", GUIDANCE.topics["what_helps"].bites[0].say, State.SCREENING),
        ("I have chest pain", "Call your emergency number now.", State.EMERGENCY),
        ("call an ambulance", "Call your emergency number now.", State.EMERGENCY),
        ("goodbye", "Goodbye. Say hey limber to wake me.", State.ASLEEP),
        ("stop", script.QUIET, State.IDLE),
        ("teach me", lines.IN_YOUR_LAP, State.CONFIRMING),
        ("what have I done this week", "", State.IDLE),
    ],
)
@pytest.mark.parametrize("before", [[], ["yes"], ["yes", "fine"]], ids=["hearing", "speed", "number"])
@pytest.mark.parametrize("at_once", [False, True], ids=["in silence", "over it"])
def test_another_request_is_answered_instead(
    before: list[str], text: str, first: str, state: State, *, at_once: bool
) -> None:
    talk = answered(*before)
    if at_once:
        talk = Talk(NEW).wait(1.5).hears_now(text).wait(1.5)
    else:
        talk.hears_now(text).wait(1.5)
    assert state_of(talk.conversation) is state
    assert any(line.text.startswith(first) for line in talk.begun)
    assert not isinstance(talk.settle().conversation.mode, Welcoming), "it goes on with the welcome"
    assert talk.conversation.settings.welcomed


def test_a_false_alarm_does_not_bring_it_back() -> None:
    talk = answered("yes", "call an ambulance", "false alarm", "yes")
    assert talk.conversation.mode == Idle()


@pytest.mark.parametrize("step", lines.WELCOME_QUESTIONS)
@pytest.mark.parametrize("intent", [Intent.HELP, Intent.WHERE_AM_I, Intent.HOW_LONG, Intent.REPEAT])
def test_each_question_has_words_of_its_own(step: lines.WelcomeStep, intent: Intent) -> None:
    talk = Talk(Conversation(mode=Welcoming(step), last_lines=(lines.WELCOME_QUESTIONS[step],)))
    told = {
        Intent.HELP: lines.WELCOME_HELP,
        Intent.WHERE_AM_I: lines.WELCOME_WHERE,
        Intent.HOW_LONG: lines.WELCOME_LENGTH,
        Intent.REPEAT: lines.WELCOME_QUESTIONS,
    }
    assert talk.say(intent).settle().spoken == [told[intent][step]]
    assert talk.conversation.mode == Welcoming(step)


def test_the_number_has_words_of_its_own_too() -> None:
    talk = answered("yes", "fine", "where am I", "how long")
    assert talk.spoken[-2:] == [lines.WHERE_NUMBER, lines.LENGTH_WITH_NUMBER]
    assert talk.conversation.mode == AskingNumber(welcoming=True)


@pytest.mark.parametrize(
    ("texts", "again", "rests"),
    [
        ([], "Do you hear me?", safety_lines.START_ANY_TIME),
        (["yes"], "Slower, faster, or like this?", safety_lines.START_ANY_TIME),
        (["yes", "slower"], lines.LIKE_THIS, safety_lines.START_ANY_TIME),
        (["yes", "fine"], script.SAY_NUMBER, safety_lines.NUMBER_ANY_TIME),
        (["yes", "fine", "skip"], "Just say stop.", safety_lines.START_ANY_TIME),
    ],
)
def test_silence_asks_once_more_and_then_rests(texts: list[str], again: str, rests: str) -> None:
    talk = answered(*texts)
    before = len(talk.spoken)
    talk.wait(8.5).settle()
    assert talk.spoken[before:] == [again]
    talk.wait(60)
    assert talk.spoken[before:] == [again, rests]
    assert talk.conversation.mode == Idle()


def test_with_a_number_it_does_not_ask_for_one() -> None:
    assert answered("yes", "fine", "stop", to=NUMBERED).spoken == [*BEGINS, SPEED, STOP, lines.STOP_WORKS]


def test_the_stop_that_is_tried_is_a_real_one() -> None:
    talk = Talk(NUMBERED).settle().hears("yes", "fine").wait(0.5)
    talk.hears_now("stop").settle()
    assert len(talk.noted(entries.SessionStopped)) == 1
    assert talk.conversation.mode == Idle()
    assert talk.wait(60).spoken[-1] == lines.STOP_WORKS, "it offers more"


def test_at_a_bound_nothing_is_asked_again() -> None:
    talk = answered("no", to=Conversation(settings=Settings(welcomed=False, volume=LOUDEST_DB)))
    assert talk.spoken[2:] == [lines.VOLUME_ANY_TIME, SPEED]
    slowest = Conversation(settings=Settings(welcomed=False, words_per_minute=SLOWEST_WPM))
    assert answered("yes", "slower", to=slowest).spoken[3:] == [script.AS_SLOW, script.WHICH_NUMBER]


def test_other_changes_of_the_voice_ask_the_question_again() -> None:
    assert answered("yes", "louder").spoken[3:] == [script.LOUDER, "Slower, faster, or like this?"]
    assert answered("slower").spoken[2:] == [script.SLOWER, "Do you hear me?"]


def test_company_does_not_end_it() -> None:
    talk = answered("hello", "thanks")
    assert talk.spoken[2:] == [small_talk.HELLO_AGAIN, small_talk.WELCOME]
    assert talk.conversation.mode == Welcoming()


def test_it_is_paused_and_goes_on() -> None:
    talk = Talk(NEW).wait(1.5).say(Intent.PAUSE).settle()
    assert isinstance(talk.conversation.mode, Paused)
    talk.say(Intent.RESUME).settle()
    assert talk.spoken[-1] == HEARING
    assert valid_now(talk.conversation) == valid_now(Conversation(mode=Welcoming()))


def test_muted_it_is_over() -> None:
    talk = Talk(NEW).settle().say(Intent.MUTE).settle()
    assert talk.conversation.mode == Muted(Idle())


def test_asleep_at_the_start_it_comes_when_first_woken() -> None:
    asleep = Conversation(mode=Asleep(), settings=Settings(welcomed=False))
    talk = Talk(asleep).settle()
    assert talk.spoken == []
    assert talk.say(Intent.WAKE).settle().spoken == BEGINS
    assert talk.say(Intent.GOODBYE).settle().say(Intent.WAKE).settle().spoken[-1] == script.LISTENING, "it comes twice"


def test_what_is_to_be_noticed_at_the_start_is_said_in_it() -> None:
    talk = Talk(Conversation(settings=Settings(welcomed=False), notice="One file cannot be used.")).settle()
    assert talk.spoken == [lines.NICE_TO_MEET, "One file cannot be used.", HEARING]


def test_it_comes_at_the_first_start_of_a_profile_alone(tmp_path: Path) -> None:
    def start() -> Talk:
        profile = Profile(tmp_path)
        return Talk(Conversation(settings=profile.settings(), asks_number=True), profile).settle()

    assert start().spoken == BEGINS, "and nobody answers"
    assert Profile(tmp_path).settings() == Settings()
    assert start().spoken == [script.HELLO, script.WHICH_NUMBER], "the number is still asked for"
    start().hears("one one two", "yes")
    assert start().spoken == []


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize(
    "mode",
    [Welcoming(), Welcoming("speed"), Welcoming("stop"), AskingNumber(welcoming=True)],
    ids=["hearing", "speed", "stop", "number"],
)
def test_every_intent_in_it_is_answered_or_ignored(intent: Intent, mode: Welcoming | AskingNumber) -> None:
    talk = Talk(Conversation(mode=mode))
    talk.say(intent, **SLOTS.get(intent, {})).wait(7)
    valid = intent in valid_now(Conversation(mode=mode))
    assert len(talk.noted(entries.IntentTaken)) == valid
    silent = {Intent.FEELS_GOOD, Intent.PASSED}
    assert bool(talk.spoken) == valid or intent in silent
    assert not talk.noted(entries.SessionStarted), "no stretch without the screening question"


def test_all_that_can_be_said_otherwise_can_be_said_in_it() -> None:
    assert VALID[State.IDLE] < valid_now(Conversation(mode=Welcoming()))


@pytest.mark.parametrize(
    "answers", [("yes", "fine", "112", "yes", "stop"), ("no", "yes", "slower", "yes", "112", "yes", "stop")]
)
def test_all_of_it_is_said_in_half_a_minute(answers: tuple[str, ...]) -> None:
    spoken = answered(*answers).spoken
    assert max(len(sentence.split()) for line in spoken for sentence in line.split(". ")) <= MOST_WORDS
    voice = Settings().usual_voice
    with Voice() as real:
        assert sum(seconds(frame) for frame in real.prepare([Speech(line, voice) for line in spoken])) < LONGEST_SPEECH


SAYS = ("Yes", "No", "Louder", "SpeakSlower", "Skip", "Pause", "Resume", "Digits", "Stop", "Help", "RedFlag", "Undo")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(SAYS)), max_size=8),
    delays=st.lists(st.integers(0, 3), max_size=60),
)
def test_nothing_hangs_however_late_its_parts_are(steps: list[tuple[int, str]], delays: list[int]) -> None:
    stage = SlowStage(NEW, GUIDANCE, delays * 20)
    stage.start()
    stage.goes_through(steps, SLOTS, rest=700)
    assert stage.settled, f"hangs in {stage.conversation}"
