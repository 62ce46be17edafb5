"""Settings whose value is open words: the wake phrase, a crisis line, a speed, how long Limber stays awake."""

import pytest

from assistant.states import VALID, State
from tests import loaded

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Change your wake phrase to hello coach.", {"to": "wake_phrase", "phrase": "hello coach"}),
        ("I'd like to call you Bella", {"to": "wake_phrase", "phrase": "hey bella"}),
        ("wake up when I say hey computer", {"to": "wake_phrase", "phrase": "hey computer"}),
        ("can I have a different wake word", {"to": "wake_phrase"}),
        ("make your wake phrase stop", {"to": "wake_phrase", "phrase": "stop", "unfit": "command"}),
        (
            "change the wake word to start stretching",
            {"to": "wake_phrase", "phrase": "start stretching", "unfit": "command"},
        ),
        ("change your wake word to hello there", {"to": "wake_phrase", "phrase": "hello there", "unfit": "command"}),
        ("change the wake word to banana", {"to": "wake_phrase", "phrase": "banana", "unfit": "short"}),
        ("change your wake phrase to hey you", {"to": "wake_phrase", "phrase": "hey you", "unfit": "short"}),
        (
            "change your wake phrase to good morning everybody",
            {"to": "wake_phrase", "phrase": "good morning everybody", "unfit": "common"},
        ),
        ("the crisis line is one one six one two three", {"to": "crisis_line", "number": "116123"}),
        ("set the crisis line to 0800 58 58 58", {"to": "crisis_line", "number": "0800585858"}),
        ("988 is the suicide hotline", {"to": "crisis_line", "number": "988"}),
        ("forget the crisis line", {"to": "crisis_line", "number": ""}),
        ("I want to give you a crisis line", {"to": "crisis_line"}),
        ("stay awake for ten minutes", {"to": "awake", "minutes": "10"}),
        ("keep listening for half an hour please", {"to": "awake", "minutes": "30"}),
        ("go to sleep after five minutes", {"to": "awake", "minutes": "5"}),
        ("don't fall asleep", {"to": "awake", "minutes": "0"}),
        ("don't go to sleep until I tell you to", {"to": "awake", "minutes": "0"}),
        ("listen to me for an hour", {"to": "awake", "minutes": "60"}),
        ("speak at 200 words a minute", {"to": "speed", "rate": "200"}),
        ("set your speed to a thousand words per minute", {"to": "speed", "rate": "1000"}),
    ],
)
def test_a_setting_is_read_with_its_value(text: str, slots: dict[str, str]) -> None:
    reading = loaded.coach().read(text)
    assert (reading.intent, dict(reading.slots)) == ("ChangeSetting", slots)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("what's your wake word?", "wake_phrase"),
        ("how do I wake you up", "wake_phrase"),
        ("what is the crisis line", "crisis_line"),
        ("how long do you stay awake", "awake"),
        ("which voices do you have", "voice"),
        ("how are you counting", "counting"),
    ],
)
def test_one_setting_is_asked_about(text: str, about: str) -> None:
    reading = loaded.coach().read(text)
    assert (reading.intent, dict(reading.slots)) == ("Settings", {"about": about})


@pytest.mark.parametrize(
    "text",
    [
        "call me back later",
        "I'll call you tomorrow",
        "we stayed awake for ten minutes",
        "go to sleep",
        "wake up",
        "the helpline kept me waiting for twenty minutes",
        "he types ninety words a minute at work",
        "listen to the radio for an hour",
    ],
)
def test_other_talk_changes_no_setting(text: str) -> None:
    assert loaded.coach().read(text).intent != "ChangeSetting"


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("count with beeps", "beeps"),
        ("only count the last three", "last_three"),
        ("could you count in words again", "words"),
        ("brief mode", "brief"),
        ("fewer words please", "brief"),
        ("full instructions again please", "full"),
        ("just the counts from now on", "counts"),
        ("a woman's voice please", "woman"),
        ("can I have a British accent", "british"),
        ("use another voice", "another_voice"),
        ("a Scottish woman please", "scottish_woman"),
        ("give me an American man's voice", "american_man"),
        ("ask me about the warning signs every time", "every_session"),
        ("once is enough for the safety question", "once"),
    ],
)
def test_a_setting_is_named(text: str, to: str) -> None:
    reading = loaded.coach().read(text, VALID[State.IDLE])
    assert (reading.intent, reading.slots.get("to")) == ("ChangeSetting", to)
