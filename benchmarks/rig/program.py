"""Limber live on a virtual card: started, talked to, and judged by its timeline and by what its speaker was given."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np

from audio.frames import FRAMES_PER_SECOND
from audio.models.catalogue import FOLDER_VARIABLE
from audio.samples import SAMPLE_RATE
from audio.score import Speech
from audio.tts.voice import Voice
from benchmarks.rig import judge
from benchmarks.rig.card import PATIENCE, Samples, VirtualCard
from benchmarks.rig.people import spoken
from benchmarks.rig.places import ROOT

SOUNDS = 0.003
"""The peak from which the speaker is not silent: the earcons reach ten times that."""
SILENT_SECONDS = 1.0
"""After so much silence it has said what it had to say: the gaps within a line, and between two, are shorter."""


class Limber:
    """Limber running on a card; what it shows is collected line by line, and what its speaker is given, recorded."""

    def __init__(
        self,
        card: VirtualCard,
        folder: Path,
        *arguments: str,
        models: Path | None = None,
        tracer: Sequence[str | Path] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start it; what it keeps goes to `folder`.

        `models`: where it looks for models, if not in their own place. `tracer`: the command that starts it, if any.
        `environment`: what differs from that of the card.
        """
        self._card = card
        self._timeline = folder / "timeline.jsonl"
        self._open = ExitStack()
        self.recording = self._open.enter_context(card.recording())
        self._process = subprocess.Popen(
            [
                *tracer,
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
            env={**card.environment, **({FOLDER_VARIABLE: str(models)} if models else {}), **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._began = time.monotonic()
        self.lines: list[str] = []
        self._places: list[int] = []
        """Where each line came, in frames of the recording."""
        self._seen = 0
        threading.Thread(target=self._collect, daemon=True).start()

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._began

    def _collect(self) -> None:
        """Take each line that it shows, until it ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._places.append(len(self.recording))
            self.lines.append(line.rstrip("\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._open.close()

    def wait_for(self, line: str) -> Self:
        """Wait until it shows this line, after the last one waited for."""
        deadline = time.monotonic() + PATIENCE
        while line not in self.lines[self._seen :]:
            assert self._process.poll() is None, self._process.communicate()[1]
            assert time.monotonic() < deadline, f"{line!r} never came after {self.lines}"
            time.sleep(0.02)
        self._seen += self.lines[self._seen :].index(line) + 1
        return self

    def wait_for_listening(self) -> Self:
        """Until the short sound that tells that it listens has come out of the speaker."""
        assert self._process.stderr is not None
        assert self._process.stderr.readline().startswith("Keys: space")
        return self._wait_for_sound(0)

    def wait_for_silence(self) -> Self:
        """Until the line that was waited for last has been said, and nothing follows it."""
        self._wait_for_sound(self._places[self._seen - 1] - FRAMES_PER_SECOND // 4)
        while np.abs(self.recording.wait(0.1)[-round(SILENT_SECONDS * FRAMES_PER_SECOND) :]).max() > SOUNDS:
            assert self._process.poll() is None, self._process.communicate()[1]
        return self

    def _wait_for_sound(self, since: int) -> Self:
        """Until the speaker has been given a sound since a frame of the recording."""
        deadline = time.monotonic() + PATIENCE
        while not (np.abs(self.recording.wait(0.02)[max(0, since) :]) > SOUNDS).any():
            assert self._process.poll() is None, self._process.communicate()[1]
            assert time.monotonic() < deadline, f"nothing sounded after {self.lines}"
        return self

    def hears(self, words: str, voice: str = "flite:slt") -> Self:
        """Say words into the microphone, in a voice of `spoken`."""
        self._card.speak(spoken(words, voice), SAMPLE_RATE)
        return self

    def press(self, key: str) -> Self:
        """Press a key."""
        assert self._process.stdin is not None
        self._process.stdin.write(key)
        self._process.stdin.flush()
        return self

    def signal(self, number: int) -> Self:
        """Send a signal, and wait until it has ended."""
        self._process.send_signal(number)
        self._process.wait(PATIENCE)
        return self

    def end(self) -> list[dict[str, Any]]:
        """Press q, wait for the end, and give the timeline."""
        if self._process.poll() is None:
            self.press("q")
        assert self._process.wait(PATIENCE) == 0, self._process.communicate()[1]
        return [json.loads(line) for line in self._timeline.read_text().splitlines()]

    def missed(self) -> int:
        """End it, however it stands; the frames for which its speaker ran dry."""
        return sum(line["frames"] for line in of(self.end(), "underrun"))


def acquainted(folder: Path) -> Path:
    """`folder`, with the profile of somebody who knows Limber: else it welcomes them, and asks for a number."""
    (folder / "profile").mkdir()
    (folder / "profile" / "settings.yaml").write_text('emergency_number: "112"\n', encoding="utf-8")
    return folder


def of(timeline: list[dict[str, Any]], event: str) -> list[dict[str, Any]]:
    """The lines of a timeline that tell of an event."""
    return [line for line in timeline if line["event"] == event]


def found(sound: Samples, clip: Samples, around: int, within: int) -> tuple[int, float]:
    """Where a clip lies in a sound within `within` frames of `around`, and its correlation there (1: identical)."""
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


def counts_found(timeline: list[dict[str, Any]], sound: Samples) -> list[tuple[dict[str, Any], int]]:
    """The counts whose clips lie in the recording of the speaker, and where.

    The last one before an interruption may be cut, and is then left out.
    """
    counts = of(timeline, "count")
    with Voice() as voice:
        clips = {n: voice.clip(Speech(str(n), fit=FRAMES_PER_SECOND)) for n in {line["n"] for line in counts}}
    first = clips[1][: FRAMES_PER_SECOND // 3]
    starts = range(0, len(sound) - FRAMES_PER_SECOND, FRAMES_PER_SECOND)
    searched = (found(sound, first, at, FRAMES_PER_SECOND) for at in starts)
    begins = next((at for at, likeness in searched if likeness > 0.98), None)
    assert begins is not None, "the first count is not in the recording"
    offset = begins - counts[0]["frame"]
    places = []
    for line in counts:
        clip = clips[line["n"]][: FRAMES_PER_SECOND // 3]
        at, likeness = found(sound, clip, offset + line["frame"], FRAMES_PER_SECOND // 2)
        if likeness > 0.9:
            places.append((line, at))
            offset = at - line["frame"]  # where the speaker ran dry, all that follows is later
    return places


def check_counts(timeline: list[dict[str, Any]], sound: Samples) -> None:
    """Assert that consecutive counts lie 48,000 frames apart in the recording, and that PocketSphinx hears the numbers.

    Where the speaker ran dry between two counts their distance is not judged.
    """
    counts, places = of(timeline, "count"), counts_found(timeline, sound)
    dry = [line["frame"] for line in of(timeline, "underrun")]
    whole = len(counts) - 2 - len(dry)  # a clip with a hole in it is like no other
    assert len(places) >= whole, f"only {len(places)} of {len(counts)} counts are in the recording"
    for (before, a), (after, b) in pairwise(places):
        if after["frame"] - before["frame"] == FRAMES_PER_SECOND and not any(
            before["frame"] - FRAMES_PER_SECOND < at < after["frame"] + FRAMES_PER_SECOND for at in dry
        ):
            assert b - a == FRAMES_PER_SECOND, f"counts {before['n']} and {after['n']} are {b - a} frames apart"
    numbers = judge.of_counts()
    right = sum(numbers.hear(sound[at : at + 26_000]) == judge.number(line["n"]) for line, at in places)
    assert right >= 0.8 * len(places), f"another recogniser understood only {right} of {len(places)} counts"
