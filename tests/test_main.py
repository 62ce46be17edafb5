"""The command line, as anybody would call it."""

import json
import signal
import subprocess
import sys
import wave
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assistant import script
from assistant.script import starting_lines, stretching
from assistant.sessions.profile import Profile
from audio.devices.portaudio import why_unavailable
from benchmarks.rig.people import spoken
from benchmarks.rig.places import ROOT
from main import limber as command_line

pytestmark = pytest.mark.engine


def limber(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run main.py."""
    command = [sys.executable, ROOT / "main.py", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False, timeout=300)


def called(*arguments: str | Path) -> Result:
    """What a command ends with, in this process: a start takes a second, this none.

    That a started program prints the same and ends with the same status is shown by one test or more of each command.
    """
    ended = CliRunner().invoke(command_line, [str(each) for each in arguments])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), f"not explained: {ended.exception!r}"
    return ended


def write_wav(path: Path, samples: np.ndarray[tuple[int], np.dtype[np.float32]], rate: int = 16_000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32_767).astype("<i2").tobytes())
    return path


def quiet(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.zeros(int(seconds * 16_000), np.float32)


def test_text_mode_prints_what_is_said_and_nothing_else(tmp_path: Path) -> None:
    timeline = tmp_path / "timeline.jsonl"
    done = limber(
        "run", "--text", "--clock", "fast", "--timeline", timeline, text="start neck rotations\nno\n@20 stop\n"
    )
    assert done.returncode == 0, done.stderr
    assert {"1", "2", "3"} <= set(done.stdout.splitlines())
    lines = [json.loads(line) for line in timeline.read_text().splitlines()]
    assert [line["frame"] for line in lines] == sorted(line["frame"] for line in lines)
    assert all(line["at"] == pytest.approx(line["frame"] / 48_000, abs=1e-5) for line in lines)
    count = next(line for line in lines if line["event"] == "count")
    assert count.keys() == {"event", "frame", "at", "n", "of", "silent"}


def test_a_typed_session_with_a_new_profile_is_welcomed_once(tmp_path: Path) -> None:
    first = limber("run", "--text", "--clock", "fast", "--profile", tmp_path, text="yes\nfine\nskip\nstop\n")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        starting_lines.NICE_TO_MEET,
        starting_lines.WELCOME_QUESTIONS["hearing"],
        starting_lines.WELCOME_QUESTIONS["speed"],
        script.WHICH_NUMBER,
        script.NO_NUMBER,
        starting_lines.WELCOME_QUESTIONS["stop"],
        starting_lines.STOP_WORKS,
    ]
    again = limber("run", "--text", "--clock", "fast", "--profile", tmp_path, text="@wait 5\n")
    assert (again.returncode, again.stdout) == (0, "")


def test_typed_sessions_of_somebody_known_are_not_asked_for_the_emergency_number(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("volume: 0.0\n")
    done = limber("run", "--text", "--clock", "fast", "--profile", tmp_path, text="@wait 5\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "settings.yaml").read_text() == "volume: 0.0\n"


def test_a_rehearsal_with_a_new_profile_is_welcomed_and_one_without_is_not(tmp_path: Path) -> None:
    source, timeline = write_wav(tmp_path / "in.wav", quiet(2)), tmp_path / "t.jsonl"
    said = []
    for kept in (["--profile", str(tmp_path / "profile")], list[str]()):
        files = ("--mic-file", source, "--speaker-file", tmp_path / "out.wav", "--timeline", timeline)
        assert limber("run", *files, *kept, "--limit", "8").returncode == 0
        lines = [json.loads(line) for line in timeline.read_text().splitlines()]
        said.append([line["text"] for line in lines if line["event"] == "said"])
    assert said == [[starting_lines.NICE_TO_MEET, starting_lines.WELCOME_QUESTIONS["hearing"]], []]


def test_a_full_disk_ends_no_session_and_is_told_once(tmp_path: Path) -> None:
    Profile(tmp_path)
    command = [sys.executable, "main.py", "run", "--text", "--clock", "fast", "--profile", str(tmp_path)]
    done = subprocess.run(
        command,
        input="louder\nlouder\nstart shoulder blade squeezes\nno\nhelp\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        preexec_fn=lambda: setrlimit(RLIMIT_FSIZE, (0, 0)),
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines.count(script.CANNOT_SAVE) == 1
    assert stretching.SESSION_DONE in lines[lines.index(script.CANNOT_SAVE) :]
    assert Profile(tmp_path).history.read() == ()


@pytest.mark.skipif(why_unavailable() is None, reason="there is a sound device here")
def test_without_a_sound_device_it_says_so_and_takes_typed_lines() -> None:
    done = limber(text="help\n")
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "text mode" in done.stderr
    assert "Say stop at any time." in done.stdout


def test_a_rehearsal_writes_the_sound_and_is_the_same_each_time(tmp_path: Path) -> None:
    microphone = np.concatenate([quiet(0.5), spoken("help", "flite:slt"), quiet(6)])
    source = write_wav(tmp_path / "in.wav", microphone)
    sounds = []
    for name in ("warm", "one", "two"):
        out, timeline = tmp_path / f"{name}.wav", tmp_path / f"{name}.jsonl"
        done = limber("run", "--mic-file", source, "--speaker-file", out, "--timeline", timeline)
        assert done.returncode == 0, done.stderr
        sounds.append((out.read_bytes(), timeline.read_bytes()))
    assert sounds[1] == sounds[2], "two runs with warm clips differ"
    with wave.open(str(tmp_path / "one.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        assert file.getnframes() / 48_000 >= len(microphone) / 16_000
    heard = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text().splitlines()]
    assert [line["intent"] for line in heard if line["event"] == "heard"] == ["Help"]


def test_the_limit_ends_a_rehearsal_at_its_frame(tmp_path: Path) -> None:
    source, out = write_wav(tmp_path / "in.wav", quiet(5)), tmp_path / "out.wav"
    assert limber("run", "--mic-file", source, "--speaker-file", out, "--limit", "2.5").returncode == 0
    with wave.open(str(out)) as file:
        assert file.getnframes() == 120_000


def test_latency_delays_what_is_decided(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "in.wav", np.concatenate([quiet(0.5), spoken("help", "flite:slt"), quiet(3)]))
    at = []
    for latency in ("0", "400"):
        timeline = tmp_path / "t.jsonl"
        files = ("--mic-file", source, "--speaker-file", tmp_path / "out.wav", "--timeline", timeline)
        assert limber("run", *files, "--latency", latency).returncode == 0
        lines = [json.loads(line) for line in timeline.read_text().splitlines()]
        at.append(next(line["at"] for line in lines if line["event"] == "heard"))
    assert at[1] - at[0] == pytest.approx(0.4, abs=0.02)


def test_understand_prints_a_line_for_each_text() -> None:
    done = limber("understand", "pause", "hold for twenty seconds", "the cat sat", "--state", "Holding", "--json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["intent"] for line in lines] == ["Pause", "HoldFor", None]
    assert lines[1]["slots"] == {"seconds": "20"}
    assert lines[0].keys() == {"text_in", "text", "intent", "slots", "confidence", "seconds", "also"}


def test_understand_prints_all_that_was_meant_and_what_decided() -> None:
    texts = ("go on and speak up", "stop, text my brother")
    done = limber("understand", *texts, "--state", "Paused", "--why")
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert (first["intent"], first["also"]) == ("Resume", [{"intent": "Louder", "slots": {}}])
    assert (second["intent"], second["also"], second["unread"]) == ("Stop", [], "text my brother")
    assert "stop" in second["why"][0]


def test_hear_goes_on_after_a_file_it_cannot_read(tmp_path: Path) -> None:
    good = write_wav(tmp_path / "good.wav", np.concatenate([quiet(0.3), spoken("pause", "flite:rms"), quiet(0.3)]))
    bad = tmp_path / "bad.wav"
    bad.write_text("no sound at all")
    done = limber("hear", bad, good, "--json")
    assert done.returncode == 1
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert first.keys() == {"file", "error"}
    assert second["intent"] == "Pause"
    assert "Traceback" not in done.stderr


def test_foreign_intents_replace_the_built_in_ones(tmp_path: Path) -> None:
    lamp = tmp_path / "lamp.yaml"
    lamp.write_text(
        "language: en\nintents:\n  TurnOn:\n    data:\n      - sentences: ['turn on [the] {what}']\n"
        "lists:\n  what:\n    values: [lamp, radio]\n"
    )
    done = limber("understand", "turn on the lamp", "pause", "--intents", lamp)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["intent"], line["slots"]) for line in found] == [("TurnOn", {"what": "lamp"}), (None, {})]
    beside = called("understand", "turn on the lamp", "pause", "--intents", lamp, "--intents", "coach")
    assert [json.loads(line)["intent"] for line in beside.stdout.splitlines()] == ["TurnOn", "Pause"]


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [
        (["run", "--mic-file", "missing.wav", "--speaker-file", "out.wav"], 1, "missing.wav"),
        (["run", "--mic-file", "missing.wav"], 2, "--speaker-file"),
        (["run", "--text", "--timeline", "no/such/folder/t.jsonl"], 1, "no/such/folder/t.jsonl"),
        (["run", "--speed", "3"], 2, "--speed"),
        (["understand", "x", "--state", "Nowhere"], 2, "Nowhere"),
        (["understand", "x", "--intents", "missing.yaml"], 1, "missing.yaml"),
        (["guidance", "check", "missing.yaml"], 1, "missing.yaml"),
        (["routine", "check", "missing.yaml"], 1, "missing.yaml"),
        (["routine", "check"], 2, "FILE"),
        (["say", "x", "--out", "no/such/folder/x.wav"], 1, "no/such/folder"),
        (["dance"], 2, "dance"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: list[str], code: int, names: str) -> None:
    done = called(*arguments)
    assert done.exit_code == code, done.stderr
    assert names in done.stderr
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [(["understand", "x", "--intents", "missing.yaml"], 1, "missing.yaml"), (["run", "--speed", "3"], 2, "--speed")],
)
def test_a_started_program_says_what_is_wrong_and_ends_with_its_status(
    arguments: list[str], code: int, names: str
) -> None:
    done = limber(*arguments)
    assert done.returncode == code, done.stderr
    assert names in done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_guidance_is_listed_and_checked(tmp_path: Path) -> None:
    listed = limber("guidance", "list").stdout
    assert "movement neck_rotation: Neck rotations" in listed
    assert "routine full:" in listed
    assert called("guidance", "check", ROOT / "assistant" / "guidance").exit_code == 0
    broken = tmp_path / "movements.yaml"
    broken.write_text("movements:\n  wiggle:\n    title: Wiggle\n    seconds: many\n")
    done = limber("guidance", "check", broken)
    assert done.returncode == 1
    assert "line 4" in done.stderr
    assert "movements.wiggle.seconds" in done.stderr


def test_files_of_routines_are_checked(tmp_path: Path) -> None:
    example = ROOT / "docs" / "routines" / "example.yaml"
    broken = tmp_path / "knee.yaml"
    broken.write_text("name: Knee\nsteps:\n- movement: jumping\n")
    assert "start Knee to wall" in called("routine", "check", example).stdout
    done = limber("routine", "check", "--json", example, broken)
    assert done.returncode == 1
    good, fault = [json.loads(line) for line in done.stdout.splitlines()]
    assert good == {"file": str(example), "name": "Knee to wall", "steps": 3}
    assert (fault["file"], fault["line"], fault["field"]) == (str(broken), 3, "steps.0.movement")
    assert fault["expected"].startswith("one of neck_rotation")


def test_say_writes_a_clip(tmp_path: Path) -> None:
    out = tmp_path / "hello.wav"
    assert limber("say", "Turn your head to the right.", "--out", out).returncode == 0
    with wave.open(str(out)) as file:
        assert 1 < file.getnframes() / 48_000 < 4


def test_a_rehearsal_in_a_room(tmp_path: Path) -> None:
    sound = np.concatenate([quiet(0.5), spoken("what helps", "flite:slt"), quiet(3)])
    source = write_wav(tmp_path / "in.wav", sound)
    files = ["--mic-file", str(source), "--speaker-file", str(tmp_path / "out.wav")]
    around = ["--room", "small", "--echo-level", "6", "--echo-delay", "80", "--drift", "50", "--echo", "speex"]
    done = limber("run", *files, *around, "--timeline", tmp_path / "t.jsonl", "--limit", "6")
    assert done.returncode == 0, done.stderr
    heard = list(map(json.loads, (tmp_path / "t.jsonl").read_text().splitlines()))
    assert [line["intent"] for line in heard if line["event"] == "heard"] == ["WhatHelps"]


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["--room", "small"], 2, "--mic-file"),
        (["--mic-file", "in.wav", "--speaker-file", "out.wav", "--room", "attic"], 1, "attic"),
        (["--mic-file", "in.wav", "--speaker-file", "out.wav", "--noise", "no.wav"], 1, "no.wav"),
        (["--echo", "loud"], 2, "speex"),
    ],
)
def test_a_room_that_cannot_be_is_one_clear_error(tmp_path: Path, arguments: list[str], code: int, named: str) -> None:
    write_wav(tmp_path / "in.wav", spoken("what helps", "flite:slt"))
    done = called("run", *(tmp_path / each if each.endswith(".wav") else each for each in arguments))
    assert done.exit_code == code
    assert named in done.stderr


def test_the_time_is_that_of_the_command_line() -> None:
    done = limber("run", "--text", "--clock", "fast", "--start-at", "2026-11-26T09:00+01:00", text="what time is it\n")
    assert (done.returncode, done.stdout) == (0, "It is nine o'clock in the morning.\n")


@pytest.mark.parametrize("arguments", [("--text", "--start-at", "nine"), ("--text", "--start-at", "2026-11-26T09:00")])
def test_a_time_without_a_zone_is_explained(arguments: tuple[str, ...]) -> None:
    done = called("run", *arguments)
    assert done.exit_code == 2
    assert "write a time with its zone" in done.stderr


def test_quietly_no_counts_are_printed() -> None:
    done = limber("run", "--text", "--clock", "fast", "--quiet", text="start neck rotations\nno\n@20 stop\n")
    assert script.SESSION_OVER in done.stdout.splitlines()
    assert [line for line in done.stdout.splitlines() if line.isdigit()] == []


@pytest.mark.parametrize("typed", ["", "start neck tilts\nno\n@15 pause\n"])
def test_interrupted_at_the_keyboard_it_says_goodbye(typed: str, tmp_path: Path) -> None:
    timeline = tmp_path / "timeline.jsonl"
    # Where the tests run in the background, they ignore Ctrl-C, and so would Limber.
    obeying = ["env", "--default-signal=INT"]
    command = [*obeying, sys.executable, str(ROOT / "main.py"), "run", "--text", "--timeline", str(timeline)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write("what time is it\n")
        running.stdin.flush()
        running.stdout.readline()
        running.stdin.write(typed)
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        assert running.stdout.read().splitlines()[-1] == script.FAREWELL
    assert running.returncode == 0
    assert timeline.read_text()
