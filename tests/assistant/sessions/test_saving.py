"""A save that fails is told once and ends nothing: real files, and an operating system that really refuses."""

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import script
from assistant.dialogue.actions import Kept, Note
from assistant.dialogue.events import DeviceBack, DeviceLost, Saved, SaveFailed
from assistant.dialogue.machine import step
from assistant.dialogue.state import state_of
from assistant.errors import LimberError
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND
from tests.assistant.dialogue.talk import GUIDANCE, Talk, in_state
from tests.assistant.sessions.test_profile import KeptTalk

pytestmark = pytest.mark.engine

AWAKE = set(State) - {State.EMERGENCY, State.ASLEEP, State.MUTED}


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
LASTING: tuple[Fault, ...] = (locked, gone, full, no_file)
FAULTS = (*LASTING, full_for_settings)


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
        profile.add("quick", completed=True)
    assert profile.history() == []


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


@pytest.mark.parametrize("state", State)
def test_in_every_state_any_number_of_failures_interrupts_nothing(state: State) -> None:
    talk, whole = in_state(state), in_state(state)
    for _ in range(30):
        talk.take(SaveFailed("history.sqlite3: full; make room"))
        talk.wait(0.1)
        whole.wait(0.1)
    talk.settle()
    whole.settle()
    assert [line for line in talk.spoken if line != script.CANNOT_SAVE] == whole.spoken
    assert not [entry for _, entry in talk.noted(entries.Said) if entry.cut]
    assert state_of(talk.conversation) is state_of(whole.conversation)
    assert talk.spoken.count(script.CANNOT_SAVE) == (state in AWAKE)
    assert len(talk.noted(entries.NotSaved)) == 30


def test_a_warning_comes_first_and_whoever_takes_it_back_is_told() -> None:
    talk = in_state(State.HOLDING).say("RedFlag", flag="chest")
    assert talk.conversation.awaiting is not None, "it is not falling silent, so this shows nothing"
    talk.take(SaveFailed("settings.yaml: full; make room"))
    warned = in_state(State.HOLDING).say("RedFlag", flag="chest").settle().spoken
    assert talk.settle().spoken == warned
    talk.say("NeverMind").settle()
    assert talk.spoken.count(script.CANNOT_SAVE) == 1


def test_whoever_sleeps_is_told_once_awake() -> None:
    talk = in_state(State.ASLEEP)
    talk.take(SaveFailed("settings.yaml: full; make room"))
    assert talk.settle().spoken == []
    assert talk.say("Wake").settle().spoken.count(script.CANNOT_SAVE) == 1


def test_a_failure_that_was_over_before_it_could_be_told_is_told_all_the_same() -> None:
    talk = Talk().say("Causes").wait(0.5)
    talk.take(SaveFailed("settings.yaml: full; make room"))
    talk.take(Saved())
    assert talk.settle().spoken[-1] == script.CANNOT_SAVE


def test_a_save_that_works_is_nothing_to_tell() -> None:
    for state in State:
        conversation = in_state(state).conversation
        assert step(conversation, Saved(), 0, GUIDANCE) == (conversation, ())


def test_what_cannot_be_said_through_a_lost_speaker_waits_for_it() -> None:
    talk = Talk()
    before = talk.conversation
    lost = Talk(before)
    _, actions = step(before, SaveFailed("a; b"), 0, GUIDANCE)
    assert [action for action in actions if not isinstance(action, Note)], "it says nothing where it could"
    lost.take(DeviceLost("speaker", 0))
    lost.take(SaveFailed("a; b"))
    assert lost.settle().spoken == []
    lost.take(DeviceBack("speaker", 0))
    assert lost.settle().spoken == [script.CANNOT_SAVE]
