"""A stretch session that something interrupted is offered at the next start, unasked, for a day."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.sessions.settings_file import SETTINGS_FILE_NAME
from assistant.sessions.stage import Stage
from assistant.start import Options
from assistant.states import State
from audio.tts.silent import SilentVoice
from tests import loaded
from tests.assistant.dialogue.talk import Talk

pytestmark = pytest.mark.unit

MORNING = datetime(2026, 11, 26, 9, tzinfo=ZoneInfo("Europe/London"))
OFFER = "We were at neck rotations, right side, first of two. Go on?"


class LaterTalk(Talk):
    """A talk with the profile in a folder, which begins so long after MORNING."""

    def __init__(self, folder: Path, later: timedelta = timedelta(), *, asleep: bool = False) -> None:
        start = MORNING + later
        settings = folder / SETTINGS_FILE_NAME
        if not settings.exists():
            settings.write_text("welcomed: true\n")  # else the first start is a welcome
        options = Options(folder, asleep=asleep, engine="moonshine", timeline=None, limit=None, start_at=start)
        profile = options.open_profile()
        Stage.__init__(self, options.conversation(profile), loaded.guidance(), SilentVoice(), profile=profile)
        self.start()
        self.settle()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile whose last run ended in a hold of neck rotations, as by a power cut."""
    talk = LaterTalk(tmp_path)
    assert talk.spoken == []
    talk.say("StartRoutine", routine="quick").settle().say("No").until(State.HOLDING)
    return tmp_path


@pytest.mark.parametrize("later", [timedelta(minutes=-20), timedelta(minutes=5), timedelta(hours=23)])
def test_it_goes_on_after_a_yes_and_the_screening_question(folder: Path, later: timedelta) -> None:
    talk = LaterTalk(folder, later)
    assert talk.spoken == [OFFER]
    talk.say("Yes").settle()
    assert talk.spoken[-1] == loaded.guidance().screening.question
    talk.say("No").until(State.HOLDING)
    session = talk.conversation.session
    assert session is not None
    assert (session.routine, session.dose.movement.key, session.place.repetition) == ("quick", "neck_rotation", 1)


def test_unanswered_it_is_offered_again(folder: Path) -> None:
    for minutes in (5, 10):
        assert LaterTalk(folder, timedelta(minutes=minutes)).spoken == [OFFER]


def test_refused_it_is_not_offered_again_but_still_there_to_be_asked_for(folder: Path) -> None:
    LaterTalk(folder, timedelta(minutes=5)).say("No").settle()
    talk = LaterTalk(folder, timedelta(minutes=10))
    assert talk.spoken == []
    talk.say("Resume").settle()
    assert talk.spoken == [loaded.guidance().screening.question]


@pytest.mark.parametrize("later", [timedelta(hours=25), timedelta(days=-2)])
def test_after_a_day_it_is_not_offered(folder: Path, later: timedelta) -> None:
    assert LaterTalk(folder, later).spoken == []


def test_asleep_nothing_is_said(folder: Path) -> None:
    assert LaterTalk(folder, timedelta(minutes=5), asleep=True).spoken == []


def test_what_the_person_ended_is_not_offered(tmp_path: Path) -> None:
    talk = LaterTalk(tmp_path).say("StartRoutine", routine="quick").settle().say("No").until(State.HOLDING)
    talk.say("Stop").settle()
    assert LaterTalk(tmp_path, timedelta(minutes=5)).spoken == []
