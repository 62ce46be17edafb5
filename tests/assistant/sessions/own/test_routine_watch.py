"""A session that runs notices routine files: one is dropped in, told of, and begun by its name."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.guidance.own.folder_watch import SETTLED_AFTER
from assistant.sessions.own.routine_watch import LOOK_SECONDS, RoutineWatch
from assistant.sessions.profile import Profile
from assistant.sessions.stage import Stage, look_at_routines
from assistant.sessions.typed import FastClock, converse
from assistant.start import Options
from assistant.timeline.entries import SessionStarted
from audio.frames import frames
from audio.tts.silent import SilentVoice
from benchmarks.rig.places import ROOT
from tests import loaded

FILE = "name: Back class\nsteps:\n- movement: neck_tilt\n  seconds: 10\n"
NEW = "There is a new routine: back class."


class SteadyClock(FastClock):
    """Session time as at the wall clock, block by block, but without waiting."""

    leaps = False


def put(folder: Path, file: str, text: str = FILE) -> None:
    """Write a routine file into a profile."""
    (folder / "routines").mkdir(exist_ok=True)
    (folder / "routines" / file).write_text(text)


def known(folder: Path) -> Profile:
    """The profile of somebody who knows Limber."""
    profile = Profile(folder)
    (folder / "settings.yaml").write_text("welcomed: true\n")
    return profile


def session(folder: Path, lines: Iterator[str]) -> tuple[list[str], Stage]:
    """What is printed in a typed session in which files are looked for, and its stage."""
    profile, printed = known(folder), list[str]()
    options = Options(folder, asleep=False, engine="auto", timeline=None, limit=None)
    stage = Stage(options.conversation(profile), loaded.guidance(), SilentVoice(), printed.append, profile)
    watch = RoutineWatch(profile, loaded.guidance(), loaded.coach().clash)
    converse(stage, loaded.coach(), lines, SteadyClock(), watch=watch)
    return printed, stage


@pytest.mark.unit
def test_a_file_that_is_dropped_in_is_begun_by_its_name(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "@wait 3"
        yield "@wait 1"
        put(tmp_path, "class.yaml")
        yield "@wait 12"
        yield "start back class"
        yield "no"
        yield "@5 stop"

    printed, stage = session(tmp_path, lines())
    assert printed[0] == NEW
    started = [entry for _, entry in stage.timeline.lines if isinstance(entry, SessionStarted)]
    assert started == [SessionStarted("back class")]


@pytest.mark.unit
def test_a_name_that_is_a_command_is_told_as_at_the_start(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "@wait 1"
        yield "@wait 1"
        put(tmp_path, "left_knee.yaml", FILE.replace("Back class", "stop"))
        yield "@wait 30"

    printed, stage = session(tmp_path, lines())
    assert printed == ["One routine file cannot be used: left knee. The doctor tells why."]
    assert stage.conversation.own.names == ()


@pytest.mark.unit
def test_what_was_there_at_the_start_is_not_told_again(tmp_path: Path) -> None:
    put(tmp_path, "class.yaml")
    put(tmp_path, "bad.yaml", "name: [")

    def lines() -> Iterator[str]:
        yield "@wait 1"
        yield "@wait 1"
        put(tmp_path, "another.yaml", FILE.replace("Back class", "Dawn"))
        yield "@wait 30"

    printed, _ = session(tmp_path, lines())
    assert printed == [
        "One routine file cannot be used: bad. The doctor tells why.",
        "There is a new routine: dawn.",
    ]


@pytest.mark.unit
def test_the_folder_is_looked_at_only_so_often(tmp_path: Path) -> None:
    profile = known(tmp_path)
    profile.own_routines(loaded.guidance(), lambda _: None)
    watch = RoutineWatch(profile, loaded.guidance(), lambda _: None)
    assert watch.look(0) is None
    put(tmp_path, "class.yaml")
    every = frames(LOOK_SECONDS)
    assert every >= SETTLED_AFTER
    assert all(watch.look(now) is None for now in range(0, 2 * every, every // 50))
    read = watch.look(2 * every)
    assert read is not None
    assert read.own.names == ("back class",)
    assert all(watch.look(now) is None for now in range(2 * every, 9 * every, every))


@pytest.mark.unit
def test_what_is_made_by_voice_is_kept_beside_what_comes_by_file(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "make a routine of neck tilts, call it dawn"
        yield "@wait 5"
        put(tmp_path, "class.yaml")
        yield "@wait 12"
        yield "delete dawn"
        yield "yes"
        yield "@wait 20"

    _, stage = session(tmp_path, lines())
    assert stage.conversation.own.names == ("back class",)
    assert [file.name for file in (tmp_path / "routines").iterdir()] == ["class.yaml"]


@pytest.mark.unit
def test_without_a_profile_nobody_looks() -> None:
    stage = Stage(
        Options(None, asleep=False, engine="auto", timeline=None, limit=None).conversation(None),
        loaded.guidance(),
        SilentVoice(),
    )
    before = stage.conversation
    look_at_routines(stage, None)
    assert stage.conversation is before


@pytest.mark.engine
@pytest.mark.parametrize(("clock", "noticed"), [("wall", True), ("fast", False)])
def test_a_started_program_notices_a_file_at_the_wall_clock_only(tmp_path: Path, clock: str, *, noticed: bool) -> None:
    known(tmp_path)
    command = [sys.executable, str(ROOT / "main.py"), "run", "--text", "--clock", clock, "--profile", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        # Where time leaps, it stands still until the line after the present one is there.
        print("what time is it\n@wait 1", file=running.stdin, flush=True)
        running.stdout.readline()
        put(tmp_path, "class.yaml")
        if noticed:
            assert running.stdout.readline().strip() == NEW
        asked = "start back class\n" if noticed else "@wait 30\nwhat routines do I have\n"
        said, _ = running.communicate(asked, 60)
    if noticed:
        assert said.splitlines()[0] == loaded.guidance().screening.question
    assert said
    assert "back class" not in said.lower()
