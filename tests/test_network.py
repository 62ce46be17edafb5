"""Nothing that Limber does reaches for the network: every way to run it but the live one, traced by strace."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.rig.people import spoken
from tests.network import at_home, left_behind, needs_strace, reached_for, traced
from tests.test_main import quiet, write_wav

pytestmark = [pytest.mark.engine, needs_strace]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def limber(home: Path, *arguments: str | Path, text: str = "") -> str:
    """Run it in somebody's home; its stdout. Fails where it reached for the network, or left something there."""
    trace = home.parent / "trace"
    done = traced(trace, sys.executable, "main.py", *arguments, text=text, environment=at_home(home))
    assert "Traceback" not in done.stderr, done.stderr
    assert reached_for(trace) == []
    assert left_behind(home) == []
    return done.stdout


def test_typed(home: Path) -> None:
    said = limber(home, "run", "--text", "--clock", "fast", text="start neck rotations\nno\n@20 stop\n")
    assert "3" in said.splitlines(), "it did not get so far as to count"


def test_rehearsed(home: Path, tmp_path: Path) -> None:
    source = write_wav(tmp_path / "in.wav", np.concatenate([quiet(0.5), spoken("help", "flite:slt"), quiet(3)]))
    timeline = tmp_path / "t.jsonl"
    limber(home, "run", "--mic-file", source, "--speaker-file", tmp_path / "out.wav", "--timeline", timeline)
    assert '"intent": "Help"' in timeline.read_text(), "it heard nothing, so this shows nothing"


def test_hear(home: Path, tmp_path: Path) -> None:
    source = write_wav(tmp_path / "in.wav", np.concatenate([quiet(0.3), spoken("pause", "flite:rms"), quiet(0.3)]))
    assert '"intent": "Pause"' in limber(home, "hear", source)


def test_say(home: Path, tmp_path: Path) -> None:
    limber(home, "say", "Turn your head.", "--out", tmp_path / "out.wav")
    assert (tmp_path / "out.wav").stat().st_size > 48_000


def test_doctor(home: Path) -> None:
    assert "recogniser: well" in limber(home, "doctor")


REACHING = {
    "a socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "a socket of the newer kind": "import socket; socket.socket(socket.AF_INET6)",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "a thread": "import socket, threading; t = threading.Thread(target=socket.socket); t.start(); t.join()",
    "a child": "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])",
}


@pytest.mark.parametrize("code", REACHING.values(), ids=REACHING)
def test_whatever_reaches_out_is_seen(tmp_path: Path, code: str) -> None:
    assert traced(tmp_path / "trace", sys.executable, "-c", code).returncode == 0
    assert reached_for(tmp_path / "trace")


def test_what_stays_on_the_machine_is_let_be(tmp_path: Path) -> None:
    code = "import socket; socket.socketpair(); socket.socket(socket.AF_UNIX).connect_ex('/nowhere')"
    assert traced(tmp_path / "trace", sys.executable, "-c", code).returncode == 0
    assert reached_for(tmp_path / "trace") == []


def test_what_is_left_in_a_home_is_seen(home: Path) -> None:
    place = Path(at_home(home)["XDG_CACHE_HOME"]) / "somebody" / "deviceid"
    place.parent.mkdir(parents=True)
    place.write_text("42")
    assert left_behind(home) == [".cache/somebody/deviceid"]


@pytest.mark.parametrize(
    "start",
    ["import audio.vad.segmenter", "import main", "import assistant.start", "import audio", "import intents.reader"],
)
def test_telemetry_is_off_before_the_library_that_has_it_is_loaded(tmp_path: Path, start: str) -> None:
    """Whatever is imported first; the variable is read when the library is loaded."""
    code = (
        "import os, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'onnxruntime': print(os.environ.get('ORT_DISABLE_TELEMETRY'))\n"
        "sys.meta_path.insert(0, Finder())\n"
        f"{start}\n"
        "import audio.asr.moonshine.network\n"
    )
    environment = at_home(tmp_path)
    done = traced(tmp_path / "trace", sys.executable, "-c", code, environment=environment)
    assert done.stdout.splitlines() == ["1"], done.stderr
