"""The place to resume in its file of lines: what of it counts, whatever a loss of power left of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.history.history_file import HistoryFile
from assistant.history.place_file import PLACE_FILE_NAME, KeptPlace, PlaceKeeper
from assistant.history.stretch_record import StretchRecord

pytestmark = pytest.mark.unit

BEGUN = KeptPlace("quick", "neck_rotation", 0, 1, 0, "2026-11-26T09:00:00+00:00")
WAY = [
    BEGUN,
    replace(BEGUN, part=1),
    replace(BEGUN, repetition=2),
    replace(BEGUN, movement="neck_tilt", step=1, going="2026-11-26T09:01:00+00:00"),
]
ENDED = StretchRecord(None, None, "quick", completed=True)


def keeper(folder: Path) -> PlaceKeeper:
    """The keeper of the next run."""
    return PlaceKeeper(HistoryFile(folder / "history.sqlite3"), folder / PLACE_FILE_NAME)


def gone_so_far(folder: Path) -> PlaceKeeper:
    """A keeper that has kept all of the way."""
    kept = keeper(folder)
    for place in WAY:
        kept.keep(place)
        assert keeper(folder).read() == place
    return kept


def test_of_the_file_all_whole_lines_count(tmp_path: Path) -> None:
    gone_so_far(tmp_path)
    file = tmp_path / PLACE_FILE_NAME
    content = file.read_bytes()
    for size in range(len(content)):
        file.write_bytes(content[:size])
        assert keeper(tmp_path).read() == WAY[max(0, content[:size].count(b"\n") - 1)], f"of {size} bytes"
    file.write_bytes(content[:-9] + bytes(9))
    assert keeper(tmp_path).read() == WAY[-2]


def test_lines_that_follow_another_beginning_count_for_nothing(tmp_path: Path) -> None:
    kept, file = gone_so_far(tmp_path), tmp_path / PLACE_FILE_NAME
    old = file.read_bytes()
    other = replace(BEGUN, routine="full")
    kept.keep(other)
    assert keeper(tmp_path).read() == other
    file.write_bytes(old)
    assert keeper(tmp_path).read() == other


def test_the_next_run_goes_on_from_there(tmp_path: Path) -> None:
    gone_so_far(tmp_path)
    kept = keeper(tmp_path)
    for place in (replace(WAY[-1], going=None), *WAY[1:]):
        kept.keep(place)
        assert keeper(tmp_path).read() == place


def test_a_session_that_is_on_record_is_not_there_to_be_resumed(tmp_path: Path) -> None:
    kept, file = gone_so_far(tmp_path), tmp_path / PLACE_FILE_NAME
    old = file.read_bytes()
    kept.keep(None, [ENDED])
    file.write_bytes(old)  # its end had not reached the disk
    assert keeper(tmp_path).read() is None
    assert HistoryFile(tmp_path / "history.sqlite3").read() == (ENDED,)


def test_what_is_kept_already_is_not_written_again(tmp_path: Path) -> None:
    kept = gone_so_far(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    kept.keep(replace(WAY[-1], going="2026-11-26T09:02:00+00:00"))
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
