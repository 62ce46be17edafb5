"""Settings by voice: confirmed in a few words, out of range refused with the range, and undone by "undo that"."""

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest

from assistant import script
from assistant.dialogue.parts.modes import AskingNumber
from assistant.dialogue.state import Conversation
from assistant.history.stretch_record import StretchRecord
from assistant.script import settings_lines as lines
from assistant.settings import VOICES, Settings, VoiceName
from assistant.states import State
from assistant.timeline.entries import Count, EarconPlayed
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import NECK, holding
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit


def asked_for(talk: Talk, to: str, **slots: str) -> list[str]:
    """What is said to a request for a setting."""
    before = len(talk.spoken)
    talk.say(Intent.CHANGE_SETTING, to=to, **slots).settle()
    return talk.spoken[before:]


CASES: list[tuple[str, dict[str, str], Settings, str]] = [
    ("woman", {}, Settings(voice="american woman"), "This is the American woman."),
    ("british", {}, Settings(voice="british man"), "This is the British man."),
    ("scottish", {}, Settings(voice="scottish man"), "This is the Scottish man."),
    ("another_voice", {}, Settings(voice="american woman"), "This is the American woman."),
    ("brief", {}, Settings(verbosity="brief"), "One line for each movement."),
    ("full", {}, Settings(verbosity="full"), "Full instructions from now on."),
    ("counts", {}, Settings(verbosity="counts only"), "Only counts from now on."),
    ("beeps", {}, Settings(counting="beeps"), "A beep on each count."),
    ("last_three", {}, Settings(counting="last three"), "I say the last three counts."),
    ("every_session", {}, Settings(screening="every session"), "I ask about warning signs before every session."),
    ("rating_on", {}, Settings(rating=True), "I ask before and after, nought to ten."),
    ("awake", {"minutes": "1"}, Settings(awake_minutes=1), "I stay awake for one minute."),
    ("awake", {"minutes": "0"}, Settings(awake_minutes=0), "I stay awake until you send me to sleep."),
    ("speed", {"rate": "200"}, Settings(words_per_minute=200), "Two hundred words a minute."),
    ("wake_phrase", {"phrase": "hello coach"}, Settings(wake_phrase="hello coach"), "Say hello coach to wake me."),
]


@pytest.mark.parametrize(("to", "slots", "settings", "confirmed"), CASES, ids=str)
def test_a_setting_is_changed_confirmed_and_undone(
    to: str, slots: dict[str, str], settings: Settings, confirmed: str
) -> None:
    talk = Talk()
    assert asked_for(talk, to, **slots) == [confirmed]
    assert talk.conversation.settings == settings
    assert len(confirmed.split()) <= 9
    assert talk.say(Intent.UNDO).settle().spoken[-1] == script.CHANGED_BACK
    assert talk.conversation.settings == Settings()


@pytest.mark.parametrize(
    ("to", "slots", "refused"),
    [
        ("speed", {"rate": "1000"}, "I speak ninety to two hundred thirty words a minute."),
        ("speed", {"rate": "89"}, "I speak ninety to two hundred thirty words a minute."),
        ("awake", {"minutes": "721"}, "I can stay awake for one to seven hundred twenty minutes, or without end."),
        ("awake", {}, lines.HOW_LONG_AWAKE),
        ("wake_phrase", {}, lines.WHICH_PHRASE),
        ("wake_phrase", {"phrase": "stop", "unfit": "command"}, "That means something else to me. {STAYS}"),
        ("wake_phrase", {"phrase": "hey you", "unfit": "short"}, "That is too short. Two to six words. {STAYS}"),
        ("wake_phrase", {"phrase": "well okay then", "unfit": "common"}, "People say that by the way. {STAYS}"),
        ("wake_phrase", {"phrase": "a b c d e f g", "unfit": "long"}, "That is too long. Two to six words. {STAYS}"),
    ],
)  # fmt: skip
def test_what_is_out_of_range_is_refused_with_the_range(to: str, slots: dict[str, str], refused: str) -> None:
    talk = Talk()
    assert asked_for(talk, to, **slots) == [refused.replace("{STAYS}", "It stays hey limber.")]
    assert talk.conversation.settings == Settings()
    assert talk.conversation.undoable is None


def test_every_voice_can_be_had_and_another_goes_through_them_all() -> None:
    assert set(VOICES) == set(get_args(VoiceName))
    talk, heard = Talk(), []
    for _ in VOICES:
        asked_for(talk, "another_voice")
        heard.append(talk.conversation.settings.voice)
    assert sorted(heard) == sorted(VOICES)
    assert asked_for(talk, "woman") == ["This is the American woman."]
    assert asked_for(talk, "scottish") == ["This is the Scottish woman."]
    assert asked_for(talk, "man") == ["This is the Scottish man."]
    assert talk.conversation.settings.usual_voice.name == "gmw/en-gb-scotland"


def test_a_crisis_line_is_read_back_and_kept_after_a_yes() -> None:
    talk = Talk()
    assert asked_for(talk, "crisis_line") == [lines.WHICH_CRISIS_LINE]
    talk.say(Intent.DIGITS, number="116123").settle()
    assert talk.spoken[-1] == "One, one, six, one, two, three. Is that right?"
    assert talk.say(Intent.YES).settle().conversation.settings == Settings(crisis_line="116123")
    assert talk.say(Intent.SETTINGS, about="crisis_line").settle().spoken[-1] == "It is one, one, six, one, two, three."
    assert asked_for(talk, "crisis_line", number="") == [lines.CRISIS_LINE_GONE]
    assert talk.say(Intent.UNDO).settle().conversation.settings == Settings(crisis_line="116123")


