"""The person's own routines in a profile: kept, found again, deleted; bad files are told once and harm nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.dialogue.state import Conversation
from assistant.script import CANNOT_SAVE, routine_lines
from assistant.sessions.profile import Profile
from assistant.sessions.settings_file import SETTINGS_FILE_NAME
from assistant.start import Options
from assistant.timeline.entries import NotSaved, SessionStarted
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

BAD = "name: Knee\nsteps:\n- movement: jumping\n"
GOOD = "name: Knee\nsteps:\n- movement: neck_tilt\n  seconds: 10\n"


def options(folder: Path) -> Options:
    """A typed session with a profile."""
    return Options(folder, asleep=False, engine="auto", timeline=None, limit=None)


def begun(folder: Path) -> Talk:
    """A session on a profile of somebody who knows Limber has just started."""
    if not (folder / SETTINGS_FILE_NAME).exists():
        (folder / SETTINGS_FILE_NAME).write_text("welcomed: true\n")
    profile = Profile(folder)
    return Talk(options(folder).conversation(profile), profile)


def files(folder: Path) -> list[str]:
    """The names of the files of routines."""
    return sorted(path.name for path in (folder / "routines").iterdir())


def test_what_was_made_is_there_at_the_next_start(tmp_path: Path) -> None:
    begun(tmp_path).say("MakeRoutine", movements="neck_tilt, 3 shoulder_rolls", name="desk break").settle()
    assert files(tmp_path) == ["desk-break.yaml"]
    talk = begun(tmp_path).say("StartRoutine", routine="desk break").settle().say("No").wait(1)
    assert [entry.routine for _, entry in talk.noted(SessionStarted)] == ["desk break"]
    session = talk.conversation.session
    assert session is not None
    assert [dose.movement.key for dose in session.doses] == ["neck_tilt", "shoulder_rolls"]
    assert session.doses[1].repetitions == 3
    assert session.doses[0].movement.longest == GUIDANCE.movements["neck_tilt"].longest


def test_changes_renames_undo_and_deletion_reach_the_folder(tmp_path: Path) -> None:
    talk = begun(tmp_path).say("MakeRoutine", movements="neck_tilt", name="dawn").settle()
    before = (tmp_path / "routines" / "dawn.yaml").read_text(encoding="utf-8")
    talk.say("AddToRoutine", movements="slow_breathing", routine="dawn").settle()
    assert "slow_breathing" in (tmp_path / "routines" / "dawn.yaml").read_text(encoding="utf-8")
    talk.say("Undo").settle()
    assert (tmp_path / "routines" / "dawn.yaml").read_text(encoding="utf-8") == before
    talk.say("RenameRoutine", routine="dawn", name="dusk").settle()
    assert files(tmp_path) == ["dusk.yaml"]
    talk.say("DeleteRoutine", routine="dusk").settle().say("Yes").settle()
    assert files(tmp_path) == []
    assert begun(tmp_path).conversation.own.names == ()


@pytest.mark.parametrize("name", ["tea with anna", "перерыв", "ärger weg", "a", "con"])
def test_any_name_finds_a_file(tmp_path: Path, name: str) -> None:
    begun(tmp_path).say("MakeRoutine", movements="neck_tilt", name=name).settle()
    assert begun(tmp_path).conversation.own.names == (name,)


def test_a_file_of_another_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir(parents=True)
    (tmp_path / "routines" / "knee.yaml").write_text(BAD)
    talk = begun(tmp_path).settle().say("MakeRoutine", movements="neck_tilt", name="knee").settle()
    assert talk.conversation.own.names == ("knee",)
    assert (tmp_path / "routines" / "knee.yaml").read_text() == BAD
    assert files(tmp_path) == ["knee-2.yaml", "knee.yaml"]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"left_knee.yaml": BAD}, "One routine file cannot be used: left knee. The doctor tells why."),
        ({"a.yaml": BAD, "b.yaml": "name: ["}, "Some routine files cannot be used. The doctor tells why."),
        ({"a.yaml": GOOD.replace("Knee", "stop")}, "One routine file cannot be used: a. The doctor tells why."),
        ({}, None),
    ],
)
def test_bad_files_are_one_sentence_at_the_start(tmp_path: Path, bad: dict[str, str], told: str | None) -> None:
    (tmp_path / "routines").mkdir(parents=True)
    for name, text in {"good.yaml": GOOD, **bad}.items():
        (tmp_path / "routines" / name).write_text(text)
    talk = begun(tmp_path).settle()
    assert [line.text for line in talk.begun] == ([] if told is None else [told])
    assert talk.conversation.own.names == ("knee",)


def test_a_routine_from_a_file_is_begun_told_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir(parents=True)
    (tmp_path / "routines" / "knee.yaml").write_text(GOOD)
    talk = begun(tmp_path)
    for intent in ("AddToRoutine", "RemoveFromRoutine", "DeleteRoutine", "RenameRoutine"):
        talk.say(intent, movements="neck_tilt", routine="knee", name="dawn").settle()
        assert talk.begun[-1].text == routine_lines.from_a_file("Knee")
    assert (tmp_path / "routines" / "knee.yaml").read_text() == GOOD
    talk.say("StartRoutine", routine="knee").settle().say("No").wait(1).say("Longer").wait(30)
    assert "Ten seconds is the most here." in [line.text for line in talk.begun]


def test_a_session_that_was_left_is_taken_up_though_its_routine_is_gone(tmp_path: Path) -> None:
    talk = begun(tmp_path).say("MakeRoutine", movements="neck_tilt, shoulder_rolls", name="dawn").settle()
    talk.say("StartRoutine", routine="dawn").settle().say("No").wait(1).say("Stop").settle()
    assert begun(tmp_path).conversation.session is not None
    (tmp_path / "routines" / "dawn.yaml").unlink()
    later = begun(tmp_path).say("Resume").settle().say("No").wait(1)
    assert later.conversation.session is not None


def test_a_folder_that_cannot_be_written_is_told_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "routines").write_text("a file in the place of the folder")
    talk = begun(tmp_path).say("MakeRoutine", movements="neck_tilt", name="dawn").settle()
    assert next(entry.problem for _, entry in talk.noted(NotSaved)).startswith(str(tmp_path))
    assert CANNOT_SAVE in [line.text for line in talk.begun]
    assert talk.conversation.own.names == ("dawn",)


def test_without_a_profile_it_lives_as_long_as_the_session() -> None:
    talk = Talk(replace(Conversation(), keeps=False)).say("MakeRoutine", movements="neck_tilt", name="dawn").settle()
    assert talk.conversation.own.names == ("dawn",)


def test_again_does_what_was_done_though_the_routine_is_gone() -> None:
    talk = Talk().say("MakeRoutine", movements="slow_breathing", name="dawn").settle()
    talk.say("StartRoutine", routine="dawn").settle().say("No").wait(1).say("Next").settle()
    talk.say("DeleteRoutine", routine="dawn").settle().say("Yes").settle().say("Again").wait(3)
    assert talk.conversation.session is not None
