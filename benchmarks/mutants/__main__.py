"""Whether the tests would notice a wrong reply, or a wrong line of the pure rooms: writes the page beside this file.

    .venv/bin/python -m benchmarks.mutants replies
    .venv/bin/python -m benchmarks.mutants lines PYTHON

`replies`: each entry of the table of replies is put out of action, and then swapped with another, and the tests of the
two rooms run; a few minutes. `lines`: mutmut changes one operator, constant, argument or return at a time; PYTHON is an
interpreter that has mutmut (3.8 or later) beside all that Limber needs; about half an hour. A change that no test
notices survives: it is listed, with the reason that benchmarks/mutants/read.toml gives once somebody has read it.
"""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pytest

from assistant.dialogue.replies.table import REPLIES
from assistant.dialogue.replies.topics import Reply
from benchmarks.rig.places import ROOT
from intents.model import Intent

HERE = Path(__file__).parent
REPORT, FOUND, READ = HERE / "README.md", HERE / "found.json", HERE / "read.toml"
TESTS = ("tests/assistant/dialogue", "tests/assistant/coaching")
"""The tests of the two rooms, without a recogniser, a voice or a device."""
ROOMS = ("dialogue", "coaching")
"""The rooms whose lines are changed, under assistant/."""
LONGEST = 120
"""Seconds; a change with which the tests take longer hangs, and is noticed."""


@dataclass(frozen=True)
class Wrong:
    """A change, and whether a test noticed it."""

    where: str
    what: str
    noticed: bool


# -- replies --------------------------------------------------------------------------------------------


def nothing(*_: object) -> None:
    """The reply that does nothing."""


def changed_replies() -> Iterator[tuple[Intent, str, Mapping[Intent, Reply]]]:
    """Every table of replies with one wrong entry."""
    intents = sorted(REPLIES)
    for index, intent in enumerate(intents):
        yield intent, "does nothing", {**REPLIES, intent: nothing}
        following = (*intents[index + 1 :], *intents)
        other = next(each for each in following if REPLIES[each] is not REPLIES[intent])
        yield intent, f"does what {other} does", {**REPLIES, intent: REPLIES[other]}


def put_in_place(replies: Mapping[Intent, Reply]) -> None:
    """Let every module that knows the table of replies know this one instead."""
    right, wrong = REPLIES, MappingProxyType(replies)
    for module in list(sys.modules.values()):
        if vars(module).get("REPLIES") is right:
            vars(module)["REPLIES"] = wrong


def passes(change: Callable[[], None], *options: str) -> bool:
    """Whether the tests pass with a change, in a process of their own that has them in memory already."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        change()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *TESTS, *options])
        os._exit(int(code))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (
        pytest.ExitCode.OK,
        pytest.ExitCode.TESTS_FAILED,
        pytest.ExitCode.NO_TESTS_COLLECTED,
        -signal.SIGALRM,
    ):
        raise click.ClickException(f"the tests did not run: pytest ended with {code}; run them by hand to see why")
    return code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def wrong_replies() -> list[Wrong]:
    """Every wrong reply; the rows of its own intent are tried first, for they notice it soonest."""
    pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider", *TESTS])  # into memory, for all the forks
    if not passes(lambda: None):
        raise click.ClickException("the tests fail as they are; mend that first")
    found = []
    for intent, what, replies in changed_replies():
        change = partial(put_in_place, replies)
        noticed = not (passes(change, "-k", intent) and passes(change))
        found.append(Wrong(intent, what, noticed))
        click.echo(f"{intent} {what}: {'noticed' if noticed else 'NOT NOTICED'}")
    return found


# -- lines ----------------------------------------------------------------------------------------------


def wrong_lines(python: str) -> list[Wrong]:
    """What mutmut finds, in a copy of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in ("assistant", "audio", "intents", "benchmarks/rig", *TESTS):
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("tests/conftest.py", "tests/loaded.py", "pyproject.toml"):
            shutil.copy(ROOT / name, tree / name)
        with (tree / "pyproject.toml").open("a", encoding="utf-8") as settings:
            settings.write(configuration())
        # mutmut makes the mutants and learns which tests reach what; it is told to run none, for it takes hours.
        subprocess.run([python, "-m", "mutmut", "run", "none of them"], cwd=tree, check=False, capture_output=True)
        if not (tree / "mutants" / "mutmut-stats.json").exists():
            raise click.ClickException(f"mutmut made no mutants: run `{python} -m mutmut run` by hand to see why")
        runner = [python, str(HERE / "forks.py"), *TESTS]
        found = []
        with subprocess.Popen(runner, cwd=tree / "mutants", stdout=subprocess.PIPE, text=True) as run:
            for line in run.stdout or ():
                name, noticed = line.split()
                what = "" if noticed == "True" else difference(mutmut(python, tree, "show", name))
                found.append(Wrong(name, what, noticed == "True"))
                click.echo(f"{len(found)} {name}: {what or 'noticed'}")
        if run.returncode:
            raise click.ClickException("the run of the tests broke off; what it said is above")
        return found


