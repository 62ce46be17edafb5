"""Damages each file of a profile many times, and starts Limber on it: what is still read, and whether that is told.

    python -m benchmarks.damage [--each 5000]

Half of the times one byte is changed, the other half the file is cut short. Ends with status 1 where Limber could not
start, where a file that was whole lost something, or where the next start told of the damage again.
"""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from shutil import copy, copytree, rmtree
from tempfile import TemporaryDirectory

import click

from assistant.dialogue.actions import Kept
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
    "settings.yaml": lambda profile: sum(
        getattr(profile.settings(), name) == getattr(SETTINGS, name) for name in Settings.__slots__
    ),
    "history.sqlite3": lambda profile: len(profile.history.read()),
    "reminders.json": lambda profile: len(profile.reminders.read().reminders),
}
"""To each file of which parts can be kept, how many of them are there."""


@click.command(help=__doc__)
@click.option("--each", default=5000, help="Times that each file is damaged.")
def main(each: int) -> None:
    """Damage, start, count."""
    failures = 0
    print("| file | damaged | said so | parts kept of a damaged file | did not start | told twice | cost other files |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    names = (*KEPT, f"routines/{EXAMPLE.name}")
    with ProcessPoolExecutor() as processes:
        for name, (found, share) in zip(names, processes.map(_damaged, names, repeat(each)), strict=True):
            failures += found["did not start"] + found["told twice"] + found["cost other files"]
            print(
                f"| `{name}` | {each} | {found['told']} | {share} | {found['did not start']} | "
                f"{found['told twice']} | {found['cost other files']} |",
                flush=True,
            )
    raise SystemExit(int(failures > 0))


def _filled(folder: Path, *, routine: bool) -> Path:
    """A profile with all files in it, and perhaps with a routine's, which takes longest to read."""
    profile = Profile(folder)
    profile.save(Kept(SETTINGS, None, ()))
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
    with TemporaryDirectory() as folder:
        whole = _filled(Path(folder) / "whole", routine=name not in KEPT)
        return _started_damaged(whole, Path(folder) / "damaged", name, times)


def _started_damaged(whole: Path, folder: Path, name: str, times: int) -> tuple[Counter[str], str]:
    chance = random.Random(name)  # noqa: S311 - the same damage every time
    found = Counter[str]()
    had = {file: count(Profile(whole)) for file, count in KEPT.items()}
    shares = list[float]()
    content = (whole / name).read_bytes()
    for _ in range(times):
        rmtree(folder, ignore_errors=True)
        copytree(whole, folder)
        at = chance.randrange(len(content))
        other = bytes([content[at] ^ chance.randint(1, 255)])
        (folder / name).write_bytes(content[:at] + (other + content[at + 1 :] if chance.random() < 0.5 else b""))
        try:
            profile, told = _started(folder)
            again = _started(folder)[1]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            found["did not start"] += 1
            print(f"{name}: {error!r}")
            continue
        found["told"] += told
        # A routine's file is its author's: it stays as it is, and is told of until it is mended.
        found["told twice"] += again and not name.startswith("routines")
        found["cost other files"] += any(count(profile) != had[file] for file, count in KEPT.items() if file != name)
        if name in KEPT and told:
            shares.append(KEPT[name](profile) / had[name])
    return found, f"{sum(shares) / len(shares):.0%}" if shares else "-"


def _started(folder: Path) -> tuple[Profile, bool]:
    """The profile as a session opens it, and whether it tells of damage."""
    options = Options(folder, asleep=False, engine="moonshine", timeline=None, limit=None, start_at=DAY)
    profile = options.open_profile()
    if profile is None:
        raise LookupError("no profile")
    return profile, bool(options.conversation(profile).notice)


if __name__ == "__main__":
    main()
