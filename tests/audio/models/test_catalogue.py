"""Models are there whole or not at all, and what is there is known file by file."""

import hashlib
import io
import json
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audio.errors import AudioError
from audio.models.catalogue import MODELS, Model, folder, install, install_file, installed, verify
from audio.models.download import Patience
from benchmarks.rig.places import ROOT
from tests.audio.models.site import Site, serving

pytestmark = pytest.mark.engine

FILES = {
    "am/final.mdl": np.random.default_rng(1).bytes(500_000),
    "conf/model.conf": b"--beam=10\n",
    "graph/words.txt": b"a word\n" * 1_000,
    "README": b"A model that hears nothing.\n",
}
HASTY = Patience(connect=0.3, read=0.3, pause=0)


def packed(files: dict[str, bytes], top: str = "tiny/") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(top + name, content)
    return archive.getvalue()


def published(data: bytes, address: str = "") -> Model:
    digest = hashlib.sha256(data).hexdigest()
    return Model("tiny", "tiny.zip", address, len(data), digest, 1_000_000, "Apache-2.0", "these tests")


DATA = packed(FILES)
OTHER = packed({**FILES, "am/final.mdl": np.random.default_rng(2).bytes(500_000)})


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site(DATA)) as site:
        yield site


@pytest.fixture
def model(site: Site) -> Model:
    return published(DATA, site.address)


def fetch(model: Model, root: Path) -> Path:
    return install(model, root, lambda _have, _size: None, patience=HASTY)


def complaint(call: Callable[[], object]) -> str:
    """The error that a call ends with: one line, and a remedy after a semicolon."""
    with pytest.raises(AudioError) as caught:
        call()
    message = str(caught.value)
    assert "\n" not in message, f"more than a line: {message!r}"
    assert "; " in message, f"no remedy: {message!r}"
    return message


def assert_whole(model: Model, root: Path) -> None:
    home = installed(model, root)
    assert home == root / model.name
    assert verify(model, root) == []
    assert {place: (home / place).read_bytes() for place in FILES} == FILES
    assert {path.name for path in root.iterdir()} == {"tiny", ".lock"}, "something was left over"


def part_of(root: Path) -> int:
    part = root / "tiny.zip.part"
    return part.stat().st_size if part.exists() else 0


# Fetching


