"""What is said about reminders, as intent and slots; and what only sounds like it."""

import pytest

from intents.model import Intent
from intents.reader import IntentReader
from intents.reminding.wish_words import read_reminding
from intents.text.normalize import words_of

pytestmark = pytest.mark.unit

EVERY_DAY = "mo,tu,we,th,fr,sa,su"
WEEKDAYS = "mo,tu,we,th,fr"
IDLE = frozenset(Intent) - {Intent.WHEN, Intent.NO}
ASKED = IDLE | {Intent.WHEN}

SET = {
    "remind me every forty-five minutes until six": "every=2700 until=06:00",
    "remind me in an hour to get up": "in=3600 text=get_up",
    "Every hour please, remind me to move.": "every=3600 text=move",
    "remind me on weekdays at ten": f"days={WEEKDAYS} at=10:00",
    "remind me at half seven": "at=07:30",
    "remind me at 7:30 pm to take my tablets": "at=19:30 part=evening text=take_my_tablets",
    "remind me at 18:30": "at=18:30 part=day",
    "set a reminder for ten tomorrow morning": "at=10:00 day=1 part=morning",
    "could you set an hourly reminder": "every=3600",
    "nudge me every twenty minutes from nine to five on weekdays to stand up": (
        f"every=1200 from=09:00 until=05:00 days={WEEKDAYS} text=stand_up"
    ),
    "tell me to move every hour": "every=3600 text=move",
    "let me know in half an hour": "in=1800",
    "remind me to take my tablets": "text=take_my_tablets",
    "remind me": "",
    "remind me about the tablets at nine": "at=09:00 text=for_the_tablets",
    "remind me at quarter to six this evening": "at=17:45 part=evening",
    "remind me every other day at eight in the morning": "each=2 at=08:00 part=morning",
    "remind me every monday and thursday at six pm": "days=mo,th at=18:00 part=evening",
    "remind me in an hour and a half to stand up": "in=5400 text=stand_up",
    "remind me in ten": "in=600",
    "remind me twenty minutes from now": "in=1200",
    "remind me to sit up straight every fifteen minutes for the next two hours": (
        "every=900 within=7200 text=sit_up_straight"
    ),
    "remind me tonight to put the heat pad on": "day=0 part=night text=put_the_heat_pad_on",
    "every weekday at ten remind me to stretch my back": f"days={WEEKDAYS} at=10:00 text=stretch_my_back",
    "I'd like to be reminded every hour": "every=3600",
    "remind me every morning to stretch": f"days={EVERY_DAY} part=morning text=stretch",
    "remind me every hour until I go to bed": "every=3600 until=22:00 until_part=day",
}
ENDED = {
    "stop reminding me": "",
    "please stop reminding me to drink": "text=drink",
    "stop reminding me all the time": "",
    "you can stop reminding me now": "",
    "don't remind me": "",
    "I don't want reminders any more": "",
    "turn off all the reminders": "",
    "turn the reminders off": "",
    "no more reminders": "",
    "cancel the ten o'clock one": "at=10:00",
    "cancel the half seven reminder": "at=07:30",
    "remove the evening one": "part=evening",
    "stop the hourly reminders": "every=3600",
    "delete the reminder to drink": "text=drink",
    "cancel the last one": "which=last",
}
ELSE = {
    "what reminders do I have?": Intent.REMINDERS,
    "and now, any reminders left?": Intent.REMINDERS,
    "which reminders have I got": Intent.REMINDERS,
    "what have you got to remind me of?": Intent.REMINDERS,
    "when will you next remind me": Intent.REMINDERS,
    "let me hear my reminders": Intent.REMINDERS,
    "snooze": Intent.SNOOZE,
    "snooze it for half an hour": Intent.SNOOZE,
    "remind me again in ten minutes": Intent.SNOOZE,
    "remind me later": Intent.SNOOZE,
    "put it off for an hour": Intent.SNOOZE,
    "not today": Intent.NOT_TODAY,
    "no more reminders today": Intent.NOT_TODAY,
    "don't remind me any more today": Intent.NOT_TODAY,
    "skip today's reminders": Intent.NOT_TODAY,
}
ANSWERS = {
    "in the evening": "part=evening",
    "the evening one please": "part=evening",
    "p.m.": "part=evening",
    "evening of course": "part=evening",
    "seven thirty in the morning": "at=07:30 part=morning",
    "ten": "at=10:00",
    "make it eight": "at=08:00",
    "every two hours": "every=7200",
    "in half an hour please": "in=1800",
    "ten more minutes": "in=600",
    "later please": "in=600",
    "tomorrow at nine": "day=1 at=09:00",
}
NOTHING = (
    "remind me which stretch we're doing",
    "remind me what we are doing",
    "remind me of the magic words",
    "remind me how to do it",
    "remind me to buy bread next time I go shopping",
    "remind my wife to take her pills",
    "put clean stovetop on my list of reminders",
    "tell me about heat",
    "tell me more",
    "stop",
    "stop at ten",
    "stop the routine",
    "stop reminding me, stop this",
    "cancel that",
    "forget it",
    "give me a minute",
    "hold for ten minutes",
    "set a timer for ten minutes",
    "call me a doctor",
    "let me out",
)


