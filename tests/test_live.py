"""Live sessions on a virtual sound card: spoken into its microphone, judged from what its speaker was given."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest

from audio.timeline import FRAMES_PER_SECOND, Speech
from audio.voice import Voice
from tests.card import Card, Samples, needs_card
from tests.people import spoken

pytestmark = needs_card
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds after which nothing more is awaited, however busy the machine."""


@pytest.fixture(scope="module")
def card() -> Iterator[Card]:
    with Card() as card:
        yield card


class Limber:
    """Limber running on a card; what it shows is collected line by line."""

    def __init__(self, card: Card, folder: Path, *arguments: str) -> None:
        self._card = card
        self._timeline = folder / "timeline.jsonl"
        self._process = subprocess.Popen(
            [
                sys.executable,
                "main.py",
                "run",
                "--profile",
                folder / "profile",
                "--timeline",
                self._timeline,
                *arguments,
            ],
            cwd=ROOT,
            env=dict(card.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._began = time.monotonic()
        self.lines: list[str] = []
        self._seen = 0
        threading.Thread(target=self._collect, daemon=True).start()

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._began

    def _collect(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def wait_for(self, line: str) -> Self:
        """Until it shows this line, after the last one waited for."""
        deadline = time.monotonic() + PATIENCE
        while line not in self.lines[self._seen :]:
            assert self._process.poll() is None, self._process.communicate()[1]
            assert time.monotonic() < deadline, f"{line!r} never came after {self.lines}"
            time.sleep(0.02)
        self._seen += self.lines[self._seen :].index(line) + 1
        return self

    def wait_for_listening(self) -> Self:
        """Until its loop runs: the first key that it answers is unheard otherwise."""
        assert self._process.stderr is not None
        assert self._process.stderr.readline().startswith("space")
        time.sleep(1.5)
        return self

    def hears(self, words: str) -> Self:
        """Somebody says this into the microphone."""
        self._card.speak(spoken(words, "flite:slt"), 16_000)
        return self

    def press(self, key: str) -> Self:
        """Somebody presses a key."""
        assert self._process.stdin is not None
        self._process.stdin.write(key)
        self._process.stdin.flush()
        return self

    def signal(self, number: int) -> float:
        """Send a signal; the seconds until it has ended."""
        began = time.monotonic()
        self._process.send_signal(number)
        self._process.wait(PATIENCE)
        return time.monotonic() - began

    def end(self) -> list[dict[str, Any]]:
        """Press q; the timeline."""
        if self._process.poll() is None:
            self.press("q")
        assert self._process.wait(PATIENCE) == 0, self._process.communicate()[1]
        return [json.loads(line) for line in self._timeline.read_text().splitlines()]


def of(timeline: list[dict[str, Any]], event: str) -> list[dict[str, Any]]:
    return [line for line in timeline if line["event"] == event]


def found(sound: Samples, clip: Samples, around: int, within: int) -> tuple[int, float]:
    """Where a clip lies in a sound, and how like it is there (1: the same)."""
    begin = max(0, around - within)
    window = sound[begin : around + within + len(clip)]
    if len(window) < len(clip):
        return begin, 0.0
    size = 1 << (len(window) + len(clip)).bit_length()  # by way of frequencies: minutes are searched in no time
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(clip, size))
    likeness = np.fft.irfft(spectrum, size)[: len(window) - len(clip) + 1]
    at = int(np.argmax(likeness))
    there = window[at : at + len(clip)]
    return begin + at, float(likeness[at] / (np.linalg.norm(there) * np.linalg.norm(clip) + 1e-9))


def test_a_spoken_session_counts_to_the_sample_at_the_speaker(card: Card, tmp_path: Path) -> None:
    with card.recording() as recording, Limber(card, tmp_path) as limber:
        limber.wait_for_listening().hears("start neck rotations").wait_for("> start neck rotations")
        time.sleep(6.5)
        limber.hears("no").wait_for("Hold.").wait_for("5").hears("pause")
        limber.wait_for("Let go, slowly. Say go on when you are ready.")
        time.sleep(3.5)
        limber.hears("carry on").wait_for("Head to the right again.").wait_for("12").hears("stop")
        limber.wait_for("Session over. Let go slowly. Say go on to pick it up again.")
        timeline = limber.end()
        sound = recording.samples
    assert [line["intent"] for line in of(timeline, "heard")] == ["StartMovement", "No", "Pause", "Resume", "Stop"]
    check_counts(timeline, sound)


def counts_found(timeline: list[dict[str, Any]], sound: Samples) -> list[tuple[dict[str, Any], int]]:
    """The counts whose clips lie in the recording, and where; the last before an interruption may be cut."""
    counts = of(timeline, "count")
    with Voice() as voice:
        clips = {n: voice.clip(Speech(str(n), fit=FRAMES_PER_SECOND)) for n in {line["n"] for line in counts}}
    first = clips[1][: FRAMES_PER_SECOND // 3]
    starts = range(0, len(sound) - FRAMES_PER_SECOND, FRAMES_PER_SECOND)
    searched = (found(sound, first, at, FRAMES_PER_SECOND) for at in starts)
    offset = next(at for at, likeness in searched if likeness > 0.98) - counts[0]["frame"]
    places = []
    for line in counts:
        clip = clips[line["n"]][: FRAMES_PER_SECOND // 3]
        at, likeness = found(sound, clip, offset + line["frame"], FRAMES_PER_SECOND // 4)
        if likeness > 0.9:
            places.append((line, at))
    return places


def check_counts(timeline: list[dict[str, Any]], sound: Samples) -> None:
    """Consecutive counts lie 48,000 frames apart in the recording, but where the speaker ran dry in between."""
    counts, places = of(timeline, "count"), counts_found(timeline, sound)
    assert len(places) >= len(counts) - 2, f"only {len(places)} of {len(counts)} counts are in the recording"
    dry = [line["frame"] for line in of(timeline, "underrun")]
    for (before, a), (after, b) in pairwise(places):
        if after["frame"] - before["frame"] == FRAMES_PER_SECOND and not any(
            before["frame"] - FRAMES_PER_SECOND < at < after["frame"] + FRAMES_PER_SECOND for at in dry
        ):
            assert b - a == FRAMES_PER_SECOND, f"counts {before['n']} and {after['n']} are {b - a} frames apart"


def test_the_whole_task_by_keys(card: Card, tmp_path: Path) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for_listening().press("g")
        limber.wait_for("Any chest pain, breathlessness or fever, numbness or weakness, fall or injury?").press("n")
        limber.wait_for("Hold.").wait_for("2").press(" ").wait_for("Let go, slowly. Say go on when you are ready.")
        limber.press(" ").wait_for("Head to the right again.").press("n").wait_for("Next, shoulder rolls.")
        limber.press("+").wait_for("Louder.").press("b").wait_for("Neck rotations.").press("s")
        limber.wait_for("Session over. Let go slowly. Say go on to pick it up again.")
        timeline = limber.end()
    heard = [line["intent"] for line in of(timeline, "heard")]
    assert heard == ["StartRoutine", "No", "Pause", "Resume", "Next", "Louder", "Back", "Stop"]
    assert [line["cause"] for line in of(timeline, "paused") + of(timeline, "stopped")] == ["key", "key"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once(card: Card, tmp_path: Path, number: int) -> None:
    with Limber(card, tmp_path) as limber:
        limber.wait_for_listening().press("?").wait_for(
            "Tell me what hurts, or say start stretching. Say stop at any time."
        )
        lines = len(limber.lines)
        assert limber.signal(number) < 3
        assert len(limber.lines) == lines, "it said more"
        assert limber.end()


def test_a_speaker_that_goes_away_holds_the_session_until_it_is_back(card: Card, tmp_path: Path) -> None:
    def suspend(yes: str) -> None:
        subprocess.run(["pactl", "suspend-sink", "speaker", yes], env=dict(card.environment), check=True)

    with Limber(card, tmp_path) as limber:
        limber.wait_for_listening().press("g").wait_for(
            "Any chest pain, breathlessness or fever, numbness or weakness, fall or injury?"
        )
        limber.press("n").wait_for("Hold.").wait_for("3")
        suspend("1")
        time.sleep(4)
        suspend("0")
        limber.wait_for("Head to the right again.").wait_for("15").wait_for("Slowly back to the middle.")
        timeline = limber.end()
    assert [line["device"] for line in of(timeline, "device_lost")][:1] == ["speaker"]
    assert of(timeline, "device_back")
    assert [line["cause"] for line in of(timeline, "paused")] == ["device"]
    assert [line["cause"] for line in of(timeline, "resumed")] == ["device"]
    assert of(timeline, "hold_ended")[0]["held"] == 15 * FRAMES_PER_SECOND
    assert [line["n"] for line in of(timeline, "count")][:15] == list(range(1, 16))
    assert [line["frame"] for line in timeline] == sorted(line["frame"] for line in timeline)


def test_a_device_that_does_not_fit_is_explained_with_the_list(card: Card) -> None:
    command = [sys.executable, "main.py", "run", "--speaker", "gramophone"]
    done = subprocess.run(command, cwd=ROOT, env=dict(card.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "'gramophone' is no speaker" in done.stderr
    assert "pulse" in done.stderr
    assert "Traceback" not in done.stderr
