"""What is kept between sessions."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.dialogue.parts.sitting import CLEARED, Sitting
from assistant.dialogue.state import Conversation
from assistant.errors import LimberError
from assistant.history.stretch_record import StretchRecord
from assistant.sessions.profile import Profile
from assistant.sessions.stage import Stage
from assistant.settings import Settings
from assistant.start import Options
from assistant.states import State
from audio.tts.silent import SilentVoice
from tests import loaded
from tests.assistant.dialogue.talk import Talk, in_state

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()


class KeptTalk(Talk):
    """A talk whose profile is a folder."""

    def __init__(self, folder: Path, *, cleared: bool = False) -> None:
        profile = Profile(folder)
        start = Conversation(
            sitting=CLEARED if cleared else Sitting(),
            settings=replace(profile.settings(), welcomed=True),
            session=profile.resumable(GUIDANCE),
        )
        Stage.__init__(self, start, GUIDANCE, SilentVoice(), profile=profile)
        self.start()


def test_settings_and_the_point_to_resume_outlive_the_session(tmp_path: Path) -> None:
    talk = KeptTalk(tmp_path, cleared=True).say("SpeakSlower").settle().say("StartRoutine", routine="quick")
    talk.until(State.HOLDING).say("Next").wait(1).say("Stop").settle()
    later = KeptTalk(tmp_path, cleared=True)
    assert later.conversation.settings.words_per_minute == 130
    later.say("Resume").wait(2)
    assert later.conversation.session is not None
    assert later.conversation.session.dose.movement.key == "shoulder_rolls"
    assert [(each.routine, each.completed) for each in Profile(tmp_path).history.read()] == [("quick", False)]


def test_a_restored_session_is_screened_again(tmp_path: Path) -> None:
    KeptTalk(tmp_path, cleared=True).say("StartMovement", movement="neck_tilt").until(State.HOLDING)
    later = KeptTalk(tmp_path).say("Resume").settle()
    assert later.spoken == [GUIDANCE.screening.question]


def test_a_completed_session_leaves_nothing_to_resume(tmp_path: Path) -> None:
    KeptTalk(tmp_path, cleared=True).say("StartMovement", movement="shoulder_blade_squeeze").settle()
    profile = Profile(tmp_path)
    assert profile.resumable(GUIDANCE) is None
    assert [each.completed for each in profile.history.read()] == [True]


def test_without_a_profile_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    in_state(State.HOLDING).say("Louder").settle()
    assert list(tmp_path.iterdir()) == []


def test_an_emergency_number_is_spoken_digit_by_digit(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text('emergency_number: "112"\n')
    talk = KeptTalk(tmp_path).say("RedFlag", flag="chest").settle()
    assert talk.spoken[0] == "Call 1 1 2 now."
    assert Profile(tmp_path).settings() == Settings(emergency_number="112")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite3").write_text("not a database, but long enough to be taken for a header" * 9)
    with pytest.raises(LimberError, match=r"history\.sqlite3"):
        Profile(tmp_path)


@pytest.mark.parametrize(("written", "counting"), [("false", "silence"), ("true", "words")])
def test_how_counts_sounded_in_an_earlier_version_is_kept(tmp_path: Path, written: str, counting: str) -> None:
    (tmp_path / "settings.yaml").write_text(f"count_aloud: {written}\nemergency_number: '112'\n")
    profile = Profile.mended(tmp_path)
    assert profile.unread == {}
    assert (profile.settings().counting, profile.settings().emergency_number) == (counting, "112")


@pytest.mark.parametrize(
    ("text", "welcomed"),
    [
        (None, False),
        ("", True),
        ("volume: 6.0\n", True),
        ("welcomed: false\n", False),
        ("welcomed: true\n", True),
        ("welcomed: perhaps\n", True),
        ("]: damaged {\n", True),
    ],
    ids=["no file", "empty", "from before", "not yet", "told", "no value", "damaged"],
)
def test_who_has_settings_was_welcomed(tmp_path: Path, text: str | None, *, welcomed: bool) -> None:
    if text is not None:
        (tmp_path / "settings.yaml").write_text(text)
    assert Profile.mended(tmp_path).settings().welcomed is welcomed


def test_who_has_a_history_knows_limber(tmp_path: Path) -> None:
    options = Options(tmp_path, asleep=False, engine="moonshine", timeline=None, limit=None)
    profile = Profile(tmp_path)
    assert not options.conversation(profile).settings.welcomed
    began = datetime(2026, 11, 26, 9, tzinfo=UTC)
    profile.history.add(StretchRecord(began, began, "quick", ("neck_tilt",), 45.0, True))
    assert options.conversation(profile).settings.welcomed