def test_a_crisis_line_that_is_refused_or_skipped_is_none() -> None:
    talk = Talk()
    asked_for(talk, "crisis_line", number="988")
    assert talk.conversation.mode == AskingNumber("988", crisis=True)
    assert talk.say(Intent.NO).settle().conversation.mode == AskingNumber(again=True, crisis=True)
    assert talk.say(Intent.SKIP).settle().state is State.IDLE
    assert talk.conversation.settings == Settings(), "the question for the emergency number is still to come"


def test_in_a_session_a_crisis_line_is_kept_at_once() -> None:
    talk = holding()
    assert asked_for(talk, "crisis_line", number="116123")[0] == script.number_kept("116123")
    assert talk.conversation.settings.crisis_line == "116123"


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("crisis_line", lines.NO_CRISIS_LINE),
        ("wake_phrase", "Say hey limber to wake me."),
        ("awake", "I fall asleep after ten minutes where I hear a room."),
        ("voice", lines.OFFERED_VOICES),
        ("counting", "I count every number."),
    ],
)
def test_one_setting_is_told(about: str, told: str) -> None:
    assert Talk().say(Intent.SETTINGS, about=about).settle().spoken[-1] == told


def test_in_a_hold_beeps_take_over_from_the_next_count_and_no_count_is_lost() -> None:
    talk = holding().say(Intent.CHANGE_SETTING, to="beeps").until(State.RESTING)
    counts = [entry.n for _, entry in talk.noted(Count)]
    assert counts == list(range(1, 16))
    beeps = [at for at, entry in talk.noted(EarconPlayed) if entry.name == "count"]
    assert {later - earlier for earlier, later in pairwise(beeps)} == {48_000}
    assert len(beeps) >= 8


def begun_with(settings: Settings, past: int = 0) -> list[str]:
    """The lines before the first hold of neck rotations, after so many earlier sessions with it."""
    known = tuple(StretchRecord(None, None, None, (NECK.key,), 60.0, completed=True) for _ in range(past))
    talk = Talk(Conversation(settings=settings, history=known))
    talk.say(Intent.START_MOVEMENT, movement=NECK.key).settle().say(Intent.NO)
    return talk.until(State.HOLDING).spoken[1:]


BRIEFLY = f"{NECK.title.capitalize()}, right side: {NECK.intro[0].lower()}{NECK.intro[1:]}"


@pytest.mark.parametrize(
    ("settings", "past", "brief"),
    [
        (Settings(), 0, False),
        (Settings(), 2, False),
        (Settings(), 3, True),
        (Settings(verbosity="full"), 9, False),
        (Settings(verbosity="brief"), 0, True),
        (Settings(verbosity="counts only"), 0, True),
    ],
)
def test_who_knows_a_movement_or_wants_few_words_hears_one_line(settings: Settings, past: int, *, brief: bool) -> None:
    said = begun_with(settings, past)
    assert (BRIEFLY in said) is brief
    assert (NECK.parts[0].begin in said) is not brief


def test_in_a_session_fewer_words_hold_from_the_next_movement_on_and_an_undo_brings_them_back() -> None:
    talk = holding()
    asked_for_brief = talk.say(Intent.CHANGE_SETTING, to="brief").wait(4)
    session = asked_for_brief.conversation.session
    assert session is not None
    assert session.brief == {dose.movement.key for dose in session.doses}
    talk.say(Intent.UNDO).wait(4)
    assert talk.conversation.session is not None
    assert talk.conversation.session.brief == frozenset()


@pytest.mark.parametrize(
    ("words", "verbosity"),
    [("only the counts please", "counts only"), ("fewer words please", "brief"), ("hush", "usual")],
)
def test_what_is_said_of_a_session_at_rest_holds_for_those_to_come(words: str, verbosity: str) -> None:
    talk = Talk().hears(words)
    assert talk.conversation.settings.verbosity == verbosity


@pytest.mark.parametrize(("rule", "asked"), [("once a sitting", False), ("every session", True)])
def test_the_screening_question_comes_as_often_as_was_asked_for(rule: str, asked: bool) -> None:
    settings = replace(Settings(), screening="every session" if rule == "every session" else "once a sitting")
    talk = Talk(Conversation(settings=settings))
    for _ in range(2):
        talk.say(Intent.START_MOVEMENT, movement="slow_breathing").settle()
        if talk.state is State.SCREENING:
            talk.say(Intent.NO)
        talk.wait(1).say(Intent.STOP).settle()
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").wait(0.5)
    assert (talk.state is State.SCREENING) is asked


def test_of_what_is_not_held_the_action_is_told_however_brief() -> None:
    talk = Talk(Conversation(settings=Settings(verbosity="brief")))
    talk.say(Intent.START_MOVEMENT, movement="slow_breathing").settle().say(Intent.NO)
    assert "Breathe in, for four." in talk.until(State.HOLDING).wait(1).spoken
