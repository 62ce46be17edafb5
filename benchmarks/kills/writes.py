"""Counts what a session writes to its profile, and how often it waits for the disk, by a trace of its system calls.

    python -m benchmarks.kills.writes [--live 60]

An idle hour, typed, in which time does not wait; an idle minute on a virtual sound card; a full routine, from "start"
to "better", with a profile that is there and with none yet. Idle it must write nothing besides what a session that ends
at once does (SQLite begins an empty log for each reading, and deletes it), and in a full routine wait for the disk at
most 20 times: ends with status 1 otherwise. Needs strace; the live minute needs PulseAudio.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import click

from benchmarks.kills.traced import calls_of, flushes_and_changes, tracing
from benchmarks.kills.trials import DAY, command, filled
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.places import ROOT

MOST_FLUSHES = 20
"""Most times that a full routine may wait for the disk."""
IDLE_HOUR = ("@wait 3600",)
"""Nobody says anything."""
FULL_ROUTINE = ("start the full routine", "no", "@wait 900", "better")
"""All seven movements, and how it felt."""
START_SECONDS = 15
"""Seconds until a live session listens."""
WRITES_ROW = "| {:<36} | {:>13} | {:>7} |"
"""A row of the table that is printed."""


@click.command(help=__doc__)
@click.option("--live", default=60, help="Seconds of the live session; 0: none.")
def main(live: int) -> None:
    """Trace, count."""
    print(WRITES_ROW.format("session", "disk awaited", "changes"))
    print(WRITES_ROW.format(*["---"] * 3))
    good = True
    with missing_parts_explained(), TemporaryDirectory() as name:
        work = Path(name)
        template = filled(work / "template")
        least = _row("started, and ended at once", *_typed(template, work / "start", ()))
        good &= _row("idle for an hour, typed", *_typed(template, work / "idle", IDLE_HOUR)) == least
        if live:
            good &= _row(f"idle for {live} s, live", *_live(template, work / "live", live)) == least
        flushes, _ = _row("full routine", *_typed(template, work / "full", FULL_ROUTINE))
        _row("full routine, no profile before", *_typed(None, work / "new", FULL_ROUTINE))
        good &= flushes <= MOST_FLUSHES
    raise SystemExit(int(not good))


def _row(name: str, flushes: int, changes: int) -> tuple[int, int]:
    """Print a row; its figures."""
    print(WRITES_ROW.format(name, flushes, changes), flush=True)
    return flushes, changes


def _typed(template: Path | None, folder: Path, lines: Sequence[str]) -> tuple[int, int]:
    """The flushes and changes of a typed session."""
    if template is not None:
        copytree(template, folder)
    trace = folder.with_suffix(".trace")
    calls_of(command(folder, "--text", "--clock", "fast", "--start-at", DAY.isoformat()), lines, trace, folder)
    return flushes_and_changes(trace, folder)


def _live(template: Path, folder: Path, seconds: int) -> tuple[int, int]:
    """The flushes and changes of a live session in which nobody speaks."""
    copytree(template, folder)
    trace = folder.with_suffix(".trace")
    with VirtualCard() as card:
        subprocess.run(
            [*tracing(trace), *command(folder, "--limit", str(seconds + START_SECONDS))],
            cwd=ROOT,
            env=dict(card.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
    return flushes_and_changes(trace, folder)


if __name__ == "__main__":
    main()