def configuration() -> str:
    """What mutmut is to change, and what it runs."""
    only = [f"assistant/{room}/*" for room in ROOMS]
    return (
        '\n[tool.mutmut]\nsource_paths = ["assistant"]\nalso_copy = ["audio", "intents", "benchmarks"]\n'
        f"only_mutate = {json.dumps(only)}\n"
        f'pytest_add_cli_args = ["-p", "no:cacheprovider"]\npytest_add_cli_args_test_selection = {json.dumps(TESTS)}\n'
    )


def mutmut(python: str, tree: Path, *arguments: str) -> str:
    """What a command of mutmut prints."""
    command = [python, "-m", "mutmut", *arguments]
    return subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True).stdout


def difference(shown: str) -> str:
    """The lines that a mutant changes."""
    lines = [line for line in shown.splitlines() if re.match(r"[-+](?![-+])", line)]
    return " / ".join(f"{line[0]} {line[1:].strip()}" for line in lines)


# -- the page -------------------------------------------------------------------------------------------


def counted(wrong: list[Wrong]) -> dict[str, Any]:
    """What is kept of a run: how many there were in each module, how many were noticed, and which were not."""
    modules = Counter(module_of(each) for each in wrong)
    noticed = Counter(module_of(each) for each in wrong if each.noticed)
    return {
        "modules": {name: [modules[name], noticed[name]] for name in sorted(modules)},
        "survivors": [[each.where, each.what] for each in wrong if not each.noticed],
    }


def report(found: Mapping[str, dict[str, Any]]) -> str:
    """The page."""
    reasons = tomllib.loads(READ.read_text(encoding="utf-8"))["survivors"] if READ.exists() else {}
    page = [
        "# Mutants: what the tests of the dialogue and the coaching notice",
        "",
        "Made by `python -m benchmarks.mutants`, which says how. A mutant is the program with one thing wrong;",
        "it survives if every test of the two rooms passes with it.",
        "",
        "| what is wrong | mutants | noticed |",
        "| --- | ---: | ---: |",
    ]
    for title, key in (("a reply, emptied or swapped", "replies"), ("a line (mutmut)", "lines")):
        if key in found:
            mutants, noticed = (sum(column) for column in zip(*found[key]["modules"].values(), strict=True))
            page.append(f"| {title} | {mutants} | {noticed} ({noticed / mutants:.1%}) |")
    if "lines" in found:
        page += ["", "By module:", "", "| module | mutants | noticed |", "| --- | ---: | ---: |"]
        page += [f"| {name} | {n} | {noticed} |" for name, (n, noticed) in found["lines"]["modules"].items()]
    survivors: dict[str, list[str]] = {}
    for where, what in (survivor for each in found.values() for survivor in each["survivors"]):
        place = re.sub(r"__mutmut_\d+$|x_|xǁ", "", where).replace("ǁ", ".")
        survivors.setdefault(reasons.get(what, "Not read yet."), []).append(f"- `{place}`: `{what}`")
    page += ["", "## Survivors", ""]
    for reason, mutants in survivors.items():
        page += [reason, "", *mutants, ""]
    return "\n".join(page if survivors else [*page, "None."]).rstrip() + "\n"


def module_of(wrong: Wrong) -> str:
    """The module in which something is wrong."""
    return wrong.where.rpartition(".")[0] or "replies"


@click.command()
@click.argument("what", type=click.Choice(["replies", "lines", "page"]))
@click.argument("python", default=sys.executable)
def main(what: str, python: str) -> None:
    """Measure, and write the page."""
    found = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.exists() else {}
    if what != "page":
        found[what] = counted(wrong_replies() if what == "replies" else wrong_lines(python))
        FOUND.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    REPORT.write_text(report(found), encoding="utf-8")
    click.echo(REPORT.read_text(encoding="utf-8").partition("## Survivors")[0])


if __name__ == "__main__":
    main()
