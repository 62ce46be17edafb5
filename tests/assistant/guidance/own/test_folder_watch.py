"""A folder of routine files that others write into: what is a change, when it is read, and what becomes of it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.guidance.own.folder_watch import SETTLED_AFTER
from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.own.routine_folder import RoutineFolder
from assistant.guidance.schema import Routine, RoutineStep
from audio.frames import frames
from tests import loaded

pytestmark = pytest.mark.unit

GUIDANCE = loaded.guidance()
GOOD = "name: NAME\nsteps:\n- movement: neck_tilt\n  seconds: 10\n"
BEND = """
movements:
  bend:
    title: Bend
    start: Sit tall.
    seconds: 5
    parts:
    - do: Bend forward.
"""


def no_clash(_: str) -> str | None:
    """Nothing that is said is called so."""
    return None


def write(folder: Path, file: str, name: str, text: str = GOOD) -> Path:
    """A routine file."""
    path = folder / file
    path.write_text(text.replace("NAME", name))
    return path


def loaded_folder(folder: Path) -> RoutineFolder:
    """A folder that was read."""
    routines = RoutineFolder(folder)
    routines.load(GUIDANCE, no_clash)
    return routines


def spoken(key: str, movement: str = "neck_tilt") -> Routine:
    """A routine made by voice."""
    title = key[0].upper() + key[1:]
    return Routine(key=key, title=title, about="Own.", steps=(RoutineStep(movement=movement),))


def settled(routines: RoutineFolder) -> bool:
    """Whether a change is seen, looking twice."""
    return routines.changed(0) or routines.changed(SETTLED_AFTER)


def test_what_is_added_changed_and_removed_is_a_change_and_nothing_else_is(tmp_path: Path) -> None:
    file = write(tmp_path, "a.yaml", "Dawn")
    routines = loaded_folder(tmp_path)
    assert not settled(routines)
    (tmp_path / "notes.txt").write_text("no routine")
    (tmp_path / ".a.yaml").write_text("of an editor")
    (tmp_path / ".#a.yaml").symlink_to("nowhere")
    assert not settled(routines)
    write(tmp_path, "b.yaml", "Dusk")
    assert settled(routines)
    assert routines.load(GUIDANCE, no_clash)[0].names == ("dawn", "dusk")
    assert not settled(routines)
    write(tmp_path, "b.yaml", "Duck")
    os.utime(tmp_path / "b.yaml", ns=(1, 1))
    assert settled(routines)
    assert routines.load(GUIDANCE, no_clash)[0].names == ("dawn", "duck")
    file.unlink()
    assert settled(routines)
    assert routines.load(GUIDANCE, no_clash)[0].names == ("duck",)
    assert not settled(routines)


def test_a_folder_that_is_not_there_yet_is_noticed_when_it_comes(tmp_path: Path) -> None:
    routines = loaded_folder(tmp_path / "routines")
    assert not settled(routines)
    (tmp_path / "routines").mkdir()
    assert not settled(routines)
    write(tmp_path / "routines", "a.yaml", "Dawn")
    assert settled(routines)


def test_a_file_that_is_still_being_written_waits(tmp_path: Path) -> None:
    routines = loaded_folder(tmp_path)
    for second in range(5):
        (tmp_path / "a.yaml").write_text(GOOD[: 10 + second])
        assert not routines.changed(frames(second))
        assert not routines.changed(frames(second + 0.9))
    assert not routines.changed(frames(4) + SETTLED_AFTER - 1)
    assert routines.changed(frames(4) + SETTLED_AFTER)


def test_a_change_that_is_taken_back_is_none(tmp_path: Path) -> None:
    routines = loaded_folder(tmp_path)
    file = write(tmp_path, "a.yaml", "Dawn")
    assert not routines.changed(0)
    file.unlink()
    assert not routines.changed(frames(5))
    write(tmp_path, "a.yaml", "Dawn")
    assert not routines.changed(frames(6))


def test_what_limber_writes_itself_is_no_change(tmp_path: Path) -> None:
    routines = loaded_folder(tmp_path)
    for made in ((spoken("dawn"),), (spoken("dawn"), spoken("dusk")), (spoken("dusk"),), ()):
        routines.save(made)
        assert not settled(routines)
        assert routines.kept == made


def test_only_files_that_changed_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.yaml", "Dawn")
    write(tmp_path, "b.yaml", "Dusk")
    routines, read = loaded_folder(tmp_path), list[str]()
    whole = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    write(tmp_path, "c.yaml", "Noon")
    assert routines.load(GUIDANCE, no_clash)[0].names == ("dawn", "dusk", "noon")
    assert set(read) == {"c.yaml"}


def test_who_came_first_keeps_the_name(tmp_path: Path) -> None:
    routines = loaded_folder(tmp_path)
    routines.save((spoken("dusk"),))
    write(tmp_path, "a.yaml", "Dusk")
    own, problems = routines.load(GUIDANCE, no_clash)
    assert [routine.key for routine in own.spoken] == ["dusk"]
    assert own.unusable == ("a.yaml",)
    assert "already a routine" in str(problems[0])


def test_a_movement_may_stand_in_a_file_of_a_later_name(tmp_path: Path) -> None:
    write(tmp_path, "z.yaml", "Dawn", GOOD + BEND)
    routines = loaded_folder(tmp_path)
    routines.save((spoken("by voice", "bend"),))
    own, problems = RoutineFolder(tmp_path).load(GUIDANCE, no_clash)
    assert problems == []
    assert set(own.names) == {"by voice", "dawn"}
    (tmp_path / "z.yaml").unlink()
    own, problems = RoutineFolder(tmp_path).load(GUIDANCE, no_clash)
    assert own.names == ()
    assert own.unusable == ("by-voice.yaml",)
    assert len(problems) == 1


A, B, CHANGED = spoken("dawn"), spoken("dusk"), spoken("dawn", "slow_breathing")


@pytest.mark.parametrize(
    ("mine", "before", "files", "after"),
    [
        ((A,), (A,), (A,), (A,)),
        ((A,), (A,), (A, B), (A, B)),  # added
        ((A,), (A,), (CHANGED,), (CHANGED,)),  # changed
        ((A, B), (A, B), (B,), (B,)),  # removed
        ((A, B), (A,), (A,), (A, B)),  # made by voice, and in no file yet
        ((CHANGED,), (A,), (A,), (CHANGED,)),  # changed by voice, and in no file yet
        ((CHANGED,), (A,), (), (CHANGED,)),  # changed by voice, and its file is gone
        ((), (A,), (A,), ()),  # deleted by voice, and its file is still there
        ((), (A,), (CHANGED,), (CHANGED,)),  # deleted by voice, and written anew by somebody
    ],
)
def test_files_and_what_is_said_come_together(
    mine: tuple[Routine, ...], before: tuple[Routine, ...], files: tuple[Routine, ...], after: tuple[Routine, ...]
) -> None:
    own = OwnRoutines(spoken=mine, last="dawn").read_anew(OwnRoutines(spoken=files), before)
    assert own.spoken == after
    assert own.last == ("dawn" if "dawn" in own.names else None)
    assert set(own.known.gone) == {each.key for each in mine} - set(own.names)


def test_what_was_made_by_voice_outlives_a_file_of_its_name() -> None:
    own = OwnRoutines(spoken=(A,)).read_anew(OwnRoutines(written=(CHANGED, B), unusable=("x.yaml",)), ())
    assert own == replace(OwnRoutines(), spoken=(A,), written=(B,), unusable=("x.yaml",))


def test_movements_that_are_gone_stay_known_in_this_run(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "Dawn", GOOD + BEND)
    first, _ = RoutineFolder(tmp_path).load(GUIDANCE, no_clash)
    own = first.with_spoken(spoken("mine", "bend")).read_anew(OwnRoutines(), ())
    assert own.names == ("mine",)
    assert "bend" in own.added_to(GUIDANCE).movements