def slots(row: str) -> dict[str, str]:
    """A row's slots, with spaces in place of underscores."""
    pairs = (pair.split("=") for pair in row.split())
    return {name: value.replace("_", " ") if name == "text" else value for name, value in pairs}


@pytest.mark.parametrize(("text", "row"), SET.items())
def test_a_reminder_is_asked_for(text: str, row: str) -> None:
    found = read_reminding(words_of(text), IDLE)
    assert found is not None
    assert (found.intent, dict(found.slots)) == (Intent.REMIND, slots(row))


@pytest.mark.parametrize(("text", "row"), ENDED.items())
def test_reminders_are_ended(text: str, row: str) -> None:
    found = read_reminding(words_of(text), IDLE)
    assert found is not None
    assert (found.intent, dict(found.slots)) == (Intent.STOP_REMINDING, slots(row))


@pytest.mark.parametrize(("text", "intent"), ELSE.items())
def test_something_else_about_reminders(text: str, intent: Intent) -> None:
    found = read_reminding(words_of(text), IDLE)
    assert found is not None
    assert found.intent == intent


@pytest.mark.parametrize(("text", "row"), ANSWERS.items())
def test_a_time_is_an_answer_only_where_it_was_asked_for(text: str, row: str) -> None:
    found = read_reminding(words_of(text), ASKED)
    assert found is not None
    assert (found.intent, dict(found.slots)) == (Intent.WHEN, slots(row))
    assert read_reminding(words_of(text), IDLE) is None


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert read_reminding(words_of(text), IDLE) is None


def test_not_today_answers_an_open_question_first() -> None:
    assert read_reminding(["not", "today"], IDLE | {Intent.NO}) is None


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    return IntentReader.coach()


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("stop reminding me", ["StopReminding"]),
        ("stop, and remind me in an hour", ["Stop", "Remind"]),
        ("stop reminding me, stop this", ["Stop", "StopReminding"]),
        ("louder, and remind me in an hour", ["Louder", "Remind"]),
        ("remind me in an hour, no, two hours", ["Remind"]),
        ("remind me tomorrow at eight in the evening to take my tablets", ["Remind"]),
        ("remind me at ten that I have chest pain and can't breathe", ["RedFlag"]),
    ],
)
def test_beside_other_things_and_beside_alarms(reader: IntentReader, text: str, intents: list[str]) -> None:
    reading = reader.read(text)
    assert [reading.intent, *(each.intent for each in reading.also)] == intents
    if text.endswith("two hours"):
        assert reading.slots["in"] == "7200"
