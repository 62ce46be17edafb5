"""A download is taken up where it broke off: from a server on this machine that breaks off, hangs and lies."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.errors import AudioError
from audio.models.download import Patience, download
from tests.audio.models.site import CHUNK, Site, serving

pytestmark = pytest.mark.engine

DATA = np.random.default_rng(1).bytes(500_000)
HASTY = Patience(connect=0.3, read=0.3, pause=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site(DATA)) as site:
        yield site


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "tiny.zip.part"


def fetch(address: str, part: Path) -> None:
    download(address, part, len(DATA), lambda _have, _size: None, HASTY)


def complaint(address: str, part: Path) -> str:
    """The error that a download ends with: one line, and how to bring the file by hand."""
    with pytest.raises(AudioError) as caught:
        fetch(address, part)
    message = str(caught.value)
    assert "\n" not in message, f"more than a line: {message!r}"
    assert message.startswith("tiny.zip: ")
    assert message.endswith(
        f"; try again, or fetch {address} on another computer and run `main.py models install --file tiny.zip`"
    )
    return message


def size_of(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def assert_whole(part: Path) -> None:
    assert part.read_bytes() == DATA
    assert list(part.parent.iterdir()) == [part], "something was left over"


def test_progress_is_told_in_bytes(site: Site, part: Path) -> None:
    told: list[tuple[int, int]] = []
    download(site.address, part, len(DATA), lambda have, size: told.append((have, size)))
    assert_whole(part)
    assert told == sorted(told)
    assert len(told) > 5
    assert (told[0], told[-1]) == ((0, len(DATA)), (len(DATA), len(DATA)))


def test_what_is_there_is_not_asked_for(site: Site, part: Path) -> None:
    part.write_bytes(DATA)
    fetch(site.address, part)
    assert_whole(part)
    assert site.asked == []


def test_what_breaks_off_is_taken_up_while_that_brings_it_further(site: Site, part: Path) -> None:
    site.breaks = [150_000, 150_000, 150_000]
    fetch(site.address, part)
    assert_whole(part)
    assert site.answered == [200, 206, 206, 206]
    begins = [int(asked.strip("bytes=-")) for asked in site.asked if asked is not None]
    assert begins == sorted(set(begins)), "it did not go on where it was"


@pytest.mark.parametrize(
    "marks",
    [
        {"ETag": '"one"'},
        {"Last-Modified": "Sat, 05 Dec 2020 17:06:48 GMT"},
        {"ETag": 'W/"one"', "Last-Modified": "Sat, 05 Dec 2020 17:06:48 GMT"},
    ],
    ids=["tag", "date", "weak tag and date"],
)
def test_what_broke_off_is_taken_up_by_the_next_call(marks: dict[str, str], site: Site, part: Path) -> None:
    site.marks, site.breaks = marks, [200_000, 0]
    message = complaint(site.address, part)
    have = size_of(part)
    assert 100_000 < have <= 200_000
    assert f"{have:,} of {len(DATA):,} bytes are kept" in message
    fetch(site.address, part)
    assert_whole(part)
    assert (site.asked[-1], site.answered[-1]) == (f"bytes={have}-", 206)


@pytest.mark.parametrize("marks", [{}, {"ETag": 'W/"one"'}], ids=["no tag", "weak tag"])
def test_without_a_mark_of_the_version_it_starts_over(marks: dict[str, str], site: Site, part: Path) -> None:
    site.marks, site.breaks = marks, [200_000, 0]
    complaint(site.address, part)
    fetch(site.address, part)
    assert_whole(part)
    assert set(site.asked) == {None}


def test_without_ranges_it_starts_over_and_gives_up_where_it_broke_off_before(site: Site, part: Path) -> None:
    site.ranges, site.breaks = False, [200_000, 200_000]
    complaint(site.address, part)
    fetch(site.address, part)
    assert_whole(part)
    assert site.answered == [200, 200, 200]


def test_a_file_that_changed_on_the_server_starts_over(site: Site, part: Path) -> None:
    site.data, site.breaks, site.marks = bytes(len(DATA)), [200_000, 0], {"ETag": '"zero"'}
    complaint(site.address, part)
    site.data, site.marks = DATA, {"ETag": '"one"'}
    fetch(site.address, part)
    assert_whole(part)
    assert site.asked[-1] is not None, "it did not try to go on"
    assert site.answered[-1] == 200


def test_a_range_that_the_server_has_no_longer_starts_over(site: Site, part: Path) -> None:
    site.breaks = [200_000, 0]
    complaint(site.address, part)
    site.data = DATA[:1_000]
    assert "1,000 bytes instead of 500,000" in complaint(site.address, part)
    assert site.answered[-2:] == [416, 200]
    assert size_of(part) == 0


def test_a_range_of_a_longer_file_starts_over(site: Site, part: Path) -> None:
    site.breaks = [200_000, 0]
    complaint(site.address, part)
    site.data = DATA + b"more"  # with the mark that the right one had
    assert "500,004 bytes instead of 500,000" in complaint(site.address, part)
    assert site.answered[-2:] == [206, 200]


def test_a_part_that_is_too_long_starts_over(site: Site, part: Path) -> None:
    part.write_bytes(bytes(len(DATA) + 1))
    fetch(site.address, part)
    assert_whole(part)


@pytest.mark.parametrize("length", [None, -1, 10**9], ids=["told", "untold", "lied"])
def test_a_file_of_another_size_is_refused(length: int | None, site: Site, part: Path) -> None:
    site.data, site.length = DATA + b"more", length
    assert "500,000" in complaint(site.address, part)
    assert size_of(part) == 0


def test_a_file_without_its_length_may_be_right(site: Site, part: Path) -> None:
    site.length = -1
    fetch(site.address, part)
    assert_whole(part)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_refusal_is_named(status: int, site: Site, part: Path) -> None:
    site.status = status
    assert f"the server answers {status}" in complaint(site.address, part)


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_refusal_keeps_what_is_there(status: int, site: Site, part: Path) -> None:
    site.breaks = [200_000, 0]
    complaint(site.address, part)
    have, site.status = size_of(part), status
    complaint(site.address, part)
    assert size_of(part) == have


def test_a_page_to_log_in_on_keeps_what_is_there(site: Site, part: Path) -> None:
    site.breaks = [200_000, 0]
    complaint(site.address, part)
    have, site.ranges, site.data = size_of(part), False, b"<html>Please log in</html>" * 10_000
    assert "260,000 bytes instead of 500,000" in complaint(site.address, part)
    assert size_of(part) == have
    site.ranges, site.data = True, DATA
    fetch(site.address, part)
    assert_whole(part)
    assert site.answered[-1] == 206


def test_a_server_that_hangs_is_given_up(site: Site, part: Path) -> None:
    site.hangs_after = 0
    assert "does not answer" in complaint(site.address, part)
    assert size_of(part) == 0


def test_a_server_that_hangs_in_the_middle_is_asked_again(site: Site, part: Path) -> None:
    site.hangs_after = 9 * CHUNK
    fetch(site.address, part)
    assert_whole(part)
    assert site.answered == [200, 206]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/tiny.zip", "http://limber.invalid/tiny.zip"])
def test_without_a_network_nothing_is_there(address: str, part: Path) -> None:
    assert "no connection to the server" in complaint(address, part)
    assert size_of(part) == 0


@pytest.mark.parametrize("address", ["tiny.zip", "file:///etc/passwd", "http://", "http://[/tiny.zip"])
def test_an_address_that_is_none_is_refused(address: str, part: Path) -> None:
    complaint(address, part)
