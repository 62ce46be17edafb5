"""Measures what a live session costs with each engine, and how soon it answers, on the virtual card.

    script/virtual-card .venv/bin/python -m benchmarks.live [--seconds N] [--requests N] [--engine NAME]... [--tiny]

Runs Limber in silence and in a session for N seconds each, then asks for help N times, every six seconds. Prints for
each engine: resident memory after that, the processor's share once Limber has started, frames that the speaker missed,
and the time from the end of a request to the first frame of its answer, both at the ear and so with the latency of the
devices. Vosk takes part where its model is installed, or, with --tiny, with the tests' model, which is a hundredth of
its size. Needs espeak-ng.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from audio.models.catalogue import FOLDER_VARIABLE, VOSK_SMALL_EN, folder, installed
from audio.samples import SAMPLE_RATE
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.people import spoken
from benchmarks.rig.places import ROOT
from benchmarks.rig.program import acquainted, of
from benchmarks.rig.tiny_vosk import VOICE, put_in_place

LIVE_ENGINES = ("moonshine", "vosk", "both")
"""The engines that are measured."""
LISTENS_AFTER = 1.5
"""Seconds from the line about its keys until Limber answers."""
ASK_EVERY = 6.0
"""Seconds from one request to the next."""
LIVE_ROW = "{:<10} {:>8} {:>9} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9}"
"""A row of the table that is printed."""


@dataclass(frozen=True)
class Figures:
    """What one run came to."""

    share: float
    """Processor seconds a second once Limber has started, of one core."""
    memory: float
    """Resident memory at the end, in MB."""
    timeline: list[dict[str, Any]]
    """Every line of the session's timeline."""

    @property
    def missed(self) -> int:
        """Frames that the speaker wanted and did not get."""
        return sum(line["frames"] for line in of(self.timeline, "underrun"))


@click.command()
@click.option("--seconds", default=60.0, help="Of silence, and of a session.")
@click.option("--requests", default=10, help="How many times to ask for help.")
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(LIVE_ENGINES), help="All there are, if none is named."
)
@click.option("--tiny", is_flag=True, help="Give Vosk the tiny model of the tests.")
@missing_parts_explained()
def main(seconds: float, requests: int, engines: tuple[str, ...], tiny: bool) -> None:
    """Measure each engine and print a row for each."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) if tiny else folder()
        if tiny:
            put_in_place(root)
        hears_with = engines or (LIVE_ENGINES if installed(VOSK_SMALL_EN, root) else LIVE_ENGINES[:1])
        print(
            LIVE_ROW.format("engine", "memory", "silence", "session", "asked", "missed", "median", "95th", "answered")
        )
        for engine in hears_with:
            print(row(engine, seconds, requests, {**os.environ, FOLDER_VARIABLE: str(root)}), flush=True)


def row(engine: str, seconds: float, requests: int, environment: Mapping[str, str]) -> str:
    """One engine's row of the table."""
    silence = run(engine, environment, seconds)
    session = run(engine, environment, seconds, keys="gn")
    asked = run(engine, environment, (requests + 1) * ASK_EVERY, requests=requests)
    waits = answers(asked.timeline)
    median, worst = (f"{statistics.median(waits):.2f} s", f"{np.quantile(waits, 0.95):.2f} s") if waits else ("", "")
    shares = [f"{each.share:.1%}" for each in (silence, session, asked)]
    missed = silence.missed + session.missed + asked.missed
    return LIVE_ROW.format(
        engine, f"{asked.memory:.0f} MB", *shares, missed, median, worst, f"{len(waits)} of {requests}"
    )


def run(engine: str, environment: Mapping[str, str], seconds: float, keys: str = "", requests: int = 0) -> Figures:
    """One live run of some seconds, with keys pressed or requests spoken."""
    with tempfile.TemporaryDirectory() as place:
        out = acquainted(Path(place)) / "timeline.jsonl"
        kept = ["--profile", f"{place}/profile", "--timeline", str(out)]
        with subprocess.Popen(
            [sys.executable, "main.py", "run", "--engine", engine, *kept, "--limit", str(seconds)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            if process.stdin is None or process.stderr is None or not process.stderr.readline().startswith(b"Keys:"):
                raise SystemExit(f"--engine {engine}: Limber could not run")
            time.sleep(LISTENS_AFTER)
            began, (before, _) = time.monotonic(), usage(process.pid) or (0.0, 0.0)
            for key in keys:
                process.stdin.write(key.encode())
                process.stdin.flush()
                time.sleep(7)
            for _ in range(requests):
                ask("help", began)
            spent, memory, lasted = before, 0.0, 1.0
            while process.poll() is None:
                if (used := usage(process.pid)) is not None:
                    (spent, memory), lasted = used, time.monotonic() - began
                time.sleep(0.1)
        timeline = [json.loads(line) for line in out.read_text().splitlines()]
    return Figures((spent - before) / lasted, memory, timeline)


def ask(words: str, began: float) -> None:
    """Say `words` into the microphone, then wait until the next request is due."""
    sound = np.ascontiguousarray(spoken(words, VOICE), "<f4").tobytes()
    player = ["pacat", "-d", "mic_in", "--raw", "--format=float32le", f"--rate={SAMPLE_RATE}", "--channels=1"]
    subprocess.run(player, input=sound, check=True)
    time.sleep(ASK_EVERY - (time.monotonic() - began) % ASK_EVERY)


def usage(pid: int) -> tuple[float, float] | None:
    """Processor seconds and resident MB of a process so far; None once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    resident = [line for line in status.splitlines() if line.startswith("VmRSS")]
    if not resident:
        return None
    return (int(fields[11]) + int(fields[12])) / 100, int(resident[0].split()[1]) / 1024


def answers(timeline: list[dict[str, Any]]) -> list[float]:
    """Seconds from the end of each request to the first line said after it was understood."""
    waits = []
    for heard in of(timeline, "heard"):
        after = [line["at"] for line in of(timeline, "said") if line["at"] >= heard["at"]]
        waits += [min(after) - heard["until"]] if after else []
    return waits


if __name__ == "__main__":
    main()
