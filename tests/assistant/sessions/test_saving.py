"""A save that fails is told once and ends nothing: real files, and an operating system that really refuses."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import script
from assistant.dialogue.actions import Kept
from assistant.dialogue.events import Event, Saved
from assistant.errors import LimberError
from assistant.history.stretch_record import StretchRecord
from assistant.sessions.profile import Profile
from assistant.sessions.stage import SAVING_INTERVAL
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, Frame
from benchmarks.rig.places import ROOT
from tests.assistant.sessions.test_profile import GUIDANCE, KeptTalk

pytestmark = pytest.mark.engine


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process is in the middle of writing the history."""
    with closing(sqlite3.connect(folder / "history.sqlite3")) as other:
        other.execute("begin exclusive")
        yield
        other.rollback()


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """The folder is away, as on a stick that was pulled out."""
    away = folder.with_name("away")
    folder.rename(away)
    yield
    assert not folder.exists(), "a folder was made where the real one was"
    away.rename(folder)


@contextmanager
def full(_: Path) -> Iterator[None]:
    """No file may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_file(folder: Path) -> Iterator[None]:
    """The place of the settings is taken by what cannot be overwritten."""
    place = folder / "settings.yaml"
    place.unlink(missing_ok=True)
    place.mkdir()
    yield
    place.rmdir()


@contextmanager
def full_for_settings(folder: Path) -> Iterator[None]:
    """The disk has no room for the settings."""
    new = folder / "settings.new"
    new.symlink_to("/dev/full")
    yield
    assert not new.is_symlink(), "what could not be written was left behind"


Fault = Callable[[Path], AbstractContextManager[None]]
LASTING: tuple[Fault, ...] = (gone, full, no_file)
FAULTS = (*LASTING, locked, full_for_settings)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_profile_says_which_file_and_what_to_do(tmp_path: Path, fault: Fault) -> None:
    folder = tmp_path / "profile"
    profile = Profile(folder)
    with fault(folder), pytest.raises(LimberError) as caught:
        profile.save(Kept(Settings(words_per_minute=170), None))
    problem, remedy = str(caught.value).split("; ")
    assert problem.startswith((str(folder / "settings.yaml"), str(folder / "history.sqlite3")))
    assert remedy
    profile.save(Kept(Settings(words_per_minute=170), None))
    assert profile.settings().words_per_minute == 170


@pytest.mark.parametrize("fault", [locked, gone, full])
def test_so_does_a_history_that_cannot_be_added_to(tmp_path: Path, fault: Fault) -> None:
    folder = tmp_path / "profile"
    profile = Profile(folder)
    with fault(folder), pytest.raises(LimberError, match=r"history\.sqlite3.*; "):
        profile.history.add(StretchRecord(None, None, "quick", completed=True))
    assert profile.history.read() == ()


@pytest.mark.parametrize("fault", LASTING)
def test_a_session_goes_on_and_says_it_once_until_a_save_works_again(tmp_path: Path, fault: Fault) -> None:
    folder = tmp_path / "profile"
    talk = KeptTalk(folder, cleared=True).say("StartMovement", movement="neck_rotation").until(State.HOLDING)
    with fault(folder):
        talk.say("SpeakFaster").wait(3).say("SpeakSlower").wait(3).say("SpeakSlower").settle()
        assert talk.spoken.count(script.CANNOT_SAVE) == 1
        assert talk.spoken[-1] != script.CANNOT_SAVE, "it was said at the end only"
        assert len(talk.noted(entries.NotSaved)) > 2
        assert [entry.completed for _, entry in talk.noted(entries.SessionEnded)] == [True]
        counts = [(at, entry.n) for at, entry in talk.noted(entries.Count)]
        steps = [b - a for (a, before), (b, after) in pairwise(counts) if after == before + 1]
        assert steps
        assert set(steps) == {FRAMES_PER_SECOND}
    talk.say("SpeakFaster").settle()
    assert Profile(folder).settings() == talk.conversation.settings
    assert talk.spoken.count(script.CANNOT_SAVE) == 1, "it was said though it works again"
    with fault(folder):
        talk.say("SpeakFaster").settle()
        assert talk.spoken.count(script.CANNOT_SAVE) == 2
    shutil.rmtree(folder)


def test_what_could_not_be_recorded_is_recorded_later_and_once(tmp_path: Path) -> None:
    talk = KeptTalk(tmp_path, cleared=True).say("StartMovement", movement="neck_tilt").until(State.HOLDING)
    with locked(tmp_path):
        talk.say("SpeakFaster").wait(3)
        assert not talk.noted(entries.NotSaved), "what is kept in other files waits for no lock"
        talk.settle()
        assert talk.noted(entries.NotSaved)
    talk.say("Better").wait(3).say("SpeakFaster").settle()
    assert [(each.completed, each.felt) for each in Profile(tmp_path).history.read()] == [(True, "better")]
    assert Profile(tmp_path).resumable(GUIDANCE) is None


class SaveWatch(KeptTalk):
    """A talk that tells when something was written to its profile."""

    def __init__(self, folder: Path) -> None:
        self.saves: list[Frame] = []
        super().__init__(folder, cleared=True)

    def take(self, event: Event) -> None:
        """Take an event; note when it tells of a write."""
        if isinstance(event, Saved):
            self.saves.append(self.mixer.frame)
        super().take(event)


def test_a_burst_of_changes_is_written_once_a_second_and_the_last_always(tmp_path: Path) -> None:
    talk = SaveWatch(tmp_path)
    for _ in range(4):
        for intent in ("SpeakFaster", "Louder", "SpeakSlower", "Quieter", "SpeakSlower"):
            talk.say(intent).wait(0.2)
    talk.wait(1.1)
    assert 4 <= len(talk.saves) <= 6
    assert min(b - a for a, b in pairwise(talk.saves)) >= SAVING_INTERVAL
    assert Profile(tmp_path).settings() == talk.conversation.settings != Settings()


def test_the_last_change_is_written_though_the_session_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "run", "--text", "--clock", "fast", "--profile", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, input="faster\n@0.1 faster\n@0.1 q\n", check=True, capture_output=True, text=True)
    assert Profile(tmp_path).settings().words_per_minute == 190


def test_nothing_is_written_while_nothing_changes(tmp_path: Path) -> None:
    talk = SaveWatch(tmp_path)
    talk.say("SpeakFaster").wait(3)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    talk.wait(120).say("Help").settle().say("WhereAmI").settle()
    assert len(talk.saves) == 1
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
