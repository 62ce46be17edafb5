"""What a machine lacks skips a test and ends a benchmark, with a line that says what to install."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rig.card import VirtualCard, why_no_card
from benchmarks.rig.errors import MissingPart, missing_parts_explained
from benchmarks.rig.people import recorded, spoken
from benchmarks.rig.places import ROOT

pytestmark = pytest.mark.engine

LACKING = """
import pytest
from benchmarks.rig.errors import MissingPart

pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def voice() -> str:
    raise MissingPart("no voice here: install one")


def test_one(voice: str) -> None:
    pass


def test_another(voice: str) -> None:
    pass


def test_that_meets_it_itself() -> None:
    raise MissingPart("no ear here: install one")


def test_that_fails() -> None:
    raise ValueError("no part is missing here")
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which no program is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("voice", ["flite:slt", "en-us+f3"])
def test_a_voice_that_is_not_installed_is_named_with_the_remedy(voice: str) -> None:
    with pytest.raises(MissingPart, match="is not installed: script/setup --test"):
        spoken("said nowhere else", voice)


@pytest.mark.usefixtures("bare")
def test_a_card_needs_its_programs() -> None:
    assert why_no_card() is not None
    with pytest.raises(MissingPart, match="script/setup --test"), VirtualCard():
        pass


def test_a_recording_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingPart, match="nobody said this"):
        recorded("nobody said this")


def test_a_benchmark_ends_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    @missing_parts_explained()
    def main() -> None:
        raise MissingPart("no voice here: install one")

    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == "no voice here: install one\n"


def test_a_test_is_skipped_with_the_reason_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "test_lacking.py").write_text(LACKING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"), "-rs"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 3 skipped" in done.stdout, done.stdout + done.stderr
    assert "no voice here: install one" in done.stdout
    assert "no ear here: install one" in done.stdout
