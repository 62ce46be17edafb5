"""The system calls by which a program writes its profile, seen and interrupted by strace."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.kills.trials import Killed, kill_after
from benchmarks.rig.errors import MissingPart
from benchmarks.rig.places import ROOT

FLUSHES = ("fsync", "fdatasync")
"""The calls that wait for the disk."""
CHANGES = ("write", "pwrite64", "rename", "unlink", "ftruncate", "mkdir")
"""The calls that change files."""
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)")
TRACED_SECONDS = 120.0
"""Longest time, in seconds, that a session takes under the tracer."""


def tracing(out: Path) -> list[str]:
    """The command that starts another, and notes its calls, with the paths of files."""
    if shutil.which("strace") is None:
        raise MissingPart("strace is not installed: script/setup --test installs it")
    calls = ",".join((*FLUSHES, *CHANGES))
    return [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-s",
        "0",
        "-e",
        f"trace={calls}",
        "-e",
        "signal=none",
        "-o",
        str(out),
    ]


def calls_in(trace: Path, folder: Path, *, failed: bool = True) -> list[tuple[str, int]]:
    """The calls on files of a folder in order, each with how many of its name there were by then, anywhere.

    `failed`: whether those count that changed nothing, such as deleting a file that is not there.
    """
    counts, found = Counter[str](), list[tuple[str, int]]()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if (match := _CALL.match(line)) is None:
            continue
        counts[match[1]] += 1
        if str(folder) in match[2] and (failed or " = -1 " not in match[2]):
            found.append((match[1], counts[match[1]]))
    return found


def flushes_and_changes(trace: Path, folder: Path) -> tuple[int, int]:
    """How many calls on files of a folder waited for the disk, and how many changed something."""
    calls = [call for call, _ in calls_in(trace, folder, failed=False)]
    return sum(call in FLUSHES for call in calls), sum(call in CHANGES for call in calls)


def calls_of(
    run: Sequence[str], lines: Sequence[str], trace: Path, folder: Path, environment: Mapping[str, str] | None = None
) -> list[tuple[str, int]]:
    """The calls on files of a folder that a whole typed session makes."""
    text = "".join(f"{line}\n" for line in lines)
    subprocess.run(
        [*tracing(trace), *run], cwd=ROOT, input=text, env=environment, check=True, capture_output=True, text=True
    )
    return calls_in(trace, folder)


def killed_at_call(call: str, nth: int, run: Sequence[str], lines: Sequence[str]) -> Killed:
    """Run a typed session until it makes a call for the nth time: there it is killed.

    Without --seccomp-bpf, with which strace sends no signal.
    """
    inject = ["-e", f"inject={call}:signal=KILL:when={nth}"]
    trace = ["strace", "-f", "-e", f"trace={call}", *inject, "-e", "signal=none", "-o", "/dev/null"]
    return kill_after(TRACED_SECONDS, [*trace, *run], lines, closes=True)
