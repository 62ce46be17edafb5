"""The settings are told and changed at the command line, and a bad value changes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.commands.settings_command import NAMES, settings
from assistant.sessions.profile import Profile
from assistant.settings import Settings

pytestmark = pytest.mark.unit


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(settings, [*words, "--profile", str(folder)])


def test_all_are_told_and_no_profile_is_made(tmp_path: Path) -> None:
    found = run(tmp_path / "new")
    assert [line.partition(":")[0] for line in found.output.splitlines()] == list(NAMES)
    assert not (tmp_path / "new").exists()


def test_as_json(tmp_path: Path) -> None:
    told = [json.loads(line) for line in run(tmp_path, "--json").output.splitlines()]
    assert {each["name"] for each in told} == set(NAMES)
    assert {"name": "words_per_minute", "value": Settings().words_per_minute} in told


@pytest.mark.parametrize(
    ("name", "written", "value", "told"),
    [
        ("words_per_minute", "170", 170, "170"),
        ("volume", "-6", -6.0, "-6.0"),
        ("counting", "last three", "last three", "last three"),
        ("ask_emergency_number", "no", False, "no"),
        ("awake_minutes", "0", 0, "0"),
        ("voice", "british woman", "british woman", "british woman"),
        ("emergency_number", "112", "112", "112"),
        ("emergency_number", "none", None, "none"),
        ("conditions", "disc, pregnant", ("disc", "pregnant"), "disc, pregnant"),
        ("quiet_hours", "23:00-06:30", "23:00-06:30", "23:00-06:30"),
    ],
)
def test_one_is_changed_and_kept(tmp_path: Path, name: str, written: str, value: object, told: str) -> None:
    found = run(tmp_path, name, written)
    assert (found.exit_code, found.output) == (0, f"{name}: {told}\n")
    assert getattr(Profile(tmp_path).settings(), name) == value
    assert run(tmp_path, name).output == found.output


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("words_per_minute", "999"),
        ("words_per_minute", "fast"),
        ("emergency_number", "1"),
        ("quiet_hours", "late"),
        ("counting", "loudly"),
    ],
)
def test_a_bad_value_is_explained_and_changes_nothing(tmp_path: Path, name: str, written: str) -> None:
    run(tmp_path, "volume", "-6")
    before = Profile(tmp_path).settings()
    found = run(tmp_path, name, written)
    assert found.exit_code == 1
    assert name in found.output
    assert written in found.output
    assert found.output.count("\n") == 1
    assert Profile(tmp_path).settings() == before


def test_an_unknown_name_is_wrong_usage_and_names_them_all(tmp_path: Path) -> None:
    found = run(tmp_path, "loudness", "3")
    assert found.exit_code == 2
    assert all(name in found.output for name in NAMES)
