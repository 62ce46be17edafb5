"""The virtual sound card: what is played arrives to the sample, what is said is heard, and nothing stays behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.rig.card import CARD_RATE, PATIENCE, SCRIPT, Samples, VirtualCard
from tests.live.busy import too_busy
from tests.live.needs import needs_card

pytestmark = pytest.mark.live

LIST_DEVICES = """
import json, sounddevice
print(json.dumps({kind: sounddevice.query_devices(kind=kind) for kind in ("input", "output")}))
"""

PLAY_CLICKS = """
import threading
import numpy as np
import sounddevice

RATE, CLICKS = 48_000, 11
train = np.zeros(CLICKS * RATE, np.float32)  # silence at both ends, since a stream that ends drops what is buffered
train[RATE // 2 :: RATE] = 0.9
position = underruns = 0
done = threading.Event()

def play(out, frames, time, status):
    global position, underruns
    underruns += bool(status.output_underflow)
    part = train[position : position + frames]
    out[: len(part), 0], out[len(part) :] = part, 0
    position += frames
    if position >= len(train):
        done.set()

with sounddevice.OutputStream(samplerate=RATE, channels=1, latency=0.1, blocksize=0, callback=play):
    done.wait()
print(underruns)
"""

# Until a sound has come and gone, or for at most half a minute.
LISTEN = """
import sys
import numpy as np
import sounddevice

heard = []
with sounddevice.InputStream(samplerate=16_000, channels=1, blocksize=1_280, latency="high") as stream:
    while len(heard) < 375:
        heard.append(stream.read(1_280)[0])
        if len(heard) == 1:
            print("listening", file=sys.stderr, flush=True)
        loud = [np.abs(block).max() > 0.1 for block in heard]
        if any(loud) and not any(loud[-3:]):
            break
sys.stdout.buffer.write(np.concatenate(heard).tobytes())
"""


@pytest.fixture(scope="module")
def card() -> Iterator[VirtualCard]:
    with VirtualCard() as card:
        yield card


def run(card: VirtualCard, code: str) -> str:
    """What a Python program prints that has this card."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=card.environment, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    ).stdout


def tone(hertz: float, seconds: float) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * CARD_RATE)) / CARD_RATE)).astype(np.float32)


def bearers(name: str) -> list[str]:
    """The processes that were started inside the card of this folder and are still there."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"LIMBER_CARD={name}\0".encode() in (process / "environ").read_bytes():
                found.append((process / "comm").read_text().strip())
        except OSError:  # somebody else's, or gone meanwhile
            continue
    return found


@needs_card
def test_there_are_a_default_microphone_and_a_default_speaker(card: VirtualCard) -> None:
    devices = json.loads(run(card, LIST_DEVICES))
    assert devices["input"]["max_input_channels"] > 0
    assert devices["output"]["max_output_channels"] > 0


@needs_card
def test_clicks_arrive_exactly_a_second_apart(card: VirtualCard) -> None:
    for _ in range(3):
        with card.recording() as recording:
            underruns = int(run(card, PLAY_CLICKS))
            clicks = np.flatnonzero(recording.wait(0.3) > 0.4)
        gaps = np.diff(clicks).tolist()
        if underruns == 0:
            assert gaps == [CARD_RATE] * 10
            return
        # The machine was too busy to play without a break, which says nothing about the card; but no break goes unsaid.
        assert len(gaps) == 10, "clicks were lost or doubled"
        assert sum(gap != CARD_RATE for gap in gaps) <= underruns, f"{underruns} underruns, but {gaps}"
    too_busy("no ten seconds were played without an underrun")


@needs_card
def test_what_is_said_into_the_microphone_is_heard(card: VirtualCard) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN], env=card.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as listener:
        assert listener.stderr is not None
        for line in listener.stderr:
            if line == b"listening\n":
                break
        card.speak(tone(440, 1.0))
        heard = np.frombuffer(listener.communicate(timeout=PATIENCE)[0], np.float32)
    loud = np.flatnonzero(np.abs(heard) > 0.1)
    assert len(loud), "nothing was heard"
    sound = heard[loud[0] : loud[-1] + 1]
    strongest = np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * 16_000 / len(sound)
    assert strongest == pytest.approx(440, abs=3)
    assert len(sound) == pytest.approx(16_000, abs=800)


@needs_card
def test_a_card_is_heard_by_itself_alone(card: VirtualCard) -> None:
    play = ["pacat", "--raw", "--format=float32le", f"--rate={CARD_RATE}", "--channels=1"]
    with VirtualCard() as other, card.recording() as here, other.recording() as there:
        subprocess.run(play, env=other.environment, input=tone(440, 0.3).tobytes(), check=True, timeout=PATIENCE)
        assert np.abs(there.wait(0.2)).max() > 0.4
        assert not here.wait(0.2).any()


@needs_card
@pytest.mark.parametrize("status", [0, 7, 125])
def test_the_exit_status_and_the_streams_are_the_commands(status: int) -> None:
    command: list[str | Path] = [SCRIPT, "sh", "-c", f'cat; echo "$1" >&2; exit {status}', "sh", "two  words"]
    done = subprocess.run(command, input="in", capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (status, "in", "two  words\n")


@needs_card
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (None, 0)], ids=["SIGTERM", "SIGINT", "end"]
)
def test_nothing_stays_behind(sent: signal.Signals | None, status: int) -> None:
    # It leaves a process behind that ignores the gentle signals.
    stubborn = "sh -c 'trap : TERM INT HUP; echo $LIMBER_CARD; while true; do sleep 1; done' &"
    # Whoever runs the tests in the background may ignore Ctrl-C, and a shell cannot undo that.
    heedful: list[str | Path] = ["env", "--default-signal=INT"]
    command = [*heedful, SCRIPT, "sh", "-c", f"{stubborn} {'wait' if sent else 'sleep 0.2'}"]
    # In a session of its own there is no terminal, so nobody but the script has the signal to pass on.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            name = process.stdout.readline().strip()
            if sent:
                assert Path(name).stat().st_mode & 0o777 == 0o700
                assert {"pulseaudio", "parec", "sh"} <= set(bearers(name)), "the test looks in the wrong place"
                process.send_signal(sent)
            assert process.wait(PATIENCE) == status
        finally:
            process.terminate()
    assert bearers(name) == []
    assert not Path(name).exists()


def test_what_is_missing_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "bash").symlink_to("/bin/bash")
    done = subprocess.run(
        [SCRIPT, "true"], env={"PATH": os.fspath(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 125
    assert "apt-get install pulseaudio pulseaudio-utils" in done.stderr
    assert "\n" not in done.stderr.strip()
