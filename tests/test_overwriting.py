"""No file that a run is to read, or writes already, is overwritten by another of its options."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main import limber

pytestmark = pytest.mark.unit


def as_it_is(path: Path) -> Path:
    return path


def roundabout(path: Path) -> Path:
    (path.parent / "folder").mkdir(exist_ok=True)
    return path.parent / "folder" / ".." / path.name


def relative(path: Path) -> Path:
    return Path(os.path.relpath(path))


def symbolic(path: Path) -> Path:
    link = path.with_name(f"symbolic-{path.name}")
    link.symlink_to(path)
    return link


def hard(path: Path) -> Path:
    link = path.with_name(f"hard-{path.name}")
    link.hardlink_to(path)
    return link


Spelling = Callable[[Path], Path]
SPELLINGS: tuple[Spelling, ...] = (as_it_is, roundabout, relative, symbolic, hard)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(limber, ["run", *map(str, arguments)])


def refused(done: Result, *named: str) -> bool:
    """Whether it was one clear line about wrong usage, which names the options."""
    lines = [line for line in done.output.splitlines() if line.startswith("Error: ")]
    return done.exit_code == 2 and len(lines) == 1 and all(each in lines[0] for each in named)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("written", ["--speaker-file", "--timeline"])
@pytest.mark.parametrize("read", ["--mic-file", "--noise", "--room"])
def test_what_is_read_is_not_overwritten(tmp_path: Path, read: str, written: str, spelling: Spelling) -> None:
    files = {option: tmp_path / f"{option.strip('-')}.wav" for option in ("--mic-file", "--noise", "--room")}
    for file in files.values():
        file.write_bytes(b"precious")
    outputs = {"--speaker-file": tmp_path / "out.wav", "--timeline": tmp_path / "out.jsonl"}
    outputs[written] = spelling(files[read])
    done = run(*(part for option in (files | outputs).items() for part in option))
    assert refused(done, read, written), done.output
    assert {file.read_bytes() for file in files.values()} == {b"precious"}
    assert not (tmp_path / "out.wav").exists()
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("spelling", "there"),
    # A file that is not there has no second name on the disk.
    [(spelling, there) for spelling in SPELLINGS for there in (True, False) if there or spelling is not hard],
)
def test_nor_is_the_sound_by_the_timeline(tmp_path: Path, spelling: Spelling, *, there: bool) -> None:
    (tmp_path / "in.wav").write_bytes(b"precious")
    out = tmp_path / "out.wav"
    if there:
        out.write_bytes(b"old")
    other = spelling(out)
    done = run("--mic-file", tmp_path / "in.wav", "--speaker-file", out, "--timeline", other)
    assert refused(done, "--speaker-file", "--timeline"), done.output
    assert out.exists() is there


def test_a_device_loses_nothing_and_a_room_of_its_own_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("--mic-file", "none.wav", "--speaker-file", os.devnull, "--timeline", os.devnull)
    assert done.exit_code == 1, "refused before it looked for the recording"
    done = run("--mic-file", "none.wav", "--speaker-file", "small", "--room", "small")
    assert done.exit_code == 1, "a room with a name was taken for a file"
