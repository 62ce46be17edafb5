"""What a live session costs, and how soon it answers, on the virtual card.

    script/virtual-card .venv/bin/python -m benchmarks.live [SECONDS] [REQUESTS]

Runs Limber in silence, then in a session, for so many seconds each, and asks for help so many times. Prints the
processor's share, memory, underruns, and the time from the end of a request to the first frame of its answer (at the
mixer: the speaker's own latency, some 0.2 s, comes on top). Needs flite.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from tests.people import spoken

ROOT = Path(__file__).resolve().parent.parent
RATE = 16_000


def main() -> None:
    """Run, and print the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    for name, keys in (("silence", ""), ("session", "gn")):
        share, memory, timeline = run(keys, seconds, 0)
        frames = sum(line["frames"] for line in timeline if line["event"] == "underrun")
        print(f"{name}: {share:.0%} of one core, {memory:.0f} MB, {frames} frames missed in {seconds:.0f} s")
    _, _, timeline = run("", requests * 6 + 4, requests)
    waits = answers(timeline)
    if waits:
        worst = statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
        print(f"end of a request to its answer: median {statistics.median(waits):.2f} s, 95th percentile {worst:.2f} s")
    print(f"{len(waits)} of {requests} requests answered")


def run(keys: str, seconds: float, requests: int) -> tuple[float, float, list[dict[str, Any]]]:
    """One live run: the share of a core, memory in MB, the timeline."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "timeline.jsonl"
        command = [
            sys.executable,
            "main.py",
            "run",
            "--profile",
            folder,
            "--timeline",
            str(out),
            "--limit",
            str(seconds),
        ]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            if process.stdin is None:
                raise SystemExit("no keys can be pressed")
            time.sleep(3)
            for key in keys:
                process.stdin.write(key.encode())
                process.stdin.flush()
                time.sleep(7)
            for _ in range(requests):
                sound = np.ascontiguousarray(spoken("help", "flite:slt"), "<f4").tobytes()
                player = ["pacat", "-d", "mic_in", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=1"]
                subprocess.run(player, input=sound, check=True)
                time.sleep(5)
            spent, memory = 0.0, 0.0
            while process.poll() is None:
                spent, memory = usage(process.pid) or (spent, memory)
                time.sleep(0.25)
        timeline = [json.loads(line) for line in out.read_text().splitlines()]
    return spent / seconds, memory, timeline


def usage(pid: int) -> tuple[float, float] | None:
    """Processor seconds and resident MB of a process so far; None when it is gone."""
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
    """Seconds from the end of each request to the first line said after it was heard."""
    said = [line["at"] for line in timeline if line["event"] == "said"]
    waits = []
    for line in timeline:
        if line["event"] == "heard":
            after = [at for at in said if at >= line["at"]]
            waits += [min(after) - line["until"]] if after else []
    return waits


if __name__ == "__main__":
    main()