def test_a_model_is_fetched_checked_and_put_in_place(model: Model, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    root = tmp_path / "not" / "there" / "yet"
    assert installed(model, root) is None
    assert install(model, root, lambda have, size: told.append((have, size))) == root / "tiny"
    assert_whole(model, root)
    assert told == sorted(told)
    assert told[0] == (0, len(DATA))
    assert told[-1] == (len(DATA), len(DATA))


def test_installing_again_does_nothing(site: Site, model: Model, tmp_path: Path) -> None:
    fetch(model, tmp_path)
    before = (tmp_path / "tiny").stat().st_ino
    fetch(model, tmp_path)
    assert len(site.asked) == 1
    assert (tmp_path / "tiny").stat().st_ino == before


def test_another_address_may_have_the_same_archive(site: Site, tmp_path: Path) -> None:
    elsewhere = published(DATA, "http://127.0.0.1:1/tiny.zip")
    install(elsewhere, tmp_path, lambda _have, _size: None, address=site.address)
    assert_whole(elsewhere, tmp_path)


def test_a_part_that_is_of_another_file_is_found_out(site: Site, model: Model, tmp_path: Path) -> None:
    (tmp_path / "tiny.zip.part").write_bytes(OTHER)
    assert "SHA-256" in complaint(lambda: fetch(model, tmp_path))
    fetch(model, tmp_path)
    assert_whole(model, tmp_path)
    assert site.asked == [None]


def test_another_file_of_the_same_size_is_refused(site: Site, model: Model, tmp_path: Path) -> None:
    site.data = OTHER
    assert len(OTHER) == len(DATA)
    assert "SHA-256" in complaint(lambda: fetch(model, tmp_path))
    assert installed(model, tmp_path) is None
    assert {path.name for path in tmp_path.iterdir()} == {".lock"}


def test_without_a_network_it_says_how_to_bring_the_file(tmp_path: Path) -> None:
    address = "http://127.0.0.1:1/tiny.zip"
    message = complaint(lambda: fetch(published(DATA, address), tmp_path))
    assert f"fetch {address} on another computer" in message
    assert "main.py models install --file tiny.zip" in message


# By hand


def test_an_archive_brought_by_hand_is_put_in_place_and_kept(tmp_path: Path) -> None:
    archive, root, model = tmp_path / "brought.zip", tmp_path / "models", published(DATA)
    archive.write_bytes(DATA)
    assert install_file(model, root, archive) == root / "tiny"
    assert install_file(model, root, archive) == root / "tiny"
    assert_whole(model, root)
    assert archive.read_bytes() == DATA


@pytest.mark.parametrize("content", [OTHER, DATA[:-1], b"", None])
def test_another_archive_brought_by_hand_is_refused(content: bytes | None, tmp_path: Path) -> None:
    archive, root, model = tmp_path / "brought.zip", tmp_path / "models", published(DATA, "http://there/tiny.zip")
    if content is not None:
        archive.write_bytes(content)
    assert "fetch http://there/tiny.zip" in complaint(lambda: install_file(model, root, archive))
    assert installed(model, root) is None


# What is there


def lose(home: Path) -> str:
    (home / "conf/model.conf").unlink()
    return "conf/model.conf: missing"


def shorten(home: Path) -> str:
    (home / "am/final.mdl").write_bytes(FILES["am/final.mdl"][:-1])
    return "am/final.mdl: damaged"


def add(home: Path) -> str:
    (home / "graph/HCLG.fst").write_bytes(b"a graph")
    return "graph/HCLG.fst: not part of the model"


def flip(home: Path) -> str:
    content = bytearray(FILES["am/final.mdl"])
    content[1_000] ^= 1
    (home / "am/final.mdl").write_bytes(content)
    return "am/final.mdl: damaged"


def lose_manifest(home: Path) -> str:
    (home / "manifest.json").unlink()
    return "tiny: not installed"


def spoil_manifest(home: Path) -> str:
    (home / "manifest.json").write_text(json.dumps({"files": {"README": None}}))
    return "tiny: not installed"


@pytest.mark.parametrize("harm", [lose, shorten, add, flip, lose_manifest, spoil_manifest])
def test_harm_is_found_named_and_repaired(harm: Callable[[Path], str], model: Model, tmp_path: Path) -> None:
    found = harm(fetch(model, tmp_path))
    (problem,) = verify(model, tmp_path)
    assert found in problem
    assert problem.endswith("; run `main.py models install`")
    assert (installed(model, tmp_path) is None) == (harm not in {flip, add}), "sizes alone tell what can be loaded"
    fetch(model, tmp_path)
    assert_whole(model, tmp_path)


def test_another_version_does_not_count_as_installed(site: Site, model: Model, tmp_path: Path) -> None:
    fetch(model, tmp_path)
    newer = published(OTHER, site.address)
    assert installed(newer, tmp_path) is None
    site.data = OTHER
    fetch(newer, tmp_path)
    assert verify(newer, tmp_path) == []


# Interrupted, at once, without room


def test_an_install_that_fails_leaves_what_was_there(site: Site, model: Model, tmp_path: Path) -> None:
    fetch(model, tmp_path)
    # As published, and yet not to be unpacked.
    site.data = packed({**FILES, "../escaped": b""})
    assert "escaped" in complaint(lambda: fetch(published(site.data, site.address), tmp_path))
    assert installed(model, tmp_path) is not None
    assert verify(model, tmp_path) == []


def start(model: Model, root: Path) -> subprocess.Popen[bytes]:
    """An install in another process."""
    code = "import sys; from audio.models.catalogue import *; "
    code += "install(Model(*eval(sys.argv[1])), Path(sys.argv[2]), print)"
    fields = repr(tuple(vars(model).values()))
    return subprocess.Popen([sys.executable, "-c", code, fields, str(root)], cwd=ROOT, stdout=subprocess.DEVNULL)


def test_a_killed_install_is_taken_up_and_nobody_else_installs_meanwhile(
    site: Site, model: Model, tmp_path: Path
) -> None:
    site.seconds_per_chunk = 0.1
    with start(model, tmp_path) as process:
        try:
            while part_of(tmp_path) < 100_000:
                assert process.poll() is None, "it ended before it was killed"
                time.sleep(0.02)
            assert "another install" in complaint(lambda: fetch(model, tmp_path))
        finally:
            process.kill()
    have = part_of(tmp_path)
    assert 0 < have < len(DATA)
    assert installed(model, tmp_path) is None
    site.seconds_per_chunk = 0
    fetch(model, tmp_path)
    assert_whole(model, tmp_path)
    assert site.asked == [None, f"bytes={have}-"]


def test_of_two_installs_at_once_one_works(site: Site, model: Model, tmp_path: Path) -> None:
    site.seconds_per_chunk = 0.02
    refused: list[str] = []

    def attempt() -> None:
        try:
            fetch(model, tmp_path)
        except AudioError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert "another install" in refused[0]
    assert_whole(model, tmp_path)


def test_what_a_killed_install_left_is_cleared(model: Model, tmp_path: Path) -> None:
    for left in (".tiny.new", ".tiny.old"):
        (tmp_path / left / "am").mkdir(parents=True)
    fetch(model, tmp_path)
    assert_whole(model, tmp_path)


def test_without_room_nothing_is_fetched(site: Site, model: Model, tmp_path: Path) -> None:
    assert "make room" in complaint(lambda: fetch(replace(model, unpacked=2**60), tmp_path))
    assert site.asked == []


def test_a_place_that_is_no_folder_is_explained(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for root in (file, file / "below"):
        assert "LIMBER_MODELS" in complaint(lambda root=root: fetch(model, root))  # type: ignore[misc]


# The list


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIMBER_MODELS", str(tmp_path))
    assert folder() == tmp_path
    monkeypatch.delenv("LIMBER_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folder() == tmp_path / "limber" / "models"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_model_is_fetched_safely_and_says_its_licence(model: Model) -> None:
    assert model.address.startswith("https://")
    assert model.address.endswith(f"/{model.file}")
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.size < model.unpacked < 10 * model.size
    assert model.licence


def test_looking_for_a_model_loads_nothing_that_reaches_the_network() -> None:
    code = "import sys; from audio.models.catalogue import *; installed(VOSK_SMALL_EN, folder()); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert not {"requests", "urllib3", "socket", "ssl"} & set(loaded.split())
