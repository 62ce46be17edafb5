"""Kills the real program at random moments, and opens its profile again: what was said as done, and is lost.

    python -m benchmarks.kills [--fast 150] [--wall 100] [--calls 100] [--rehearsed 120] [--live 30] [--seed 1]

Every session begins with a profile that has settings, sessions, reminders and a routine, changes all of these and
stretches, and gets SIGKILL: at a moment that is equally likely over its life, its start included (fast, wall,
rehearsed, live), or at a call by which it writes its profile, evenly over all of them (calls; half of them begin
without a profile; needs strace). The same session is watched whole, in this process: afterwards the profile must hold,
of settings, reminders, routines, sessions and the place to resume, each as it was 1.1 s before the last line
(rehearsed: the last sample) or later; no file may be unread; a session that was going on must be offered. One in ten
is started again for real. Ends with status 1 where something was lost. The live ones need PulseAudio and flite.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import click

from audio.frames import FRAMES_PER_SECOND
from benchmarks.kills import expected
from benchmarks.kills.aloud import LIVE_LIFE, live_trials, rehearsal_file
from benchmarks.kills.traced import calls_of, killed_at_call
from benchmarks.kills.trials import DAY, FAST_LINES, WALL_LINES, Trials, Verdict, command, filled, kill_after, moments
from benchmarks.rig.errors import missing_parts_explained

PACE = 0.05
"""Seconds between two lines where time does not wait."""
FAST_LIFE, WALL_LIFE = 7.5, 22.0
"""Seconds from the start of the program until a session is over, or has changed all that it changes."""
AGAIN_EVERY = 10
"""Of so many sessions that were killed one is started again for real."""
UNWRITTEN = FRAMES_PER_SECOND // 4
"""Frames that a rehearsal has played and not yet written to its file, at most: 8 KB, and the block in the making."""
KILLS_ROW = "| {:<24} | {:>6} | {:>5} | {:>13} | {:>7} | {:>25} | {:>4} |"
"""A row of the table that is printed."""


@click.command(help=__doc__)
@click.option("--fast", default=150, help="Typed sessions in which time does not wait.")
@click.option("--wall", default=100, help="Typed sessions by the clock on the wall.")
@click.option("--calls", default=100, help="Typed sessions killed at a system call.")
@click.option("--rehearsed", default=120, help="Rehearsals.")
@click.option("--live", default=30, help="Live sessions on a virtual sound card.")
@click.option("--seed", default="1", help="What the moments come from.")
def main(fast: int, wall: int, calls: int, rehearsed: int, live: int, seed: str) -> None:
    """Kill, open, count."""
    print(
        KILLS_ROW.format("sessions", "killed", "begun", "while going on", "offered", "last second not written", "lost")
    )
    print(KILLS_ROW.format(*["---"] * 7))
    lost = Counter[str]()
    with missing_parts_explained(), TemporaryDirectory() as name:
        work = Path(name)
        template = filled(work / "template")
        kinds: list[tuple[str, int, Callable[[], Iterator[Verdict]]]] = [
            ("typed, time not waiting", fast, lambda: fast_trials(template, work, fast, seed)),
            ("typed, by the clock", wall, lambda: wall_trials(template, work, wall, seed)),
            ("typed, at a call", calls - calls // 2, lambda: call_trials(template, work, calls - calls // 2)),
            ("the same, no profile yet", calls // 2, lambda: call_trials(None, work, calls // 2)),
            ("rehearsed", rehearsed, lambda: rehearsal_trials(template, work, rehearsed, seed)),
            ("live", live, lambda: live_trials(template, work, moments(f"live {seed}", live, LIVE_LIFE))),
        ]
        for kind, number, trials in kinds:
            lost += _counted(kind, trials() if number else iter(()))
    for what, times in lost.most_common():
        print(f"{times} times: {what}")
    raise SystemExit(int(lost.total() > 0))


def _counted(kind: str, verdicts: Iterator[Verdict]) -> Counter[str]:
    """Print what came of one kind of sessions; what was lost."""
    all_of = list(verdicts)
    losses = Counter(loss for each in all_of for loss in each.losses)
    row = [
        kind,
        len(all_of),
        sum(each.begun for each in all_of),
        sum(each.going for each in all_of),
        sum(each.going and not each.losses for each in all_of),
        sum(each.late for each in all_of),
        sum(bool(each.losses) for each in all_of),
    ]
    print(KILLS_ROW.format(*row), flush=True)
    return losses


def _copied(template: Path | None, folder: Path) -> Path:
    """A copy of a profile, in which a session may be watched."""
    if template is not None:
        copytree(template, folder)
    return folder


def fast_trials(template: Path, work: Path, number: int, seed: str) -> Iterator[Verdict]:
    """Typed sessions in which time does not wait, but stands still while a line is read."""
    trials = Trials(template, work, expected.typed(_copied(template, work / "fast"), DAY, FAST_LINES))
    run = command(trials.folder, "--text", "--clock", "fast", "--start-at", DAY.isoformat())
    for at, moment in enumerate(moments(f"fast {seed}", number, FAST_LIFE)):
        trials.begin()
        yield trials.judge(kill_after(moment, run, FAST_LINES, PACE), again=at % AGAIN_EVERY == 0)


def wall_trials(template: Path, work: Path, number: int, seed: str) -> Iterator[Verdict]:
    """Typed sessions in which time passes as on the wall."""
    trials = Trials(template, work, expected.typed(_copied(template, work / "wall"), DAY, WALL_LINES))
    run = command(trials.folder, "--text", "--start-at", DAY.isoformat())
    for at, moment in enumerate(moments(f"wall {seed}", number, WALL_LIFE)):
        trials.begin()
        yield trials.judge(kill_after(moment, run, WALL_LINES), again=at % AGAIN_EVERY == 0)


def call_trials(template: Path | None, work: Path, number: int) -> Iterator[Verdict]:
    """Typed sessions that are killed when they write their profile, at calls evenly over all of them."""
    name = "called" if template is not None else "called new"
    trials = Trials(template, work, expected.typed(_copied(template, work / name), DAY, FAST_LINES))
    run = command(trials.folder, "--text", "--clock", "fast", "--start-at", DAY.isoformat())
    trials.begin()
    found = calls_of(run, FAST_LINES, work / "trace", trials.folder)
    for at in range(number):
        trials.begin()
        call, nth = found[at * len(found) // number]
        yield trials.judge(killed_at_call(call, nth, run, FAST_LINES), again=at % AGAIN_EVERY == 0)


def rehearsal_trials(template: Path, work: Path, number: int, seed: str) -> Iterator[Verdict]:
    """Rehearsals: what was played so far tells how far they got."""
    person, speaker = work / "person.wav", work / "speaker.wav"
    rehearsal_file(_copied(template, work / "before"), person)
    trials = Trials(template, work, expected.rehearsed(_copied(template, work / "rehearsed"), DAY, person, speaker))
    files = ("--mic-file", str(person), "--speaker-file", str(speaker))
    run = command(trials.folder, *files, "--start-at", DAY.isoformat())
    trials.begin()
    began = time.monotonic()
    kill_after(300.0, run)
    for at, moment in enumerate(moments(f"rehearsed {seed}", number, time.monotonic() - began)):
        trials.begin()
        speaker.unlink(missing_ok=True)
        killed = kill_after(moment, run)
        played = speaker.stat().st_size // 2 if speaker.exists() else 0
        yield trials.judge(killed, again=at % AGAIN_EVERY == 0, reached=(played or -1, played + UNWRITTEN))


if __name__ == "__main__":
    main()
