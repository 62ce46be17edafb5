"""The history in print, and drawn: all of it is there, in words too, and told apart without colour."""

import csv
import io
import json
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.commands.history_command import history
from assistant.history.history_file import HistoryFile
from assistant.history.picture.chart import MOST_DAYS, chart
from assistant.history.picture.glyphs import GLYPHS
from assistant.history.picture.png import as_png
from assistant.history.picture.shapes import FeltMark, Label, Picture
from assistant.history.picture.svg import as_svg
from assistant.history.report import FIELD_NAMES, NOTHING, as_csv, as_json, table
from assistant.history.stretch_record import Felt, StretchRecord

pytestmark = pytest.mark.unit

FIRST_DAY = datetime(2026, 11, 5, 9, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def record(
    days: float,
    felt: Felt | None = None,
    minutes: float = 4,
    *,
    completed: bool = True,
    numbers: tuple[int | None, int | None] = (None, None),
) -> StretchRecord:
    """A session so many days after FIRST_DAY. `numbers`: how the back was before and after it."""
    began = FIRST_DAY + timedelta(days=days)
    ended, (before, after) = began + timedelta(minutes=minutes), numbers
    done = ("neck_tilt",)
    return StretchRecord(began, ended, "quick", done, 60.0, completed, felt, before=before, after=after)


PAST = (record(0, "better"), record(0.1, "better"), record(2, "worse", 11), record(3, "same", completed=False))


def written(folder: Path, past: Sequence[StretchRecord]) -> Path:
    """A profile with these sessions on record."""
    for each in past:
        HistoryFile(folder / "history.sqlite3").add(each)
    return folder


def run(*arguments: str | Path) -> tuple[int, str]:
    """Exit status and output of `history`."""
    result = CliRunner().invoke(history, [str(each) for each in arguments])
    return result.exit_code, result.output


def test_the_table_tells_each_session_and_the_sum(tmp_path: Path) -> None:
    status, output = run("--profile", written(tmp_path, PAST))
    assert status == 0
    lines = output.splitlines()
    assert lines[1].split() == ["2026-11-05", "09:04", "Quick", "relief", "4:00", "1:00", "better"]
    assert "Quick relief (in part)" in lines[4]
    assert lines[-1] == "In all 4 sessions, 23:00 minutes; better after 2, same after 1, worse after 1."


def test_nothing_on_record_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    assert run("--profile", tmp_path / "none") == (0, f"{NOTHING}\n")
    assert run("--profile", tmp_path / "none", "--export", "json") == (0, "[]\n")
    assert run("--profile", tmp_path / "none", "--json") == (0, "")
    assert not (tmp_path / "none").exists()


def test_what_is_exported_is_all_of_it(tmp_path: Path) -> None:
    folder = written(tmp_path, PAST)
    rows = list(csv.DictReader(io.StringIO(run("--profile", folder, "--export", "csv")[1])))
    assert tuple(rows[0]) == FIELD_NAMES
    objects = json.loads(run("--profile", folder, "--export", "json")[1])
    lines = [json.loads(line) for line in run("--profile", folder, "--json")[1].splitlines()]
    assert objects == lines
    assert [row["felt"] for row in rows] == [each["felt"] for each in objects] == ["better", "better", "worse", "same"]
    assert [float(row["seconds"]) for row in rows] == [240, 240, 660, 240]
    assert objects[0] == {
        "began": "2026-11-05T09:00:00+00:00",
        "ended": "2026-11-05T09:04:00+00:00",
        "routine": "quick",
        "movements": ["neck_tilt"],
        "seconds": 240,
        "seconds_held": 60,
        "completed": True,
        "felt": "better",
        "before": None,
        "after": None,
    }


RATED = (replace(PAST[0], before=6, after=4), replace(PAST[1], before=8, after=5), replace(PAST[2], after=0), PAST[3])


def test_numbers_before_and_after_are_in_all_that_is_printed(tmp_path: Path) -> None:
    folder = written(tmp_path, RATED)
    lines = run("--profile", folder)[1].splitlines()
    assert lines[0].endswith("0 to 10")
    assert [line.split("  ")[-1].strip() for line in lines[1:5]] == ["6 to 4", "8 to 5", "- to 0", "-"]
    rows = list(csv.DictReader(io.StringIO(run("--profile", folder, "--export", "csv")[1])))
    assert [(row["before"], row["after"]) for row in rows] == [("6", "4"), ("8", "5"), ("", "0"), ("", "")]
    objects = [json.loads(line) for line in run("--profile", folder, "--json")[1].splitlines()]
    assert [(each["before"], each["after"]) for each in objects] == [(6, 4), (8, 5), (None, 0), (None, None)]


def test_where_no_number_was_told_no_column_is_for_them() -> None:
    assert table(PAST, {})[0].split() == ["when", "what", "length", "in", "holds", "after", "it"]
    assert "0 to 10" not in chart(PAST).told
    assert chart(PAST).height < chart(RATED).height


def test_numbers_are_drawn_in_rows_below_the_signs_and_told() -> None:
    picture = chart(RATED)
    labels = [shape for shape in picture.shapes if isinstance(shape, Label)]
    rows = {label.text: label.y for label in labels if label.text in {"before", "after"}}
    of = {how: [label.text for label in labels if label.y == y and label.text != how] for how, y in rows.items()}
    assert of == {"before": ["6"], "after": ["4", "0"]}, "the median of a day, the lower one of two"
    assert "2026-11-05: 8 min, 2 sessions, better 2, 0 to 10: 6 to 4" in picture.told
    assert "0 to 10: - to 0" in picture.told


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(("--plot", "picture.gif"), r".svg or .png"), (("--export", "csv", "--json"), "exclude each other")],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], named: str) -> None:
    status, output = run(*arguments)
    assert status == 2
    assert named in output


