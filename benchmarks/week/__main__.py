"""A week's use from the first start to the plot, by the real program in one profile; writes it as a transcript.

    python -m benchmarks.week

`week.txt` holds what the person types, day by day: `# TIME: what it is about`, then lines as `main.py run --text`
takes them, or `$ COMMAND` for a command of `main.py`. `KILL` cuts the power there. Time passes fast, but where the
power is cut; nothing else differs from a typed session.
"""

import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import click

from benchmarks.rig.places import ROOT

WEEK = Path(__file__).parent / "week.txt"
"""What is typed."""
KILL = "KILL"
"""The line at which the program is killed."""


@dataclass(frozen=True)
class Start:
    """One start of the program."""

    at: str
    """Civil time, with its zone."""
    about: str
    """What it is about."""
    lines: tuple[str, ...]
    """What is typed."""


@click.command(help=__doc__)
def main() -> None:
    """Run the week and write it."""
    out, plot = ROOT / "docs" / "companion" / "week.md", ROOT / "docs" / "plots" / "week.svg"
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        told = list(_week(profile, Path(folder)))
        drawn = _command(f"history --plot {plot.relative_to(ROOT)}", profile)
        exported = _command("history", profile)
    text = (
        "# A week with Limber\n\n"
        "From the first start to the plot, typed, by the real program in one profile: `python -m benchmarks.week` "
        "writes this page. Lines with `>` are typed; `(…)` is time that passes, or a run of counts.\n\n"
        + "\n".join(told)
        + f"\n## The week in the history\n\n```\n{exported}```\n\n{drawn.strip()}\n\n"
        f"![Minutes of stretching by day, and how it felt](../plots/{plot.name})\n"
    )
    out.write_text(text, encoding="utf-8")
    click.echo(f"{out}: {text.count(chr(10))} lines")


def _starts() -> Iterator[Start]:
    """The starts in `week.txt`."""
    for part in WEEK.read_text(encoding="utf-8").split("\n# ")[1:]:
        head, *lines = part.strip().splitlines()
        at, _, about = head.partition(": ")
        yield Start(at, about, tuple(line for line in lines if line.strip()))


def _week(profile: Path, folder: Path) -> Iterator[str]:
    """The transcript, part by part."""
    for start in _starts():
        yield f"## {start.at.replace('T', ', ')}: {start.about}\n\n```"
        if start.lines[0].startswith("$ "):
            for line in start.lines:
                yield f"{line}\n{_command(line[2:], profile)}".rstrip()
        else:
            yield from _session(start, profile, folder)
        yield "```\n"


def _command(line: str, profile: Path) -> str:
    """What a command prints."""
    asked = [sys.executable, "main.py", *shlex.split(line), "--profile", str(profile)]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _session(start: Start, profile: Path, folder: Path) -> Iterator[str]:
    """One typed session: what was typed and said, in the order of the timeline."""
    timeline, typed = folder / "timeline.jsonl", start.lines
    asked = [sys.executable, "main.py", "run", "--text", "--clock", "fast", "--start-at", start.at]
    asked += ["--profile", str(profile), "--timeline", str(timeline)]
    if typed[-1] == KILL:
        yield from _cut_off(asked, typed[:-1])
        return
    subprocess.run(asked, cwd=ROOT, input="\n".join(typed) + "\n", capture_output=True, text=True, check=True)
    yield from _told([json.loads(line) for line in timeline.read_text(encoding="utf-8").splitlines()], typed)


def _cut_off(asked: list[str], typed: tuple[str, ...]) -> Iterator[str]:
    """A session that a power cut ends, in real time: each line is typed once Limber has said nothing for a while."""
    waited = [part for part in asked if part not in {"--clock", "fast"}]
    said: SimpleQueue[str] = SimpleQueue()
    with subprocess.Popen(waited, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        keyboard, screen = process.stdin, process.stdout
        if keyboard is None or screen is None:
            raise OSError("the program has no keyboard or no screen")
        Thread(target=_listen, args=(screen, said), daemon=True).start()
        for line in typed:
            yield from _until_quiet(said)
            yield f"> {line}"
            keyboard.write(f"{line}\n")
            keyboard.flush()
        counted = 0
        while counted < _COUNTS_BEFORE_CUT:
            line = said.get(timeout=_LONGEST_SILENCE)
            counted += line.isdigit()
            if not line.isdigit():
                yield line
        process.kill()
    yield f"(counts to {_COUNTS_BEFORE_CUT}; the power goes off)"


def _listen(screen: Iterable[str], said: "SimpleQueue[str]") -> None:
    for line in screen:
        said.put(line.strip())


def _until_quiet(said: "SimpleQueue[str]") -> Iterator[str]:
    """The lines that are said until nothing is for _PAUSE_SECONDS."""
    while True:
        try:
            yield said.get(timeout=_PAUSE_SECONDS)
        except Empty:
            return


_PAUSE_SECONDS = 7.0
"""Silence after which somebody types, in seconds."""
_LONGEST_SILENCE = 60.0
"""Longest silence of a session that goes on, in seconds."""
_COUNTS_BEFORE_CUT = 20
"""Counts after which the power goes off: in the second hold of the first movement."""


def _told(events: list[dict[str, object]], typed: tuple[str, ...]) -> Iterator[str]:
    """What was typed and said; a run of counts is one line, and so is a long time."""
    left, counts, before = list(typed), 0, 0.0
    for event in events:
        at = float(str(event["at"]))
        if event["event"] == "count":
            counts += 1
            before = at
            continue
        text = _line(event, left)
        if text is None:
            continue
        if counts:
            yield f"(counts to {counts})"
            counts = 0
        elif at - before > 60:
            yield f"({round((at - before) / 60)} minutes later)"
        before = at
        yield text


def _line(event: dict[str, object], left: list[str]) -> str | None:
    """How an event stands in the transcript; None: not at all. `left`: what was typed and is not heard yet."""
    text = str(event.get("text", ""))
    match event["event"]:
        case "heard" | "not_understood" | "red_flag":
            if not left or not any(text in line for line in left[:2]):
                return None
            while left and text not in left.pop(0):
                pass
            return f"> {text}"
        case "said" if not text.isdigit():
            return text
        case "state" if event["name"] in {"Emergency", "Muted", "Asleep"}:
            return f"({event['name']})"
        case _:
            return None


if __name__ == "__main__":
    main()
