"""Quiet hours in words: from when to when, none at all, or when they are; and what is none of that."""

import pytest

from assistant.states import VALID, State
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit

NIGHT = {"from": "22:00", "until": "07:00"}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("be quiet from ten at night till eight", {"from": "22:00", "until": "08:00"}),
        ("quiet hours from ten to seven", NIGHT),
        ("quiet hours ten to seven please", NIGHT),
        ("set the quiet hours to half past nine till quarter to seven", {"from": "21:30", "until": "06:45"}),
        ("from eleven at night until six in the morning keep quiet", {"from": "23:00", "until": "06:00"}),
        ("quiet hours from 22:30 to 06:30", {"from": "22:30", "until": "06:30"}),
        ("don't disturb me between ten and seven", NIGHT),
        ("could you please not remind me between ten pm and seven am", NIGHT),
        ("no reminders from ten at night to seven", NIGHT),
        ("leave me in peace between eleven and eight", {"from": "23:00", "until": "08:00"}),
        ("please be quiet every night from ten to seven", NIGHT),
        ("quiet hours from one to three", {"from": "13:00", "until": "15:00"}),
        ("quiet hours from twelve to eight", {"from": "00:00", "until": "08:00"}),
        ("quiet hours from twelve to two", {"from": "12:00", "until": "14:00"}),
        ("no quiet hours", {"off": "yes"}),
        ("turn off the quiet hours", {"off": "yes"}),
        ("I don't want quiet hours any more", {"off": "yes"}),
        ("you can remind me at any time", {"off": "yes"}),
        ("when are my quiet hours", {}),
        ("do I have quiet hours", {}),
        ("don't remind me after nine at night", {"from": "21:00"}),
        ("no reminders after ten", {"from": "22:00"}),
        ("please don't disturb me before eight", {"until": "08:00"}),
        ("make my quiet hours nine to six, love", {"from": "21:00", "until": "06:00"}),
    ],
)
def test_quiet_hours(text: str, slots: dict[str, str]) -> None:
    reading = loaded.coach().read(text, VALID[State.IDLE])
    assert (reading.intent, dict(reading.slots)) == (Intent.QUIET_HOURS, slots)


@pytest.mark.parametrize(
    "text",
    [
        "be quiet",
        "quiet please",
        "be quiet for a bit",
        "no reminders",
        "no reminders today",
        "he was quiet from ten till seven",
        "remind me every hour from ten to four",
        "hold from ten to seven",
        "stop at ten",
    ],
)
def test_something_else(text: str) -> None:
    assert loaded.coach().read(text, VALID[State.IDLE]).intent != Intent.QUIET_HOURS
