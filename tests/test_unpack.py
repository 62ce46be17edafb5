"""An archive is unpacked into its folder, or refused: nothing is written elsewhere, whatever it says of itself."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.errors import AudioError
from audio.unpack import unpack

pytestmark = pytest.mark.unit

LIMIT = 100_000
FILES = {"tiny/am/final.mdl": bytes(range(256)) * 20, "tiny/README": b"a model"}


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return archive.getvalue()


GOOD = packed(*FILES.items())


def special(kind: int, target: bytes = b"/etc/passwd") -> bytes:
    info = zipfile.ZipInfo("tiny/link")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return packed(*FILES.items(), (info, target))


def misplace(data: bytes) -> bytes:
    """The archive, its directory said to be after its end."""
    told = bytearray(data)
    struct.pack_into("<L", told, data.index(b"PK\x05\x06") + 16, 1 << 30)
    return bytes(told)


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def unpacked(data: bytes, place: Path, limit: int = LIMIT) -> dict[str, bytes]:
    (place / "a.zip").write_bytes(data)
    unpack(place / "a.zip", place / "model", limit)
    return {
        p.relative_to(place / "model").as_posix(): p.read_bytes() for p in (place / "model").rglob("*") if p.is_file()
    }


def test_the_one_folder_becomes_the_model(tmp_path: Path) -> None:
    found = unpacked(packed(("tiny/", b""), *FILES.items(), ("tiny/empty/", b"")), tmp_path)
    assert found == {name.removeprefix("tiny/"): content for name, content in FILES.items()}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed(("tiny/../../escaped", b"x")), "reaches beyond"),
        (packed(("../escaped", b"x")), "reaches beyond"),
        (packed(("/etc/escaped", b"x")), "reaches beyond"),
        (packed(("tiny\\..\\..\\escaped", b"x")), "reaches beyond"),
        (special(stat.S_IFLNK), "neither a file nor a folder"),
        (special(stat.S_IFIFO, b""), "neither a file nor a folder"),
        (special(stat.S_IFCHR, b""), "neither a file nor a folder"),
        (packed(("tiny/bomb", bytes(10_000_000))), "10,000,000 bytes when unpacked"),
        (packed(*((f"tiny/{n}", bytes(LIMIT // 10)) for n in range(11))), "110,000 bytes when unpacked"),
        (packed(*((f"tiny/{n}", b"") for n in range(1_001))), "1,001 entries"),
        (packed(("tiny/README", b""), ("other/README", b"")), "one folder"),
        (packed(("README", b"")), "one folder"),
        (packed((".", b"")), "one folder"),
        (packed(), "one folder"),
        (packed(("tiny/a", b""), ("tiny/a/b", b"")), "not a whole zip"),
        (packed(("tiny/" + "long" * 100, b"")), "not a whole zip"),
        (misplace(GOOD), "not a whole zip"),
        (GOOD[:-10], "not a whole zip"),
        (GOOD[: len(GOOD) // 2], "not a whole zip"),
        (b"", "not a whole zip"),
        (b"<html>Please log in</html>", "not a whole zip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_refused_and_named(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=why) as caught:
        unpacked(data, tmp_path)
    assert "\n" not in str(caught.value)
    assert {name for name in everything(tmp_path) if not name.startswith("model")} == {"a.zip"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="not a whole zip"):
        unpacked(packed(("tiny/README", b"one"), ("tiny/README", b"two")), tmp_path)


def declare(data: bytes, size: int) -> bytes:
    """The archive, saying another size of its only file."""
    told = bytearray(data)
    struct.pack_into("<L", told, data.index(b"PK\x01\x02") + 24, size)
    struct.pack_into("<L", told, data.index(b"PK\x03\x04") + 22, size)
    return bytes(told)


def encrypt(data: bytes, _: int) -> bytes:
    """The archive, saying that its only file is encrypted."""
    told = bytearray(data)
    told[data.index(b"PK\x01\x02") + 8] |= 1
    told[data.index(b"PK\x03\x04") + 6] |= 1
    return bytes(told)


@pytest.mark.parametrize("forge", [declare, encrypt])
def test_an_archive_that_lies_writes_no_more_than_it_said(forge: Callable[[bytes, int], bytes], tmp_path: Path) -> None:
    bomb = forge(packed(("tiny/bomb", bytes(10_000_000))), 10)
    with pytest.raises(AudioError):
        unpacked(bomb, tmp_path, limit=10 if forge is declare else 10_000_000)
    written = tmp_path / "model" / "bomb"
    assert not written.exists() or written.stat().st_size <= 10


@settings(max_examples=150)
@given(flips=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(1, 255)), min_size=1, max_size=4))
def test_an_archive_damaged_anywhere_is_refused_or_yields_only_what_was_packed(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    damaged = bytearray(GOOD)
    for offset, bits in flips:
        damaged[offset] ^= bits
    place = tmp_path_factory.mktemp("damaged")
    try:
        found = unpacked(bytes(damaged), place)
    except AudioError:
        pass
    else:
        assert set(found.values()) <= set(FILES.values()), "other content than was packed"
    assert all(name == "a.zip" or name.split("/")[0] == "model" for name in everything(place))
