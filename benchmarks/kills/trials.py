"""Sessions of the real program that are killed at some moment, and what is found in their profiles afterwards."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree, rmtree

from assistant.dialogue.actions import Kept
from assistant.history.stretch_record import StretchRecord
from assistant.reminders.book import ReminderBook
from assistant.reminders.recurrence import Reminder
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from audio.frames import Frame
from benchmarks.kills.expected import LATE, Expected, found_in
from benchmarks.rig.places import ROOT

DAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
"""When the sessions begin whose civil time can be given."""
LATER = timedelta(minutes=5)
"""Time after which Limber is started again."""
RESTART_SECONDS = 60.0
"""Longest wait, in seconds, for a program that was started again to end."""
FAST_LINES = (
    "faster",
    "make a routine of shoulder rolls and neck tilt, call it evening",
    "remind me every forty five minutes to stretch",
    "louder",
    "change my emergency number",
    "one one two",
    "yes",
    "start the quick routine",
    "no",
    *["@wait 3"] * 40,
    "@0 stop",
    "@wait 3",
    "better",
    "slower",
    "start neck tilts",
    *["@wait 3"] * 25,
)
"""What is typed where time does not wait: three seconds of session after each line, and the next line later."""
WALL_LINES = (
    "faster",
    "@0.3 slower",
    "@0.3 slower",
    "remind me every forty five minutes to stretch",
    "start slow breathing",
    "no",
    "@22 stop",
    "worse",
)
"""What is typed where time passes as on the wall."""


@dataclass(frozen=True)
class Killed:
    """What was seen of a program until it was killed."""

    said: tuple[str, ...]
    """The lines that it showed."""
    errors: str
    """What it wrote on standard error."""
    ended: bool
    """Whether it had ended by itself."""


@dataclass(frozen=True)
class Verdict:
    """What a profile held after a session that was killed."""

    losses: tuple[str, ...]
    """The parts that were lost, and what else was wrong."""
    late: bool
    """Whether something of the last second was not written yet, as it may be."""
    going: bool
    """Whether a session was going on, which was offered."""
    begun: bool
    """Whether the session had begun before it was killed."""


def filled(folder: Path) -> Path:
    """A profile with an emergency number, sessions, reminders, and a routine that was made by voice."""
    profile = Profile(folder)
    profile.save(Kept(Settings(emergency_number="000", words_per_minute=170), None))
    for at in range(5):
        began = DAY - timedelta(days=at + 1)
        ended = began + timedelta(minutes=4)
        profile.history.add(StretchRecord(began, ended, "quick", ("neck_tilt",), 45.0, True, "better"))
    profile.reminders.write(
        ReminderBook(tuple(Reminder(n, f"water {n}", DAY, DAY, (f"FREQ=DAILY;INTERVAL={n}",)) for n in (1, 2)))
    )
    make = "make a routine of neck rotations and shoulder rolls, call it morning\n"
    done = subprocess.run(
        command(folder, "--text", "--clock", "fast"), cwd=ROOT, input=make, check=True, capture_output=True, text=True
    )
    if not (folder / "routines" / "morning.yaml").exists():
        raise LookupError(f"no routine was made: {done.stdout}")
    return folder


def command(folder: Path, *arguments: str) -> list[str]:
    """The command that begins a session with a profile."""
    return [sys.executable, "main.py", "run", "--profile", str(folder), *arguments]


def kill_after(
    seconds: float,
    run: Sequence[str],
    lines: Sequence[str] = (),
    pace: float = 0.0,
    environment: Mapping[str, str] | None = None,
    *,
    closes: bool = False,
) -> Killed:
    """Run a program with lines that are typed, and kill it.

    `pace`: seconds between two lines. `closes`: whether its input ends after them.
    """
    process = subprocess.Popen(
        run,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    said, errors = list[str](), list[str]()
    typing = process.stdin or sys.stdout  # it is there: the line is for the type checker
    readers = [
        threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True),
        threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True),
    ]
    for reader in readers:
        reader.start()
    until = time.monotonic() + seconds
    with suppress(BrokenPipeError):
        for line in lines:
            typing.write(f"{line}\n")
            typing.flush()
            time.sleep(max(0.0, min(pace, until - time.monotonic())))
            if time.monotonic() >= until:
                break
        if closes:
            typing.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(max(0.0, until - time.monotonic()))
    ended = process.poll() == 0
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for reader in readers:
        reader.join()
    for pipe in (process.stdin, process.stdout, process.stderr):
        with suppress(BrokenPipeError):
            (pipe or typing).close()
    whole = tuple(line.rstrip("\n") for line in said if line.endswith("\n"))
    return Killed(whole, "".join(errors), ended)


class Trials:
    """Kills sessions that begin with the same profile, and judges each by what the whole session keeps."""

    def __init__(self, template: Path | None, work: Path, expected: Expected, at: datetime | None = DAY) -> None:
        """`template`: the profile to begin with; None: there is none. `at`: civil time of the beginning; None: now."""
        self._template, self.expected, self._at = template, expected, at
        self.folder = work / "profile"

    def begin(self) -> None:
        """Put the profile in place."""
        rmtree(self.folder, ignore_errors=True)
        if self._template is not None:
            copytree(self._template, self.folder)

    def judge(self, killed: Killed, *, again: bool, reached: tuple[Frame, Frame] | None = None) -> Verdict:
        """What is in the profile now.

        `again`: whether the real program is started, too. `reached`: how far the session got at least, and at most;
        None: as the lines tell.
        """
        if reached is None:
            reached = self.expected.between(killed.said)
        wrong = ["a traceback"] if "Traceback" in killed.errors else []
        if reached is None:
            return Verdict((*wrong, f"it said something else: {killed.said[-3:]}"), late=False, going=False, begun=True)
        since, until = reached
        at = None if self._at is None else self._at + LATER
        # The real program first: it finds what the killed one has left.
        offered = self._started_again(at) if again else None
        try:
            state, lines, unread = found_in(self.folder, at)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            return Verdict((*wrong, f"it did not start: {error!r}"), late=False, going=False, begun=True)
        if offered is not None and offered != lines:
            wrong.append(f"the program said {offered} instead of {lines}")
        lost = self.expected.lost(state, since - LATE, until)
        late = bool(self.expected.lost(state, since, until)) and not lost
        going = state.place is not None and bool(state.place[-1])
        return Verdict((*wrong, *unread, *lost), late, going, begun=since >= 0)

    def _started_again(self, at: datetime | None) -> list[str]:
        """What the real program says when it is started again."""
        when = [] if at is None else ["--start-at", at.isoformat()]
        done = subprocess.run(
            command(self.folder, "--text", "--clock", "fast", *when),
            cwd=ROOT,
            input="",
            check=False,
            capture_output=True,
            text=True,
            timeout=RESTART_SECONDS,
        )
        return [
            *done.stdout.splitlines(),
            *done.stderr.splitlines(),
            *([f"status {done.returncode}"][: done.returncode]),
        ]


def moments(seed: str, number: int, life: float) -> list[float]:
    """Moments in seconds, each equally likely over a session's life."""
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    return [chance.uniform(0.0, life) for _ in range(number)]