def test_a_plot_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(history, ["--profile", str(tmp_path), "--plot", str(tmp_path / "no" / "a.svg")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_no_history_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite3").write_text("not a database, but long enough to be taken for a header" * 9)
    status, output = run("--profile", tmp_path)
    assert status == 1
    assert "history.sqlite3: cannot be used" in output


@pytest.mark.parametrize("name", ["plot.svg", "plot.png", "PLOT.PNG"])
def test_a_plot_is_drawn_and_told_in_words(tmp_path: Path, name: str) -> None:
    status, output = run("--profile", written(tmp_path, PAST), "--plot", tmp_path / name)
    assert status == 0
    assert "2026-11-05: 8 min, 2 sessions, better 2; 2026-11-07: 11 min, 1 session, worse 1" in output
    assert (tmp_path / name).stat().st_size > 500


def test_the_svg_has_a_title_and_a_text_alternative_and_no_colour() -> None:
    text = as_svg(chart(PAST))
    root = ET.fromstring(text)  # noqa: S314 - of our own making
    assert root.get("role") == "img"
    assert [root.findtext(f"{SVG}{kind}") for kind in ("title", "desc")] == [chart(PAST).title, chart(PAST).told]
    colours = {each.get(name) for each in root.iter() for name in ("fill", "stroke")} - {None}
    assert colours <= {"white", "black", "none"}


def decoded(png: bytes) -> tuple[int, int, list[bytes], dict[str, str]]:
    """Width, height, rows of pixels and texts of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, width, height, texts, data = 8, 0, 0, {}, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + body),)
        if kind == b"IHDR":
            width, height, *form = struct.unpack(">IIBBBBB", body)
            assert form == [8, 0, 0, 0, 0]
        elif kind == b"iTXt":
            keyword, text = body.split(b"\0\0\0\0\0")
            texts[keyword.decode()] = text.decode()
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    plain = zlib.decompress(data)
    assert len(plain) == height * (width + 1)
    return width, height, [plain[row * (width + 1) + 1 : (row + 1) * (width + 1)] for row in range(height)], texts


def test_the_png_is_black_on_white_and_told_in_words() -> None:
    picture = chart(PAST)
    width, height, rows, texts = decoded(as_png(picture))
    assert (width, height) == (picture.width, picture.height)
    assert {pixel for row in rows for pixel in row} == {0, 255}
    assert texts == {"Title": picture.title, "Description": picture.told}


def test_each_sign_has_a_form_of_its_own() -> None:
    drawn = [decoded(as_png(Picture(14, 14, (FeltMark(1, 1, sign),), "", "")))[2] for sign in ("up", "ring", "down")]
    assert drawn[0] == drawn[2][::-1]
    assert len({tuple(rows) for rows in drawn}) == 3


def test_every_letter_of_a_chart_can_be_drawn() -> None:
    for past in (PAST, (), tuple(record(7 * week) for week in range(9))):
        texts = "".join(shape.text for shape in chart(past).shapes if isinstance(shape, Label))
        assert set(texts) <= set(GLYPHS)


def test_a_long_history_is_drawn_by_weeks() -> None:
    picture = chart((record(0), record(MOST_DAYS + 4), record(MOST_DAYS + 5)))
    assert "each week" in picture.title
    assert "week of 2026-11-02: 4 min, 1 session; week of 2026-12-07: 8 min, 2 sessions" in picture.told


RECORDS = some.builds(
    record,
    days=some.integers(0, 900).map(float),
    felt=some.none() | some.sampled_from(["better", "same", "worse"]),
    minutes=some.integers(1, 240),
    completed=some.booleans(),
    numbers=some.tuples(*2 * [some.none() | some.integers(0, 10)]),
)


@settings(max_examples=40, deadline=None)
@given(past=some.lists(RECORDS, max_size=40))
def test_any_history_is_drawn_within_its_picture(past: list[StretchRecord]) -> None:
    picture = chart(past)
    for shape in picture.shapes:
        assert 0 <= shape.x <= picture.width
        assert 0 <= shape.y <= picture.height
    ET.fromstring(as_svg(picture))  # noqa: S314 - of our own making
    assert all(line for line in table(past, {})[:1])
    assert len(json.loads(as_json(past))) == len(past)
    assert len(as_csv(past).splitlines()) == len(past) + 1


def test_sessions_without_a_day_are_not_drawn() -> None:
    assert chart((StretchRecord(None, None, "quick", completed=True),)).told == NOTHING
    assert date(2026, 11, 5) == PAST[0].day
