"""What a program asks of the network, from a trace of its system calls: its own, and those of all that it starts."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks.rig.places import ROOT

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: script/setup --test installs it"
)

CALLS = "socket,connect,openat"
LOOKS_UP = re.compile(r'"(/etc/(hosts|resolv\.conf)|[^"]*/(nscd/socket|systemd/resolve/[^"]*|mdnsd?(/socket)?))"')
"""What is opened, or connected to, by whoever looks up a name."""
FAMILY = re.compile(r"\bsocket\((AF_\w+|\w+)")
ADDRESS = re.compile(r"\bconnect\(.*sa_family=(AF_\w+)")
ON_THE_MACHINE = {"AF_UNIX", "AF_LOCAL"}


def tracer(trace: Path) -> list[str | Path]:
    """The command that starts another and writes down what it and all its children ask for."""
    return ["strace", "--follow-forks", "--seccomp-bpf", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", trace]


def reached_for(trace: Path) -> list[str]:
    """The calls by which something other than this machine was reached for, or a name was looked up."""
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("openat(" in line for line in lines), "nothing was traced"
    return list(_strange(lines))


def _strange(lines: list[str]) -> Iterator[str]:
    for line in lines:
        families = [match[1] for match in (FAMILY.search(line), ADDRESS.search(line)) if match is not None]
        if any(family not in ON_THE_MACHINE for family in families) or LOOKS_UP.search(line):
            yield line


def traced(
    trace: Path, *command: str | Path, text: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end under the tracer."""
    wanted = {**os.environ, **(environment or {})}
    return subprocess.run(
        [*tracer(trace), *command], cwd=ROOT, input=text, capture_output=True, text=True, check=False, env=wanted
    )


def at_home(home: Path) -> dict[str, str]:
    """What the environment says of somebody with an empty home, who asked for telemetry."""
    hidden = {name: str(home / f".{name}") for name in ("cache", "config")}
    return {
        "HOME": str(home),
        "XDG_CACHE_HOME": hidden["cache"],
        "XDG_CONFIG_HOME": hidden["config"],
        "XDG_DATA_HOME": str(home / ".data"),
        "ORT_DISABLE_TELEMETRY": "0",
    }


def left_behind(home: Path) -> list[str]:
    """The files in a home that are neither Limber's own nor the sound library's."""
    ours = (".data/limber/", ".config/pulse/")
    names = [str(path.relative_to(home)) for path in home.rglob("*") if not path.is_dir()]
    return [name for name in names if not name.startswith(ours)]
