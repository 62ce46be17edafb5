"""Damages each file of a profile many times, and starts Limber on it: what is still read, and whether that is told.

    python -m benchmarks.damage [--each 5000] [--versions 1000]

Half of the times one byte is changed, the other half the file is cut short; files of earlier and of later versions are
damaged, too. Ends with status 1 where Limber could not start, where a file that was whole lost something, or where the
next start told of the damage again. The profile is in memory where the system has a folder that is.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copy, copytree, rmtree
from tempfile import TemporaryDirectory

import click

from assistant.coaching.session import routine_session, session_at
from assistant.dialogue.actions import Kept
from assistant.guidance.loader import load_guidance
from assistant.history.stretch_record import StretchRecord
from assistant.reminders.book import ReminderBook
from assistant.reminders.recurrence import Reminder
from assistant.sessions.profile import Profile
from assistant.settings import Settings
from assistant.start import Options
from benchmarks.rig.places import ROOT

EXAMPLE = ROOT / "docs" / "routines" / "example.yaml"
"""The routine of one's own that the profile has."""
DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""When everything happens."""
SETTINGS = Settings(words_per_minute=170, emergency_number="000", conditions=("disc", "pregnant"))
"""The settings that are kept."""
SESSIONS = 60
"""How many past sessions are kept."""
KEPT: dict[str, Callable[[Profile], int]] = {
    "settings.yaml": lambda profile: _as_kept(profile.settings()),
    "history.sqlite3": lambda profile: len(profile.history.read()),
    "reminders.json": lambda profile: len(profile.reminders.read().reminders),
    "place.jsonl": lambda profile: int(profile.interrupted() is not None),
}
"""To each file of which parts can be kept, how many of them are there."""
ROUTINE = f"routines/{EXAMPLE.name}"
"""The file of the routine."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
"""The folder for the profiles, where there is one."""


def _statements(*lines: str) -> Callable[[Path], None]:
    """What changes a database."""

    def change(file: Path) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            for line in lines:
                database.execute(line)

    return change


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    """What changes the text of a file."""

    def change(file: Path) -> None:
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    return change


VERSIONS: dict[str, tuple[str, Callable[[Path], None]]] = {
    **{name: (name, lambda _: None) for name in (*KEPT, ROUTINE)},
    "history.sqlite3, schema 2": (
        "history.sqlite3",
        _statements("alter table resume drop column going", "pragma user_version = 2"),
    ),
    "history.sqlite3, schema 1": (
        "history.sqlite3",
        _statements(
            "alter table resume drop column going", "alter table session drop column partly", "pragma user_version = 1"
        ),
    ),
    "history.sqlite3, later": (
        "history.sqlite3",
        _statements("alter table session add column mood text", "pragma user_version = 9"),
    ),
    "reminders.json, later": ("reminders.json", _replaced('"version": 1', '"version": 2')),
    "settings.yaml, later": ("settings.yaml", _replaced("pitch: 50", "pitch: 50\nmood: calm")),
}
"""What is damaged: the file, and what makes it one of another version."""


def _as_kept(settings: Settings) -> int:
    """How many settings are as they were kept."""
    return sum(getattr(settings, name) == getattr(SETTINGS, name) for name in Settings.__slots__)


@click.command(help=__doc__)
@click.option("--each", default=5000, help="Times that each file is damaged.")
@click.option("--versions", default=1000, help="Times that each file of another version is damaged.")
@click.option("--processes", default=1, help="Processes that share the work.")
def main(each: int, versions: int, processes: int) -> None:
    """Damage, start, count."""
    failures = 0
    print("| file | damaged | said so | parts kept of a damaged file | did not start | told twice | cost other files |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    times = [each if name == file else versions for name, (file, _) in VERSIONS.items()]
    with ProcessPoolExecutor(processes) as pool:
        for name, number, (found, share) in zip(VERSIONS, times, pool.map(_damaged, VERSIONS, times), strict=True):
            failures += found["did not start"] + found["told twice"] + found["cost other files"]
            print(
                f"| `{name}` | {number} | {found['told']} | {share} | {found['did not start']} | "
                f"{found['told twice']} | {found['cost other files']} |",
                flush=True,
            )
    raise SystemExit(int(failures > 0))


def _filled(folder: Path, *, routine: bool) -> Path:
    """A profile with all files in it, and perhaps with a routine's, which takes longest to read."""
    profile = Profile(folder)
    session = routine_session(load_guidance(), "quick")
    for part in (0, 1):
        profile.save(Kept(SETTINGS, session_at(session, replace(session.place, part=part)), (), interrupted=True), DAY)
    for at in range(SESSIONS):
        began = DAY.replace(day=1 + at % 28)
        profile.history.add(StretchRecord(began, began.replace(hour=10), "quick", ("neck_tilt",), 45.0, True))
    profile.reminders.write(
        ReminderBook(tuple(Reminder(n, f"stretch {n}", DAY, DAY, ("FREQ=DAILY",)) for n in range(1, 9)))
    )
    if routine:
        (folder / "routines").mkdir()
        copy(EXAMPLE, folder / "routines")
    return folder


def _damaged(name: str, times: int) -> tuple[Counter[str], str]:
    """Damage one file so many times: what happened how often, and the mean share of its parts that was kept."""
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        whole = _filled(Path(folder) / "whole", routine=name == ROUTINE)
        return _started_damaged(whole, Path(folder) / "damaged", name, times)


def _started_damaged(whole: Path, folder: Path, name: str, times: int) -> tuple[Counter[str], str]:
    chance = random.Random(name)  # noqa: S311 - the same damage every time
    found = Counter[str]()
    had = {file: count(Profile(whole)) for file, count in KEPT.items()}
    shares = list[float]()
    file, change = VERSIONS[name]
    change(whole / file)
    content = (whole / file).read_bytes()
    # The place to resume is in the history's file, too.
    others = [each for each in KEPT if each != file and (each != "place.jsonl" or file != "history.sqlite3")]
    for _ in range(times):
        rmtree(folder, ignore_errors=True)
        copytree(whole, folder)
        at = chance.randrange(len(content))
        other = bytes([content[at] ^ chance.randint(1, 255)])
        (folder / file).write_bytes(content[:at] + (other + content[at + 1 :] if chance.random() < 0.5 else b""))
        try:
            profile, told = _started(folder)
            # A routine's file is its author's: it stays as it is, and is told of until it is mended.
            again = told and file != ROUTINE and _started(folder)[1]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            found["did not start"] += 1
            print(f"{name}: {error!r}")
            continue
        found["told"] += told
        found["told twice"] += again
        found["cost other files"] += any(KEPT[each](profile) != had[each] for each in others)
        if file in KEPT and told:
            shares.append(KEPT[file](profile) / had[file])
    return found, f"{sum(shares) / len(shares):.0%}" if shares else "-"


def _started(folder: Path) -> tuple[Profile, bool]:
    """The profile as a session opens it, and whether it tells of damage."""
    options = Options(folder, asleep=False, engine="moonshine", timeline=None, limit=None, start_at=DAY)
    profile = options.open_profile()
    if profile is None:
        raise LookupError("no profile")
    with redirect_stderr(StringIO()):
        return profile, bool(options.conversation(profile).notice)


if __name__ == "__main__":
    main()
